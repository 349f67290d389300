"""One update in, one transaction, the replies out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.languages import Languages
from bot.telegram import incoming as seen
from bot.telegram.incoming import Incoming, Kind, Sender
from bot.telegram.render import Params, bodies, keyboard, message
from bot.words import Words
from bot.world import Furniture, TurnWorld
from flows.conversation import (
    Command,
    Conversation,
    Heard,
    Reply,
    Tap,
    Wrote,
    begin,
    receive,
    retreat,
)
from flows.directory import Flows
from flows.engine import FlowError
from flows.model import Person
from flows.record import dump, load
from flows.steps import Accept, Line
from flows.text import Text, _
from storage.outbox import Lane, Outgoing, Slot
from storage.unit import Unit

REPORT_CODE = re.compile(r"(?<!\d)(?:\d[ \-.]?){15}\d(?!\d)")
ACCEPTS = {
    "text": Accept.TEXT,
    "voice": Accept.VOICE,
    "photo": Accept.PHOTO,
    "document": Accept.DOCUMENT,
    "location": Accept.PLACE,
}
NEUTRAL = (
    _("📚 Courses and information: a new page for you."),
    _("📘 Italian course: a few words to read today."),
    _("🗂 Orientation: the page you asked for is here."),
)


class Taken(StrEnum):
    """What became of an update; the only thing the shell tells its counters."""

    ANSWERED = "answered"
    REPEATED = "repeated"
    IGNORED = "ignored"
    LEFT = "left"
    MEMBER = "member"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Turns:
    """Takes updates, each in the transaction of the unit it is given."""

    flows: Flows
    languages: Languages
    furniture: Furniture

    def take(self, update: Incoming, now: datetime) -> Callable[[Unit], Taken]:
        """The job that takes an update: all of it happens, once, or nothing does."""
        return lambda unit: self._take(unit, update, now)

    def _take(self, unit: Unit, update: Incoming, now: datetime) -> Taken:
        if unit.handled(update.update_id):
            self._answer_tap(unit, update, None)
            return Taken.REPEATED
        unit.mark_handled(update.update_id, now.date())
        if update.kind is Kind.MEMBER:
            return self._member(unit, update)
        taken = Taken.IGNORED
        if update.chat_type == "private" and update.sender is Sender.PERSON:
            taken = self._private(unit, update, now)
        if taken is Taken.IGNORED:
            self._answer_tap(unit, update, None)
        return taken

    def _member(self, unit: Unit, update: Incoming) -> Taken:
        """Somebody blocked or unblocked the bot, or put it into a group it does not serve."""
        assert isinstance(update.content, seen.Membership) and update.chat_id is not None
        present = update.content.status not in ("kicked", "left")
        if update.chat_type == "private":
            person = unit.person(update.chat_id)
            if person is not None and not present:
                unit.set_unreachable(person.id)
            return Taken.MEMBER
        if present:
            unit.send(Outgoing("leaveChat", {"chat_id": update.chat_id}))
            return Taken.LEFT
        return Taken.MEMBER

    def _private(self, unit: Unit, update: Incoming, now: datetime) -> Taken:
        if update.chat_id is None or update.content is None:
            return Taken.IGNORED
        person = unit.person(update.chat_id)
        if person is None:
            code = self.languages.match(update.language_code)
            person = unit.create_person(update.chat_id, code, now.date())
        unit.mark_seen(person.id, now.date())
        state, living = unit.conversation(person.id)
        heard = _heard(update, living, now)
        if update.message_id is not None and update.kind is Kind.MESSAGE:
            wash = now + self._wash_after(sensitive=True) if person.careful else None
            unit.remember_message(person.id, update.message_id, now, wash, incoming=True)
        person = self._desk(unit, person, update)
        world = TurnWorld(unit, self.furniture, person, update.chat_id, now)
        conversation = load(state, self.flows)
        taken = Taken.ANSWERED
        try:
            reply = self._reply(conversation, heard, world)
        except FlowError:
            taken = Taken.RESET
            reply = begin(self.flows, Conversation(), world)
        show = _Show(self, unit, world, update, living)
        show.reply(reply, isinstance(heard, Tap) and heard.here)
        if not reply.over:
            unit.save_conversation(world.person.id, dump(reply.conversation))
        return taken

    def _reply(self, conversation: Conversation, heard: Heard | None, world: TurnWorld) -> Reply:
        if heard is None:
            return begin(self.flows, conversation, world)
        return receive(self.flows, conversation, heard, world)

    def _desk(self, unit: Unit, person: Person, update: Incoming) -> Person:
        """A deep link names the desk a person comes from: one of the list, or it says nothing."""
        content = update.content
        if not isinstance(content, seen.Command) or content.name != "start" or not content.payload:
            return person
        desk = unit.find_desk(content.payload)
        if desk is None or not desk.active or person.desk == desk.key:
            return person
        person = replace(person, desk=desk.key)
        unit.save_person(person)
        return person

    def _answer_tap(self, unit: Unit, update: Incoming, text: str | None) -> None:
        if isinstance(update.content, seen.Tap):
            params: Params = {"callback_query_id": update.content.query_id}
            if text:
                params["text"] = text[:200]
            unit.send(Outgoing("answerCallbackQuery", params, Lane.ANSWER))

    def _wash_after(self, *, sensitive: bool) -> timedelta:
        house = self.furniture.house
        if sensitive:
            return timedelta(minutes=house.wash_minutes)
        return timedelta(hours=house.wash_hours)

    def wash(self, chat_id: int, person: Person, now: datetime) -> Callable[[Unit], None]:
        """The job that takes a private page off the screen of somebody in careful mode."""

        def job(unit: Unit) -> None:
            state, living = unit.conversation(person.id)
            world = TurnWorld(unit, self.furniture, person, chat_id, now)
            reply = retreat(self.flows, load(state, self.flows), world)
            show = _Show(self, unit, world, None, living)
            show.reply(reply, here=True)
            unit.save_conversation(person.id, dump(reply.conversation))

        return job


def _heard(update: Incoming, living: int | None, now: datetime) -> Heard | None:
    """What a person did, in the words of the flows; None shows where the conversation stands."""
    content = update.content
    moment = int(now.timestamp())
    if isinstance(content, seen.Tap):
        session, turn, option = ([*content.data.split(":", 2), "", "", ""])[:3]
        here = content.accessible and content.message_id == living
        number = int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 9 else -1
        return Tap(session, number, option, here)
    if update.kind is Kind.EDITED:
        return Wrote("edited", None, moment)
    if isinstance(content, seen.Command):
        return Command(content.name)
    if not isinstance(content, seen.Wrote):
        return None
    kind = ACCEPTS.get(content.kind)
    if kind is Accept.TEXT:
        return Wrote(kind, content.text, moment)
    if kind is Accept.PLACE and content.latitude is not None:
        return Wrote(kind, [content.latitude, content.longitude], moment)
    if kind is not None and content.file_id:
        return Wrote(
            kind, {"file_id": content.file_id, "size_bytes": content.size_bytes or 0}, moment
        )
    return Wrote(content.kind, None, moment)


@dataclass(slots=True)
class _Show:
    """Puts a reply into the outbox, in the person's language and manner."""

    turns: Turns
    unit: Unit
    world: TurnWorld
    update: Incoming | None
    living: int | None

    @property
    def person(self) -> Person:
        return self.world.person

    @property
    def words(self) -> Words:
        return self.turns.languages.words(self.person.language or "en")

    def reply(self, reply: Reply, here: bool) -> None:
        if self.update is not None:
            notice = self.words.plain(reply.notice) if reply.notice else None
            self.turns._answer_tap(self.unit, self.update, notice)
            self._tidy_up(reply, here)
        for said in reply.stays:
            self._send(said.say.lines, None, slot=Slot.NONE, sensitive=False, over=reply.over)
        if reply.screen is None:
            return
        if reply.below:
            self._retire(reply.trace)
        markup = keyboard(reply.screen, self.words)
        slot = Slot.NEW if reply.below or self.living is None else Slot.EDIT
        self._send(
            reply.screen.lines, markup, slot=slot, sensitive=reply.screen.sensitive, over=False
        )

    def _tidy_up(self, reply: Reply, here: bool) -> None:
        """Old buttons lose their power; what should not stay in the chat goes."""
        update = self.update
        assert update is not None
        if update.message_id is None or reply.over:
            return
        params: Params = {"chat_id": self.world.chat_id, "message_id": update.message_id}
        if isinstance(update.content, seen.Tap):
            if not here and update.content.accessible:
                self._call("editMessageReplyMarkup", params)
        elif self.person.careful or _is_code(update.content):
            self._call("deleteMessage", params)

    def _retire(self, trace: Text | None) -> None:
        params: Params = {}
        if trace is not None and not self.person.careful:
            params = message(self.world.chat_id, self.words.html(trace), None, silent=True)
        self._call("sendMessage" if params else "deleteMessage", params, Slot.RETIRE)

    def _send(
        self,
        lines: tuple[Line, ...],
        markup: object,
        *,
        slot: Slot,
        sensitive: bool,
        over: bool,
    ) -> None:
        careful = self.person.careful and not over
        if careful and slot is not Slot.EDIT:
            neutral = NEUTRAL[self.world.now.toordinal() % len(NEUTRAL)]
            lines = (Line(neutral), *lines)
        now = self.world.now
        wash = now + self.turns._wash_after(sensitive=sensitive) if careful else None
        parts = bodies(lines, self.words)
        for part in parts[:-1]:
            self._call(
                "sendMessage", message(self.world.chat_id, part, None, silent=careful), wash=wash
            )
        last = message(self.world.chat_id, parts[-1], markup, silent=careful)  # type: ignore[arg-type]
        self._call("sendMessage", last, slot, wash=wash, owned=not over)

    def _call(
        self,
        method: str,
        params: Params,
        slot: Slot = Slot.NONE,
        *,
        wash: datetime | None = None,
        owned: bool = True,
    ) -> None:
        """Hand a call to the outbox. What is not owned leaves no trace of the person behind."""
        lane = Lane.REPLY if self.person.welcomed else Lane.WELCOME
        person_id = self.person.id if owned else None
        self.unit.send(Outgoing(method, params, lane, person_id=person_id, slot=slot, wash_at=wash))


def _is_code(content: object) -> bool:
    """Sixteen digits: a report code. It is deleted from the chat and never kept."""
    return (
        isinstance(content, seen.Wrote)
        and content.text is not None
        and REPORT_CODE.search(content.text) is not None
    )
