"""Whoever carries the machine away, or its disk, or a backup: what they can read of it (A6, A7).

Reports are told over phones with words that can be found again; then every file is searched, as it
lies there and as the key of the house opens it.
"""

from __future__ import annotations

import json
import math
import os
import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from flows.report_effects import SendReport
from flows.report_model import Box, Ending, Level, Words
from storage.database import Database
from storage.outbox import Row, find_pending
from storage.reports import Offered, Reader, Reports
from storage.vault import LIGHT_EFFORT, Fleeting, Recipient, make_pair
from tests.acceptance.bureau import Bureau, opens_office, reports_of, signed_in
from tests.acceptance.operators import connect, tick, told
from tests.acceptance.search import count, files, places_of
from tests.acceptance.teller import BASICS, CODED, SENT, Teller
from tests.acceptance.town import MONDAY, Town

Capsys = pytest.CaptureFixture[str]
CHATS = [7_345_678_901 + 7_919_333 * n for n in range(4)]
STORIES = [f"Kanarien {n}: the foreman hides the ledger behind the oven" for n in range(4)]
TOWNS = ["Briosco", "Lissone", "Verano", "Giussano"]
WANTED: list[str | int] = [*STORIES, *TOWNS, "Kanarien", "ledger", "behind the oven"]
REPORTS = 500
LEAVING = "SELECT count(*) FROM outbox"


async def tell(town: Town, number: int, ending: str) -> Teller:
    """Somebody tells all there is to tell, with a photo and a voice."""
    person = await town.resident(f"P{number}", id=CHATS[number])
    teller = Teller(person)
    await teller.chooses("wrong", "report", *BASICS, "more")
    await teller.hurries_to("shift", words=TOWNS[number])
    await teller.writes(STORIES[number])
    await teller.writes(photo={"seed": number}, caption=STORIES[number])
    await teller.chooses("done")
    await teller.hurries_to("send", ending=ending)
    return teller


@dataclass
class Seized:
    """What was told and by whom, and the town it was told in."""

    town: Town
    bureau: Bureau
    tellers: list[Teller] = field(default_factory=list)

    @property
    def codes(self) -> list[str | int]:
        """Every code that came up."""
        return [code for teller in self.tellers for code in teller.codes]


async def four_reports(town: Town) -> Seized:
    """Three reports that were sent, of which two left a reply line, and one that is being told."""
    seized = Seized(town, await opens_office(town))
    for number, ending in enumerate(("line", "line", "code", "code")):
        teller = await tell(town, number, ending)
        if number < 3:
            await teller.chooses(*SENT, *CODED)
        seized.tellers.append(teller)
    return seized


async def test_nothing_told_is_found_in_any_file(
    town: Town, tmp_path: Path, capsys: Capsys
) -> None:
    """0 of the words told, the towns and the codes: databases, logs, files, backup, log, group."""
    rosa = await connect(town, capsys)
    seized = await four_reports(town)
    await tick(town)
    async with signed_in(town, seized.bureau.colleagues[0]) as screen:
        report = reports_of(town).queue(seized.bureau.readers[0])[0].id
        assert "Kanarien" in await screen.opens(f"/reports/{report}")
        await screen.replies(report, "thanks")
    town.backs_up(tmp_path / "data" / "backup.bin")
    wanted = [*WANTED, *seized.codes]
    assert (places_of(town, wanted), len(wanted)) == ({}, 17)
    names = {str(path.relative_to(town.data)) for path in files(town.data)}
    assert {"antenna.db", "antenna.db-wal", "reports.db", "backup.bin"} <= names
    assert count("\n".join(told(rosa)).encode(), wanted) == 0


async def test_the_key_of_the_house_opens_no_report(town: Town) -> None:
    """With the key and the salt in hand: 0 words in every state, row and alert it opens."""
    seized = await four_reports(town)
    vault, reports = town.vault(), reports_of(town)
    opened = [
        vault.open_state(bytes(state), person)
        for person, state in town.query("SELECT person_id, state FROM conversation")
        if state is not None
    ]
    number = await town.telegram.fault("down", "editMessageText")
    away = town.telegram.state.faults.active[number]
    talking = seized.tellers[3]
    back = talking.person.screen.data[talking.options.index("<")]
    await talking.person.phone.tap(data=back)  # the page it leads to waits for Telegram
    # The answer to the tap has gone by then; it goes by itself, beside the page.
    await town.until(lambda: away.hits > 0 and town.query(LEAVING) == [(1,)])
    rows = waiting_rows(town)
    assert (len(opened), town.query(LEAVING), rows) == (4, [(1,)], [])
    looked = repr([reports.alerts_waiting(), reports.unanswered(), reports.count(), rows])
    everything = b"\n".join(opened) + looked.encode()
    assert count(everything, [*WANTED, *seized.codes]) == 0


def waiting_rows(town: Town) -> list[Row]:
    """What waits in the outbox, opened."""
    database = Database.open(town.settings.database_url, data=town.data)
    try:
        # It throws away what nobody can open any more: that takes the place of a writer.
        with database.writing() as connection:
            return find_pending(connection, database.vault, Fleeting(), 100)
    finally:
        database.close()


async def test_the_image_alone_leads_to_nobody(town: Town) -> None:
    """0 chat ids in the files; with the key, those of people, and 0 beside a report."""
    seized = await four_reports(town)
    assert places_of(town, list(CHATS)) == {}
    reports = reports_of(town)
    stranger = Reader(seized.bureau.readers[0].operator_id, make_pair())
    assert reports.queue(stranger) == []
    raw = b"".join(path.read_bytes() for path in files(town.data) if "reports" in path.name)
    lookups = [bytes(row[0]) for row in town.query("SELECT lookup FROM person")]
    people = [row[0] for row in town.query("SELECT id FROM person")]
    sealed = [bytes(row[0]) for row in town.query("SELECT chat FROM person")]
    assert [one for one in [*lookups, *sealed] if one in raw] == []
    assert count(raw, people) == 0


async def test_one_operators_key_opens_the_open_lines_and_no_more(town: Town) -> None:
    """Of four people the two with an open line are found; after one cuts it, the other alone."""
    seized = await four_reports(town)
    reader = seized.bureau.readers[0]
    assert addresses(reports_of(town), reader, town.clock.now()) == {CHATS[0], CHATS[1]}
    amina = seized.tellers[0]
    await amina.person.sends("/code")
    await amina.chooses(*amina.codes[-1], "v")
    await amina.hurries_to("cut")
    await amina.chooses("cut", "yes")
    assert addresses(reports_of(town), reader, town.clock.now()) == {CHATS[1]}


def addresses(reports: Reports, reader: Reader, now: datetime) -> set[int]:
    """Whom an operator can have written to: by answering every report she can open."""
    pushes = [
        reports.reply(reader, row.id, Words(True, canned="thanks"), now)
        for row in reports.queue(reader)
    ]
    return {push.chat_id for push in pushes if push is not None}


# -- order, time and size, on five hundred reports


@dataclass
class Shelf:
    """Five hundred reports, in the order in which they came."""

    folder: Path
    ids: list[str]
    sizes: set[int]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Reports of three weeks, sent one after the other and mixed every night; only looked at."""
    tmp_path = tmp_path_factory.mktemp("shelf")
    dice, key, other = random.Random(7), make_pair(), make_pair()
    to = [Recipient(1, key.public), Recipient(0, other.public)]
    url = f"sqlite:///{tmp_path / 'reports.db'}"
    reports = Reports.open(url, data=tmp_path, effort=LIGHT_EFFORT)
    ids, now = [], MONDAY
    for number in range(REPORTS):
        box = Box(os.urandom(16).hex(), os.urandom(32).hex())
        words = "w" * dice.randrange(1, 6_000)
        line = Offered(CHATS[0] + number, "ar") if number % 3 == 0 else None
        report = SendReport(
            box,
            json.dumps({"story": words}),
            (),
            Level(dice.randrange(4)),
            "construction",
            "MB",
            Ending.LINE if line else Ending.CODE,
            "ar",
        )
        assert reports.submit(report, to, now, line)
        ids.append(box.id)
        if number % 25 == 24:
            reports.night(now)
        now += timedelta(minutes=60)
    reports.close(now)
    sizes = {len(bytes(row[0])) for row in _raw(tmp_path, "SELECT letter FROM report")}
    return Shelf(tmp_path, ids, sizes)


def _raw(folder: Path, query: str) -> list[tuple[bytes, ...]]:
    with closing(sqlite3.connect(folder / "reports.db")) as raw:
        return raw.execute(query).fetchall()


def test_the_order_of_the_rows_is_chance(shelf: Shelf) -> None:
    """The order on the disk agrees with the order of arrival no better than chance would."""
    content = (shelf.folder / "reports.db").read_bytes()
    places = {one: content.find(bytes.fromhex(one)) for one in shelf.ids}
    on_disk = sorted(shelf.ids, key=lambda one: places[one])
    as_read = [bytes(row[0]).hex() for row in _raw(shelf.folder, "SELECT id FROM report")]
    for order in (on_disk, as_read):
        assert abs(agreement(order, shelf.ids)) < 5 * chance(len(shelf.ids))
        assert neighbours(order, shelf.ids) < 10


def agreement(order: list[str], arrival: list[str]) -> float:
    """Kendall's tau: 1 for the same order, 0 for chance."""
    place = {one: number for number, one in enumerate(arrival)}
    ranks = [place[one] for one in order]
    pairs = [(a < b) - (a > b) for n, a in enumerate(ranks) for b in ranks[n + 1 :]]
    return sum(pairs) / len(pairs)


def chance(count: int) -> float:
    """How far from 0 chance alone takes it, as a standard deviation."""
    return math.sqrt(2 * (2 * count + 5) / (9 * count * (count - 1)))


def neighbours(order: list[str], arrival: list[str]) -> int:
    """How many that came one after the other lie one after the other; chance makes two."""
    place = {one: number for number, one in enumerate(arrival)}
    ranks = [place[one] for one in order]
    return sum(abs(a - b) == 1 for a, b in pairwise(ranks))


def test_the_order_of_rows_would_be_seen(shelf: Shelf) -> None:
    """The measure itself can fail: reports in the order of arrival agree wholly."""
    assert agreement(shelf.ids, shelf.ids) == 1.0
    assert neighbours(shelf.ids, shelf.ids) == len(shelf.ids) - 1


def test_time_and_size_tell_nothing_finer_than_a_week(shelf: Shelf) -> None:
    """Of 500 reports in three weeks: three or four days are kept, all Mondays; few sizes."""
    weeks = {row[0] for row in _raw(shelf.folder, "SELECT DISTINCT week FROM report")}
    assert len(weeks) <= 4
    assert len(shelf.sizes) <= 3
