"""Shows courses to a person: those that fit what they look for, and how they stand to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from flows.calendar_model import (
    CourseLine,
    CourseSieve,
    CourseState,
    CourseView,
    LessonState,
    LessonView,
    Part,
    Reply,
)
from flows.position import distance
from storage.calendar_schema import attendance
from storage.courses.finding import counts, find_course, find_courses, lessons_of, lessons_of_many
from storage.courses.model import Course, Lesson
from storage.courses.places import find_row, place_of
from storage.desks import Desk, all_desks
from storage.offices import find_office

MOST_LINES = 40
MOST_LESSONS = 10


def browse(connection: Connection, sieve: CourseSieve, now: datetime) -> tuple[CourseLine, ...]:
    """Open courses with a lesson to come: those with a seat, the nearest, the soonest first."""
    fitting = [
        one
        for one in find_courses(connection, kind=sieve.kind, state=CourseState.OPEN, since=now)
        if _fits(one, sieve)
    ]
    lessons = lessons_of_many(connection, [one.id for one in fitting])
    seats = counts(connection, [one.id for one in fitting])
    desks = {one.key: one for one in all_desks(connection)}
    found = []
    for one in fitting:
        next_one = _next(lessons[one.id], sieve.part, now)
        if next_one is None:
            continue
        desk = desks.get(one.desk)
        point = _point(one, desk)
        near = None if sieve.near is None or point is None else distance(sieve.near, point)
        found.append(
            CourseLine(
                str(one.id),
                one.kind,
                one.level,
                one.title,
                next_one.local,
                next_one.place or _place(one, desk),
                near,
                max(0, one.seats - seats[one.id].taken),
                seats[one.id].waiting,
            )
        )
    found.sort(key=lambda line: (not line.free, line.km is None, line.km or 0.0, line.starts))
    return tuple(found[:MOST_LINES])


def view_of(
    connection: Connection, course_id: int, person_id: int, now: datetime
) -> CourseView | None:
    """A course as a person sees it; None where it is not there, or is still a draft."""
    course = find_course(connection, course_id)
    if course is None or course.state is CourseState.DRAFT:
        return None
    desk = next((one for one in all_desks(connection) if one.key == course.desk), None)
    office = find_office(connection, course.office)
    seats = counts(connection, [course_id])[course_id]
    to_come = [one for one in lessons_of(connection, course_id) if one.ends > now]
    row = find_row(connection, course_id, person_id, None)
    said = {} if row is None else _replies(connection, row.id)
    return CourseView(
        str(course.id),
        course.kind,
        course.level,
        course.title,
        course.about,
        "" if office is None else office.office.name,
        "" if desk is None else desk.name,
        _place(course, desk),
        course.how or ("" if course.place or desk is None else desk.how),
        _point(course, desk),
        course.phone or ("" if desk is None else desk.phone),
        course.languages,
        course.cost_cents,
        course.seats,
        max(0, course.seats - seats.taken),
        seats.waiting,
        course.waits,
        course.women_only,
        course.childcare,
        course.bring,
        course.state,
        tuple(lesson_view(one, said.get(one.id)) for one in to_come[:MOST_LESSONS]),
        len(to_come),
        place_of(connection, course, row),
    )


def lesson_view(one: Lesson, reply: Reply | None) -> LessonView:
    """A lesson as a person sees it."""
    return LessonView(
        str(one.id),
        one.local,
        one.local + timedelta(minutes=one.minutes),
        one.state,
        one.place,
        one.was,
        reply or Reply.NOTHING,
    )


def part_of(starts: datetime) -> Part:
    """The time of day of a lesson; what day it is does not matter."""
    if starts.hour < 12:
        return Part.MORNING
    return Part.AFTERNOON if starts.hour < 18 else Part.EVENING


def _fits(one: Course, sieve: CourseSieve) -> bool:
    if sieve.level and one.level not in ("", sieve.level):
        return False
    if sieve.language and sieve.language not in one.languages:
        return False
    return not ((sieve.women and not one.women_only) or (sieve.childcare and not one.childcare))


def _next(lessons: Iterable[Lesson], part: Part | None, now: datetime) -> Lesson | None:
    """The next lesson that takes place, where one of those to come is at that time of day."""
    to_come = [
        one for one in lessons if one.starts > now and one.state is not LessonState.CANCELLED
    ]
    if part is not None and not any(_is_in(one.local, part) for one in to_come):
        return None
    return next(iter(to_come), None)


def _is_in(starts: datetime, part: Part) -> bool:
    return starts.weekday() >= 5 if part is Part.WEEKEND else part_of(starts) is part


def _place(course: Course, desk: Desk | None) -> str:
    return course.place or ("" if desk is None else desk.place or desk.name)


def _point(course: Course, desk: Desk | None) -> tuple[float, float] | None:
    """Where it is on the map; the desk's place counts where the course says no other address."""
    if course.point is not None:
        return course.point
    if desk is None or course.place not in ("", desk.place):
        return None
    if desk.latitude is None or desk.longitude is None:
        return None
    return desk.latitude, desk.longitude


def _replies(connection: Connection, enrolment_id: int) -> Mapping[int, Reply]:
    query = select(attendance.c.lesson_id, attendance.c.reply)
    rows = connection.execute(query.where(attendance.c.enrolment_id == enrolment_id))
    return {lesson_id: Reply(said) for lesson_id, said in rows}
