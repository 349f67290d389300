"""`make bench`: measure Antenna beside a bare bot, print a table, keep the figures in a file."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.bench.machine import Machine, empty_loop_ms, load, processor, quiet_cores, sync_us
from tests.bench.measure import QUICK, Cores, Size, memory_and_start, speed
from tests.bench.notices import reminders
from tests.bench.processes import ROOT
from tests.bench.storage import microseconds_a_line, microseconds_a_turn
from tests.bench.table import Runs, add, keep, with_ratios, written


def say(words: str) -> None:
    """Tell how far it is, beside the table."""
    print(words, file=sys.stderr, flush=True)


def measure(size: Size) -> tuple[Runs, Machine]:
    """All figures, each as often as there are runs, the two bots in turn."""
    before, runs = load(), Runs()
    noise: list[float] = []
    syncs: list[float] = []
    bot, server = quiet_cores()
    cores = Cores(bot, server)
    for number in range(1, size.runs + 1):
        say(f"run {number} of {size.runs} …")
        noise.append(empty_loop_ms(cores.bot))
        syncs.append(sync_us())
        # In turn, so that a quiet or a busy minute meets both.
        for echo in (False, True) if number % 2 else (True, False):
            add(runs, speed(cores, size, echo=echo))
        noise.append(empty_loop_ms(cores.bot))
        add(runs, {"storage µs/turn": microseconds_a_turn(size.turns)})
        add(runs, {"storage µs/line to operators": microseconds_a_line(size.turns)})
        add(runs, reminders(size))
        for stored in size.stored:
            add(runs, memory_and_start(cores, size, stored))
    machine = Machine(
        processor(),
        os.cpu_count() or 1,
        platform.python_version(),
        before,
        load(),
        tuple(noise),
        tuple(syncs),
    )
    return with_ratios(runs), machine


def commit() -> str:
    """The commit that is measured, and whether anything was changed since."""
    found = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or "unknown"


def main(arguments: Sequence[str] | None = None, size: Size | None = None) -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="about a minute, one run")
    parser.add_argument("--runs", type=int, help="how often everything is measured")
    parser.add_argument("--json", type=Path, default=ROOT / "data" / "bench.json")
    options = parser.parse_args(arguments)
    size = size or (QUICK if options.quick else Size())
    if options.runs:
        size = replace(size, runs=options.runs)
    runs, machine = measure(size)
    print(written(runs, machine))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    keep(runs, machine, commit(), options.json)
    say(f"Every figure of every run: {options.json}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
