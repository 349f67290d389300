"""My calendar: somebody's lessons and appointments that are not over, the next first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from flows.calendar_model import (
    CalendarItem,
    CourseState,
    LessonState,
    PlaceState,
    Reply,
    Subject,
)
from storage.appointments.finding import mine
from storage.calendar_schema import attendance, enrolment
from storage.calendar_schema import course as courses
from storage.calendar_schema import lesson as lessons
from storage.courses.finding import courses_among
from storage.courses.model import lesson_of
from storage.desks import all_desks
from storage.vault import Vault

OF_ONE_COURSE = 3
"""So many lessons of a course, so that an appointment weeks away is seen behind them."""


def my_calendar(
    connection: Connection, vault: Vault, person_id: int, now: datetime, most: int
) -> tuple[CalendarItem, ...]:
    """What somebody has a seat in or is booked for; what was called off is not in it."""
    found = [
        *_lessons(connection, person_id, now, most),
        *_appointments(connection, vault, person_id, now),
    ]
    found.sort(key=lambda one: one[0])
    return tuple(item for _starts, item in found[:most])


def _lessons(
    connection: Connection, person_id: int, now: datetime, most: int
) -> list[tuple[datetime, CalendarItem]]:
    place = func.row_number().over(
        partition_by=lessons.c.course_id, order_by=(lessons.c.starts, lessons.c.id)
    )
    to_come = (
        select(*lessons.c, attendance.c.reply, place.label("place_in_course"))
        .join(courses, courses.c.id == lessons.c.course_id)
        .join(enrolment, enrolment.c.course_id == courses.c.id)
        .outerjoin(
            attendance,
            (attendance.c.lesson_id == lessons.c.id)
            & (attendance.c.enrolment_id == enrolment.c.id),
        )
        .where(
            enrolment.c.person_id == person_id,
            enrolment.c.state == PlaceState.ENROLLED.value,
            courses.c.state != CourseState.CANCELLED.value,
            lessons.c.state != LessonState.CANCELLED.value,
            lessons.c.ends > now,
        )
        .subquery()
    )
    query = select(to_come).where(to_come.c.place_in_course <= OF_ONE_COURSE)
    soonest = query.order_by(to_come.c.starts, to_come.c.id).limit(most)
    rows = connection.execute(soonest).all()
    known = courses_among(connection, {row.course_id for row in rows})
    desks = {one.key: one for one in all_desks(connection)} if rows else {}
    items = []
    for row in rows:
        one, course = lesson_of(row), known[row.course_id]
        desk = desks.get(course.desk)
        item = CalendarItem(
            Subject.LESSON,
            str(one.id),
            str(course.id),
            course.title,
            None,
            one.local,
            one.place or course.place or ("" if desk is None else desk.place or desk.name),
            Reply(row.reply or ""),
            one.was is not None,
        )
        items.append((one.starts, item))
    return items


def _appointments(
    connection: Connection, vault: Vault, person_id: int, now: datetime
) -> list[tuple[datetime, CalendarItem]]:
    found = mine(connection, vault, person_id, now)
    desks = {one.key: one for one in all_desks(connection)} if found else {}
    items = []
    for one in found:
        desk = desks.get(one.desk)
        item = CalendarItem(
            Subject.APPOINTMENT,
            str(one.id),
            "",
            one.words.what,
            one.need,
            one.local,
            one.words.place or ("" if desk is None else desk.place),
            one.reply,
            moved=False,
        )
        items.append((one.starts, item))
    return items
