"""What is kept of somebody's courses, appointments and reminders, in full, for them alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from flows.effects import Json
from flows.plain import plain
from storage.appointments.finding import read
from storage.calendar_schema import appointment, attendance, lesson, notice, wish
from storage.courses.finding import courses_among, enrolments_of_person
from storage.courses.interest import asked_for
from storage.courses.model import Course, Enrolment
from storage.dates.keeping import find_mine
from storage.vault import Vault


def calendar_of(connection: Connection, vault: Vault, person_id: int) -> dict[str, Json]:
    """Everything, as a file any program reads; a note for operators is theirs to tell."""
    mine = enrolments_of_person(connection, vault, person_id)
    known = courses_among(connection, {one.course_id for one in mine})
    return {
        "courses": [_course(connection, one, known[one.course_id]) for one in mine],
        "appointments": _appointments(connection, vault, person_id),
        "dates": [
            {"kind": one.kind.value, "day": one.day.isoformat()}
            for one in find_mine(connection, vault, person_id)
        ],
        "courses_asked_for": [one.value for one in asked_for(connection, person_id)],
        "wishes": _wishes(connection, person_id),
        "reminders": _reminders(connection, person_id),
    }


def _course(connection: Connection, one: Enrolment, course: Course) -> Json:
    query = (
        select(lesson.c.day, lesson.c.time, attendance)
        .join_from(attendance, lesson, lesson.c.id == attendance.c.lesson_id)
        .where(attendance.c.enrolment_id == one.id)
        .order_by(lesson.c.starts)
    )
    return {
        "title": course.title,
        "office": course.office,
        "desk": course.desk,
        "called": one.designation,
        "name": one.name,
        "state": one.state.value,
        "since": one.since.isoformat(),
        "offered_until": plain(one.offered_until),
        "completed": plain(one.completed),
        "certificate": plain(one.certificate),
        "lessons": [
            {
                "day": row.day.isoformat(),
                "time": row.time,
                "said": row.reply,
                "minutes": row.minutes,
                "presence": row.presence,
            }
            for row in connection.execute(query)
        ],
    }


def _appointments(connection: Connection, vault: Vault, person_id: int) -> list[Json]:
    query = select(appointment).where(appointment.c.person_id == person_id)
    rows = connection.execute(query.order_by(appointment.c.starts, appointment.c.id))
    return [_appointment(vault, row) for row in rows]


def _appointment(vault: Vault, row: Row[Any]) -> Json:
    one = read(row, vault)
    return {
        "office": one.office,
        "desk": one.desk,
        "called": one.designation,
        "need": one.need.value,
        "what": one.words.what,
        "place": one.words.place,
        "how": one.words.how,
        "bring": one.words.bring,
        "day": one.day.isoformat(),
        "time": f"{one.time:%H:%M}",
        "minutes": one.minutes,
        "zone": one.zone,
        "state": one.state.value,
        "said": one.reply.value,
        "late_minutes": one.late_minutes,
        "since": one.created.isoformat(),
    }


def _wishes(connection: Connection, person_id: int) -> Json:
    row = connection.execute(select(wish).where(wish.c.person_id == person_id)).first()
    if row is None:
        return None
    return {"steps": row.steps, "safe": row.safe, "paused_until": plain(row.paused_until)}


def _reminders(connection: Connection, person_id: int) -> list[Json]:
    query = select(notice).where(notice.c.person_id == person_id)
    return [
        {
            "about": row.subject,
            "event": row.occasion,
            "step": row.step,
            "day": row.day.isoformat(),
            "time": row.time,
            "state": row.state,
        }
        for row in connection.execute(query.order_by(notice.c.due, notice.c.id))
    ]
