"""The figures of all runs: a table to read, a file to keep."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.machine import Machine

TARGETS: Mapping[str, str] = {
    "antenna: updates/s": "≥ 1,200",
    "antenna: updates/s, Telegram 50 ms away": "≥ 900",
    "antenna: p99 ms at 200 chats": "≤ 300",
    "antenna: p99 ms at 30 updates/s": "≤ 30",
    "antenna: wrong replies": "0",
    "ratio: updates/s ÷ bare aiohttp": "goal 0.70",
    "ratio: 50 ms away ÷ bare aiohttp": "goal 0.95",
    "bytes stored a person": "≤ 600",
    "MiB resident, none stored": "≤ 110",
    "MiB resident, 100,000 stored": "≤ 130",
    "s to the first answer, none stored": "≤ 2",
    "s to the first answer after kill -9, 100,000 stored": "≤ 3",
    "storage µs/turn": "≤ 60",
    "ms a look, none due of 100,000 reminders": "≤ 10",
    "ms a look, 100 due of 100,000 reminders": "≤ 100",
    "s late, a reminder, p99": "≤ 60",
    "reminders sent in one second, at most": "≤ 30",
}

Runs = dict[str, list[float]]


def add(runs: Runs, figures: Mapping[str, float]) -> None:
    """Put what one measurement found beside the others."""
    for name, figure in figures.items():
        runs.setdefault(name, []).append(figure)


def with_ratios(runs: Runs) -> Runs:
    """The figures, and how Antenna stands to the bare bot of the same run."""
    found = dict(runs)
    for name, what in (
        ("updates/s", "updates/s"),
        ("50 ms away", "updates/s, Telegram 50 ms away"),
    ):
        ours, theirs = runs.get(f"antenna: {what}", []), runs.get(f"echo: {what}", [])
        if ours and theirs:
            ratios = [mine / bare for mine, bare in zip(ours, theirs, strict=True)]
            found[f"ratio: {name} ÷ bare aiohttp"] = ratios
    return found


def written(runs: Runs, machine: Machine) -> str:
    """The table, in Markdown, with a word on the machine under it."""
    lines = [
        "| figure | minimum | median | maximum | due |",
        "|---|---:|---:|---:|---|",
        *(
            f"| {name} | {_said(min(all_))} | {_said(median(all_))} | {_said(max(all_))} "
            f"| {TARGETS.get(name, '')} |"
            for name, all_ in sorted(runs.items())
        ),
        "",
        f"{machine.processor}, {machine.cores} cores, Python {machine.python}. Load of the last "
        f"minute {machine.load_before:.1f} before and {machine.load_after:.1f} after. An empty "
        f"loop took {_spread(machine.noise_ms)} ms on the bot's core, and the disk "
        f"{_spread(machine.sync_us)} µs to keep 4 KB for good.",
    ]
    return "\n".join(lines)


def _said(figure: float) -> str:
    if figure >= 100 or figure == int(figure):
        return f"{figure:,.0f}"
    return f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"


def _spread(figures: Sequence[float]) -> str:
    return f"{min(figures):.0f} to {max(figures):.0f} (median {median(figures):.0f})"


def keep(runs: Runs, machine: Machine, commit: str, path: Path) -> None:
    """Write every figure of every run to a file."""
    kept: dict[str, Any] = {"commit": commit, "machine": machine.as_json(), "figures": runs}
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
