"""A flood of false reports stops nobody: the short run; the long one is in `tests/faults`."""

from __future__ import annotations

import asyncio

from storage.reports import Reader
from tests.acceptance.bureau import opens_office, reports_of
from tests.acceptance.floods import Flood
from tests.acceptance.teller import BASICS, ENOUGH, SENT, Teller
from tests.acceptance.town import Town

HOSTILE = 300
HONEST = 10
A_CHAT = 10
A_DAY = 5


async def test_a_flood_stops_nobody(town: Town) -> None:
    """300 false reports, ten from a chat, while ten people tell theirs: ten of ten are kept."""
    bureau = await opens_office(town)
    flood = Flood(town.antenna.workshop, HOSTILE, A_CHAT)
    pouring = asyncio.create_task(flood.pours())
    people = [Teller(await town.resident(f"P{number}")) for number in range(HONEST)]
    for teller in people:
        await teller.chooses("wrong", "report", *BASICS, *ENOUGH)
        await teller.hurries_to("send")
        await teller.chooses(*SENT)
        assert "show" in teller.options
    await pouring
    kept = HOSTILE * A_DAY // A_CHAT
    assert flood.sent == {"kept": kept, "held": HOSTILE - kept}
    reader: Reader = bureau.readers[0]
    waiting = reports_of(town).queue(reader)
    assert (len(waiting), sum(one.sector == "construction" for one in waiting)) == (
        kept + HONEST,
        HONEST,
    )
