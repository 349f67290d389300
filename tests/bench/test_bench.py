"""The benchmark measures what it says: everything runs, with tiny numbers and no limit of time."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.bench.__main__ import main
from tests.bench.machine import Machine
from tests.bench.measure import TINY
from tests.bench.people import HOME, Crowd
from tests.bench.table import TARGETS, add, with_ratios, written
from tests.bench.telegram import Telegram

MACHINE = Machine("a processor", 4, "3.11", 0.5, 1.5, (10.0, 30.0, 12.0), (90.0,))


def test_everything_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both bots run, people walk through real screens, a killed bot comes back: every figure is
    there, above nothing, and not one reply was wrong."""
    kept = tmp_path / "bench.json"
    assert main(["--json", str(kept)], TINY) == 0
    figures = json.loads(kept.read_text(encoding="utf-8"))["figures"]
    named = {name.replace("200 chats", "5 chats").replace("100,000", "50") for name in TARGETS}
    assert {name for name in named if "none stored" not in name} - set(figures) == set()
    wrong = figures.pop("antenna: wrong replies")
    assert (wrong, [name for name, all_ in figures.items() if min(all_) <= 0]) == ([0.0], [])
    table = capsys.readouterr().out
    assert [name for name in figures if f"| {name} |" not in table] == []


def test_the_table_tells_the_spread_and_the_machine() -> None:
    """Minimum, median, maximum, what is due; ratios are those of one run, not of the medians."""
    runs: dict[str, list[float]] = {}
    for ours, theirs in ((900.0, 3000.0), (1500.0, 2000.0), (1300.0, 2600.0)):
        add(runs, {"antenna: updates/s": ours, "echo: updates/s": theirs})
    table = written(with_ratios(runs), MACHINE).splitlines()
    assert table[2:5] == [
        "| antenna: updates/s | 900 | 1,300 | 1,500 | ≥ 1,200 |",
        "| echo: updates/s | 2,000 | 2,600 | 3,000 |  |",
        "| ratio: updates/s ÷ bare aiohttp | 0.30 | 0.50 | 0.75 | goal 0.70 |",
    ]
    assert table[-1] == (
        "a processor, 4 cores, Python 3.11. Load of the last minute 0.5 before and 1.5 after. An "
        "empty loop took 10 to 30 (median 12) ms on the bot's core, and the disk 90 to 90 "
        "(median 90) µs to keep 4 KB for good."
    )


def asked(telegram: Telegram, method: str, **params: Any) -> Any:
    """What the server answers at once; None while it waits."""
    answers: list[Any] = []
    body = json.dumps(params).encode()
    telegram.handle(f"/bot1:x/{method}", body, lambda raw: answers.append(json.loads(raw)))
    return answers[0]["result"] if answers else None


async def test_the_server_forgets_only_what_was_confirmed() -> None:
    """An update comes again until a higher offset is asked for, and one at a time to who asks the
    same again too soon: the speed of a bot that confirms late is not flattered."""
    telegram = Telegram()
    for number in range(3):
        telegram.push("message", {"number": number})
    first = asked(telegram, "getUpdates")
    one = first[0]["update_id"]
    again = asked(telegram, "getUpdates")
    later = asked(telegram, "getUpdates", offset=one + 2)
    assert [[update["update_id"] - one for update in got] for got in (first, again, later)] == [
        [0, 1, 2],
        [0],
        [2],
    ]
    assert asked(telegram, "getUpdates", offset=one + 3, timeout=5) is None


async def test_a_reply_nobody_waits_for_and_a_lost_way_are_counted() -> None:
    """A second screen for one tap is extra; a screen without the button of the walk is a stray."""
    loop = asyncio.get_running_loop()
    pushed: list[str] = []
    crowd = Crowd(lambda kind, body: pushed.append(body.get("data", kind)), loop.time)
    screens = [
        {"inline_keyboard": [[{"callback_data": f"s:1:{option}"}] for option in options]}
        for options in ((HOME, "language"), ("work", "<", "?"), ("odd", "^"))
    ]
    crowd.arrive(7, 1)
    crowd.sees(7, 1, screens[0])
    crowd.sees(7, 1, screens[0])
    crowd.walk()
    crowd.sees(7, 1, screens[1])
    crowd.sees(7, 1, screens[2])
    crowd.rest()
    crowd.sees(7, 1, screens[1])
    assert (crowd.extra, crowd.strays, crowd.waiting(), pushed) == (
        1,
        0,
        0,
        ["message", f"s:1:{HOME}", "s:1:work", "s:1:odd"],
    )
    crowd.walk()
    assert (crowd.strays, pushed[-1]) == (1, "s:1:work")
