"""What an operator says to the person from the console: sent once, however often it is pressed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from aiohttp import web

from bot.console.drafts import Kind
from bot.console.reports.sent import Fate
from bot.console.talks.desk import Talks, Told
from bot.console.talks.meant import (
    CHANGED,
    LOOK_FIRST,
    NO_MEANING,
    NO_MEANINGS,
    READS_ITALIAN,
    TOO_OLD,
    translates,
)
from bot.console.talks.reading import LONGEST_WORDS, Reading, Typed, place_of
from bot.console.visit import Visit
from bot.meaning.interpreter import OURS
from bot.meaning.translator import NotMeant, Why
from bot.relay.cargo import with_meant
from bot.relay.meeting import Wanted
from bot.relay.refusals import NOTHING_TO_UNDO, PAST, Done
from flows.handoff_model import LineKind
from flows.ready import find_ready
from flows.text import Text, _
from storage.errors import StorageError
from storage.handoffs import Content, Handoff
from storage.handoffs.lines import find_lines

MEANWHILE = _("Not sent: a colleague has answered meanwhile. Read it, then send this again.")
NOT_KEPT = _("Not sent and not kept: the disk or the database is busy. Try again.")
EMPTY = _("Not sent: there are no words in it.")
ALREADY = _("It was sent already. Here it is once only.")

Send = Callable[[], Awaitable[Done]]


class Answering:
    """The forms whose words reach the person."""

    def __init__(self, talks: Talks, reading: Reading) -> None:
        self._talks = talks
        self._reading = reading

    async def say(self, visit: Visit) -> web.StreamResponse:
        """Send words, or an answer that is ready."""
        handoff = await self._talks.known(visit)
        canned = visit.value("canned", longest=40)
        text = visit.value("text", longest=LONGEST_WORDS)
        if canned and find_ready(canned) is not None:
            content = Content(LineKind.CANNED, canned)
        elif not text:
            return await self._refuse(visit, text, EMPTY)
        elif visit.value("meaning", longest=1):
            return await self._propose(visit, handoff, text)
        else:
            found = self._meant(visit, handoff, text)
            if isinstance(found, Text):
                return await self._refuse(visit, text, found)
            content = found
        say = self._talks.handoffs.say
        return await self._once(
            visit, handoff, text, lambda: say(visit.operator, handoff.id, content)
        )

    async def _propose(self, visit: Visit, handoff: Handoff, text: str) -> web.StreamResponse:
        """Show words as they would go with a translation; nothing is sent."""
        talks, me = self._talks, visit.operator
        deeds = talks.handoffs.deeds
        if talks.interpreter is None or not translates(talks, handoff):
            none = READS_ITALIAN if handoff.language == OURS else NO_MEANINGS[Why.OFF]
            return await self._refuse(visit, text, none)
        hindered = await talks.handoffs.do(
            lambda unit, now: deeds.hindrance(unit, me, handoff.id, now) or Done(True, LOOK_FIRST)
        )
        if not hindered.ok:
            return await self._refuse(visit, text, hindered.words)
        found = await talks.interpreter.propose(handoff.id, me.id, text, handoff.language)
        if isinstance(found, NotMeant):
            return await self._refuse(visit, text, NO_MEANINGS.get(found.why, NO_MEANING))
        fresh = await talks.opened(visit, anew=False)
        told = [Told("warn", LOOK_FIRST)]
        return await self._reading.page(visit, fresh, told=told, typed=Typed(text))

    def _meant(self, visit: Visit, handoff: Handoff, text: str) -> Content | Text:
        """The words, with their translation where that was looked at; else why they do not go."""
        key, interpreter = visit.value("meant", longest=40), self._talks.interpreter
        content = Content(LineKind.TEXT, text)
        if not key:
            return content
        found = None
        if interpreter is not None:
            found = interpreter.find(key, handoff.id, visit.operator.id)
        if found is None:
            return TOO_OLD
        return with_meant(content, found.meant) if found.text == text else CHANGED

    async def appoint(self, visit: Visit) -> web.StreamResponse:
        """Tell the person when to come."""
        handoff = await self._talks.known(visit)
        when = _moment(visit.value("day", longest=10), visit.value("time", longest=5))
        if when is None:
            return self._talks.answer(visit, handoff.id, PAST)
        place = visit.value("place")
        words = visit.value("words", longest=500)
        appoint = self._talks.handoffs.appointment
        return await self._once(
            visit,
            handoff,
            "",
            lambda: appoint(visit.operator, handoff.id, Wanted(when, place, words)),
        )

    async def edit(self, visit: Visit) -> web.StreamResponse:
        """Put other words in the place of those of a line."""
        handoff = await self._talks.known(visit)
        line = visit.number("line") or 0
        content = Content(LineKind.TEXT, visit.value("text", longest=LONGEST_WORDS))
        done = await self._talks.handoffs.edit(visit.operator, handoff.id, line, content)
        return self._talks.answer(visit, handoff.id, done)

    async def undo(self, visit: Visit) -> web.StreamResponse:
        """Take a line back."""
        handoff = await self._talks.known(visit)
        line = visit.number("line") or 0
        done = NOTHING_TO_UNDO
        if line:
            done = await self._talks.handoffs.undo(visit.operator, handoff.id, line)
        return self._talks.answer(visit, handoff.id, done)

    async def _once(
        self, visit: Visit, handoff: Handoff, text: str, send: Send
    ) -> web.StreamResponse:
        """Send what a form carries, under the word that makes it one of its own."""
        talks, word, me = self._talks, visit.value("word", longest=40), visit.operator.id
        if talks.sent.knows(word):
            return talks.answer(visit, handoff.id, Done(True, ALREADY))
        if await self._was_answered(visit, handoff):
            return await self._refuse(visit, text, MEANWHILE)
        if not word or not talks.sent.begin(word):
            return await self._refuse(visit, text, NOT_KEPT)
        try:
            done = await send()
        except (StorageError, OSError):
            talks.sent.forget(word)
            return await self._refuse(visit, text, NOT_KEPT)
        if done.line is None and not done.ok:
            talks.sent.forget(word)
            return await self._refuse(visit, text, done.words)
        talks.sent.end(word, Fate.KEPT)
        if text:
            visit.room.drafts.drop(me, place_of(handoff.id), Kind.REPLY)
            talks.presence.stops(handoff.id, me)
            if talks.interpreter is not None:
                talks.interpreter.drop(handoff.id, me)
        return talks.answer(visit, handoff.id, done)

    async def _was_answered(self, visit: Visit, handoff: Handoff) -> bool:
        """Whether a colleague said something that the page did not show."""
        seen, vault = visit.number("seen") or 0, visit.room.database.vault
        if seen >= handoff.count:
            return False
        said = await visit.room.read(lambda c: find_lines(c, vault, handoff.id, seen))
        return any(one.outward and one.operator_id != visit.operator.id for one in said)

    async def _refuse(self, visit: Visit, text: str, why: Text) -> web.StreamResponse:
        """The page once more, with the words still in it, and why they did not go."""
        fresh = await self._talks.opened(visit, anew=False)
        typed = Typed(text) if text else None
        told = [Told("bad", why)]
        return await self._reading.page(visit, fresh, told=told, typed=typed, status=409)


def _moment(day: str, time: str) -> datetime | None:
    try:
        return datetime.strptime(f"{day} {time}", "%Y-%m-%d %H:%M")  # noqa: DTZ007 - Italian clocks
    except ValueError:
        return None
