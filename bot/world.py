"""What the shell lends to a turn: the opening of every flow, and hands for its effects."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.indexes import Indexes
from bot.voices.booth import Booth
from bot.workshop import Asker
from flows.calendar_effects import BookSlot, CancelAppointment, GiveReply, MoveAppointment
from flows.directory import SESSION_BYTES, VEIL
from flows.effects import (
    CleanChat,
    CloseChat,
    Effect,
    ForgetPerson,
    Json,
    RememberCareful,
    RememberLanguage,
)
from flows.facts import Number
from flows.handoff_effects import (
    AnswerStep,
    AskForHuman,
    EndTalk,
    RateTalk,
    StopCase,
    TakeHandover,
)
from flows.handoff_model import Event
from flows.library import Library
from flows.model import House, Person
from flows.opening import Opening
from flows.report_effects import OpenBox
from storage.desks import find_desk
from storage.effects import perform
from storage.handoffs.closing import set_language
from storage.handoffs.notes import note
from storage.unit import Unit

STIRRING = (
    AnswerStep,
    AskForHuman,
    BookSlot,
    CancelAppointment,
    CleanChat,
    EndTalk,
    ForgetPerson,
    GiveReply,
    MoveAppointment,
    RateTalk,
    RememberLanguage,
    StopCase,
    TakeHandover,
)
"""After these a conversation with operators may not be what it was."""


@dataclass(slots=True)
class Furniture:
    """What is the same for everybody: the house, the cards, the numbers to call, what can be found.

    The house is replaced as a whole when something of it changes, like who reads reports. The booth
    knows what can be heard.
    """

    house: House
    library: Library
    numbers: tuple[Number, ...]
    indexes: Indexes = field(default_factory=Indexes)
    booth: Booth = field(default_factory=Booth)


class SlowError(Exception):
    """A turn wants something slow done first; nothing of it may be kept."""

    def __init__(self, effect: Effect[object], asker: Asker) -> None:
        super().__init__("A slow effect is wanted.")
        self.effect = effect
        self.asker = asker


@dataclass(slots=True)
class TurnWorld:
    """The world of one turn; `person` is who they are after the effects so far.

    `cleaned`: the chat was emptied in this turn, so there is no living message any more; `closed`:
    all but that one, and it has to change before anything else is sent. `ready`
    are the results of slow effects that were done for this turn.
    """

    unit: Unit
    furniture: Furniture
    person: Person
    chat_id: int
    now: datetime
    cleaned: bool = False
    closed: bool = False
    ready: Mapping[Effect[object], Json] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day of the turn, in UTC: flows only compare and show it."""
        return self.now.date()

    def opening(self, at: str, begun: date, paused: bool) -> Opening:
        """All a flow may know. A newcomer's desk is named; it is looked up only then."""
        house = self.furniture.house
        if self.person.desk and not self.person.welcomed:
            desk = find_desk(self.unit.reading(), self.person.desk)
            if desk is not None:
                house = replace(house, desks=((desk.key, desk.name),))
        furniture = self.furniture
        index = furniture.indexes.of(self.person.language)
        return Opening(
            *(self.person, house, furniture.library, furniture.numbers, begun, at, paused),
            index=index,
        )

    def perform(self, effect: Effect[object]) -> Json:
        """Carry out an effect in the turn's transaction; a slow one was done before it.

        Raises:
            SlowError: its result is not at hand; the turn has to be taken again with it.
        """
        if effect.slow:
            if effect not in self.ready:
                raise SlowError(effect, Asker(self.chat_id, self.person.careful))
            return self.ready[effect]
        if isinstance(effect, OpenBox):
            return {"id": secrets.token_hex(16), "key": secrets.token_hex(32)}
        wash = self.now + self.wash_after(sensitive=True) if self.person.careful else None
        self.cleaned = self.cleaned or isinstance(effect, CleanChat)
        self.closed = self.closed or isinstance(effect, CloseChat)
        stirs = isinstance(effect, STIRRING)
        if stirs:
            self._stir()  # whoever is forgotten has no conversation afterwards
        value, self.person = perform(
            self.unit,
            self.person,
            self.chat_id,
            effect,
            self.now,
            file_wash_at=wash,
        )
        if stirs:
            self._stir()
            self._tell_operators(effect)
        if effect == RememberCareful(True):
            hours = self.furniture.house.wash_hours
            self.unit.wash_all(self.person.id, self.now + timedelta(hours=hours))
        return value

    def _stir(self) -> None:
        standing = self.unit.standing(self.person.id)
        if standing is not None:
            self.unit.stirred.add(standing.handoff_id)

    def _tell_operators(self, effect: Effect[object]) -> None:
        """What operators should know of what a person did elsewhere: why old lines are gone there,
        and in which language to answer."""
        standing = self.unit.standing(self.person.id)
        if standing is None:
            return
        unit, handoff_id = self.unit, standing.handoff_id
        if isinstance(effect, CleanChat) and standing.is_open:
            note(unit.direct(), unit.vault, handoff_id, Event.DELETED, "", self.now)
        elif isinstance(effect, RememberLanguage):
            set_language(unit.direct(), handoff_id, effect.code, self.now)

    def wash_after(self, *, sensitive: bool) -> timedelta:
        """How long a message may stay in the chat of somebody in careful mode."""
        house = self.furniture.house
        if sensitive:
            return timedelta(minutes=house.wash_minutes)
        return timedelta(hours=house.wash_hours)

    def new_session_id(self, *, secret: bool = False) -> str:
        """Forty-eight bits of chance: nobody guesses the button of somebody else's chat.

        That of a secret session says under which keys it lives, so that its buttons are known
        when these are gone.
        """
        chance = secrets.token_urlsafe(SESSION_BYTES)
        return f"{VEIL}{self.unit.fleeting.mark}{chance}" if secret else chance
