"""What the fault tests share: where bots are born, and the line that says how much was run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.faults.nursery import Cradle
from tests.faults.scene import Stage, scene

FIGURES = "fault figures"
SUMS = ("updates", "repeated", "kills", "rows", "votes", "duplicates", "lost", "double")


@pytest.fixture(scope="session")
def cradle() -> Iterator[Cradle]:
    """Where the bots of all tests are born."""
    cradle = Cradle()
    yield cradle
    cradle.close()


@pytest.fixture(scope="session")
def other_cradle() -> Iterator[Cradle]:
    """Where a second bot is born, while the first one lives."""
    cradle = Cradle()
    yield cradle
    cradle.close()


@pytest.fixture
def stage(tmp_path: Path, cradle: Cradle) -> Stage:
    """A scene in a folder of its own: `async with stage(people=6) as here`."""
    return partial(scene, tmp_path, cradle)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Add up what the tests of this run have counted, whichever process they ran in."""
    figures = [
        json.loads(str(value))
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, ())
        for name, value in getattr(report, "user_properties", ())
        if name == FIGURES
    ]
    if not figures:
        return
    sums = {name: sum(one[name] for one in figures) for name in SUMS}
    terminalreporter.write_line(
        "faults: {updates} updates and {repeated} repeats over {kills} kills: {lost} lost, "
        "{double} double effects, {duplicates} messages twice; {votes} votes, {rows} rows".format(
            **sums
        )
    )
