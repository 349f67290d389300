"""The figures of a run of crashes: one line for who waits, and for the long run a file to keep."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.bench.machine import processor

SUMS = ("updates", "repeated", "kills", "rows", "votes", "duplicates", "lost", "double")
LINE = (
    "faults: {runs} runs, {failed} failed; {updates} updates and {repeated} repeats over {kills} "
    "kills: {lost} lost, {double} double effects, {duplicates} messages twice; {votes} votes, "
    "{rows} rows"
)
HEAD = (
    "| Commit | Machine | Updates | Repeated | Kills | Lost | Double effects | Messages twice "
    "| Runs failed | Minutes |\n|---|---|---|---|---|---|---|---|---|---|\n"
)
CELLS = (
    "| {commit} | {machine} | {updates} | {repeated} | {kills} | {lost} | {double} | {duplicates} "
    "| {failed} | {minutes} |\n"
)

Figures = Mapping[str, Any]


def summed(figures: list[Figures], failed: int) -> dict[str, Any]:
    """What all runs together have counted."""
    sums = {name: sum(one.get(name, 0) for one in figures) for name in SUMS}
    return {"runs": len(figures), "failed": failed, **sums}


def keep(folder: Path, figures: list[Figures], sums: Figures, commit: str, seconds: float) -> Path:
    """Write the figures of the long run down, as JSON and as a line of a table."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = {
        "commit": commit,
        "machine": processor(),
        "minutes": round(seconds / 60, 1),
        **sums,
    }
    file = folder / "faults.json"
    file.write_text(json.dumps({**whole, "each": figures}, indent=1) + "\n", encoding="utf-8")
    file.with_suffix(".md").write_text(HEAD + CELLS.format(**whole), encoding="utf-8")
    return file
