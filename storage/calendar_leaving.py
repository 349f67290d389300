"""What of courses, appointments and reminders goes with a person, with a sheet, or with time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, or_, select, update

from flows.calendar_model import (
    HAS_SEAT,
    AppointmentState,
    CourseState,
    LessonState,
    MassState,
    NoticeState,
    PlaceState,
    Subject,
)
from storage.calendar_schema import appointment, course, enrolment, lesson, mass, notice
from storage.cases.finding import find_contact
from storage.cases.leaving import stays
from storage.courses.finding import sealed_name
from storage.courses.seats import leave_all, leave_sheet
from storage.desk_news import drop_news, forget_news
from storage.schema import person
from storage.vault import Vault

NEWS_DAYS = 30
NOTICE_DAYS = 30
MOST_AT_ONCE = 500
NOBODY = "—"
"""Instead of the two words for somebody of whom only the figures are left."""


def leave_calendar(
    connection: Connection, vault: Vault, person_id: int, now: datetime | None
) -> None:
    """Let go of the courses and appointments of somebody who is being forgotten, before the rest.

    Their seats go to the next; with `now` None, a copy is being put back, and that comes later.
    What a desk typed into a case that stays is the office's record and stays without the chat;
    what is said of them in a desk's news goes.
    """
    named: set[str] = set()
    for table in (enrolment, appointment):
        words = select(table.c.designation).where(table.c.person_id == person_id)
        named |= set(connection.execute(words).scalars())
    leave_all(connection, vault, person_id, now)
    mine = (appointment.c.person_id == person_id) & appointment.c.contact_id.is_not(None)
    query = select(appointment.c.id, appointment.c.contact_id).where(
        mine, appointment.c.created_by != 0
    )
    for row in connection.execute(query).all():
        contact = find_contact(connection, row.contact_id)
        if contact is not None and stays(connection, contact):
            _unlink(connection, appointment, appointment.c.id == row.id, "person_id")
    forget_news(connection, named)


def leave_with_sheet(
    connection: Connection, vault: Vault, contact_id: int, now: datetime | None
) -> None:
    """Let go of what hangs on a sheet that is being deleted, but for what is the person's own.

    `now` None: a copy is being put back, and a seat goes to the next when that is done.
    """
    leave_sheet(connection, vault, contact_id, now)
    hers = (appointment.c.contact_id == contact_id) & appointment.c.person_id.is_not(None)
    _unlink(connection, appointment, hers, "contact_id")


def join_chat(connection: Connection, contact_id: int, person_id: int) -> None:
    """What a desk had written down for a sheet is the person's from now on: her chat joined it."""
    for table in (enrolment, appointment):
        theirs = (table.c.contact_id == contact_id) & table.c.person_id.is_(None)
        if table is enrolment:
            hers = select(enrolment.c.course_id).where(enrolment.c.person_id == person_id)
            theirs &= enrolment.c.course_id.not_in(hers)
        connection.execute(update(table).where(theirs).values(person_id=person_id))


def is_awaited(now: datetime) -> ColumnElement[bool]:
    """Whether somebody who has been silent is still to be reminded of something, or is expected:
    a date of theirs, a lesson, an appointment, a place on a waiting list."""
    lesson_to_come = exists().where(
        lesson.c.course_id == enrolment.c.course_id,
        lesson.c.ends > now,
        lesson.c.state != LessonState.CANCELLED.value,
        course.c.id == enrolment.c.course_id,
        course.c.state != CourseState.CANCELLED.value,
    )
    there = [state.value for state in (*HAS_SEAT, PlaceState.WAITING)]
    in_course = exists().where(
        enrolment.c.person_id == person.c.id, enrolment.c.state.in_(there), lesson_to_come
    )
    expected = exists().where(
        appointment.c.person_id == person.c.id,
        appointment.c.state == AppointmentState.BOOKED.value,
        appointment.c.ends > now,
    )
    reminded = exists().where(
        notice.c.person_id == person.c.id,
        notice.c.subject != Subject.MASS.value,
        notice.c.state == NoticeState.WAITING.value,
        notice.c.until > now,
    )
    return or_(in_course, expected, reminded)


def retain_calendar(connection: Connection, vault: Vault, now: datetime, days: int) -> None:
    """Let go of what is over: of news and reminders after a month; after so many days of who was in
    a course, so that only figures are left, and of appointments that are of no case."""
    drop_news(connection, now - timedelta(days=NEWS_DAYS))
    ended, old = now - timedelta(days=NOTICE_DAYS), now - timedelta(days=days)
    is_mass = notice.c.subject == Subject.MASS.value
    connection.execute(delete(notice).where(~is_mass, notice.c.until < ended))
    connection.execute(delete(notice).where(is_mass, notice.c.until < old))
    gone = appointment.c.contact_id.is_(None) & (appointment.c.ends < old)
    connection.execute(delete(appointment).where(gone))
    _forget_names(connection, vault, old)


def stop_masses(connection: Connection) -> int:
    """Let messages to many wait for an operator: in a copy nobody knows who has them already."""
    running = update(mass).where(mass.c.state == MassState.RUNNING.value)
    stopped = connection.execute(running.values(state=MassState.STOPPED.value)).rowcount
    waiting = (notice.c.subject == Subject.MASS.value) & (
        notice.c.state == NoticeState.WAITING.value
    )
    values = {"state": NoticeState.STOPPED.value}
    connection.execute(update(notice).where(waiting).values(**values))
    return stopped


def _forget_names(connection: Connection, vault: Vault, old: datetime) -> None:
    """Of courses that are long over, keep no name and nobody's chat or sheet."""
    later = exists().where(lesson.c.course_id == enrolment.c.course_id, lesson.c.ends >= old)
    ever = exists().where(lesson.c.course_id == enrolment.c.course_id)
    query = select(enrolment.c.id).where(ever, ~later, enrolment.c.designation != NOBODY)
    for id_ in connection.execute(query.limit(MOST_AT_ONCE)).scalars().all():
        nobody = {"person_id": None, "contact_id": None, "designation": NOBODY}
        body = sealed_name(vault, id_, "")
        changed = update(enrolment).where(enrolment.c.id == id_)
        connection.execute(changed.values(body=body, **nobody))


def _unlink(connection: Connection, table: Any, wanted: ColumnElement[bool], *columns: str) -> None:
    connection.execute(update(table).where(wanted).values(dict.fromkeys(columns)))
