"""Courses from files and for other programs, at the console."""

from __future__ import annotations

import re
from datetime import timedelta

import vobject

from storage import audit
from storage.audit import Action
from storage.courses.editing import open_course
from storage.courses.finding import find_courses
from storage.operators import Role
from tests.bot.console.house import Console
from tests.bot.exchange.test_applying import CALENDAR, TABLE

ADDRESS = re.compile(r"/calendars/[A-Za-z0-9_-]{32}\.ics")


def titles(console: Console) -> list[str]:
    """The courses that are kept."""
    return sorted(one.title for one in console.look(find_courses))


async def test_a_file_is_seen_before_it_is_taken(console: Console) -> None:
    """The look says what would be and keeps nothing; the second step keeps it, with its audit."""
    browser = await console.signed_in(console.reader("Anna"))
    await browser.get("/calendars/import")
    await browser.post("/calendars/import", file=TABLE)
    assert ("New · 2" in browser.text, "Sicurezza" in browser.text, titles(console)) == (
        True,
        True,
        [],
    )
    answer = await browser.post("/calendars/import", file=TABLE, keep="1")
    assert (answer.status, titles(console)) == (303, ["Italiano A1", "Sicurezza"])
    done = console.look(lambda c: audit.find_entries(c, limit=1))
    assert [one.action for one in done] == [Action.COURSES_IMPORTED]


async def test_what_is_wrong_has_line_and_field(console: Console) -> None:
    """Nothing is taken, and what was put there stands there still."""
    browser = await console.signed_in(console.reader("Anna"))
    await browser.get("/calendars/import")
    answer = await browser.post("/calendars/import", file=TABLE.replace("9:00", "29:00"), keep="1")
    assert (answer.status, titles(console)) == (422, [])
    assert "<td>3</td><td>time</td>" in browser.text
    assert "29:00" in browser.text
    assert (await browser.post("/calendars/import", file=CALENDAR)).status == 422
    said = {"subject": "italian", "seats": "12", "opens": "1"}
    assert (await browser.post("/calendars/import", file=CALENDAR, keep="1", **said)).status == 303
    assert titles(console) == ["Italiano A2"]


async def test_an_address_is_read_until_it_is_ended(console: Console) -> None:
    """Whoever has it reads open courses without signing in; ended, it is as if it never was."""
    office = console.office("Carate")
    browser = await console.signed_in(console.reader("Anna", office=office))
    await browser.get("/calendars/import")
    await browser.post("/calendars/import", file=TABLE, keep="1")
    [first, _second] = sorted(console.look(find_courses), key=lambda one: one.title)
    vault = console.room.database.vault
    console.do(lambda c: open_course(c, vault, first.id, console.clock.now()))
    await browser.get("/calendars/addresses")
    await browser.post("/calendars/addresses", desk="")
    found = ADDRESS.search(browser.text)
    assert found is not None
    stranger = console.browser()
    answer = await stranger.get(found[0])
    assert answer.content_type == "text/calendar"
    events = vobject.readOne(stranger.text).contents["vevent"]
    assert {one.summary.value for one in events} == {"Italiano A1"}
    console.clock.go(timedelta(minutes=1))
    await browser.get("/calendars/addresses")
    assert found[0] not in browser.text
    mark = re.search(r'name="mark" value="([^"]+)"', browser.text)
    assert mark is not None
    assert (await browser.post("/calendars/addresses/end", mark=mark[1])).status == 303
    assert (await stranger.get(found[0])).status == 404


async def test_another_office_ends_no_address(console: Console) -> None:
    """An address is its office's; whoever guesses at marks meets nothing."""
    anna = await console.signed_in(console.reader("Anna", office=console.office("Carate")))
    await anna.get("/calendars/addresses")
    await anna.post("/calendars/addresses", desk="")
    await anna.get("/calendars/addresses")
    mark = re.search(r'name="mark" value="([^"]+)"', anna.text)
    assert mark is not None
    other = console.reader("Dario", Role.ADMINISTRATOR, office=console.office("Monza"))
    dario = await console.signed_in(other)
    await dario.get("/calendars/addresses")
    assert mark[1] not in dario.text
    assert (await dario.post("/calendars/addresses/end", mark=mark[1])).status == 404


async def test_courses_come_back_as_a_table(console: Console) -> None:
    """The table of the console is one that the console reads."""
    browser = await console.signed_in(console.reader("Anna"))
    await browser.get("/calendars/import")
    await browser.post("/calendars/import", file=TABLE, keep="1")
    await browser.get("/calendars/courses.csv")
    table = browser.text
    await browser.get("/calendars/import")
    await browser.post("/calendars/import", file=table)
    assert "As they are · 2" in browser.text
