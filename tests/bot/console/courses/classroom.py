"""Courses for the tests of the console: lessons behind and ahead, people with names and without."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from flows.calendar_model import CourseKind, Presence
from storage.courses.attending import mark
from storage.courses.editing import open_course, save_course
from storage.courses.finding import enrolments, lessons_of
from storage.courses.model import Course, CourseForm, Lesson
from storage.courses.seats import enrol
from storage.database import Connection
from storage.operators import Operator
from tests.bot.console.house import START, Console

NAMES = ("Amina Diallo", "Bashir Khan", "Chiamaka Obi", "Dilnoza Karimova", "Ebrima Jallow")
FIRST = date(2026, 11, 9)
"""A Monday, two weeks before the day on which the console stands."""


def a_course(console: Console, operator: Operator, *, is_open: bool = True, **more: Any) -> Course:
    """A course of an operator's office, on Mondays and Wednesdays at six in the evening."""
    given: dict[str, Any] = {
        "title": "Italiano per tutti",
        "kind": CourseKind.ITALIAN,
        "level": "A1",
        "first": FIRST,
        "starts": time(18),
        "rule": "weekly mon,wed times 12",
        "seats": 6,
        "place": "Via Cusani 10, Carate Brianza",
    }
    form = CourseForm(**(given | more))
    vault, before = console.database.vault, START - timedelta(days=30)

    def keep(connection: Connection) -> Course:
        saved = save_course(
            connection, vault, form, office=operator.office, operator_id=operator.id, now=before
        )
        assert saved.course is not None, saved.why
        if is_open:
            open_course(connection, vault, saved.course.id, before)
        return saved.course

    course: Course = console.do(keep)
    return course


def comes(console: Console, course: Course, name: str, **more: Any) -> int:
    """Somebody who stands on the list by a name; the id of their enrolment."""
    vault = console.database.vault

    def join(connection: Connection) -> int:
        enrol(connection, vault, course.id, name=name, now=START, by_desk=True, **more)
        found = enrolments(connection, vault, course.id)
        return next(one.id for one in found if one.name == name)

    return int(console.do(join))


def full(console: Console, course: Course, names: tuple[str, ...] = NAMES) -> dict[str, int]:
    """Enrolments of a handful of people, by their names."""
    return {name: comes(console, course, name) for name in names}


def people(console: Console, course: Course) -> dict[str, int]:
    """The enrolments of those who stand on the list by a name."""
    vault = console.database.vault
    found = console.look(lambda connection: enrolments(connection, vault, course.id))
    return {one.name: one.id for one in found if one.name}


def lessons(console: Console, course: Course) -> list[Lesson]:
    """The lessons of a course, in order."""
    found: list[Lesson] = console.look(lambda connection: lessons_of(connection, course.id))
    return found


def were(console: Console, lesson: Lesson, marks: dict[int, Presence], operator: Operator) -> None:
    """Keep who was there."""

    def keep(connection: Connection) -> None:
        for enrolment, presence in marks.items():
            mark(connection, lesson.id, enrolment, presence, operator.id)

    console.do(keep)
