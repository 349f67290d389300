"""The ticker wakes the house, and lets it finish what it began."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta, tzinfo

import pytest

from bot.clock import Clock
from bot.scheduler import Scheduler


async def test_what_is_under_way_is_finished(caplog: pytest.LogCaptureFixture) -> None:
    """What a tick began ends before the stop does, and nobody calls it a failure."""
    begun, allowed, ended = asyncio.Event(), asyncio.Event(), []

    async def work() -> None:
        begun.set()
        await allowed.wait()
        ended.append("whole")

    scheduler = Scheduler()
    scheduler.every(0.01, "work", work)
    scheduler.start()
    await begun.wait()
    stopping = asyncio.create_task(scheduler.stop())
    await asyncio.sleep(0)
    assert (stopping.done(), ended) == (False, [])
    allowed.set()
    await stopping
    # On a slow machine another tick may have come and been skipped: that is told, and no failure.
    failures = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert (ended, failures) == (["whole"], [])


async def test_work_can_be_done_at_once() -> None:
    """What is due now need not wait for its tick; its failure is the caller's to see."""

    async def work() -> None:
        raise ValueError("x")

    scheduler = Scheduler()
    scheduler.every(3600, "work", work)
    with pytest.raises(ValueError, match="x"):
        await scheduler.do("work")


class Wall(Clock):
    """A clock of the machine that somebody sets."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """The true time, and what it is wrong by."""
        return super().now() + self.ahead


@pytest.mark.parametrize("hours", [-3, 3])
async def test_the_clock_is_set(hours: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three hours back or forward, the house goes on ticking; APScheduler alone would wait."""
    wall, ticks = Wall(), asyncio.Queue[str]()

    class Time(datetime):
        """What APScheduler takes for the time of day."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return wall.now().astimezone(tz)

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Time)

    async def work() -> None:
        ticks.put_nowait("tick")

    scheduler = Scheduler(wall, look_seconds=0.05)
    scheduler.every(0.05, "work", work)
    scheduler.start()
    await ticks.get()
    wall.ahead = timedelta(hours=hours)
    while not ticks.empty():
        ticks.get_nowait()
    async with asyncio.timeout(30):
        for _ in range(3):
            await ticks.get()
    await scheduler.stop()
