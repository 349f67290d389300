"""Who comes to a lesson, as they say and as the teacher sees it, and what came of it in the end."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from flows.calendar_model import (
    CourseKind,
    CourseState,
    LessonState,
    News,
    PlaceState,
    Presence,
    Reply,
    Subject,
)
from flows.case_model import Outcome
from flows.text import Text, _
from storage.calendar_schema import attendance as table
from storage.calendar_schema import enrolment as enrolments
from storage.case_schema import case_outcome
from storage.cases.finding import find_contact
from storage.cases.hand import Hand
from storage.cases.plan import find_outcomes, outcome_add
from storage.courses.finding import find_course, find_enrolment, find_lesson, roll
from storage.courses.model import Course, Enrolment, Lesson
from storage.courses.telling import replan
from storage.desk_news import take_back, tell_desk
from storage.instants import wall
from storage.vault import Vault

MOST_MINUTES = 24 * 60
_NEWS = {Reply.CANNOT: News.CANNOT, Reply.LATE: News.LATE, Reply.LOST: News.LOST}


def reply(
    connection: Connection,
    vault: Vault,
    lesson_id: int,
    person_id: int,
    said: Reply,
    now: datetime,
    minutes: int = 0,
) -> bool:
    """Keep what somebody says to a lesson of theirs, and let the desk know what it should see.

    False where the lesson is over or called off, or they have no seat in its course. Who cannot
    come keeps the seat; what was said before counts no more.
    """
    found = find_lesson(connection, lesson_id)
    course = None if found is None else find_course(connection, found.course_id, hold=True)
    lesson = find_lesson(connection, lesson_id)
    if course is None or lesson is None or not _takes_place(course, lesson, now):
        return False
    mine = (enrolments.c.course_id == course.id) & (enrolments.c.person_id == person_id)
    query = select(enrolments.c.id, enrolments.c.designation).where(
        mine, enrolments.c.state == PlaceState.ENROLLED.value
    )
    who = connection.execute(query).first()
    if who is None:
        return False
    late = min(max(minutes, 0), MOST_MINUTES) if said is Reply.LATE and minutes else None
    _keep(connection, lesson_id, who.id, reply=said.value, minutes=late)
    take_back(connection, tuple(_NEWS.values()), Subject.LESSON, lesson_id, who.designation)
    if said in _NEWS:
        tell_desk(
            connection,
            _NEWS[said],
            office=course.office,
            desk=course.desk,
            subject=Subject.LESSON,
            subject_id=lesson_id,
            designation=who.designation,
            event=lesson.starts,
            at=now,
            minutes=late,
        )
    replan(connection, vault, course.id, person_id, now)
    return True


def mark(
    connection: Connection,
    lesson_id: int,
    enrolment_id: int,
    presence: Presence,
    operator_id: int,
) -> bool:
    """Write down whether somebody was at a lesson; False where they are not of its course."""
    lesson = find_lesson(connection, lesson_id)
    query = select(enrolments.c.course_id).where(enrolments.c.id == enrolment_id)
    course_id = connection.execute(query.with_for_update()).scalar()
    if lesson is None or course_id != lesson.course_id:
        return False
    values = {"presence": presence.value, "operator_id": operator_id}
    _keep(connection, lesson_id, enrolment_id, **values)
    return True


def mark_all_present(connection: Connection, vault: Vault, lesson_id: int, operator_id: int) -> int:
    """Everybody on the roll of whom nothing is said yet was there; how many they are."""
    unsaid = [one for one in roll(connection, vault, lesson_id) if one.presence is Presence.UNSAID]
    for one in unsaid:
        mark(connection, lesson_id, one.enrolment.id, Presence.PRESENT, operator_id)
    return len(unsaid)


def complete(
    connection: Connection,
    vault: Vault,
    enrolment_id: int,
    day: date | None,
    operator_id: int,
    now: datetime,
) -> Text | None:
    """Write down that somebody attended to the end, on a day; with none that was a mistake.

    Where their sheet is of the same office, it is an outcome there too. Why not, where it cannot.
    """
    return _achieve(connection, vault, enrolment_id, "completed", day, operator_id, now)


def certify(
    connection: Connection,
    vault: Vault,
    enrolment_id: int,
    day: date | None,
    operator_id: int,
    now: datetime,
) -> Text | None:
    """Write down that somebody has the certificate, like `complete`; of Italian also the level."""
    return _achieve(connection, vault, enrolment_id, "certificate", day, operator_id, now)


def _takes_place(course: Course, lesson: Lesson, now: datetime) -> bool:
    off = course.state is CourseState.CANCELLED or lesson.state is LessonState.CANCELLED
    return not off and lesson.ends > now


def _keep(connection: Connection, lesson_id: int, enrolment_id: int, **values: Any) -> None:
    """Write into the row of a lesson and an enrolment; whoever calls holds one of the two."""
    here = (table.c.lesson_id == lesson_id) & (table.c.enrolment_id == enrolment_id)
    if connection.execute(update(table).where(here).values(**values)).rowcount == 0:
        new = {"lesson_id": lesson_id, "enrolment_id": enrolment_id}
        connection.execute(insert(table).values(**new, **values))


def _achieve(
    connection: Connection,
    vault: Vault,
    enrolment_id: int,
    what: str,
    day: date | None,
    operator_id: int,
    now: datetime,
) -> Text | None:
    found = find_enrolment(connection, vault, enrolment_id)
    if found is None:
        return _("Nobody of that kind is in this course any more.")
    course = find_course(connection, found.course_id)
    assert course is not None
    if day is not None and day > wall(now, course.zone).date():
        return _("This day is still to come.")
    before: date | None = getattr(found, what)
    here = update(enrolments).where(enrolments.c.id == enrolment_id)
    connection.execute(here.values({what: day}))
    hand = _hand(connection, vault, found, course, operator_id, now)
    if hand is None or day == before:
        return None
    for code in _codes(course, what):
        if before is not None:
            _drop(hand, code, course.title)
        if day is not None:
            outcome_add(hand, code, min(day, now.date()), course.title)
    return None


def _hand(
    connection: Connection,
    vault: Vault,
    found: Enrolment,
    course: Course,
    operator_id: int,
    now: datetime,
) -> Hand | None:
    """The hand in the sheet of somebody of a course, where it is of the same office."""
    if found.contact_id is None:
        return None
    contact = find_contact(connection, found.contact_id, hold=True)
    if contact is None or contact.office != course.office:
        return None
    return Hand(connection, vault, contact, operator_id, now)


def _codes(course: Course, what: str) -> tuple[Outcome, ...]:
    if what == "completed":
        return (Outcome.TRAINING_COMPLETED,)
    if course.kind is CourseKind.ITALIAN and course.level:
        return Outcome.CERTIFICATE, Outcome.ITALIAN_LEVEL
    return (Outcome.CERTIFICATE,)


def _drop(hand: Hand, code: Outcome, words: str) -> None:
    """Take back what was written into a sheet by mistake."""
    for one in find_outcomes(hand.connection, hand.vault, hand.contact.id):
        if (one.code, one.words) == (code, words):
            gone = delete(case_outcome).where(case_outcome.c.id == one.id)
            hand.connection.execute(gone)
            return
