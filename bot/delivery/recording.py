"""Writing down what became of rows: all that came together in one transaction, until it is done."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass

from bot.delivery.ledger import Ledger, Result
from bot.watch import Watch


@dataclass(frozen=True, slots=True)
class BackOff:
    """Pauses that double up to a limit, each a little off so that nobody comes back in step."""

    first_seconds: float
    longest_seconds: float
    jitter: Callable[[], float] = random.random

    def pause(self, tries: int) -> float:
        """Seconds to wait after so many tries before this one."""
        longest = min(self.first_seconds * 2.0 ** min(tries, 20), self.longest_seconds)
        return longest * (0.5 + self.jitter() / 2)


class Recorder:
    """Keeps results until the database has them; `recorded` is told which it has."""

    def __init__(
        self,
        ledger: Ledger,
        back_off: BackOff,
        watch: Watch,
        recorded: Callable[[list[Result]], None],
    ) -> None:
        self._ledger = ledger
        self._back_off = back_off
        self._watch = watch
        self._recorded = recorded
        self._results: list[Result] = []
        self._task: asyncio.Task[None] | None = None
        self._unrecorded = 0

    def __len__(self) -> int:
        """How many results the database does not have yet."""
        return self._unrecorded

    def note(self, result: Result) -> None:
        """Take a result; the loop's other results of this moment go with it."""
        self._results.append(result)
        self._unrecorded += 1
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._record())

    async def close(self) -> None:
        """Try once more, now.

        Raises:
            Exception: the database's; what is not written is done again after the next start.
        """
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._results:
            await self._ledger.record(self._results)
            self._results = []

    async def _record(self) -> None:
        tries = 0
        while self._results:
            results, self._results = self._results, []
            try:
                await self._ledger.record(results)
            except asyncio.CancelledError:
                self._results = results + self._results
                raise
            except Exception as error:
                self._results = results + self._results
                self._watch.note("record_failed", error=type(error).__name__)
                await asyncio.sleep(self._back_off.pause(tries))
                tries += 1
                continue
            tries = 0
            self._unrecorded -= len(results)
            self._recorded(results)
