"""What a conversation asks of courses is carried out as its sentence says."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from flows.calendar_effects import (
    AnswerOffer,
    AskForCourses,
    CallMe,
    Enrol,
    FindCourse,
    FindCourses,
    FindMyCalendar,
    GiveReply,
    LeaveCourse,
    SendCalendarFile,
)
from flows.calendar_model import (
    CourseKind,
    CourseSieve,
    CourseState,
    Part,
    Place,
    PlaceState,
    Reply,
    Subject,
)
from flows.effects import Effect
from flows.position import distance
from storage.courses.editing import cancel_course
from storage.courses.finding import enrolments, lessons_of
from storage.courses.interest import asked_for, who_asked
from storage.courses.lessons import cancel_lesson, move_lesson
from storage.courses.performing import id_of
from storage.desks import Desk, save_desk
from storage.effects import perform
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.appointments.makers import an_appointment
from tests.storage.cases.desk import an_office
from tests.storage.courses.school import SIX, a_course
from tests.storage.factories import CHAT, NOON, TODAY, do, someone

MILAN, DESIO = (45.464, 9.19), (45.619, 9.213)


def performed(writer: Writer, effect: Effect[Any], now: datetime = NOON, **more: object) -> Any:
    """The result of an effect of somebody, as the flow reads it."""
    person = replace(someone(writer), **more)  # type: ignore[arg-type]
    value = do(writer, lambda unit: perform(unit, person, CHAT, effect, now)[0])
    return effect.read(value)


def made(writer: Writer, **more: Any) -> Any:
    """A course that people may enrol in."""
    return do(writer, lambda unit: a_course(unit.direct(), unit.vault, **more))


def test_ids_are_numbers_or_nothing() -> None:
    """What a button carried that is no id finds nothing."""
    words = ("17", "", "x", "-1", "٣", "9" * 19, "9" * 30, str(2**63 - 1))
    assert [id_of(one) for one in words] == [17, 0, 0, 0, 0, 0, 0, 2**63 - 1]


def test_a_sieve_lets_through_what_fits(writer: Writer) -> None:
    """Kind, level, language, time of day, women, childcare: each narrows the list by itself."""
    made(writer, title="a", languages=("it", "ar"), women_only=True, childcare=True)
    made(writer, title="b", kind=CourseKind.SAFETY, level="", starts=SIX.replace(hour=9))
    made(writer, title="c", level="B1", rule="on 2026-12-05", starts=SIX.replace(hour=14))
    for sieve, expected in (
        (CourseSieve(), "bac"),
        (CourseSieve(CourseKind.SAFETY), "b"),
        (CourseSieve(level="A1"), "ba"),
        (CourseSieve(language="ar"), "a"),
        (CourseSieve(part=Part.MORNING), "b"),
        (CourseSieve(part=Part.AFTERNOON), "c"),
        (CourseSieve(part=Part.EVENING), "a"),
        (CourseSieve(part=Part.WEEKEND), "c"),
        (CourseSieve(women=True), "a"),
        (CourseSieve(childcare=True), "a"),
    ):
        found = performed(writer, FindCourses(sieve))
        assert "".join(one.title for one in found) == expected


def test_the_nearest_with_a_seat_comes_first(writer: Writer) -> None:
    """Near somebody: those with a seat, then by distance; the desk's place counts as well."""

    def job(unit: Unit) -> None:
        connection, vault = unit.direct(), unit.vault
        at_desk = Desk("d", "PUA", "Desio", True, TODAY, latitude=DESIO[0], longitude=DESIO[1])
        save_desk(connection, at_desk)
        a_course(connection, vault, title="far", latitude=45.0, longitude=9.0)
        a_course(connection, vault, title="desk", desk="d", place="")
        a_course(connection, vault, title="near", latitude=MILAN[0], longitude=MILAN[1])
        a_course(connection, vault, title="nowhere")

    do(writer, job)
    found = performed(writer, FindCourses(CourseSieve(near=MILAN)))
    assert [(one.title, one.km) for one in found] == [
        ("near", 0.0),
        ("desk", 17.3),
        ("far", distance(MILAN, (45.0, 9.0))),
        ("nowhere", None),
    ]
    assert [one.place for one in found if one.title == "desk"] == ["PUA"], "its name, at least"


def test_what_is_no_more_is_not_in_the_list(writer: Writer) -> None:
    """A course whose lessons are over or called off has nothing to offer any more."""
    course = made(writer)

    def cancel_all(unit: Unit) -> None:
        for one in lessons_of(unit.direct(), course.id):
            cancel_lesson(unit.direct(), unit.vault, one.id, NOON)

    do(writer, cancel_all)
    assert performed(writer, FindCourses(CourseSieve())) == ()


def test_the_page_of_a_course_says_how_one_stands(writer: Writer) -> None:
    """Place, lessons with what one said to them, free seats, and one's own place in it."""
    course = made(writer)
    shown = performed(writer, FindCourse(str(course.id)))
    assert (shown.title, shown.free, shown.count, shown.mine) == (
        course.title,
        2,
        4,
        Place(PlaceState.NOWHERE),
    )
    assert shown.organisation == "PUA Desio"
    assert performed(writer, Enrol(str(course.id))) == Place(PlaceState.ENROLLED)
    lesson = shown.lessons[0]
    assert f"{lesson.starts:%d %H:%M} {lesson.ends:%H:%M}" == "02 18:00 20:00"
    assert performed(writer, GiveReply(Subject.LESSON, lesson.id, Reply.LATE, 10)) is True
    shown = performed(writer, FindCourse(str(course.id)))
    assert (shown.free, shown.mine.state, shown.lessons[0].reply) == (
        1,
        PlaceState.ENROLLED,
        Reply.LATE,
    )
    assert performed(writer, LeaveCourse(str(course.id))) is True
    assert performed(writer, LeaveCourse(str(course.id))) is False
    assert performed(writer, AnswerOffer(str(course.id), True)) == Place(PlaceState.LEFT)


@pytest.mark.parametrize("course", ["5", "nothing"])
def test_a_course_that_is_not_there_is_none(writer: Writer, course: str) -> None:
    """Nothing is shown of it, and nobody enrols."""
    assert performed(writer, FindCourse(course)) is None
    assert performed(writer, Enrol(course)) == Place(PlaceState.NOWHERE)
    assert performed(writer, CallMe(course, "x")) is False


def test_a_cancelled_course_is_shown_as_such(writer: Writer) -> None:
    """Whoever taps on an old message sees that it is called off; a draft is seen by nobody."""
    course = made(writer)
    do(writer, lambda unit: cancel_course(unit.direct(), unit.vault, course.id, NOON))
    assert performed(writer, FindCourse(str(course.id))).state is CourseState.CANCELLED


def test_the_name_for_the_list_is_one_short_line(writer: Writer) -> None:
    """What somebody typed as a name is kept on one line, and not longer than a name."""
    course = made(writer)
    performed(writer, Enrol(str(course.id)))
    assert performed(writer, CallMe(str(course.id), " Fatima\n  Z. " + "x" * 99)) is True

    def look(unit: Unit) -> str:
        return enrolments(unit.reading(), unit.vault, course.id)[0].name

    assert do(writer, look) == ("Fatima Z. " + "x" * 99)[:60]


def test_who_asked_is_told_of_new_courses_until_they_do_not_want_it(writer: Writer) -> None:
    """Asking twice is asking once, and taking it back is for that kind alone."""
    person = someone(writer)
    for kind, wanted in (
        (CourseKind.ITALIAN, True),
        (CourseKind.ITALIAN, True),
        (CourseKind.SAFETY, True),
        (CourseKind.SAFETY, False),
    ):
        assert performed(writer, AskForCourses(kind, wanted)) is True
    assert do(writer, lambda unit: asked_for(unit.direct(), person.id)) == (CourseKind.ITALIAN,)
    for kind, expected in ((CourseKind.ITALIAN, [person.id]), (CourseKind.SAFETY, [])):
        assert do(writer, lambda unit, kind=kind: who_asked(unit.direct(), kind)) == expected


def test_my_calendar_holds_lessons_and_appointments_in_order(writer: Writer) -> None:
    """What is mine and to come, the next first; what is called off, or only waited for, is not."""
    person, course = someone(writer), made(writer)

    def job(unit: Unit) -> None:
        connection, vault = unit.direct(), unit.vault
        an_appointment(
            connection, vault, office=an_office(connection), opening=None, person_id=person.id
        )
        first, second, *_rest = lessons_of(connection, course.id)
        cancel_lesson(connection, vault, first.id, NOON)
        move_lesson(connection, vault, second.id, second.day, SIX.replace(hour=20), NOON)

    performed(writer, Enrol(str(course.id)))
    do(writer, job)
    found = performed(writer, FindMyCalendar())
    assert [(one.subject, f"{one.starts:%d %b %H:%M}", one.moved) for one in found] == [
        (Subject.APPOINTMENT, "23 Nov 09:00", False),
        (Subject.LESSON, "09 Dec 20:00", True),
        (Subject.LESSON, "16 Dec 18:00", False),
        (Subject.LESSON, "23 Dec 18:00", False),
    ]
    assert (found[1].course, found[1].title) == (str(course.id), course.title)
    assert len(performed(writer, FindMyCalendar(2))) == 2


def _file(writer: Writer, effect: SendCalendarFile, **more: object) -> tuple[Any, str, list[Any]]:
    """What came of sending a file, what is in it, and how it is sent."""
    person = replace(someone(writer), **more)  # type: ignore[arg-type]

    def job(unit: Unit) -> tuple[Any, list[Any]]:
        return perform(unit, person, CHAT, effect, NOON)[0], unit.sent

    sent, rows = do(writer, job)
    if not rows:
        return sent, "", []
    (row,) = rows
    content = base64.b64decode(row.params["document"]["upload"]["base64"]).decode()
    return sent, re.sub(r"\r?\n ", "", content), [row.params.get("disable_notification")]


def test_a_calendar_file_holds_every_lesson_to_come(writer: Writer) -> None:
    """Of a course one has a seat in, with place and title; without a seat nothing is sent."""
    course = made(writer)
    lesson = do(writer, lambda unit: lessons_of(unit.direct(), course.id))[0]
    effect = SendCalendarFile(Subject.LESSON, str(lesson.id))
    assert _file(writer, effect) == (False, "", [])
    performed(writer, Enrol(str(course.id)))
    sent, content, quiet = _file(writer, effect)
    assert (sent, quiet, content.count("BEGIN:VEVENT")) == (True, [None], 4)
    assert ("SUMMARY:Italian for beginners" in content, "via Roma" in content) == (True, True)


def test_in_careful_mode_a_calendar_file_says_only_when(writer: Writer) -> None:
    """No title, no place, no sound: whoever looks at the phone learns nothing from it."""
    course = made(writer)
    lesson = do(writer, lambda unit: lessons_of(unit.direct(), course.id))[0]
    performed(writer, Enrol(str(course.id)))
    effect = SendCalendarFile(Subject.LESSON, str(lesson.id))
    _sent, content, quiet = _file(writer, effect, careful=True)
    assert (quiet, "Italian" in content, "via Roma" in content) == ([True], False, False)
    assert content.count("SUMMARY:Antenna") == 4


def test_an_appointment_has_a_file_too_and_others_have_none(writer: Writer) -> None:
    """One's own appointment is sent; somebody else's, a date, or what is not there, is not."""
    person, other = someone(writer), someone(writer, chat=4)

    def book(unit: Unit, whose: int) -> str:
        connection = unit.direct()
        office = an_office(connection, f"Office {whose}")
        more = {"office": office, "opening": None, "person_id": whose}
        return str(an_appointment(connection, unit.vault, **more).id)

    mine, theirs = (do(writer, lambda unit, w=w: book(unit, w)) for w in (person.id, other.id))
    sent, content, _quiet = _file(writer, SendCalendarFile(Subject.APPOINTMENT, mine))
    assert (sent, content.count("BEGIN:VEVENT")) == (True, 1)
    for subject, id_ in (
        (Subject.APPOINTMENT, theirs),
        (Subject.APPOINTMENT, "5"),
        (Subject.LESSON, "5"),
        (Subject.DATE, mine),
    ):
        assert _file(writer, SendCalendarFile(subject, id_)) == (False, "", [])
