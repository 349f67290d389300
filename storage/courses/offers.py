"""Hands a seat that is free to the first of those who wait, for a stated time, and then on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from flows.calendar_model import CourseState, News, PlaceState
from storage.calendar_schema import course as courses
from storage.calendar_schema import enrolment as table
from storage.cases.refusing import refusing
from storage.courses.finding import find_course
from storage.courses.model import Course
from storage.courses.places import COLUMNS, free_seats, last_lesson, lesson_from
from storage.courses.telling import may_be_told, tell_offer, tell_office, withdraw_offer
from storage.vault import Vault

TIME_TO_ANSWER = timedelta(hours=2)
"""A lesson that begins sooner is no end of an offer: a seat is for the lessons after it too."""


def offer_free(connection: Connection, vault: Vault, now: datetime, limit: int = 50) -> int:
    """Take back the seats of offers that nobody answered in time, and offer every free seat that
    somebody waits for; how many were handed on or taken back.

    Whatever else was missed, it happens here: nothing but the tables says what is to be done. Of
    so many courses at most something is changed in one transaction.
    """
    changed = handled = 0
    for course_id in sorted({*_overdue(connection, now), *_with_room(connection, now)}):
        course = find_course(connection, course_id, hold=True)
        if course is None:
            continue
        moved = lapse(connection, course, now) + hand_on(connection, vault, course, now)
        changed, handled = changed + moved, handled + (moved > 0)
        if handled == limit:
            break
    return changed


def hand_on(connection: Connection, vault: Vault, course: Course, now: datetime) -> int:
    """Offer the free seats of a course, whose row is held, to those who wait longest; how many.

    Who cannot be told now keeps their turn, and the seat goes to the next; who came only to the
    desk, or does not want to be written to, is told by the desk. A seat is held for the
    stated time after somebody may be written to, and not longer than to the next lesson that leaves
    them time to answer, or to the last one.
    """
    last = last_lesson(connection, course.id, now)
    if course.state is not CourseState.OPEN or last is None:
        return 0
    free = free_seats(connection, course)
    offered = 0
    waiting = _waiting(connection, course.id) if free else []
    silent = refusing(connection, [row.person_id for row in waiting if row.by_desk])
    for row in waiting:
        by_desk = row.person_id is None or (row.by_desk and row.person_id in silent)
        told = now if by_desk else may_be_told(connection, course, row.person_id, now)
        if told is None:
            continue
        begins = lesson_from(connection, course.id, told + TIME_TO_ANSWER) or last
        until = min(told + timedelta(hours=course.offer_hours), begins)
        if until <= told:
            continue
        values = {"state": PlaceState.OFFERED.value, "seat": free[offered], "offered_until": until}
        connection.execute(update(table).where(table.c.id == row.id).values(**values))
        if by_desk:
            tell_office(connection, News.OFFERED, course, row, now)
        else:
            tell_offer(connection, course, row, now, due=told, until=until)
        offered += 1
        if offered == len(free):
            break
    return offered


def lapse(connection: Connection, course: Course, now: datetime) -> int:
    """Take back the seats of a course, whose row is held, that were offered for too long."""
    query = select(*COLUMNS).where(
        table.c.course_id == course.id,
        table.c.state == PlaceState.OFFERED.value,
        table.c.offered_until <= now,
    )
    rows = list(connection.execute(query))
    for row in rows:
        values = {"state": PlaceState.LAPSED.value, "seat": None, "offered_until": None}
        connection.execute(update(table).where(table.c.id == row.id).values(**values))
        withdraw_offer(connection, row)
        tell_office(connection, News.LAPSED, course, row, now)
    return len(rows)


def _waiting(connection: Connection, course_id: int) -> list[Row[Any]]:
    query = select(*COLUMNS).where(
        table.c.course_id == course_id, table.c.state == PlaceState.WAITING.value
    )
    return list(connection.execute(query.order_by(table.c.turn)))


def _overdue(connection: Connection, now: datetime) -> list[int]:
    query = (
        select(table.c.course_id)
        .distinct()
        .where(table.c.state == PlaceState.OFFERED.value, table.c.offered_until <= now)
    )
    return list(connection.execute(query).scalars())


def _with_room(connection: Connection, now: datetime) -> list[int]:
    """Open courses where somebody waits although not every seat is held."""
    taken = (
        select(func.count(table.c.seat)).where(table.c.course_id == courses.c.id).scalar_subquery()
    )
    waits = select(table.c.id).where(
        table.c.course_id == courses.c.id, table.c.state == PlaceState.WAITING.value
    )
    query = select(courses.c.id).where(
        courses.c.state == CourseState.OPEN.value, waits.exists(), taken < courses.c.seats
    )
    return list(connection.execute(query).scalars())
