"""What an office could write to many about now: what was moved or dropped, and what is new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, ScalarSelect, exists, func, or_, select

from flows.calendar_model import HAS_SEAT, CourseState, LessonState, MassKind
from storage.calendar_schema import course, enrolment, interest, lesson
from storage.calendar_schema import mass as table
from storage.mass.facts import of_course, of_lesson, told_last

MOST = 40


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something to tell: of a lesson, or of a whole course. `starts` is on the wall."""

    kind: MassKind
    course_id: int
    lesson_id: int | None
    title: str
    starts: datetime | None
    people: int


@dataclass(frozen=True, slots=True)
class Group:
    """A course whose people can be written to."""

    course_id: int
    title: str
    people: int


def find_occasions(connection: Connection, office: str, now: datetime) -> list[Occasion]:
    """What nobody was told of yet, the nearest first."""
    return [*_lessons(connection, office, now), *_courses(connection, office, now)][:MOST]


def find_groups(connection: Connection, office: str, now: datetime) -> list[Group]:
    """The courses of an office that go on and have somebody in them."""
    seated = _seats(enrolment.c.course_id == course.c.id)
    query = (
        select(course.c.id, course.c.title, seated)
        .where(course.c.office == office, _goes_on(now), seated > 0)
        .order_by(course.c.title, course.c.id)
    )
    return [Group(*row) for row in connection.execute(query)]


def _lessons(connection: Connection, office: str, now: datetime) -> Iterable[Occasion]:
    told = select(table.c.lesson_id).where(table.c.lesson_id.is_not(None))
    query = (
        select(lesson.c.id, course.c.id.label("course_id"), _seats_of_course())
        .join(course)
        .where(
            course.c.office == office,
            course.c.state.in_((CourseState.OPEN.value, CourseState.CLOSED.value)),
            or_(lesson.c.state != LessonState.PLANNED.value, lesson.c.id.in_(told)),
            lesson.c.starts > now,
        )
        .order_by(lesson.c.starts)
        .limit(MOST)
    )
    for lesson_id, course_id, people in connection.execute(query).all():
        facts = of_lesson(connection, office, lesson_id, now)
        last = told_last(connection, lesson_id, drafts=True)
        if facts is None or not people:
            continue
        view = facts[0]
        if last is None or (last.kind, last.view.starts) != (view.kind, view.starts):
            yield Occasion(view.kind, course_id, lesson_id, view.title, view.starts, people)


def _courses(connection: Connection, office: str, now: datetime) -> Iterable[Occasion]:
    """Courses that do not take place with people in them, and new ones that somebody asked for."""
    told = select(table.c.course_id, table.c.kind).where(
        table.c.office == office, table.c.lesson_id.is_(None)
    )
    known = {(row.course_id, MassKind(row.kind)) for row in connection.execute(told)}
    asked = (
        select(func.count())
        .where(interest.c.kind == course.c.kind)
        .correlate(course)
        .scalar_subquery()
    )
    query = (
        select(course.c.id, course.c.state, _seats_of_course(), asked)
        .where(course.c.office == office, _goes_on(now))
        .order_by(course.c.first.desc())
        .limit(MOST)
    )
    for course_id, state, people, many in connection.execute(query).all():
        is_over = state == CourseState.CANCELLED.value
        is_new = state == CourseState.OPEN.value and many > 0
        kind = MassKind.CANCELLED if is_over else MassKind.NEW_COURSE
        if not (is_new or (is_over and people)) or (course_id, kind) in known:
            continue
        facts = of_course(connection, office, course_id, kind, now)
        if facts is not None:
            view = facts[0]
            count = people if is_over else many
            yield Occasion(kind, course_id, None, view.title, view.starts, count)


def _goes_on(now: datetime) -> ColumnElement[bool]:
    """That there is a lesson to come, whatever became of the course."""
    return exists().where(lesson.c.course_id == course.c.id, lesson.c.starts > now)


def _seats_of_course() -> ScalarSelect[int]:
    return _seats(enrolment.c.course_id == course.c.id)


def _seats(where: ColumnElement[bool]) -> ScalarSelect[int]:
    states = [one.value for one in HAS_SEAT]
    query = select(func.count()).select_from(enrolment).where(where, enrolment.c.state.in_(states))
    return query.correlate(course).scalar_subquery()
