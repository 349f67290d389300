"""The list, the sheet of a course and its people: what one sees, does, and what is refused."""

from __future__ import annotations

import re
from datetime import date

from flows.calendar_model import CourseKind, CourseState, PlaceState, Presence
from storage import audit
from storage.cases.finding import find_contact
from storage.cases.model import Contact
from storage.courses.finding import enrolments, find_course
from storage.courses.model import Course
from storage.desks import Desk, save_desk
from storage.operators import Operator
from tests.bot.console.casework import sheet
from tests.bot.console.courses.classroom import (
    NAMES,
    a_course,
    comes,
    full,
    lessons,
    people,
    were,
)
from tests.bot.console.house import Browser, Console, Reader


def states(console: Console, course: Course) -> dict[str, PlaceState]:
    """How everybody stands to a course, by the name on the list or by their two words."""
    vault = console.database.vault
    found = console.look(lambda connection: enrolments(connection, vault, course.id))
    return {one.called: one.state for one in found}


async def desk(console: Console) -> tuple[Browser, Reader, Course]:
    """Somebody who is signed in, and a course of their office with one seat left."""
    anna = console.reader("Anna", office=console.office("Carate"))
    course = a_course(console, anna.operator)
    full(console, course)
    return await console.signed_in(anna), anna, course


async def test_the_list_says_what_is_next_and_how_full_it_is(console: Console) -> None:
    """What meets next stands first, with seats and waiting; what is over only when asked for."""
    browser, anna, _course = await desk(console)
    early = {"rule": "", "first": date(2026, 11, 23)}
    a_course(console, anna.operator, title="Domani", kind=CourseKind.WORKSHOP, level="", **early)
    past = {"rule": "", "first": date(2026, 11, 2)}
    a_course(console, anna.operator, title="Passato", kind=CourseKind.SAFETY, level="", **past)
    await browser.get("/courses")
    titles = re.findall(r'<a href="/courses/\d+">([^<]+)</a>', browser.text)
    assert titles == ["Domani", "Italiano per tutti"]
    assert "5 of 6 seats" in browser.text
    await browser.get("/courses?past=all&kind=safety")
    assert re.findall(r'<a href="/courses/\d+">([^<]+)</a>', browser.text) == ["Passato"]
    await browser.get("/courses?words=nothing+like+it")
    assert "Nothing like this" in browser.text


async def test_another_office_sees_the_course_and_nobody_in_it(console: Console) -> None:
    """Of another office's course one reads what people read; no name, no two words, no lesson's
    roll; and every deed is as if it were not there."""
    _browser, _anna, course = await desk(console)
    bea = await console.signed_in(console.reader("Bea", office=console.office("Desio")))
    await bea.get(f"/courses/{course.id}")
    said = [name in bea.text for name in ("Italiano per tutti", "Via Cusani 10", *NAMES)]
    assert said == [True, True] + [False] * len(NAMES)
    lesson, person = lessons(console, course)[0].id, comes(console, course, "Zainab")
    ways = ["edit", "open", "close", "cancel", "lessons", "people", f"people/{person}/remove"]
    found = [(await bea.post(f"/courses/{course.id}/{way}")).status for way in ways]
    found += [(await bea.get(f"/courses/{course.id}/edit")).status]
    found += [(await bea.get(f"/courses/lessons/{lesson}")).status]
    found += [
        (await bea.post(f"/courses/lessons/{lesson}{way}", day="2026-12-01", at="10:00")).status
        for way in ("", "/move", "/cancel", "/restore")
    ]
    assert found == [404] * 13


async def test_a_draft_is_its_office_s_alone(console: Console) -> None:
    """Nobody else finds a course that is still being written."""
    anna = console.reader("Anna", office=console.office("Carate"))
    course = a_course(console, anna.operator, is_open=False, title="Segreto")
    bea = await console.signed_in(console.reader("Bea", office=console.office("Desio")))
    assert (await bea.get(f"/courses/{course.id}")).status == 404
    await bea.get("/courses")
    assert "Segreto" not in bea.text


async def test_who_reads_the_names_is_written_down(console: Console) -> None:
    """Opening a course or a lesson with people's names is in the audit before a name is shown."""
    browser, _anna, course = await desk(console)
    await browser.get(f"/courses/{course.id}")
    await browser.get(f"/courses/lessons/{lessons(console, course)[0].id}")
    found = console.look(lambda connection: audit.find_entries(connection, limit=2))
    assert [one.action for one in found] == ["roll of a course read"] * 2
    assert NAMES[0] in browser.text


async def test_people_come_in_by_a_name_or_by_their_sheet(console: Console) -> None:
    """A walk-in by name takes the last seat, the next one by number waits; who is on the list
    already is not there twice."""
    browser, anna, course = await desk(console)
    contact = contact_of(console, anna.operator)
    way = f"/courses/{course.id}/people"
    await browser.get(f"/courses/{course.id}")
    answer = await browser.post(way, name="Zainab Bah")
    assert answer.headers["Location"].endswith("?done=enrolled#people")
    answer = await browser.post(way, contact=contact.designation, name="Yusuf")
    assert answer.headers["Location"].endswith("?done=waiting#people")
    await browser.post(way, contact=contact.number)
    found = states(console, course)
    assert (found["Zainab Bah"], found["Yusuf"], len(found)) == (
        PlaceState.ENROLLED,
        PlaceState.WAITING,
        7,
    )


def contact_of(console: Console, operator: Operator) -> Contact:
    """A sheet that an operator has opened."""
    id_ = sheet(console, operator)
    found = console.look(lambda connection: find_contact(connection, id_))
    assert isinstance(found, Contact)
    return found


async def test_from_a_case_into_a_course(console: Console) -> None:
    """From the case one comes to the courses of the office and to the form with its number filled
    in; afterwards the case says in which course they are."""
    browser, anna, course = await desk(console)
    contact = contact_of(console, anna.operator)
    way = f"/courses?office=mine&contact={contact.number}"
    await browser.get(f"/cases/{contact.id}")
    assert (way in browser.text, "In no course." in browser.text) == (True, True)
    await browser.get(way)
    way = f"/courses/{course.id}?contact={contact.number}"
    assert f"{way}#add" in browser.text
    await browser.get(way)
    assert f'value="{contact.number}"' in browser.text
    await browser.post(f"/courses/{course.id}/people", contact=contact.number)
    await browser.get(f"/cases/{contact.id}")
    said = (f'<a href="/courses/{course.id}">Italiano per tutti</a>', "enrolled", "In no course.")
    assert [one in browser.text for one in said] == [True, True, False]


async def test_nobody_is_added_by_a_guess(console: Console) -> None:
    """Without a word, with a name that is there, with a number nobody has, and with
    another office's sheet the form says why and keeps what was typed."""
    browser, _anna, course = await desk(console)
    bea = console.reader("Bea", office=console.office("Desio"))
    other = contact_of(console, bea.operator)
    way = f"/courses/{course.id}/people"
    await browser.get(f"/courses/{course.id}")
    before = states(console, course)
    for typed in (
        {},
        {"name": NAMES[0].upper()},
        {"contact": "no such sheet", "name": "Ada"},
        {"contact": other.number},
    ):
        answer = await browser.post(way, **typed)
        assert (answer.status, states(console, course)) == (422, before)
    assert f'value="{other.number}"' in browser.text


async def test_a_seat_goes_to_who_waits(console: Console) -> None:
    """Who is taken off leaves a seat to the first who waits; the desk says that they take it."""
    browser, _anna, course = await desk(console)
    comes(console, course, "Sesta")
    waits = comes(console, course, "Settima")
    assert states(console, course)["Settima"] is PlaceState.WAITING
    gone = people(console, course)[NAMES[0]]
    await browser.get(f"/courses/{course.id}")
    await browser.post(f"/courses/{course.id}/people/{gone}/remove")
    found = states(console, course)
    assert (found[NAMES[0]], found["Settima"]) == (PlaceState.REMOVED, PlaceState.OFFERED)
    answer = await browser.post(f"/courses/{course.id}/people/{waits}/seat")
    assert answer.headers["Location"].endswith("?done=enrolled#people")
    assert states(console, course)["Settima"] is PlaceState.ENROLLED
    assert (await browser.post(f"/courses/{course.id}/people/{gone}/remove")).status == 404


async def test_somebody_of_another_course_is_not_there(console: Console) -> None:
    """An enrolment is reached only through its own course."""
    browser, anna, course = await desk(console)
    other = a_course(console, anna.operator, title="Altro")
    stranger = comes(console, other, "Ada")
    await browser.get(f"/courses/{course.id}")
    ways = [f"/courses/{course.id}/people/{stranger}/{way}" for way in ("remove", "seat")]
    assert [(await browser.post(way)).status for way in ways] == [404, 404]
    assert states(console, other) == {"Ada": PlaceState.ENROLLED}


async def test_the_end_and_the_certificate_are_written_down(console: Console) -> None:
    """Both days stand at the person and can be taken back; a day to come is refused."""
    browser, _anna, course = await desk(console)
    one = people(console, course)[NAMES[0]]
    way = f"/courses/{course.id}/people/{one}"
    await browser.get(f"/courses/{course.id}")
    assert (await browser.post(f"{way}/complete", day="2026-11-23")).status == 422
    assert (await browser.post(f"{way}/complete", day="")).status == 422
    assert (await browser.post(f"{way}/complete", day="2026-11-20")).status == 303
    assert (await browser.post(f"{way}/certify", day="2026-11-21")).status == 303
    assert _achieved(console, course, one) == (date(2026, 11, 20), date(2026, 11, 21))
    await browser.get(f"/courses/{course.id}")
    assert ("attended to the end" in browser.text, ">certificate<" in browser.text) == (True, True)
    await browser.post(f"{way}/certify", undo="1")
    assert _achieved(console, course, one) == (date(2026, 11, 20), None)


def _achieved(console: Console, course: Course, id_: int) -> tuple[date | None, date | None]:
    vault = console.database.vault
    found = console.look(lambda connection: enrolments(connection, vault, course.id))
    one = next(one for one in found if one.id == id_)
    return one.completed, one.certificate


async def test_a_course_is_opened_closed_and_cancelled(console: Console) -> None:
    """Each state says what it means; a course that is cancelled stays so."""
    anna = console.reader("Anna")
    course = a_course(console, anna.operator, is_open=False)
    browser = await console.signed_in(anna)
    await browser.get(f"/courses/{course.id}")
    found = []
    for deed in ("open", "close", "cancel", "open"):
        answer = await browser.post(f"/courses/{course.id}/{deed}")
        kept = console.look(lambda connection: find_course(connection, course.id))
        found.append((answer.status, kept.state))
    assert found == [
        (303, CourseState.OPEN),
        (303, CourseState.CLOSED),
        (303, CourseState.CANCELLED),
        (404, CourseState.CANCELLED),
    ]


async def test_a_draft_is_to_be_opened_first(console: Console) -> None:
    """While nobody can enrol that is the one strong button; on the day of a lesson of an open
    course it is the attendance."""
    anna = console.reader("Anna")
    browser = await console.signed_in(anna)
    found = []
    for is_open in (False, True):
        course = a_course(console, anna.operator, is_open=is_open, rule="daily times 20")
        await browser.get(f"/courses/{course.id}")
        head = browser.text.split('<header class="head">')[1].split("</header>")[0]
        strong = re.search(r'class="strong"[^>]*>(?:<svg.*?</svg>)?([^<]+)', head, re.DOTALL)
        assert (strong is not None, head.count('class="strong"')) == (True, 1)
        assert strong is not None
        found.append(strong[1].strip())
    assert found == ["Open the course", "Take the attendance"]


async def test_without_an_address_the_desk_says_where(console: Console) -> None:
    """Its name alone; with an address it stands behind it."""
    anna = console.reader("Anna")
    desk = Desk("carate", "PUA Carate", "Carate", True, date(2026, 1, 1), anna.operator.office)
    console.do(lambda connection: save_desk(connection, desk))
    browser = await console.signed_in(anna)
    found = []
    for place in ("", "Via Roma 1"):
        course = a_course(console, anna.operator, desk="carate", place=place)
        await browser.get(f"/courses/{course.id}")
        found.append(browser.text.split("<dt>Where</dt><dd>")[1].split("</dd>")[0])
    assert found == ["PUA Carate", "Via Roma 1 (PUA Carate)"]


async def test_who_is_told_of_the_whole_course(console: Console) -> None:
    """Of an open course those who asked for one like it can be told, of a cancelled one those who
    had a seat; each button leads to a draft, and to nobody at once."""
    browser, anna, course = await desk(console)
    await browser.get(f"/courses/{course.id}")
    assert (f"/messages/new?course={course.id}#own" in browser.text) is True
    found = re.findall(r'name="kind" value="(\w+)"', browser.text)
    answer = await browser.post("/messages/about", kind="new_course", course=course.id)
    drafted = [answer.headers["Location"].endswith("?done=drafted")]
    await browser.post(f"/courses/{course.id}/cancel")
    await browser.get(f"/courses/{course.id}")
    found += re.findall(r'name="kind" value="(\w+)"', browser.text)
    answer = await browser.post("/messages/about", kind="cancelled", course=course.id)
    drafted.append(answer.headers["Location"].endswith("?done=drafted"))
    assert (found, drafted) == (["new_course", "cancelled"], [True, True])
    assert anna.operator.office == course.office


async def test_a_lesson_more_is_added(console: Console) -> None:
    """A day that the repetition does not say; one that is past, or twice, is refused."""
    browser, _anna, course = await desk(console)
    way = f"/courses/{course.id}/lessons"
    await browser.get(f"/courses/{course.id}")
    typed = {"day": "2026-12-05", "at": "10:00", "minutes": "", "place": "Biblioteca"}
    found = [
        (await browser.post(way, **(typed | more))).status
        for more in ({}, {}, {"day": "2026-11-01"}, {"at": "x"}, {"minutes": "5"})
    ]
    assert found == [303, 422, 422, 422, 422]
    added = [one for one in lessons(console, course) if one.place == "Biblioteca"]
    assert [(one.day, one.minutes) for one in added] == [(date(2026, 12, 5), 120)]


async def test_how_everybody_attended_stands_on_the_sheet(console: Console) -> None:
    """Beside each name how often they were there, of the lessons that were taken, and that nobody
    reaches them in a chat."""
    browser, anna, course = await desk(console)
    members = people(console, course)
    held = lessons(console, course)
    here = dict.fromkeys(members.values(), Presence.PRESENT)
    were(console, held[0], here, anna.operator)
    were(console, held[1], here | {members[NAMES[3]]: Presence.ABSENT}, anna.operator)
    await browser.get(f"/courses/{course.id}")
    assert browser.text.count("There 2 times of 2.") == len(NAMES) - 1
    assert browser.text.count("There 1 times of 2.") == 1
    assert "4 of 5 were there" in browser.text
    assert browser.text.count(">no chat<") == len(NAMES)


async def test_the_figures_are_of_one_s_own_office(console: Console) -> None:
    """How full and how often somebody was missing, course by course; no course of others, no
    draft, no name."""
    browser, anna, course = await desk(console)
    bea = console.reader("Bea", office=console.office("Desio"))
    a_course(console, bea.operator, title="Di Desio")
    a_course(console, anna.operator, title="Bozza", is_open=False)
    marks = dict.fromkeys(people(console, course).values(), Presence.PRESENT)
    marks[next(iter(marks))] = Presence.ABSENT
    were(console, lessons(console, course)[0], marks, anna.operator)
    await browser.get("/courses/figures")
    said = ("83 %", "5 of 6", "20 %", "1 of 5", "in 1 lesson")
    assert [one in browser.text for one in said] == [True] * 5
    hidden = ("Di Desio", "Bozza", *NAMES)
    assert [one in browser.text for one in hidden] == [False] * len(hidden)
