"""Where slow effects are done, outside every transaction: benches with few hands and short lines.

A performer is told once, by the kind of its effect. What it does may be done twice: after a crash
Telegram brings the same update again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from flows.effects import Effect, Json

E = TypeVar("E", bound=Effect[Any])


@dataclass(frozen=True, slots=True)
class Asker:
    """For whom something is done: the chat, and whether somebody else looks at its phone."""

    chat_id: int = field(repr=False)
    careful: bool = field(default=False, repr=False)


Performer: TypeAlias = Callable[[E, Asker], Awaitable[Json]]
Work: TypeAlias = Callable[[E, Asker], Json]


class WorkshopError(Exception):
    """Nobody here knows how to do this effect: a mistake in how Antenna was put together."""


class Bench:
    """So many hands, and so many who may wait for one of them; `None` lets everybody wait.

    Nobody waits longer than `seconds`, the work itself included: then the busy word is said. The
    next turn of the same person asks again.
    """

    def __init__(self, hands: int, line: int | None = None, seconds: float | None = None) -> None:
        self._hands = asyncio.Semaphore(hands)
        self._most = None if line is None else hands + line
        self._seconds = seconds
        self._inside = 0
        self.threads = ThreadPoolExecutor(hands, thread_name_prefix="bench")

    @property
    def is_full(self) -> bool:
        """Whether whoever comes now has to come again later."""
        return self._most is not None and self._inside >= self._most

    async def do(self, work: Callable[[], Awaitable[Json]], busy: Json) -> Json:
        """Do something as soon as a hand is free; the busy word where that would take too long."""
        if self.is_full:
            return busy
        self._inside += 1
        try:
            async with asyncio.timeout(self._seconds):
                async with self._hands:
                    return await work()
        except TimeoutError:
            return busy
        finally:
            self._inside -= 1

    def close(self) -> None:
        """Begin nothing more."""
        self.threads.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Skill:
    perform: Performer[Any]
    bench: Bench
    busy: Json


@dataclass(frozen=True, slots=True)
class _Limit:
    allows: Callable[[Any, Asker], bool]
    result: Json


class Workshop:
    """Who does which slow effect, at which bench."""

    def __init__(self) -> None:
        self._skills: dict[type[Effect[Any]], _Skill] = {}
        self._limits: dict[type[Effect[Any]], _Limit] = {}

    def teach(
        self, kind: type[E], perform: Performer[E], bench: Bench, *, busy: Json = None
    ) -> None:
        """Say who does an effect. `busy` is its result when there is no room at the bench."""
        self._skills[kind] = _Skill(perform, bench, busy)

    def teach_work(self, kind: type[E], work: Work[E], bench: Bench, *, busy: Json = None) -> None:
        """The same for plain work that takes its time: it is done in a thread of the bench."""

        async def perform(effect: E, asker: Asker) -> Json:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(bench.threads, work, effect, asker)

        self.teach(kind, perform, bench, busy=busy)

    def limit(
        self,
        kind: type[E],
        allows: Callable[[E, Asker], bool],
        *,
        result: Json,
    ) -> None:
        """Say how often an effect may be asked for; `result` is what comes of one too many."""
        self._limits[kind] = _Limit(allows, result)

    async def work(self, effect: Effect[Any], asker: Asker) -> Json:
        """Do an effect; its result for the log.

        Raises:
            WorkshopError: nobody was told how.
        """
        limit = self._limits.get(type(effect))
        if limit is not None and not limit.allows(effect, asker):
            return limit.result
        skill = self._skills.get(type(effect))
        if skill is None:
            raise WorkshopError(
                f"Nobody does {type(effect).__name__} here: teach it in bot/app.py."
            )
        return await skill.bench.do(lambda: skill.perform(effect, asker), skill.busy)

    def close(self) -> None:
        """Let the work under way end and begin no more."""
        for bench in {skill.bench for skill in self._skills.values()}:
            bench.close()
