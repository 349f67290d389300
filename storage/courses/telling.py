"""Lets people and their desk know what becomes of a seat or a lesson."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from flows.calendar_model import News, PlaceState, Subject
from storage.calendar_schema import enrolment
from storage.courses.model import Course
from storage.courses.places import next_lesson
from storage.desk_news import tell_desk
from storage.instants import instant, wall
from storage.notices.planning import add, plan_course
from storage.notices.stopping import stop
from storage.notices.wishes import find_wished
from storage.vault import Vault


def may_be_told(
    connection: Connection, course: Course, person_id: int, now: datetime
) -> datetime | None:
    """When somebody may next be written to; None where they cannot be reached, or want no word."""
    wish = find_wished(connection, [person_id]).get(person_id)
    local = wall(now, course.zone)
    if wish is None or not wish.reachable or wish.is_paused(local):
        return None
    next_one = wish.reach().after(local)
    if next_one == local:
        return now
    return instant(next_one.date(), next_one.time(), course.zone).at


def tell_offer(
    connection: Connection,
    course: Course,
    row: Row[Any],
    now: datetime,
    *,
    due: datetime,
    until: datetime,
) -> None:
    """Tell somebody of the seat that is held for them.

    It can be offered again until the same moment: the step says which of the offers this is.
    """
    add(
        connection,
        row.person_id,
        Subject.OFFER,
        row.id,
        now,
        due=due,
        until=until,
        occasion=wall(until, course.zone).isoformat(timespec="minutes"),
        step=now.isoformat(),
        zone=course.zone,
    )


def withdraw_offer(connection: Connection, row: Row[Any]) -> None:
    """Nothing more is said of an offer that is over."""
    if row.state == PlaceState.OFFERED and row.person_id is not None:
        stop(connection, Subject.OFFER, row.id)


def withdraw_offers(connection: Connection, course_id: int) -> None:
    """Nothing more is said of the offers of a course that does not take place."""
    offered = enrolment.c.state == PlaceState.OFFERED.value
    query = select(enrolment.c.id).where(enrolment.c.course_id == course_id, offered)
    for id_ in list(connection.execute(query).scalars()):
        stop(connection, Subject.OFFER, id_)


def replan(
    connection: Connection, vault: Vault, course_id: int, person_id: int | None, now: datetime
) -> None:
    """Plan anew what somebody is reminded of in a course."""
    if person_id is not None:
        plan_course(connection, vault, course_id, now, person_id=person_id)


def replan_course(connection: Connection, vault: Vault, course_id: int, now: datetime) -> None:
    """Plan anew what people are reminded of in a course."""
    plan_course(connection, vault, course_id, now)


def drop_lesson(connection: Connection, lesson_id: int) -> None:
    """Nobody is reminded of a lesson that is deleted."""
    stop(connection, Subject.LESSON, lesson_id)


def tell_office(
    connection: Connection, what: News, course: Course, row: Row[Any], now: datetime
) -> None:
    """Let the desk of a course know; the news is about the enrolment."""
    tell_desk(
        connection,
        what,
        office=course.office,
        desk=course.desk,
        subject=Subject.OFFER,
        subject_id=row.id,
        designation=row.designation,
        event=next_lesson(connection, course.id, now) or now,
        at=now,
    )
