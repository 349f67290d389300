"""Where somebody stands in a course, and which seats of it are free."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from flows.calendar_model import HAS_SEAT, LessonState, Place, PlaceState
from storage.calendar_schema import enrolment as table
from storage.calendar_schema import lesson
from storage.courses.model import Course
from storage.instants import wall

NOWHERE = Place(PlaceState.NOWHERE)
THERE = (PlaceState.ENROLLED, PlaceState.OFFERED, PlaceState.WAITING)
COLUMNS = tuple(column for column in table.c if column.name != "body")


def find_row(
    connection: Connection, course_id: int, person_id: int | None, contact_id: int | None
) -> Row[Any] | None:
    """What is kept of somebody in a course, by their chat or by their sheet; a seat before all."""
    mine = []
    if person_id is not None:
        mine.append(table.c.person_id == person_id)
    if contact_id is not None:
        mine.append(table.c.contact_id == contact_id)
    if not mine:
        return None
    query = select(*COLUMNS).where(table.c.course_id == course_id, or_(*mine))
    rows = connection.execute(query.order_by(table.c.seat.is_(None), table.c.turn)).all()
    there = [row for row in rows if PlaceState(row.state) in THERE]
    return next(iter([*there, *rows]), None)


def place_of(connection: Connection, course: Course, row: Row[Any] | None) -> Place:
    """How somebody stands to a course: their turn where they wait, until when a seat is held."""
    if row is None or row.state == PlaceState.REMOVED:
        return NOWHERE
    state = PlaceState(row.state)
    if state is PlaceState.WAITING:
        before = select(func.count()).where(
            table.c.course_id == course.id,
            table.c.state == PlaceState.WAITING.value,
            table.c.turn <= row.turn,
        )
        return Place(state, int(connection.execute(before).scalar_one()))
    until = None if row.offered_until is None else wall(row.offered_until, course.zone)
    return Place(state, 0, until if state is PlaceState.OFFERED else None)


def free_seats(connection: Connection, course: Course) -> list[int]:
    """The numbers of the seats that nobody has, the smallest first."""
    query = select(table.c.seat).where(table.c.course_id == course.id, table.c.seat.is_not(None))
    taken = set(connection.execute(query).scalars())
    return [seat for seat in range(1, course.seats + 1) if seat not in taken]


def next_turn(connection: Connection, course_id: int) -> int:
    """The place behind everybody who ever came."""
    last = select(func.max(table.c.turn)).where(table.c.course_id == course_id)
    return (connection.execute(last).scalar() or 0) + 1


def seated(connection: Connection, course_id: int) -> list[Row[Any]]:
    """Who has a seat, by its number."""
    states = [state.value for state in HAS_SEAT]
    query = select(*COLUMNS).where(table.c.course_id == course_id, table.c.state.in_(states))
    return list(connection.execute(query.order_by(table.c.seat)))


def next_lesson(connection: Connection, course_id: int, now: datetime) -> datetime | None:
    """When the lesson that is next, or under way, begins."""
    return _lesson(connection, course_id, now, last=False)


def last_lesson(connection: Connection, course_id: int, now: datetime) -> datetime | None:
    """When the last lesson begins; None where the course is over, or has none."""
    return _lesson(connection, course_id, now, last=True)


def lesson_from(connection: Connection, course_id: int, moment: datetime) -> datetime | None:
    """When the first lesson begins that does so from a moment on."""
    query = select(func.min(lesson.c.starts)).where(
        lesson.c.course_id == course_id,
        lesson.c.state != LessonState.CANCELLED.value,
        lesson.c.starts >= moment,
    )
    return connection.execute(query).scalar()


def _lesson(
    connection: Connection, course_id: int, now: datetime, *, last: bool
) -> datetime | None:
    query = select(lesson.c.starts).where(
        lesson.c.course_id == course_id,
        lesson.c.state != LessonState.CANCELLED.value,
        lesson.c.ends > now,
    )
    order = lesson.c.starts.desc() if last else lesson.c.starts
    return connection.execute(query.order_by(order).limit(1)).scalar()
