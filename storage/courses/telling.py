"""Lets people and their desk know what becomes of a seat."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from flows.calendar_model import News, Subject
from storage.courses.model import Course
from storage.courses.places import next_lesson
from storage.desk_news import tell_desk
from storage.schema import person
from storage.vault import Vault


def may_be_told(connection: Connection, person_id: int, now: datetime) -> datetime | None:
    """When somebody may next be written to; None where they cannot be reached."""
    query = select(person.c.reachable).where(person.c.id == person_id)
    return now if connection.execute(query).scalar() else None


def tell_offer(
    connection: Connection,
    course: Course,
    row: Row[Any],
    now: datetime,
    *,
    due: datetime,
    until: datetime,
) -> None:
    """Tell somebody of the seat that is held for them."""


def withdraw_offer(connection: Connection, row: Row[Any]) -> None:
    """Nothing more is said of an offer that is over."""


def replan(connection: Connection, vault: Vault, person_id: int | None, now: datetime) -> None:
    """Plan anew what somebody is reminded of."""


def withdraw_offers(connection: Connection, course_id: int) -> None:
    """Nothing more is said of the offers of a course that does not take place."""


def replan_course(connection: Connection, vault: Vault, course_id: int, now: datetime) -> None:
    """Plan anew what people are reminded of in a course."""


def replan_lesson(connection: Connection, vault: Vault, lesson_id: int, now: datetime) -> None:
    """Plan anew who is reminded when of one lesson."""


def drop_lesson(connection: Connection, lesson_id: int) -> None:
    """Nobody is reminded of a lesson that is deleted."""


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
