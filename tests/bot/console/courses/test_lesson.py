"""One lesson: its roll taken in one form, its day moved, its people told."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest

from flows.calendar_model import LessonState, Presence
from storage.courses.finding import find_lesson, roll
from storage.courses.model import Course, Lesson
from tests.bot.console.courses.classroom import NAMES, a_course, comes, full, lessons, were
from tests.bot.console.house import START, Browser, Console


async def a_class(console: Console) -> tuple[Browser, Course, list[Lesson], dict[str, int]]:
    """A teacher who is signed in, five people, two lessons behind and some ahead."""
    anna = console.reader("Anna")
    course = a_course(console, anna.operator)
    people = full(console, course)
    return await console.signed_in(anna), course, lessons(console, course), people


def chosen(browser: Browser) -> dict[str, str]:
    """What stands chosen in the roll."""
    found = re.findall(r'name="(p\.\d+)" value="(\w+)" checked', browser.text)
    return dict(found)


def presences(console: Console, lesson: Lesson) -> dict[int, Presence]:
    """Who was there, as it is kept."""
    vault = console.database.vault
    rolled = console.look(lambda connection: roll(connection, vault, lesson.id))
    return {one.enrolment.id: one.presence for one in rolled}


def now(console: Console, lesson: Lesson) -> Lesson:
    """A lesson as it is kept."""
    found = console.look(lambda connection: find_lesson(connection, lesson.id))
    assert isinstance(found, Lesson)
    return found


async def test_everybody_is_present_until_somebody_is_tapped(console: Console) -> None:
    """Before it was taken everybody stands as present and nothing is kept; one tap and one button
    keep the whole roll."""
    browser, _course, held, people = await a_class(console)
    way = f"/courses/lessons/{held[0].id}"
    await browser.get(way)
    first = chosen(browser)
    assert first == {f"p.{id_}": "present" for id_ in people.values()}
    assert set(presences(console, held[0]).values()) == {Presence.UNSAID}
    missing = people[NAMES[1]]
    answer = await browser.post(way, **(first | {f"p.{missing}": "absent"}))
    assert answer.headers["Location"] == f"{way}?done=kept"
    wanted = dict.fromkeys(people.values(), Presence.PRESENT) | {missing: Presence.ABSENT}
    assert presences(console, held[0]) == wanted
    await browser.get(way)
    assert "4 present, 1 absent, 0 excused" in browser.text


async def test_a_roll_that_was_taken_is_mended_one_by_one(console: Console) -> None:
    """Later the page shows what was kept; who came to the list afterwards stands as nothing yet."""
    browser, course, held, people = await a_class(console)
    anna = console.reader("Bea", office=course.office)
    marks = dict.fromkeys(people.values(), Presence.PRESENT)
    were(console, held[0], marks | {people[NAMES[2]]: Presence.EXCUSED}, anna.operator)
    late = comes(console, course, "Zainab Bah")
    await browser.get(f"/courses/lessons/{held[0].id}")
    found = chosen(browser)
    assert (found.get(f"p.{people[NAMES[2]]}"), f"p.{late}" in found) == ("excused", False)
    await browser.post(f"/courses/lessons/{held[0].id}", **{f"p.{late}": "present"})
    kept = presences(console, held[0])
    assert (kept[late], kept[people[NAMES[2]]]) == (Presence.PRESENT, Presence.EXCUSED)


async def test_the_roll_of_a_lesson_to_come_is_only_read(console: Console) -> None:
    """Nobody is present before the day: there is nothing to tap, and a form sent keeps nothing."""
    browser, _course, held, people = await a_class(console)
    ahead = next(one for one in held if one.starts > START + timedelta(days=1))
    way = f"/courses/lessons/{ahead.id}"
    await browser.get(way)
    assert (chosen(browser), NAMES[0] in browser.text) == ({}, True)
    answer = await browser.post(way, **{f"p.{people[NAMES[0]]}": "present"})
    assert (answer.status, set(presences(console, ahead).values())) == (422, {Presence.UNSAID})


@pytest.mark.parametrize("value", ["", "there", "PRESENT", "present'--"])
async def test_only_what_can_be_said_is_kept(console: Console, value: str) -> None:
    """A value nobody offers changes nothing, and neither does somebody of another course."""
    browser, _course, held, people = await a_class(console)
    anna = console.reader("Bea")
    stranger = comes(console, a_course(console, anna.operator, title="Altro"), "Ada")
    way = f"/courses/lessons/{held[0].id}"
    typed = {f"p.{people[NAMES[0]]}": value, f"p.{stranger}": "present", "p.x": "present"}
    await browser.get(way)
    assert (await browser.post(way, **typed)).status == 303
    assert set(presences(console, held[0]).values()) == {Presence.UNSAID}


async def test_a_lesson_is_moved_and_the_way_to_the_people_is_there(console: Console) -> None:
    """The lesson has its new day, says its old one, and what is typed wrongly is said with it."""
    browser, _course, held, _people = await a_class(console)
    lesson = held[5]
    way = f"/courses/lessons/{lesson.id}"
    await browser.get(way)
    typed = {"day": "2026-12-05", "at": "09:30", "minutes": "60", "place": "Biblioteca"}
    answer = await browser.post(f"{way}/move", **(typed | {"day": "2025-01-01"}))
    assert (answer.status, 'value="Biblioteca"' in browser.text) == (422, True)
    answer = await browser.post(f"{way}/move", **typed)
    assert answer.headers["Location"] == f"{way}?done=moved"
    found = now(console, lesson)
    assert (found.day, found.at, found.minutes, found.place, found.state) == (
        date(2026, 12, 5),
        time(9, 30),
        60,
        "Biblioteca",
        LessonState.MOVED,
    )
    await browser.get(way)
    said = ("Saturday 5 December, 09:30", "It was on Wednesday 25 November, 18:00", "Biblioteca")
    assert [one in browser.text for one in said] == [True] * 3


async def test_from_a_moved_lesson_to_what_people_will_read(console: Console) -> None:
    """One button leads to the draft of the message; it is there while a lesson is not as planned
    and somebody has a seat, and afterwards no more."""
    browser, course, held, _people = await a_class(console)
    way = f"/courses/lessons/{held[5].id}"
    await browser.get(way)
    found = ["/messages/about" in browser.text]
    await browser.post(f"{way}/move", day="2026-12-05", at="09:30", minutes="60", place="")
    await browser.get(way)
    found.append("/messages/about" in browser.text)
    answer = await browser.post("/messages/about", lesson=held[5].id)
    assert re.fullmatch(r"/messages/\d+\?done=drafted", answer.headers["Location"])
    console.clock.at = datetime(2026, 12, 6, 9, tzinfo=UTC)
    browser = await console.signed_in(console.reader("Bea", office=course.office))
    await browser.get(way)
    found.append("/messages/about" in browser.text)
    assert found == [False, True, False]


async def test_a_lesson_is_cancelled_and_restored(console: Console) -> None:
    """A cancelled lesson has no roll; taken back it is as it was; each once."""
    browser, _course, held, _people = await a_class(console)
    way = f"/courses/lessons/{held[5].id}"
    await browser.get(way)
    await browser.post(f"{way}/cancel")
    assert now(console, held[5]).state is LessonState.CANCELLED
    assert (await browser.post(f"{way}/cancel")).status == 422
    await browser.post(f"{way}/restore")
    assert now(console, held[5]) == held[5]
    assert (await browser.post(f"{way}/restore")).status == 422


async def test_a_lesson_that_was_held_is_not_changed(console: Console) -> None:
    """Its page says why in place of the forms, and a form sent all the same changes nothing."""
    browser, course, held, people = await a_class(console)
    anna = console.reader("Bea", office=course.office)
    were(console, held[5], {people[NAMES[0]]: Presence.PRESENT}, anna.operator)
    said = {held[0]: "This lesson is over", held[5]: "Attendance was taken at this lesson"}
    for lesson, words in said.items():
        way = f"/courses/lessons/{lesson.id}"
        await browser.get(way)
        assert (words in browser.text, f"{way}/move" in browser.text) == (True, False)
        typed = {"day": "2026-12-05", "at": "09:30", "minutes": "60", "place": ""}
        answers = [await browser.post(f"{way}/move", **typed), await browser.post(f"{way}/cancel")]
        assert ([one.status for one in answers], now(console, lesson)) == ([422, 422], lesson)


async def test_hundreds_stand_on_pages_a_form_can_hold(console: Console) -> None:
    """A job day of more people than a form has fields is taken page by page; what is kept of one
    page leaves the others as they are."""
    anna = console.reader("Anna")
    course = a_course(console, anna.operator, seats=200, title="Giornata del lavoro")
    full(console, course, tuple(f"Persona {number:03}" for number in range(130)))
    held = lessons(console, course)[0]
    browser = await console.signed_in(anna)
    way = f"/courses/lessons/{held.id}"
    await browser.get(way)
    first = chosen(browser)
    await browser.post(way, **first)
    await browser.get(f"{way}?page=2")
    assert (len(first), chosen(browser)) == (120, {})
    kept = presences(console, held)
    assert sum(one is Presence.PRESENT for one in kept.values()) == 120
