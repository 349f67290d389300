"""The disk is locked or full, or the bot is told to stop: what was acknowledged is there."""

from __future__ import annotations

import asyncio
import random
import resource
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.faults.scene import Scene, Stage
from tests.faults.test_outages import hold

FAULT_SECONDS = 4.0


@asynccontextmanager
async def locked(here: Scene) -> AsyncIterator[None]:
    """Another process writes to the database and does not come to an end."""
    other = sqlite3.connect(here.data / "antenna.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@asynccontextmanager
async def full(here: Scene) -> AsyncIterator[None]:
    """No file of the bot can grow any more, its log neither."""
    pid = here.bots.pid
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


async def test_a_locked_database_is_waited_for(stage: Stage) -> None:
    """While another process holds the database people wait; then everything is done, once."""
    async with stage(people=8, busy_seconds=0.1) as here:
        await here.bots.start()
        await here.town.together(lambda person: person.arrive())
        async with asyncio.TaskGroup() as group:
            for _time in range(2):
                async with locked(here):
                    work = group.create_task(here.town.live(lambda: True))
                    await asyncio.sleep(FAULT_SECONDS)
                await work
        figures = await here.figures()
        hold(figures)
        assert figures.duplicates == 0


async def test_a_full_disk_is_waited_for(stage: Stage) -> None:
    """While nothing can be written people wait; then everything is done, once."""
    async with stage(people=8) as here:
        await here.bots.start()
        await here.town.together(lambda person: person.arrive())
        async with asyncio.TaskGroup() as group:
            for _time in range(2):
                async with full(here):
                    work = group.create_task(here.town.live(lambda: True))
                    await asyncio.sleep(FAULT_SECONDS)
                await work
        hold(await here.figures())


async def test_stopping_in_a_burst_is_graceful(stage: Stage) -> None:
    """Told to stop while people write, the bot ends with 0, and nothing is lost or seen twice."""
    stops, dice = 3, random.Random(0)
    async with stage(people=8) as here:
        done = 0

        async def stop_again_and_again() -> None:
            nonlocal done
            while done < stops:
                seen = here.telegram.state.call_count
                await here.bots.start()
                await here.telegram.wait_until(
                    lambda seen=seen: here.telegram.state.call_count > seen
                )
                await asyncio.sleep(dice.uniform(0, 0.8))
                assert await here.bots.stop() == 0
                done += 1
            await here.bots.start()

        async with asyncio.TaskGroup() as group:
            group.create_task(stop_again_and_again())
            group.create_task(here.town.live(lambda: done == stops))
        figures = await here.figures()
        hold(figures)
        assert figures.duplicates == 0


async def test_a_stop_cuts_off_who_does_not_come_back(stage: Stage) -> None:
    """With Telegram out of reach the bot still ends, with 0, and what waits goes out later."""
    async with stage(people=4) as here:
        await here.bots.start()
        await here.town.together(lambda person: person.arrive())
        await here.telegram.fault("down")
        async with asyncio.TaskGroup() as group:
            for person in here.town.people:
                group.create_task(person.wander())
            assert await here.bots.stop() == 0
            await here.telegram.end_faults()
            await here.bots.start()
        hold(await here.figures())


@pytest.mark.faults  # its short version is the first of two instances, frozen
async def test_a_stopped_process_goes_on_where_it_was(stage: Stage) -> None:
    """Frozen in the middle of a burst and thawed again, it has lost nothing."""
    async with stage(people=6) as here:
        await here.bots.start()
        await here.town.together(lambda person: person.arrive())
        async with asyncio.TaskGroup() as group:
            work = group.create_task(here.town.live(lambda: True))
            await asyncio.sleep(0.2)
            here.bots.signal(signal.SIGSTOP)
            await asyncio.sleep(1.0)
            here.bots.signal(signal.SIGCONT)
            await work
        hold(await here.figures())
