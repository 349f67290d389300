"""Rows 31 to 37: buttons that are forged, stolen, old, gone, or tapped ten times."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import Any

from tests.acceptance.catalogue import CARD, OLD, row
from tests.acceptance.town import Person, Town
from tests.acceptance.updates import hand_in, tap_of

FORGED = {
    "empty": "",
    "one word": "x",
    "colons": ":::::",
    "no number": "session:turn:option",
    "64 bytes": "9" * 64,
    "emoji": "💣" * 16,
    "sql": "a:1:' OR 1=1; DROP TABLE person",
    "huge turn": "a:99999999999999999999999:x",
    "other digits": "a:١:x",
    "NUL": "a\x00:0:\x00",
    "too long": "a:0:" + "x" * 4000,
    "no text": None,
    "a number": 7,
}


def forged(name: str, data: Any) -> None:
    """A row that is a tap somebody made up."""

    @row(name)
    async def deed(town: Town, amina: Person) -> None:
        query = tap_of(amina, data)
        await hand_in(town, query)
        await town.until(lambda: query["callback_query"]["id"] in town.judge.answered)


for _name, _data in FORGED.items():
    forged(f"row-31 {_name}", _data)


@row("row-31 an option that is not offered")
async def _not_offered(_town: Town, amina: Person) -> None:
    session, turn, _option = amina.screen.data[0].split(":")
    tapped = await amina.taps(data=f"{session}:{turn}:forget", message_id=amina.screen.message_id)
    assert tapped["text"] == "This answer is not offered any more."


@row("row-32 another person's button")
async def _stolen(town: Town, amina: Person) -> None:
    bea = await town.resident("Bea")
    before = bea.place()
    stolen = amina.screen.data[0]
    tapped = await bea.taps(data=stolen, message_id=bea.screen.message_id)
    assert (bea.place(), len(bea.screens), tapped["answered"]) == (before, 1, True)


@row("row-32 a tap in another person's chat")
async def _intruder(town: Town, amina: Person) -> None:
    bea = await town.resident("Bea")
    query = tap_of(amina, amina.screen.data[0], by=bea)
    await hand_in(town, query)
    await town.until(lambda: query["callback_query"]["id"] in town.judge.answered)


@row("row-33 a button of an older message")
async def _stale(_town: Town, amina: Person) -> None:
    old = amina.screen
    await amina.sends("hello")
    tapped = await amina.taps(data=old.data[0], message_id=old.message_id)
    assert tapped["text"] == ""  # the question is the same one, so the answer counts
    await amina.taps("↩️ My language")


@row("row-33 a button of an older release")
async def _older_release(_town: Town, amina: Person) -> None:
    tapped = await amina.taps(data="v0:main_menu:rights", message_id=77)
    assert tapped["text"] == OLD


@row("row-33 a button of a flow that ended")
async def _ended_flow(_town: Town, amina: Person) -> None:
    session = amina.screen.data[0].split(":")[0]
    tapped = await amina.taps(data=f"{session}:0:docs", message_id=amina.screen.message_id - 1)
    assert tapped["text"] == OLD


@row("row-34 an inaccessible message")
async def _inaccessible(_town: Town, amina: Person) -> None:
    shown = amina.screen.message_id
    tapped = await amina.taps(data="gone:3:yes", message_id=50_000)
    assert (tapped["text"], amina.screen.message_id > shown) == (OLD, True)


@row("row-35 ten taps on Useful")
async def _ten_taps(town: Town, amina: Person) -> None:
    data = next(d for d in amina.screen.data if d.endswith(":useful"))
    message_id = amina.screen.message_id
    taps = [amina.phone.tap(data=data, message_id=message_id) for _tap in range(10)]
    answers = await asyncio.gather(*taps)
    await town.settles()
    assert [one["answered"] for one in answers] == [True] * 10
    assert town.query("SELECT card, useful, count FROM useful") == [("work.contract", 1, 1)]
    await amina.taps("⬅️ Back")
    await amina.taps(CARD)


@row("row-36 a tap while the database is locked")
async def _locked(town: Town, amina: Person) -> None:
    town.expected = {"turn_in_trouble"}
    with closing(sqlite3.connect(town.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        tapped = await amina.phone.tap("🇮🇹 Show in Italian")
        assert tapped["answered"]  # nobody could have taken the turn yet
        assert "Il contratto di lavoro" not in amina.screen.text
        other.execute("ROLLBACK")
    await town.settles()
    await amina.taps("↩️ My language")


@row("row-37 two devices")
async def _two_devices(town: Town, amina: Person) -> None:
    shown_on_both = amina.screen
    await amina.sends("/menu")
    tapped = await amina.taps(data=shown_on_both.data[0], message_id=shown_on_both.message_id)
    assert (tapped["text"], len(amina.screens)) == (OLD, 1)
    await amina.taps("▶️ Go on where you were")
