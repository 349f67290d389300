"""The same crashes on PostgreSQL and by webhook: what is promised does not hang on the way."""

from __future__ import annotations

import pytest

from tests.faults.conftest import Way
from tests.faults.crashes import OUTSIDE, Plan, run
from tests.faults.scene import Stage
from tests.faults.test_crashes import Record, hold

KILLS = 6
UPDATES = 150
PEOPLE = 8


@pytest.mark.parametrize("point", ["K3", "K4", "K6", OUTSIDE])
async def test_on_postgresql_a_crash_loses_nothing(
    point: str, stage: Stage, on_postgresql: Way, record_property: Record
) -> None:
    """Killed again and again, the bot handles every update once, in order, on PostgreSQL."""
    plan = Plan(point, KILLS, UPDATES, PEOPLE)
    hold(await run(plan, stage, **on_postgresql), plan, record_property)


@pytest.mark.parametrize("point", ["K1", "K4", OUTSIDE])
async def test_by_webhook_a_crash_loses_nothing(
    point: str, stage: Stage, by_webhook: Way, record_property: Record
) -> None:
    """Killed again and again, the bot handles every update once, in order, when it is called."""
    plan = Plan(point, KILLS, UPDATES, PEOPLE)
    hold(await run(plan, stage, **by_webhook), plan, record_property)
