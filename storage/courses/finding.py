"""Finds courses, their lessons, and who is in them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from flows.calendar_model import (
    HAS_SEAT,
    CourseKind,
    CourseState,
    PlaceState,
    Presence,
    Reply,
)
from storage.calendar_schema import attendance, course, enrolment, lesson
from storage.courses.model import (
    Counts,
    Course,
    Enrolment,
    Lesson,
    Rolled,
    course_of,
    lesson_of,
)
from storage.vault import Vault

SEALED = "enrolment"
_ORDER = tuple(PlaceState)
_AT_ONCE = 500  # ids in one statement


def find_course(connection: Connection, course_id: int, *, hold: bool = False) -> Course | None:
    """The course of an id; with `hold` nobody else changes it or its seats until the commit."""
    query = select(course).where(course.c.id == course_id)
    row = connection.execute(query.with_for_update() if hold else query).first()
    return None if row is None else course_of(row)


def find_by_ref(connection: Connection, office: str, ref: str) -> Course | None:
    """The course that an import of an office knows by this."""
    query = select(course).where(course.c.office == office, course.c.ref == ref)
    row = connection.execute(query).first()
    return None if row is None else course_of(row)


def find_courses(
    connection: Connection,
    *,
    office: str | None = None,
    desk: str | None = None,
    kind: CourseKind | None = None,
    state: CourseState | None = None,
    words: str = "",
    since: datetime | None = None,
) -> list[Course]:
    """Courses, those that began last first; with `since` only those with a lesson that ends after
    that moment, and those that have none at all."""
    query = select(course).order_by(course.c.first.desc(), course.c.title, course.c.id)
    for column, wanted in (
        (course.c.office, office),
        (course.c.desk, desk),
        (course.c.kind, kind),
        (course.c.state, state),
    ):
        if wanted is not None:
            query = query.where(column == str(wanted))
    for word in words.casefold().split():
        within = (course.c.title, course.c.place, course.c.level)
        query = query.where(
            or_(*(func.lower(one).contains(word, autoescape=True) for one in within))
        )
    if since is not None:
        any_lesson = select(lesson.c.id).where(lesson.c.course_id == course.c.id)
        ahead = any_lesson.where(lesson.c.ends > since).exists()
        query = query.where(or_(ahead, ~any_lesson.exists()))
    return [course_of(row) for row in connection.execute(query)]


def lessons_of(connection: Connection, course_id: int) -> list[Lesson]:
    """The lessons of a course, in order; also those that were cancelled."""
    query = select(lesson).where(lesson.c.course_id == course_id)
    rows = connection.execute(query.order_by(lesson.c.starts, lesson.c.id))
    return [lesson_of(row) for row in rows]


def lessons_of_many(connection: Connection, course_ids: Collection[int]) -> dict[int, list[Lesson]]:
    """The lessons of many courses, each in order."""
    found: dict[int, list[Lesson]] = {one: [] for one in course_ids}
    for ids in in_parts(course_ids):
        query = select(lesson).where(lesson.c.course_id.in_(ids))
        for row in connection.execute(query.order_by(lesson.c.starts, lesson.c.id)):
            found[row.course_id].append(lesson_of(row))
    return found


def find_lesson(connection: Connection, lesson_id: int) -> Lesson | None:
    """The lesson of an id."""
    row = connection.execute(select(lesson).where(lesson.c.id == lesson_id)).first()
    return None if row is None else lesson_of(row)


def lessons_between(
    connection: Connection,
    first: datetime,
    last: datetime,
    *,
    office: str | None = None,
    desk: str | None = None,
) -> list[tuple[Lesson, Course]]:
    """The lessons that begin from one moment to before another, with their courses, in order."""
    query = (
        select(*lesson.c)
        .join(course, course.c.id == lesson.c.course_id)
        .where(lesson.c.starts >= first, lesson.c.starts < last)
        .order_by(lesson.c.starts, lesson.c.id)
    )
    if office is not None:
        query = query.where(course.c.office == office)
    if desk is not None:
        query = query.where(course.c.desk == desk)
    found = [lesson_of(row) for row in connection.execute(query)]
    courses = courses_among(connection, {one.course_id for one in found})
    return [(one, courses[one.course_id]) for one in found]


def courses_among(connection: Connection, ids: Collection[int]) -> dict[int, Course]:
    """The courses of these ids."""
    found = {}
    for some in in_parts(ids):
        for row in connection.execute(select(course).where(course.c.id.in_(some))):
            found[row.id] = course_of(row)
    return found


def enrolments(connection: Connection, vault: Vault, course_id: int) -> list[Enrolment]:
    """Everybody of a course: who has a seat, who is offered one, who waits, who is gone; each
    in the order in which they came."""
    found = _enrolments(connection, vault, enrolment.c.course_id == course_id)
    return sorted(found, key=lambda one: (_ORDER.index(one.state), one.turn))


def find_enrolment(connection: Connection, vault: Vault, enrolment_id: int) -> Enrolment | None:
    """The enrolment of an id."""
    found = _enrolments(connection, vault, enrolment.c.id == enrolment_id)
    return found[0] if found else None


def enrolments_of_person(connection: Connection, vault: Vault, person_id: int) -> list[Enrolment]:
    """Every course that somebody is or was in."""
    return _enrolments(connection, vault, enrolment.c.person_id == person_id)


def enrolments_of_contact(connection: Connection, vault: Vault, contact_id: int) -> list[Enrolment]:
    """Every course that somebody with a sheet is or was in, by what their office knows."""
    return _enrolments(connection, vault, enrolment.c.contact_id == contact_id)


def roll(connection: Connection, vault: Vault, lesson_id: int) -> list[Rolled]:
    """Who should be at a lesson, by name: everybody with a seat, and who was there all the same."""
    known = find_lesson(connection, lesson_id)
    if known is None:
        return []
    query = select(attendance).where(attendance.c.lesson_id == lesson_id)
    said = {row.enrolment_id: row for row in connection.execute(query)}
    found = []
    for one in enrolments(connection, vault, known.course_id):
        row = said.get(one.id)
        if row is None:
            rolled = Rolled(one)
        else:
            rolled = Rolled(one, Reply(row.reply), row.minutes, Presence(row.presence))
        if one.state is PlaceState.ENROLLED or rolled.presence is not Presence.UNSAID:
            found.append(rolled)
    return sorted(found, key=lambda one: (one.enrolment.called.casefold(), one.enrolment.id))


def counts(connection: Connection, course_ids: Collection[int]) -> dict[int, Counts]:
    """The seats of courses; every id is there."""
    by_state: dict[int, dict[str, int]] = {one: {} for one in course_ids}
    for ids in in_parts(course_ids):
        query = (
            select(enrolment.c.course_id, enrolment.c.state, func.count())
            .where(enrolment.c.course_id.in_(ids))
            .group_by(enrolment.c.course_id, enrolment.c.state)
        )
        for course_id, state, many in connection.execute(query):
            by_state[course_id][state] = many
    return {
        one: Counts(
            sum(found.get(state, 0) for state in HAS_SEAT),
            found.get(PlaceState.OFFERED, 0),
            found.get(PlaceState.WAITING, 0),
        )
        for one, found in by_state.items()
    }


def _enrolments(
    connection: Connection, vault: Vault, wanted: ColumnElement[bool]
) -> list[Enrolment]:
    query = select(enrolment).where(wanted).order_by(enrolment.c.turn, enrolment.c.id)
    return [_enrolment(vault, row) for row in connection.execute(query)]


def _enrolment(vault: Vault, row: Row[Any]) -> Enrolment:
    kept = dict(row._mapping)
    body = json.loads(vault.open_case(bytes(kept.pop("body")), SEALED, row.id))
    kept["name"], kept["state"] = body.get("name", ""), PlaceState(kept["state"])
    return Enrolment(**kept)


def sealed_name(vault: Vault, enrolment_id: int, name: str) -> bytes:
    """The name for the teacher's list as it is kept."""
    plain = json.dumps({"name": name} if name else {}, ensure_ascii=False).encode()
    return vault.seal_case(plain, SEALED, enrolment_id)


def in_parts(ids: Collection[int]) -> list[Sequence[int]]:
    """Ids, as many at a time as a statement takes."""
    every = sorted(ids)
    return [every[first : first + _AT_ONCE] for first in range(0, len(every), _AT_ONCE)]
