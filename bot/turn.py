"""One update in, one transaction, the replies out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

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
from flows.effects import Json
from flows.engine import FlowError
from flows.model import Person
from flows.record import dump, load
from flows.steps import Accept, Line, Style
from flows.text import Text, _
from storage.desks import find_desk
from storage.outbox import Lane, Outgoing, Row, Slot
from storage.unit import Unit

MOST_DELETED = 100
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


_UNTRANSLATED = _("This page is not in your language yet.")


class Taken(StrEnum):
    """What became of an update; the only thing the shell tells its counters."""

    ANSWERED = "answered"
    REPEATED = "repeated"
    IGNORED = "ignored"
    LEFT = "left"
    MEMBER = "member"
    RESET = "reset"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Turned:
    """What became of an update, the rows of the outbox it led to, and who is forgotten now."""

    taken: Taken
    rows: list[Row]
    forgotten: int | None = None


Take: TypeAlias = Callable[[Unit], Turned]


@dataclass(frozen=True, slots=True)
class Washing:
    """The messages of one chat whose time has come."""

    person_id: int
    chat_id: int
    message_ids: list[int]


@dataclass(frozen=True, slots=True)
class Turns:
    """Takes updates, each in the transaction of the unit it is given."""

    flows: Flows
    languages: Languages
    furniture: Furniture

    def take(self, update: Incoming, now: datetime) -> Take:
        """The job that takes an update: all of it happens, once, or nothing does."""

        def job(unit: Unit) -> Turned:
            known = None if update.chat_id is None else unit.person(update.chat_id)
            taken = self._take(unit, update, now)
            gone = known.id if known is not None and taken is Taken.FORGOTTEN else None
            return Turned(taken, unit.sent, gone)

        return job

    def slow_down(self, update: Incoming, now: datetime) -> Take:
        """The job that tells somebody who writes too fast to wait a moment, and nothing else."""

        def job(unit: Unit) -> Turned:
            person = None if update.chat_id is None else unit.person(update.chat_id)
            if person is None or update.chat_id is None or unit.handled(update.update_id):
                return Turned(Taken.IGNORED, unit.sent)
            unit.mark_handled(update.update_id, now.date())
            world = self._world(unit, person, update.chat_id, now)
            _Show(self, unit, world).say(Line(_("⏳ One moment, please. That is a lot at once.")))
            return Turned(Taken.ANSWERED, unit.sent)

        return job

    def _take(self, unit: Unit, update: Incoming, now: datetime) -> Taken:
        if unit.handled(update.update_id):
            self.answer_tap(unit, update, None)
            return Taken.REPEATED
        unit.mark_handled(update.update_id, now.date())
        if update.kind is Kind.MEMBER:
            return self._member(unit, update)
        taken = Taken.IGNORED
        if update.chat_type == "private" and update.sender is Sender.PERSON:
            taken = self._private(unit, update, now)
        if taken is Taken.IGNORED:
            self.answer_tap(unit, update, None)
        return taken

    def _member(self, unit: Unit, update: Incoming) -> Taken:
        """Somebody blocked or unblocked the bot, or put it into a group it does not serve."""
        assert isinstance(update.content, seen.Membership)
        assert update.chat_id is not None
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
            wash = now + self.wash_after(sensitive=True) if person.careful else None
            unit.remember_message(person.id, update.message_id, now, wash, incoming=True)
        person = self._desk(unit, person, update)
        world = self._world(unit, person, update.chat_id, now)
        conversation = load(state, self.flows)
        taken = Taken.ANSWERED
        try:
            reply = self._reply(conversation, heard, world)
        except FlowError:
            taken = Taken.RESET
            reply = begin(self.flows, Conversation(), world)
        here = not isinstance(heard, Tap) or heard.here
        aged = person.careful and living is not None and unit.is_aged(person.id, living, now)
        _Show(self, unit, world, living is None, aged).reply(reply, update, here=here)
        if reply.over:
            return Taken.FORGOTTEN
        unit.save_conversation(world.person.id, dump(reply.conversation))
        return taken

    def _world(self, unit: Unit, person: Person, chat_id: int, now: datetime) -> TurnWorld:
        wash = now + self.wash_after(sensitive=True) if person.careful else None
        return TurnWorld(unit, self.furniture, person, chat_id, now, wash)

    def _reply(self, conversation: Conversation, heard: Heard | None, world: TurnWorld) -> Reply:
        if heard is None:
            return begin(self.flows, conversation, world)
        return receive(self.flows, conversation, heard, world)

    def _desk(self, unit: Unit, person: Person, update: Incoming) -> Person:
        """A deep link names the desk a person comes from: one of the list, or it says nothing."""
        content = update.content
        if not isinstance(content, seen.Command) or content.name != "start" or not content.payload:
            return person
        desk = find_desk(unit.direct(), content.payload)
        if desk is None or not desk.active or person.desk == desk.key:
            return person
        person = replace(person, desk=desk.key)
        unit.save_person(person)
        return person

    def answer_tap(self, unit: Unit, update: Incoming, text: str | None) -> None:
        """End the spinner of a tapped button, with a short word or none."""
        if isinstance(update.content, seen.Tap):
            params: Params = {"callback_query_id": update.content.query_id}
            if text:
                params["text"] = text[:200]
            unit.send(Outgoing("answerCallbackQuery", params, Lane.ANSWER))

    def wash_after(self, *, sensitive: bool) -> timedelta:
        """How long a message may stay in the chat of somebody in careful mode."""
        house = self.furniture.house
        if sensitive:
            return timedelta(minutes=house.wash_minutes)
        return timedelta(hours=house.wash_hours)

    def wash(self, due: Washing, now: datetime) -> Callable[[Unit], list[Row]]:
        """The job that takes from a chat what has been there for long enough.

        A private page on the living message gives way to home, which says nothing; everything else
        goes, home too, when its time has come.
        """

        def job(unit: Unit) -> list[Row]:
            person = unit.person_by_id(due.person_id)
            if person is None:
                return unit.sent
            state, living = unit.conversation(person.id)
            conversation = load(state, self.flows)
            show = _Show(self, unit, self._world(unit, person, due.chat_id, now))
            page = begin(self.flows, conversation, show.world).screen
            private = page is not None and page.sensitive
            gone = [one for one in due.message_ids if one != living or not private]
            if len(gone) < len(due.message_ids):
                reply = retreat(self.flows, conversation, show.world)
                show.reply(reply, None)
                unit.save_conversation(person.id, dump(reply.conversation))
            show.delete(gone)
            unit.forget_messages(person.id, gone)
            return unit.sent

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
    anew: bool = False
    aged: bool = False

    @property
    def person(self) -> Person:
        return self.world.person

    @property
    def words(self) -> Words:
        return self.turns.languages.words(self.person.language)

    def reply(self, reply: Reply, update: Incoming | None, *, here: bool = True) -> None:
        """Answer the tap, tidy up, then show what stays and the screen."""
        if update is not None:
            notice = self.words.plain(reply.notice) if reply.notice else None
            self.turns.answer_tap(self.unit, update, notice)
            if not reply.over:
                self._tidy_up(update, here=here)
        for said in reply.stays:
            self._send(said.say.lines, None, owned=not reply.over)
        if reply.screen is None:
            return
        if reply.below or self.aged:
            self._retire(reply.trace)
        lines = (*self._missing(reply.screen.lines), *reply.screen.lines)
        markup = keyboard(reply.screen, self.words)
        anew = reply.below or self.anew or self.aged or self.world.cleaned
        slot = Slot.NEW if anew else Slot.EDIT
        self._send(lines, markup, slot=slot, sensitive=reply.screen.sensitive)

    def _missing(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """In a language that is still a draft, say when a page is not in it yet."""
        words = self.words
        if words.code not in self.turns.languages.drafts:
            return ()
        told = all(words.has(line.text) for line in lines if line.style is Style.BODY)
        return () if told else (Line(_UNTRANSLATED, Style.NOTE),)

    def say(self, line: Line) -> None:
        """A short message that changes nothing."""
        self._send((line,), None)

    def delete(self, message_ids: list[int]) -> None:
        """Delete messages of the chat."""
        for start in range(0, len(message_ids), MOST_DELETED):
            some: list[Json] = [*message_ids[start : start + MOST_DELETED]]
            self._call("deleteMessages", {"chat_id": self.world.chat_id, "message_ids": some})

    def _tidy_up(self, update: Incoming, *, here: bool) -> None:
        """Old buttons lose their power; what should not stay in the chat goes."""
        if update.message_id is None:
            return
        params: Params = {"chat_id": self.world.chat_id, "message_id": update.message_id}
        if isinstance(update.content, seen.Tap):
            if not here and update.content.accessible:
                self._call("editMessageReplyMarkup", params)
        elif self.person.careful or _is_code(update.content):
            self._call("deleteMessage", params)

    def _retire(self, trace: Text | None) -> None:
        """Make room: the old message keeps one line of what was answered, or goes."""
        chat: Params = {"chat_id": self.world.chat_id}
        if trace is None or self.person.careful:
            self._call("deleteMessage", chat, Slot.RETIRE)
        else:
            line = message(self.world.chat_id, self.words.html(trace), silent=True)
            self._call("sendMessage", line, Slot.RETIRE)

    def _send(
        self,
        lines: tuple[Line, ...],
        markup: Json,
        *,
        slot: Slot = Slot.NONE,
        sensitive: bool = False,
        owned: bool = True,
    ) -> None:
        """One message, or several when the words pass Telegram's limit; buttons on the last."""
        careful, now = self.person.careful, self.world.now
        if careful and slot is not Slot.EDIT:
            lines = (Line(NEUTRAL[now.toordinal() % len(NEUTRAL)]), *lines)
        wash = now + self.turns.wash_after(sensitive=sensitive) if careful and owned else None
        *parts, last = (
            message(self.world.chat_id, part, silent=careful) for part in bodies(lines, self.words)
        )
        for part in parts:
            self._call("sendMessage", part, wash=wash, owned=owned)
        if markup is not None:
            last["reply_markup"] = markup
        self._call("sendMessage", last, slot, wash=wash, owned=owned)

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
