"""The bot dies in the middle of bursts, at every named point, and nobody notices.

People of a small town write and tap without waiting, a fifth of all updates comes twice, and the
bot dies again and again; then what is kept and what was shown is held against what it must be.
`make test` does it in one run in which the points take turns, `make faults` at each of them again
and again; the long run is in `test_long.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict

import pytest

from tests.faults.conftest import FIGURES
from tests.faults.crashes import POINTS, Plan, run
from tests.faults.scene import Figures, Stage

UPDATES = 2_080
KILLS = 64
PEOPLE = 10
Record = Callable[[str, object], None]


def plan_for(point: str) -> Plan:
    """The share of one point in the whole run."""
    shares = len(POINTS)
    return Plan((point,), -(-KILLS // shares), -(-UPDATES // shares), PEOPLE)


SHORT = Plan(POINTS, 2 * len(POINTS), 560, PEOPLE, passes=20)


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
    """All points together make 2,000 updates and 60 kills at least; none is left out of `SHORT`."""
    plans = [plan_for(point) for point in POINTS]
    assert sum(plan.updates for plan in plans) >= 2_000
    assert sum(plan.kills for plan in plans) >= 60
    assert (SHORT.points, SHORT.kills) == (POINTS, 16)


@pytest.mark.parametrize(
    "plan",
    [SHORT, *(pytest.param(plan_for(one), marks=pytest.mark.faults) for one in POINTS)],
    ids=lambda plan: "-".join(plan.points),
)
async def test_a_crash_loses_nothing_and_does_nothing_twice(
    plan: Plan, stage: Stage, record_property: Record
) -> None:
    """Killed again and again at a point, the bot handles every update once, in order."""
    hold(await run(plan, stage), plan, record_property)
