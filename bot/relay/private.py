"""The person's side: what she writes while operators talk with her is theirs, and the flows stay
silent.

Two things come first. What a question on her screen asked for is an answer to it. And what was, or
may have been, written for something secret is never anybody else's: not when the keys of it are
gone, not when its page left the chat while she still wrote.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto

from bot.drafts import Talk
from bot.hearing import is_report_code
from bot.relay.cargo import content_of, without_codes
from bot.relay.spoken import DESK
from bot.showing import Show
from bot.telegram.incoming import Command, Incoming, Kind, Wrote
from bot.world import TurnWorld
from flows.conversation import Conversation, Heard, is_wanted
from flows.conversation import Wrote as HeardWords
from flows.directory import Flows
from flows.engine import Session
from flows.handoff_model import LineKind, State
from flows.model import Person
from flows.steps import Line
from flows.text import Text, _, verbatim
from storage.desks import find_desk
from storage.handoffs import Handoff
from storage.handoffs.finding import find
from storage.handoffs.lines import find_by_source, find_lines, hear
from storage.notices.planning import plan_heard
from storage.unit import Unit

ROOM = "talk_room"
HANDOVER = "handover"
_LINK = "go_"

TALKING = timedelta(minutes=10)
"""So long after the last words nobody has to be told again where words go."""

_CANNOT = _("🚫 I cannot pass this on. I can pass on words, voice, photos, videos, files, a place.")


class Relay(Enum):
    """What became of something a person sent."""

    LEFT = auto()  # it is for the flows
    KEPT = auto()  # operators have it, and there is nothing more to show
    WORRY = auto()  # operators have it, and she needs the numbers to call
    REOPENED = auto()  # operators have it again: she is shown where she is now
    UNSURE = auto()  # nobody has it: it may have been meant for something secret


@dataclass(slots=True)
class Hearing:
    """One thing a person sent, and all that is needed to know whose it is."""

    flows: Flows
    unit: Unit
    world: TurnWorld
    talk: Talk
    show: Show

    def take(self, update: Incoming, heard: Heard | None) -> Relay:
        """Give it to the operators where it is theirs, in this transaction."""
        handoff = self._handoff_for(heard)
        if handoff is None or not isinstance(update.content, Wrote):
            return Relay.LEFT
        if self.talk.unsure:
            desk = self._desk(handoff)
            self._say(_("⏳ Was this for {desk}? Then please write it again.", desk=desk))
            self._delete(update)
            return Relay.UNSURE
        kept = self._keep(handoff, update, update.content)
        if not kept:
            return Relay.LEFT
        self.unit.stirred.add(handoff.id)
        assert isinstance(heard, HeardWords)
        if heard.worrying and not self._shows(self.flows.danger):
            return Relay.WORRY
        if handoff.closed is not None:
            return Relay.REOPENED
        self._tidy_up(update)
        return Relay.KEPT

    def _handoff_for(self, heard: Heard | None) -> Handoff | None:
        """The conversation in which something is said; None where it is not meant for one."""
        if not isinstance(heard, HeardWords) or heard.kind == "code":
            return None
        standing = self.unit.standing(self.world.person.id)
        if standing is None or not (standing.is_open or self._shows(ROOM)):
            return None
        if is_wanted(self.flows, self.talk.conversation, heard, self.world):
            return None
        return find(self.unit.reading(), standing.handoff_id)

    def _shows(self, flow: str) -> bool:
        stack = self.talk.conversation.stack
        return bool(stack) and stack[-1].flow == flow

    def _keep(self, handoff: Handoff, update: Incoming, wrote: Wrote) -> bool:
        """Keep what was said as a line. False for a change of something that never was one."""
        connection, vault = self.unit.direct(), self.unit.vault
        content = without_codes(content_of(wrote))
        edit_of = None
        if update.kind is Kind.EDITED:
            assert update.message_id is not None
            before = find_by_source(connection, vault, handoff.id, update.message_id, outward=False)
            if before is None:
                return False
            if before.content == content:
                return True
            edit_of = before.edit_of or before.id
        elif content.kind is LineKind.OTHER:
            self._refuse(handoff)
        elif not self._is_talking(handoff):
            self._say(_("✉️ {desk} has your words now.", desk=self._desk(handoff)))
        hear(
            connection,
            vault,
            handoff,
            content,
            self.world.now,
            source=update.message_id,
            album=wrote.album,
            edit_of=edit_of,
        )
        plan_heard(connection, vault, handoff.person_id, self.world.now)
        return True

    def _is_talking(self, handoff: Handoff) -> bool:
        """Whether she knows already where her words go: the page says so, or they went there."""
        if self._shows(ROOM) and not self.world.person.careful:
            return True
        return handoff.waits_since is not None or self.world.now - handoff.stirred < TALKING

    def _refuse(self, handoff: Handoff) -> None:
        """Say what can be carried, once for all that comes in a row."""
        connection, vault = self.unit.direct(), self.unit.vault
        last = find_lines(connection, vault, handoff.id, handoff.count - 1)
        if not any(one.kind is LineKind.OTHER and not one.outward for one in last):
            self._say(_CANNOT)

    def _tidy_up(self, update: Incoming) -> None:
        """What others should not read leaves the chat: operators have it."""
        if self.world.person.careful or is_report_code(update.content):
            self._delete(update)

    def _delete(self, update: Incoming) -> None:
        if update.message_id is not None:
            self.show.delete([update.message_id])

    def _desk(self, handoff: Handoff) -> Text:
        desk = find_desk(self.unit.reading(), handoff.desk)
        return DESK if desk is None else verbatim(desk.name)

    def _say(self, words: Text) -> None:
        self.show.say(Line(words))


def refreshed(unit: Unit, person: Person, conversation: Conversation) -> Conversation:
    """The same, where the page of the conversation says whether it is open; else that page looks
    again. Operators have closed it meanwhile, and no button of the old page means anything."""
    standing = unit.standing(person.id)
    if standing is None or all(one.flow != ROOM for one in conversation.stack):
        return conversation
    stack = (_looks_again(one, is_open=standing.is_open) for one in conversation.stack)
    return replace(conversation, stack=tuple(stack))


def _looks_again(session: Session, *, is_open: bool) -> Session:
    told = [event.value for event in session.log if isinstance(event.value, dict)]
    states = [str(one["state"]) for one in told if "state" in one]
    if session.flow != ROOM or not states or (states[-1] != State.CLOSED) == is_open:
        return session
    return replace(session, log=(), turn=session.turn + 1)


def code_of_link(update: Incoming) -> str:
    """The code of a desk that came with a link; empty where none did."""
    content = update.content
    if not isinstance(content, Command) or content.name != "start":
        return ""
    return content.payload.removeprefix(_LINK) if content.payload.startswith(_LINK) else ""
