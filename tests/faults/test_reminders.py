"""The bot dies at every point while reminders fall due: none is lost, and in a chat none comes
twice but for the one that was just on its way."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from flows.calendar_model import NoticeState
from tests.faults.conftest import FIGURES, Way
from tests.faults.crashes import POINTS, Nemesis, Plan
from tests.faults.nursery import PATIENCE_SECONDS
from tests.faults.people import Walker
from tests.faults.process import set_ahead
from tests.faults.reminded import Reminded, seconds_to_ten, seed
from tests.faults.scene import Scene, Stage
from tests.faults.test_crashes import Record

PEOPLE = 8
SHORT = Plan(POINTS, len(POINTS), 0, people=5, passes=8)
TICK_SECONDS = 0.2


def plan_for(point: str) -> Plan:
    """The long run at one point."""
    return Plan((point,), 12, 0, PEOPLE, passes=12)


async def talks(person: Walker, over: asyncio.Event) -> None:
    """Somebody writes now and then, so that every point is passed."""
    while not over.is_set():
        await person.says("hello")
        await asyncio.sleep(0.1)


async def dies(here: Scene, plan: Plan, reminded: Reminded) -> Nemesis:
    """Kill as planned while people write, then wait until everything is told."""
    nemesis, over = Nemesis(here.bots, plan), asyncio.Event()

    async def rage() -> None:
        await nemesis.rage()
        over.set()

    async with asyncio.TaskGroup() as group:
        group.create_task(rage())
        for person in here.town.people:
            group.create_task(talks(person, over))
    wanted = set(reminded.ids)
    await here.telegram.wait_until(lambda: wanted <= set(reminded.told()), PATIENCE_SECONDS)
    await here.quiet()
    assert await here.bots.stop() == 0
    return nemesis


async def reminders_through(
    plan: Plan, stage: Stage, file: Path, record_property: Record, **life: object
) -> None:
    """Everybody is reminded of ten appointments, some at each life of the bot."""
    set_ahead(file, 0.0)
    ahead = seconds_to_ten(Clock().now())
    async with stage(
        people=plan.people, clock=str(file), notice_seconds=TICK_SECONDS, **life
    ) as here:
        set_ahead(file, ahead)
        await here.bots.start()
        await here.town.together(lambda person: person.arrive())
        await here.quiet()
        assert await here.bots.stop() == 0
        now = Clock().now() + timedelta(seconds=ahead)
        apart = timedelta(seconds=plan.kills * 1.2 / (10 * plan.people))
        reminded = seed(here, now, 10, apart)
        nemesis = await dies(here, plan, reminded)
        told, states = reminded.told(), reminded.states()
    double = sum(times - 1 for times in told.values())
    most = max(reminded.repeated_by_chat().values(), default=0)
    missing = len(reminded.ids) - len(told)
    figures = {"kills": nemesis.kills, "rows": len(reminded.ids), "duplicates": double}
    record_property(FIGURES, json.dumps({**figures, "lost": missing}))
    assert states == {NoticeState.SENT: len(reminded.ids), "gone": 0}
    assert missing == 0
    assert most <= nemesis.kills  # of each chat one message at a time is on its way


@pytest.mark.parametrize(
    "plan",
    [
        SHORT,
        *(
            pytest.param(plan_for(one), marks=[pytest.mark.faults, pytest.mark.timeout(600)])
            for one in POINTS
        ),
    ],
    ids=lambda plan: "-".join(plan.points),
)
async def test_a_crash_loses_no_reminder(
    plan: Plan, stage: Stage, tmp_path: Path, record_property: Record
) -> None:
    """Killed at a point again and again: missing 0; double only what Telegram had just taken."""
    await reminders_through(plan, stage, tmp_path / "clock", record_property)


@pytest.mark.faults
@pytest.mark.timeout(600)
async def test_on_postgresql_too(
    stage: Stage, tmp_path: Path, on_postgresql: Way, record_property: Record
) -> None:
    """At all points in turn, on the other database."""
    plan = Plan(POINTS, 2 * len(POINTS), 0, PEOPLE, passes=8)
    await reminders_through(plan, stage, tmp_path / "clock", record_property, **on_postgresql)
