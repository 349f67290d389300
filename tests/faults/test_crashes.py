"""The bot dies in the middle of bursts, at every named point, and nobody notices.

People of a small town write and tap without waiting, a fifth of all updates comes twice, and the
bot dies again and again; then what is kept and what was shown is held against what it must be.
`make test` does it at the points of `SHORT`, `make faults` at all of them; the long run is in
`test_long.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict

import pytest

from tests.faults.conftest import FIGURES
from tests.faults.crashes import OUTSIDE, POINTS, Plan, run
from tests.faults.scene import Figures, Stage

UPDATES = 2_080
KILLS = 64
PEOPLE = 10
SHORT = ("K3", "K4", "K6", OUTSIDE)
Record = Callable[[str, object], None]


def plan_for(point: str) -> Plan:
    """The share of one point in the whole run."""
    shares = len(POINTS)
    return Plan(point, -(-KILLS // shares), -(-UPDATES // shares), PEOPLE)


def hold(figures: Figures, plan: Plan, record_property: Record) -> None:
    """Write down what was run, and require all of it, and that nothing came of it."""
    record_property(FIGURES, json.dumps(asdict(figures)))
    assert figures.problems == []
    assert (figures.lost, figures.double) == (0, 0)
    assert figures.kills == plan.kills
    assert figures.updates >= plan.updates
    assert figures.repeated >= figures.updates // 10
    assert figures.most_duplicates_in_a_chat <= figures.kills


def test_the_run_is_as_large_as_promised() -> None:
    """All points together make at least 2,000 updates and 60 kills, `make test` half of it."""
    for points, updates, kills in ((POINTS, 2_000, 60), (SHORT, 1_000, 30)):
        plans = [plan_for(point) for point in points]
        assert sum(plan.updates for plan in plans) >= updates
        assert sum(plan.kills for plan in plans) >= kills


@pytest.mark.parametrize(
    "point",
    [one if one in SHORT else pytest.param(one, marks=pytest.mark.faults) for one in POINTS],
)
async def test_a_crash_loses_nothing_and_does_nothing_twice(
    point: str, stage: Stage, record_property: Record
) -> None:
    """Killed again and again at a point, the bot handles every update once, in order."""
    plan = plan_for(point)
    hold(await run(plan, stage), plan, record_property)
