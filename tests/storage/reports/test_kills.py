"""Died at any point of sending, adding or withdrawing: nothing that was said is lost or doubled."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.storage.reports.conftest import Place
from tests.storage.reports.dying import POINTS, Figures, Plan

ROOT = Path(__file__).resolve().parents[3]


def figures(place: Place, point: str, kills: int) -> Figures:
    """Carry out a plan in a process of its own."""
    plan = Plan(place.url, str(place.data), point, kills)
    done = subprocess.run(
        [sys.executable, "-m", "tests.storage.reports.dying", json.dumps(asdict(plan))],
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = Figures(**json.loads(done.stdout.splitlines()[-1]))
    print(f"{place.engine} {point}: {found}")
    return found


def all_zero(found: Figures) -> dict[str, int]:
    """What must be zero, and is not."""
    free = ("kills", "reports", "files")
    return {name: n for name, n in asdict(found).items() if n and name not in free}


@pytest.mark.parametrize(
    ("engine", "point"),
    [*(("sqlite", point) for point in POINTS), ("postgresql", "K3"), ("postgresql", "K4")],
)
def test_nothing_that_was_said_is_lost(place: Place, point: str) -> None:
    """Every report once, with its files and its code; no orphan is left after tidying up."""
    found = figures(place, point, kills=6)
    assert (found.kills, all_zero(found)) == (6, {})
    assert found.files > 0


@pytest.mark.faults
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("point", POINTS)
def test_five_hundred_deaths_lose_nothing(place: Place, point: str) -> None:
    """The same, five hundred times at each point."""
    found = figures(place, point, kills=500)
    assert (found.kills, all_zero(found)) == (500, {})
