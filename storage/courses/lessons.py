"""The lessons of a course: they follow its rule, but for what somebody did to one by hand.

A lesson that was moved, cancelled or added is not PLANNED any more; `planned` still says which day
of the rule it stands for.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from flows.calendar_model import CourseState, LessonState, Presence, Reply
from flows.repetition import Repetition
from flows.text import Text, _
from storage.calendar_schema import attendance
from storage.calendar_schema import lesson as table
from storage.courses.finding import find_course, find_lesson, lessons_of
from storage.courses.model import Course, Lesson
from storage.courses.telling import drop_lesson, replan_course
from storage.instants import instant
from storage.vault import Vault, random_id

LONGEST_PLACE = 200
GONE = _("This lesson is not there any more.")
PAST = _("That is already past.")
OVER = _("This lesson is over: it stays as it was.")
HELD = _("Attendance was taken at this lesson: it stays as it was.")
OFF = _("This lesson is called off already.")


def follow_rule(connection: Connection, course: Course, before: Course | None) -> None:
    """Let the lessons of a course be those of its rule.

    A lesson keeps its id on a day that stays, also at another time. What was done by hand stays,
    and so does a lesson at which attendance was taken, where the rule has no such day any more.
    """
    wanted = set(Repetition.read(course.rule).days(course.first))
    known = [] if before is None else lessons_of(connection, course.id)
    found = [(_day_of_rule(one, before), one) for one in known]
    for day, one in sorted(found, key=lambda each: each[0] is not None):  # what was added first
        if day is None:
            if one.planned == _key(one.day, course.starts):
                wanted.discard(one.day)  # the rule has now what was added by hand
        elif day in wanted:
            wanted.discard(day)
            _follow(connection, course, one, day)
        elif one.state is LessonState.PLANNED and not _was_attended(connection, one.id):
            drop_lesson(connection, one.id)
            connection.execute(delete(table).where(table.c.id == one.id))
    for day in sorted(wanted):
        _insert(connection, course, day, course.starts, LessonState.PLANNED)


def move_lesson(
    connection: Connection,
    vault: Vault,
    lesson_id: int,
    day: date,
    at: time,
    now: datetime,
    *,
    minutes: int | None = None,
    place: str | None = None,
) -> Text | None:
    """Let a lesson take place at another moment, or somewhere else; why not, where it cannot.

    What people had said to the old moment does not count for the new one.
    """
    found = _held(connection, lesson_id)
    if found is None:
        return GONE
    course, known = found
    why = _fixed(connection, known, now)
    if why is not None:
        return why
    if instant(day, at, course.zone).at <= now:
        return PAST
    long = known.minutes if minutes is None else minutes
    where = known.place if place is None else place.strip()[:LONGEST_PLACE]
    moved = replace(known, day=day, at=at, minutes=long, place=where, state=LessonState.MOVED)
    if moved.planned == _key(day, at) and long == course.minutes and where in ("", course.place):
        moved = replace(moved, state=LessonState.PLANNED, place="")
    _keep(connection, course, moved)
    if moved.local != known.local:
        _unsay(connection, lesson_id)
    replan_course(connection, vault, found[0].id, now)
    return None


def cancel_lesson(
    connection: Connection, vault: Vault, lesson_id: int, now: datetime
) -> Text | None:
    """Call a lesson off; why not, where it cannot be."""
    found = _held(connection, lesson_id)
    if found is None:
        return GONE
    if found[1].state is LessonState.CANCELLED:
        return OFF
    why = _fixed(connection, found[1], now)
    if why is not None:
        return why
    _keep(connection, found[0], replace(found[1], state=LessonState.CANCELLED))
    _unsay(connection, lesson_id)
    replan_course(connection, vault, found[0].id, now)
    return None


def restore_lesson(connection: Connection, vault: Vault, lesson_id: int, now: datetime) -> bool:
    """Let a lesson take place after all; False where it was not cancelled."""
    found = _held(connection, lesson_id)
    if found is None or found[1].state is not LessonState.CANCELLED:
        return False
    course, known = found
    as_planned = known.planned == _key(known.day, known.at) and not known.place
    is_of_rule = as_planned and known.minutes == course.minutes
    state = LessonState.PLANNED if is_of_rule else LessonState.MOVED
    _keep(connection, course, replace(known, state=state))
    replan_course(connection, vault, found[0].id, now)
    return True


def add_lesson(
    connection: Connection,
    vault: Vault,
    course_id: int,
    day: date,
    at: time,
    now: datetime,
    *,
    minutes: int | None = None,
    place: str = "",
) -> Text | None:
    """Add a lesson that is not of the rule; why not, where it cannot be."""
    course = find_course(connection, course_id, hold=True)
    if course is None:
        return GONE
    if instant(day, at, course.zone).at <= now:
        return PAST
    known = select(table.c.id).where(
        table.c.course_id == course_id, table.c.planned == _key(day, at)
    )
    if connection.execute(known).first() is not None:
        return _("There is a lesson at that moment.")
    _insert(connection, course, day, at, LessonState.MOVED, minutes, place.strip())
    replan_course(connection, vault, course_id, now)
    return None


def _held(connection: Connection, lesson_id: int) -> tuple[Course, Lesson] | None:
    """A lesson of a course that takes place, whose row is held from now on."""
    known = find_lesson(connection, lesson_id)
    course = None if known is None else find_course(connection, known.course_id, hold=True)
    again = find_lesson(connection, lesson_id)
    if course is None or again is None or course.state is CourseState.CANCELLED:
        return None
    return course, again


def _fixed(connection: Connection, known: Lesson, now: datetime) -> Text | None:
    """Why nothing of a lesson changes any more: it was held."""
    if _was_attended(connection, known.id):
        return HELD
    return OVER if known.ends <= now else None


def _day_of_rule(one: Lesson, before: Course | None) -> date | None:
    """The day of the rule that a lesson stood for; None where it was added by hand."""
    assert before is not None
    day = date.fromisoformat(one.planned[:10])
    if one.state is LessonState.PLANNED:
        return day
    days = Repetition.read(before.rule).days(before.first)
    return day if day in days and one.planned == _key(day, before.starts) else None


def _follow(connection: Connection, course: Course, one: Lesson, day: date) -> None:
    """Bring a lesson to the time the rule has now, as far as nobody gave it another one."""
    at = course.starts if one.planned == _key(one.day, one.at) else one.at
    minutes = course.minutes if one.state is LessonState.PLANNED else one.minutes
    kept = replace(one, planned=_key(day, course.starts), at=at, minutes=minutes)
    _keep(connection, course, kept)
    if kept.local != one.local:
        _unsay(connection, one.id)


def _insert(
    connection: Connection,
    course: Course,
    day: date,
    at: time,
    state: LessonState,
    minutes: int | None = None,
    place: str = "",
) -> None:
    id_, long = random_id(), course.minutes if minutes is None else minutes
    starts = instant(day, at, course.zone).at
    lesson = Lesson(
        id_, course.id, _key(day, at), day, at, long, starts, starts, place[:LONGEST_PLACE], state
    )
    connection.execute(insert(table).values(**_values(course, lesson)))


def _keep(connection: Connection, course: Course, lesson: Lesson) -> None:
    values = _values(course, lesson)
    connection.execute(update(table).where(table.c.id == lesson.id).values(**values))


def _values(course: Course, lesson: Lesson) -> dict[str, Any]:
    """The row of a lesson, its moments computed from its day and time."""
    starts = instant(lesson.day, lesson.at, course.zone).at
    return {
        "id": lesson.id,
        "course_id": lesson.course_id,
        "planned": lesson.planned,
        "day": lesson.day,
        "time": f"{lesson.at:%H:%M}",
        "minutes": lesson.minutes,
        "starts": starts,
        "ends": starts + timedelta(minutes=lesson.minutes),
        "place": lesson.place,
        "state": lesson.state.value,
    }


def _key(day: date, at: time) -> str:
    return f"{day}T{at:%H:%M}"


def _unsay(connection: Connection, lesson_id: int) -> None:
    said = update(attendance).where(attendance.c.lesson_id == lesson_id)
    connection.execute(said.values(reply=Reply.NOTHING.value, minutes=None))


def _was_attended(connection: Connection, lesson_id: int) -> bool:
    query = select(attendance.c.lesson_id).where(
        attendance.c.lesson_id == lesson_id, attendance.c.presence != Presence.UNSAID.value
    )
    return connection.execute(query.limit(1)).first() is not None
