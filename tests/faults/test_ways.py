"""The same crashes on PostgreSQL and by webhook: what is promised does not hang on the way.

One point each in `make test`, the others in `make faults`.
"""

from __future__ import annotations

import pytest

from tests.faults.conftest import Way
from tests.faults.crashes import OUTSIDE, POINTS, Plan, run
from tests.faults.scene import Stage
from tests.faults.test_crashes import Record, hold

KILLS = 6
UPDATES = 150
PEOPLE = 8
LONG = {name: pytest.param(name, marks=pytest.mark.faults) for name in POINTS}


@pytest.mark.parametrize("point", ["K4", LONG["K3"], LONG["K6"], LONG[OUTSIDE]])
async def test_on_postgresql_a_crash_loses_nothing(
    point: str, stage: Stage, on_postgresql: Way, record_property: Record
) -> None:
    """Killed again and again, the bot handles every update once, in order, on PostgreSQL."""
    plan = Plan((point,), KILLS, UPDATES, PEOPLE)
    hold(await run(plan, stage, **on_postgresql), plan, record_property)


@pytest.mark.parametrize("point", [OUTSIDE, LONG["K1"], LONG["K4"]])
async def test_by_webhook_a_crash_loses_nothing(
    point: str, stage: Stage, by_webhook: Way, record_property: Record
) -> None:
    """Killed again and again, the bot handles every update once, in order, when it is called."""
    plan = Plan((point,), KILLS, UPDATES, PEOPLE)
    hold(await run(plan, stage, **by_webhook), plan, record_property)
