"""What the fault tests share: the line at the end of the report that says how much was run."""

from __future__ import annotations

import json

import pytest

FIGURES = "fault figures"
SUMS = ("updates", "repeated", "kills", "rows", "votes", "duplicates", "lost", "double")


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
    sums = {name: sum(one.get(name, 0) for one in figures) for name in SUMS}
    terminalreporter.write_line(
        "faults: {updates} updates and {repeated} repeats over {kills} kills: {lost} lost, "
        "{double} double effects, {duplicates} messages twice; {votes} votes, {rows} rows".format(
            **sums
        )
    )
