"""What a reminder is about, looked up when it goes: nothing of it is kept with the reminder."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Connection, func, select

from flows.calendar_model import CourseKind, DateKind, LessonState, PlaceState, Subject
from flows.course_words import title_of
from flows.notice_words import Meeting, Offered, need_title
from storage.appointments.finding import find_appointment
from storage.calendar_schema import course, enrolment, lesson, own_date
from storage.instants import ROME, wall
from storage.notices.events import read_date
from storage.notices.model import Notice
from storage.notices.telling import about
from storage.schema import desk
from storage.vault import Vault


def find_meeting(connection: Connection, vault: Vault, one: Notice) -> Meeting | None:
    """The lesson or the appointment of a notice; None where it is off, or she is not in it."""
    if about(connection, one.subject, one.subject_id, one.person_id, one.step) is None:
        return None
    if one.subject is Subject.LESSON:
        return _lesson(connection, one.subject_id)
    found = find_appointment(connection, vault, one.subject_id)
    if found is None:
        return None
    shown = wall(found.starts, found.zone)
    place = found.words.place or _place_of(connection, found.desk)
    return Meeting(
        one.subject,
        need_title(found.need, found.words.what),
        shown,
        place,
        found.words.bring,
        None if shown == found.local else found.local,
    )


def _lesson(connection: Connection, lesson_id: int) -> Meeting:
    query = (
        select(
            lesson.c.day,
            lesson.c.time,
            lesson.c.starts,
            lesson.c.place.label("here"),
            course.c.zone,
            course.c.place,
            course.c.desk,
            course.c.kind,
            course.c.level,
            course.c.title,
            course.c.bring,
        )
        .join_from(lesson, course)
        .where(lesson.c.id == lesson_id)
    )
    row = connection.execute(query).one()
    local = datetime.combine(row.day, time.fromisoformat(row.time))
    shown = wall(row.starts, row.zone)
    return Meeting(
        Subject.LESSON,
        title_of(CourseKind(row.kind), row.level, row.title),
        shown,
        row.here or row.place or _place_of(connection, row.desk),
        row.bring,
        None if shown == local else local,
    )


def _place_of(connection: Connection, key: str) -> str:
    """Where a desk is, in words; where nobody said, what it is called."""
    found = connection.execute(select(desk.c.place, desk.c.name).where(desk.c.key == key)).first()
    return "" if found is None else found.place or found.name


def find_offer(
    connection: Connection, enrolment_id: int, person_id: int, now: datetime
) -> Offered | None:
    """A seat that is held for somebody now."""
    begins = (
        select(func.min(lesson.c.starts))
        .where(
            lesson.c.course_id == course.c.id,
            lesson.c.state != LessonState.CANCELLED.value,
            lesson.c.starts > now,
        )
        .scalar_subquery()
    )
    query = (
        select(
            course.c.id,
            course.c.kind,
            course.c.level,
            course.c.title,
            course.c.zone,
            enrolment.c.offered_until,
            begins.label("begins"),
        )
        .join_from(enrolment, course)
        .where(
            enrolment.c.id == enrolment_id,
            enrolment.c.person_id == person_id,
            enrolment.c.state == PlaceState.OFFERED.value,
        )
    )
    row = connection.execute(query).first()
    if row is None or row.offered_until is None or row.offered_until <= now:
        return None
    return Offered(
        str(row.id),
        title_of(CourseKind(row.kind), row.level, row.title),
        None if row.begins is None else wall(row.begins, row.zone),
        wall(row.offered_until, row.zone),
    )


def find_day(
    connection: Connection, vault: Vault, date_id: int, person_id: int
) -> tuple[DateKind, date] | None:
    """A date of somebody's own."""
    query = select(own_date).where(own_date.c.id == date_id, own_date.c.person_id == person_id)
    row = connection.execute(query).mappings().first()
    return None if row is None else read_date(vault, row)


def today(now: datetime) -> date:
    """The day it is where the desks are."""
    return wall(now, ROME).date()


def course_of(connection: Connection, subject: Subject, subject_id: int) -> str:
    """The course of a lesson or an offer; nothing where it is neither."""
    if subject is Subject.LESSON:
        query = select(lesson.c.course_id).where(lesson.c.id == subject_id)
    elif subject is Subject.OFFER:
        query = select(enrolment.c.course_id).where(enrolment.c.id == subject_id)
    else:
        return ""
    found = connection.execute(query).scalar()
    return "" if found is None else str(found)
