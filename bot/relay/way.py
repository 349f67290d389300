"""The way from a conversation to its person: in her language, in her manner, at her hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.languages import ROME, Languages
from bot.relay.spoken import DESK, Speech, Voice
from bot.settings import Settings
from storage.desks import find_desk
from storage.handoffs import Handoff, Line
from storage.handoffs.safe import goes_at
from storage.outbox import Lane, Outgoing, Policy
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Way:
    """Nothing of a conversation reaches a person but by `send`."""

    languages: Languages
    settings: Settings

    def voice(self, unit: Unit, handoff: Handoff, now: datetime) -> Voice | None:
        """How the person is spoken to; None where she cannot be reached."""
        person = unit.person_by_id(handoff.person_id)
        chat_id = unit.chat_id(handoff.person_id)
        if person is None or chat_id is None:
            return None
        if not handoff.reachable or not unit.reachable(person.id):
            return None
        words = self.languages.words(person.language or handoff.language)
        desk = find_desk(unit.reading(), handoff.desk)
        name = words.plain(DESK) if desk is None else desk.name
        return Voice(words, chat_id, person.careful, name, now)

    def goes_at(self, handoff: Handoff, now: datetime) -> datetime | None:
        """When words may reach the person, where that is not now."""
        return goes_at(handoff, now)

    def send(
        self,
        unit: Unit,
        handoff: Handoff,
        speech: Speech,
        now: datetime,
        line: Line | None = None,
    ) -> None:
        """Put into the outbox what brings this to the person, for when her phone is her own."""
        goes = None if speech.method.startswith("edit") else self.goes_at(handoff, now)
        person = unit.person_by_id(handoff.person_id)
        careful = person is not None and person.careful
        # She must have time to read it: it goes with the day, not with the private pages.
        wash = timedelta(hours=self.settings.wash_hours)
        unit.send(
            Outgoing(
                speech.method,
                speech.params,
                Lane.REPLY,
                Policy.AGAIN if line is None else Policy.ONCE,
                person_id=handoff.person_id,
                wash_at=(goes or now) + wash if careful else None,
                not_before=goes,
                line=None if line is None else line.id,
            )
        )

    def take_away(self, unit: Unit, handoff: Handoff, message_id: int) -> None:
        """Delete what was brought there."""
        chat_id = unit.chat_id(handoff.person_id)
        if chat_id is not None:
            params = {"chat_id": chat_id, "message_id": message_id}
            person_id = handoff.person_id
            unit.send(Outgoing("deleteMessage", params, Lane.CLEAN, person_id=person_id))


def local(moment: datetime) -> datetime:
    """A moment as the clocks of Italy show it."""
    return moment.astimezone(ROME).replace(tzinfo=None)
