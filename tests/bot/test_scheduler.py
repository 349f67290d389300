"""The ticker wakes the house, and lets it finish what it began."""

from __future__ import annotations

import asyncio
import logging

import pytest

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
