"""Two hundred people, twenty seats, eight processes that die: nobody stands, no seat is empty.

`make test` does it a few times on each database, `make faults` a thousand times in all.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.database import default_url
from tests.faults.conftest import FIGURES
from tests.faults.seat_race import PEOPLE, SEATS, Figures
from tests.postgresql import Server

Record = Callable[[str, object], None]
SHORT, LONG = 1, 500
SECONDS = 3_600
RUNS = [SHORT, pytest.param(LONG, marks=[pytest.mark.faults, pytest.mark.timeout(SECONDS)])]


@pytest.mark.parametrize("runs", RUNS)
def test_sqlite_never_gives_a_seat_twice_and_leaves_none_empty(
    runs: int, memory: Path, record_property: Record
) -> None:
    """On SQLite no seat is over-booked or unused, and whoever was told of one has it."""
    hold(default_url(memory), memory, runs, record_property)


@pytest.mark.parametrize("runs", RUNS)
def test_postgresql_never_gives_a_seat_twice_and_leaves_none_empty(
    runs: int, server: Server, tmp_path: Path, record_property: Record
) -> None:
    """On PostgreSQL no seat is over-booked or unused, and whoever was told of one has it."""
    name = server.create()
    hold(server.url(name), tmp_path, runs, record_property)
    server.drop(name)


def hold(url: str, data: Path, runs: int, record_property: Record) -> None:
    """Run it in a process of its own, write down what was run, and require that it went well."""
    command = [sys.executable, "-m", "tests.faults.seat_race", url, str(data), str(runs), "1"]
    done = subprocess.run(command, timeout=SECONDS, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    figures = Figures(**json.loads(done.stdout))
    record_property(FIGURES, done.stdout)
    assert (figures.over_booked, figures.unused, figures.lost, figures.refused) == (0, 0, 0, 0)
    assert (figures.runs, figures.people) == (runs, runs * PEOPLE)
    assert figures.enrolled >= runs * SEATS // 2
    assert figures.kills >= runs
