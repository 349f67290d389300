"""A message to many: nobody gets it twice, it stops when it is stopped, and others are answered.

`make test` does it with some hundreds of people, `make faults` with fifty thousand.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.faults.conftest import Way
from tests.faults.mass_run import MOST_LEAVING, Outcome, Plan, run
from tests.faults.nursery import Cradle
from tests.faults.test_crashes import Record

SHORT = Plan(400, 2, every_seconds=1.0, still_seconds=1.0)
LONG = Plan(50_000, 60, every_seconds=4.0)


def hold(outcome: Outcome, plan: Plan) -> None:
    """Require all of it."""
    assert (outcome.double, outcome.false_sent, outcome.false_blocked) == (0, 0, 0)
    assert (outcome.lost, outcome.again_after_blocked) == (0, 0), outcome.states
    assert outcome.kills == plan.kills
    assert outcome.after_stop <= MOST_LEAVING
    assert outcome.stopped > plan.people // 4
    # Of what was leaving in the moment of a crash nobody knows whether it arrived.
    assert outcome.states.get("unknown", 0) <= 2 * MOST_LEAVING * plan.kills


async def test_some_hundreds_are_told_once(tmp_path: Path, memory: Path, cradle: Cradle) -> None:
    """Through pauses, refusals, a stop and crashes."""
    outcome = await run(tmp_path, memory, cradle, SHORT)
    print(json.dumps(asdict(outcome)))
    hold(outcome, SHORT)


async def test_some_hundreds_are_told_once_on_postgresql(
    tmp_path: Path, memory: Path, cradle: Cradle, on_postgresql: Way
) -> None:
    """The same where several writers work side by side."""
    url = str(on_postgresql["database"])
    hold(await run(tmp_path, memory, cradle, SHORT, url), SHORT)


@pytest.mark.faults
@pytest.mark.timeout(3600)
async def test_fifty_thousand_are_told_once(
    tmp_path: Path, memory: Path, cradle: Cradle, record_property: Record
) -> None:
    """With a pause asked for by three calls of ten, one person of ten who blocked the bot, a kill
    every few seconds, and a stop half way."""
    outcome = await run(tmp_path, memory, cradle, LONG)
    record_property("mass figures", json.dumps(asdict(outcome)))
    print(json.dumps(asdict(outcome)))
    hold(outcome, LONG)
