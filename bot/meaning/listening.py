"""Has people's words translated after they were kept: nothing waits for it, nothing is lost by it.

The line is in the database and on its way to the topic before anybody is asked here. A translator
that does not answer is left alone for a while, longer each time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from bot.meaning.interpreter import OURS, Interpreter
from bot.meaning.translator import PASSING, Meant, NotMeant, Why
from bot.means import Means
from bot.relay.news import News
from storage.handoffs.meanings import FRESH, Due, State, find_due, keep
from storage.unit import Unit

LOOK_SECONDS: Final = 20.0
FIRST_PAUSE: Final = timedelta(seconds=5)
LONGEST_PAUSE: Final = timedelta(minutes=5)
TRIES: Final = 3
A_LOOK: Final = 20
PLACE: Final = "translator elsewhere"
_STATES: Final = {Why.LANGUAGE: State.LANGUAGE, Why.LONG: State.LONG}


def told_since(unit: Unit, place: str, now: datetime) -> datetime:
    """Since when people who ask for a person are told of a place elsewhere; from now on, where it
    is another one than before. An empty `place`: there is none."""
    host, _space, since = (unit.setting(PLACE) or "").partition(" ")
    if since and host == place:
        return datetime.fromisoformat(since)
    unit.set_setting(PLACE, f"{place} {now.isoformat()}")
    return now


class Listening:
    """Works off the lines that nobody has translated yet."""

    def __init__(
        self,
        means: Means,
        news: News,
        interpreter: Interpreter,
        since: datetime,
        told: datetime | None = None,
    ) -> None:
        self._means = means
        self._news = news
        self._interpreter = interpreter
        self._since = since  # what was said before, nobody was told that a machine reads
        self._told = told or since  # who asked before read no word of that place
        self._tries: dict[int, int] = {}
        self._pause = FIRST_PAUSE
        self._until = 0.0

    async def run(self) -> None:
        """Work until cancelled."""
        async with AsyncExitStack() as open_:
            ear = await open_.enter_async_context(self._news.listen())
            while True:
                try:
                    await self.work()
                except Exception as error:  # one conversation must not silence the others
                    self._means.watch.note("interpreter_failed", error=type(error).__name__)
                try:
                    async with asyncio.timeout(self._wait()):
                        await ear.take()
                except TimeoutError:
                    pass

    def _wait(self) -> float:
        rest = self._until - self._means.clock.monotonic()
        return rest if rest > 0 else LOOK_SECONDS

    async def work(self) -> None:
        """Translate what is due, each conversation in its order."""
        if self._means.clock.monotonic() < self._until:
            return
        after, vault = max(self._since, self._means.clock.now() - FRESH), self._means.vault
        asked = None if self._interpreter.translator.is_local else self._told
        found = await self._means.done(
            lambda unit: find_due(unit.reading(), vault, after, OURS, A_LOOK, asked)
        )
        there = {one.line.id for one in found}
        self._tries = {line_id: many for line_id, many in self._tries.items() if line_id in there}
        found.sort(key=lambda one: (one.line.handoff_id, one.line.number))
        talks = [list(some) for _, some in groupby(found, lambda one: one.line.handoff_id)]
        await asyncio.gather(*map(self._conversation, talks))

    async def _conversation(self, found: Sequence[Due]) -> None:
        for due in found:
            if not await self._line(due):
                return

    async def _line(self, due: Due) -> bool:
        """Have a line translated; False where the next one has to wait, too."""
        text = due.line.text.strip()
        if not any(one.isalpha() for one in text):
            return await self._keep(due, State.SAME)
        meant = await self._interpreter.heard(text, due.language)
        if isinstance(meant, NotMeant):
            return await self._not_meant(due, meant.why)
        self._pause = FIRST_PAUSE
        if meant.source == OURS or meant.text.strip() == text:
            return await self._keep(due, State.SAME)
        return await self._keep(due, State.MADE, meant)

    async def _not_meant(self, due: Due, why: Why) -> bool:
        tries = self._tries[due.line.id] = self._tries.get(due.line.id, 0) + 1
        if why not in PASSING or (why in (Why.SLOW, Why.BROKEN) and tries >= TRIES):
            return await self._keep(due, _STATES.get(why, State.FAILED))
        self._until = self._means.clock.monotonic() + self._pause.total_seconds()
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        return False

    async def _keep(self, due: Due, state: State, meant: Meant | None = None) -> bool:
        now, vault, line = self._means.clock.now(), self._means.vault, due.line
        text, language = ("", due.language) if meant is None else (meant.text, meant.source)

        def job(unit: Unit) -> bool:
            return keep(unit.direct(), vault, line, state, now, text, language)

        if await self._means.done(job) and state is not State.SAME:
            self._news.tell(line.handoff_id)
        return True
