"""Ten thousand false reports against fifty honest ones: the long run, started by `make faults`."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest

from tests.acceptance.bureau import opens_office, reports_of
from tests.acceptance.floods import Flood
from tests.acceptance.teller import BASICS, ENOUGH, SENT, Teller
from tests.acceptance.town import Town, open_town

HOSTILE = 10_000
HONEST = 50
OFFICE = ("Anna", "Bruno")


async def tells(town: Town, number: int, seconds: list[float]) -> None:
    """One honest person tells; how long each tap waited for its page is written down."""
    teller = Teller(await town.resident(f"P{number}"))
    path = ("wrong", "report", *BASICS, *ENOUGH)
    for option in path:
        began = time.monotonic()
        await teller.chooses(option)
        seconds.append(time.monotonic() - began)
    await teller.hurries_to("send")
    began = time.monotonic()
    await teller.chooses(*SENT)
    seconds.append(time.monotonic() - began)
    assert "show" in teller.options


@pytest.mark.faults
@pytest.mark.timeout(3600)
async def test_ten_thousand_hostile_reports_stop_nobody(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """Fifty of fifty honest reports are kept while ten thousand false ones pour in."""
    seconds: list[float] = []
    async with open_town(tmp_path / "data") as town:
        bureau = await opens_office(town, "Sportello", *OFFICE)
        flood = Flood(town.antenna.workshop, HOSTILE, a_chat=1)
        began = time.monotonic()
        pouring = asyncio.create_task(flood.pours())
        for number in range(HONEST):
            await tells(town, number, seconds)
        during = sum(flood.sent.values())
        await pouring
        minutes = (time.monotonic() - began) / 60
        waiting = reports_of(town).queue(bureau.readers[0])
    honest = sum(one.sector == "construction" for one in waiting)
    seconds.sort()
    figures = {
        "hostile": HOSTILE,
        "hostile kept": flood.sent["kept"],
        "poured in while the honest told": during,
        "honest": HONEST,
        "honest kept": honest,
        "tap p50 s": round(seconds[len(seconds) // 2], 3),
        "tap p95 s": round(seconds[len(seconds) * 95 // 100], 3),
        "tap longest s": round(seconds[-1], 3),
        "minutes": round(minutes, 1),
    }
    file = pytestconfig.rootpath / "data" / "flood.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    assert (honest, flood.sent["kept"], len(waiting)) == (HONEST, HOSTILE, HOSTILE + HONEST)
