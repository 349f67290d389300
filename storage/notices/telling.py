"""Tells the desk what became of a reminder, where there is an event of the desk's to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from flows.calendar_model import (
    AppointmentState,
    CourseState,
    LessonState,
    News,
    PlaceState,
    Subject,
)
from storage.calendar_schema import appointment, course, enrolment, lesson
from storage.desk_news import tell_desk
from storage.notices.model import CANCELLED, Notice


@dataclass(frozen=True, slots=True)
class About:
    """Whose event it is, and by which two words they know the person."""

    office: str
    desk: str
    designation: str
    starts: datetime


def about(
    connection: Connection, subject: Subject, subject_id: int, person_id: int, step: str = ""
) -> About | None:
    """Of a lesson or an appointment that is still on; of all else no desk is told.

    What is said of an appointment because it was cancelled is about one that is not on.
    """
    if subject is Subject.LESSON:
        query = (
            select(course.c.office, course.c.desk, enrolment.c.designation, lesson.c.starts)
            .join_from(lesson, course)
            .join(enrolment, enrolment.c.course_id == course.c.id)
            .where(
                lesson.c.id == subject_id,
                enrolment.c.person_id == person_id,
                enrolment.c.state == PlaceState.ENROLLED.value,
                lesson.c.state != LessonState.CANCELLED.value,
                course.c.state.in_((CourseState.OPEN.value, CourseState.CLOSED.value)),
            )
        )
    elif subject is Subject.APPOINTMENT:
        kept = appointment.c
        query = select(kept.office, kept.desk, kept.designation, kept.starts).where(
            kept.id == subject_id,
            kept.person_id == person_id,
            kept.state
            == (AppointmentState.CANCELLED if step == CANCELLED else AppointmentState.BOOKED).value,
        )
    else:
        return None
    row = connection.execute(query).first()
    return None if row is None else About(*row)


def tell(connection: Connection, what: News, one: Notice, now: datetime) -> None:
    """Let the desk know, where one has to."""
    found = about(connection, one.subject, one.subject_id, one.person_id, one.step)
    if found is not None:
        tell_desk(
            connection,
            what,
            office=found.office,
            desk=found.desk,
            subject=one.subject,
            subject_id=one.subject_id,
            designation=found.designation,
            event=found.starts,
            at=now,
        )
