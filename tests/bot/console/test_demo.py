"""The demo's door tells what opens it, and it does; a real console tells nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from bot.console import sheet
from bot.console.demo import DESKS, STAFF, prepare_demo
from bot.content import load_library, load_numbers
from bot.offices import Offices
from bot.world import Furniture
from flows.calendar_model import CourseKind, CourseState
from flows.hours import Calendar
from flows.model import House
from storage import desks, offices
from storage.accounts import find_by_telegram
from storage.appointments.finding import between
from storage.appointments.openings import free_slots
from storage.courses.finding import enrolments, find_courses
from storage.desk_news import find_news
from storage.sample import load_sample
from storage.sample_calendar import BUSY
from storage.vault import LIGHT_EFFORT, PrivateKey
from tests.bot.console.house import LOCALES, START, Browser, Console

WEEK = timedelta(days=7)
SHOWN = re.compile(r"<code>([^<]+)</code>")


async def reads_the_door(browser: Browser) -> list[dict[str, str]]:
    """What stands on the door."""
    await browser.get("/sign-in")
    found = SHOWN.findall(browser.text)
    rows = [found[at : at + 3] for at in range(0, len(found), 3)]
    return [{"name": name, "passphrase": said, "code": code} for name, said, code in rows]


async def test_what_stands_on_the_door_opens_it(console: Console) -> None:
    """Also a second time within the same half minute, and a minute later."""
    console.room.demo = prepare_demo(console.database, START.date(), LIGHT_EFFORT)
    for wait in (0, 0, 60):
        console.clock.go(timedelta(seconds=wait))
        for place, (name, *_rest) in enumerate(STAFF):
            browser = console.browser()
            shown = (await reads_the_door(browser))[place]
            assert (shown["name"], len(shown["passphrase"].split())) == (name, 6)
            assert (await browser.post("/sign-in", **shown)).status == 303


async def test_the_demo_can_take_reports(console: Console) -> None:
    """Two offices read, one of them with a duty to report, and the sheet is the one kept."""
    demo, _other = prepare_demo(console.database, START.date(), LIGHT_EFFORT)
    assert sorted(one.duty for one in console.look(offices.find_offices)) == [False, True]
    assert len(console.look(offices.find_recipients)) == 3
    key = sheet.read(demo.sheet)
    assert isinstance(key, PrivateKey)
    assert console.look(offices.find_recovery_key) == key.public


async def test_in_the_demo_people_can_talk_with_operators(console: Console) -> None:
    """Two desks answer, their hours can be read, and the operators are known in the group."""
    numbers = {name: 900 + at for at, (name, *_rest) in enumerate(STAFF)}
    prepare_demo(console.database, START.date(), LIGHT_EFFORT, numbers)
    helpers = console.look(desks.find_helpers)
    spans = [Calendar.read(one.hours, closed=one.closed) for one in helpers]
    assert [one.territory for one in helpers] == ["Carate Brianza", "Desio"]
    assert all(one.next_open(START.replace(tzinfo=None)) is not None for one in spans)
    vault = console.database.vault
    found = {
        name: console.look(partial(find_by_telegram, vault=vault, from_id=number))
        for name, number in numbers.items()
    }
    assert {name: one and one.name for name, one in found.items()} == {n: n for n in numbers}


async def test_a_real_door_tells_nothing(console: Console) -> None:
    """Without the demo there is no name, passphrase or code on it."""
    console.reader()
    browser = console.browser()
    await browser.get("/sign-in")
    assert SHOWN.findall(browser.text) == []


async def test_people_are_told_of_offices_as_they_are_now(console: Console, tmp_path: Path) -> None:
    """The house the flows are given follows what changes, without a new start."""
    content = LOCALES / "content"
    house = House("Rete", 180, 10, 24, 90)
    furniture = Furniture(house, load_library(content), load_numbers(content))
    registry = Offices(console.database, furniture)
    assert furniture.house == house
    prepare_demo(console.database, START.date(), LIGHT_EFFORT)
    await registry.refresh()
    first, second = furniture.house.offices
    helpers = furniture.house.helpers
    assert [one.name for one in helpers] == [name for name, *_rest in DESKS]
    assert furniture.house == replace(house, offices=(first, second), helpers=helpers)
    console.do(lambda c: offices.set_office_open(c, first.key, is_open=False))
    await registry.refresh()
    assert furniture.house.offices == (second,)


async def test_in_the_demo_there_are_courses_and_times(console: Console) -> None:
    """Each desk has courses to enrol in, soon, and free times to book; nobody comes yet."""
    prepare_demo(console.database, START.date(), LIGHT_EFFORT)
    found = console.look(lambda connection: find_courses(connection, state=CourseState.OPEN))
    assert {one.kind for one in found} == set(CourseKind) - {CourseKind.TRAINING, CourseKind.OTHER}
    assert [one.title for one in found if not timedelta() < away(one.first) < 3 * WEEK] == []
    for desk in console.look(desks.all_desks):
        free = console.look(lambda c, key=desk.key: free_slots(c, key, None, START))
        assert len(free) > 5


async def test_the_sample_was_at_school(console: Console) -> None:
    """The made-up year has a course that is over: most finished it, some did not come."""
    prepare_demo(console.database, START.date(), LIGHT_EFFORT)
    vault = console.database.vault
    console.do(lambda connection: load_sample(connection, vault, START.date()))
    [over] = [one for one in console.look(find_courses) if away(one.first) < timedelta()]
    found = console.look(lambda connection: enrolments(connection, vault, over.id))
    finished = [one for one in found if one.completed]
    assert (len(found), 5 < len(finished) < 15, over.sample) == (15, True, True)


def away(day: date) -> timedelta:
    """How far a day is from the first one."""
    return day - START.date()


async def test_with_the_sample_people_come_in_the_next_days(console: Console) -> None:
    """At the desk of the sample some people have a time, in its hours, and nobody is written to."""
    prepare_demo(console.database, START.date(), LIGHT_EFFORT)
    vault, far = console.database.vault, START + timedelta(days=30)
    console.do(lambda c: load_sample(c, vault, START.date()))
    found = console.look(lambda c: between(c, None, START, far))
    assert (len(found), {one.person_id for one in found}) == (BUSY, {None})
    assert all(one.opening_id is not None and one.contact_id is not None for one in found)
    assert console.look(lambda c: find_news(c, found[0].office)) == []
