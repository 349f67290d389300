"""The long run, by `make faults`: many rounds of crashes at every point, each with other chances.

`FAULT_ROUNDS` says how many. The rounds take turns: without a pace and with Telegram's, by webhook,
on PostgreSQL.
"""

from __future__ import annotations

import os

import pytest

from tests.faults.conftest import Way
from tests.faults.crashes import POINTS, Plan, run
from tests.faults.scene import Stage
from tests.faults.test_crashes import Record, hold

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "8"))
KILLS = 8
UPDATES = 320
PEOPLE = 12
WAYS = ("at_once", "at_telegrams_pace", "by_webhook", "on_postgresql")


@pytest.fixture
def at_once() -> Way:
    """A bot that sends as fast as it can."""
    return {}


@pytest.fixture
def at_telegrams_pace() -> Way:
    """A bot that sends as slowly as it must."""
    return {"per_second": 25, "chat_seconds": 1.0}


@pytest.mark.faults
@pytest.mark.timeout(300)
@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("number", range(1, ROUNDS + 1))
async def test_a_crash_loses_nothing_however_often(
    number: int,
    point: str,
    stage: Stage,
    request: pytest.FixtureRequest,
    record_property: Record,
) -> None:
    """Killed again and again at a point, the bot handles every update once, in order."""
    way = WAYS[number % len(WAYS)]
    life: Way = request.getfixturevalue(way)
    plan = Plan((point,), KILLS, UPDATES, PEOPLE, seed=number)
    hold(await run(plan, stage, **life), plan, record_property)
