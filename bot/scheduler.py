"""The ticker: it wakes the house now and then, and what is due stands in the database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Work = Callable[[], Awaitable[object]]


class Scheduler:
    """Regular work by intervals only; nothing that was promised for a time of day hangs on it."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            # A late tick is made up for, once; by default it would be dropped.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._works: dict[str, Work] = {}
        self._under_way: set[asyncio.Task[object]] = set()

    def every(self, seconds: float, name: str, work: Work) -> None:
        """Do some work again and again."""
        self._works[name] = work
        self._scheduler.add_job(self._tick, "interval", seconds=seconds, id=name, args=[name])

    async def do(self, name: str) -> None:
        """Do some regular work now, beside its rhythm."""
        await self._works[name]()

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more; come back when what is under way has ended."""
        self._scheduler.remove_all_jobs()
        while self._under_way:
            await asyncio.wait(self._under_way)
        # Only now: it cancels whatever it thinks is under way and calls that a failure.
        self._scheduler.shutdown(wait=False)

    async def _tick(self, name: str) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        await self.do(name)
