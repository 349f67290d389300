"""The ticker: it wakes the house now and then, and what is due stands in the database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock

Work = Callable[[], Awaitable[object]]

LOOK_SECONDS = 5.0


class Scheduler:
    """Regular work by intervals only; nothing that was promised for a time of day hangs on it.

    APScheduler waits for times of the day. When the clock of the machine is set back it would wait
    until that time comes again, for hours; so it is looked after by a clock that never goes back.
    """

    def __init__(self, clock: Clock | None = None, look_seconds: float = LOOK_SECONDS) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            # A late tick is made up for, once; by default it would be dropped.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._clock = clock or Clock()
        self._look_seconds = look_seconds
        self._works: dict[str, Work] = {}
        self._seconds: dict[str, float] = {}
        self._under_way: set[asyncio.Task[object]] = set()
        self._looking: asyncio.Task[None] | None = None

    def every(self, seconds: float, name: str, work: Work) -> None:
        """Do some work again and again."""
        self._works[name] = work
        self._seconds[name] = seconds
        self._scheduler.add_job(self._tick, "interval", seconds=seconds, id=name, args=[name])

    async def do(self, name: str) -> None:
        """Do some regular work now, beside its rhythm."""
        await self._works[name]()

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()
        self._looking = asyncio.get_running_loop().create_task(self._look())

    async def stop(self) -> None:
        """Tick no more; come back when what is under way has ended."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait({self._looking})
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

    async def _look(self) -> None:
        """Let what would wait longer than its interval tick now: the clock was set back."""
        while True:
            await asyncio.sleep(self._look_seconds)
            now = self._clock.now()
            for job in self._scheduler.get_jobs():
                if job.next_run_time > now + timedelta(seconds=self._seconds[job.id]):
                    job.modify(next_run_time=now)
