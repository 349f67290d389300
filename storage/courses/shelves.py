"""What kinds of courses there are today, and where: the first two things somebody is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from flows.calendar_model import CourseKind, CourseState, LessonState, Shelf, Town
from storage.calendar_schema import course, interest, lesson
from storage.schema import desk


def _is_open(now: datetime) -> ColumnElement[bool]:
    """It takes people, and a lesson is still to come."""
    to_come = select(lesson.c.id).where(
        lesson.c.course_id == course.c.id,
        lesson.c.starts > now,
        lesson.c.state != LessonState.CANCELLED.value,
    )
    return (course.c.state == CourseState.OPEN.value) & to_come.exists()


def shelves_of(connection: Connection, person_id: int, now: datetime) -> tuple[Shelf, ...]:
    """Every kind, in the order in which they are offered."""
    counted = select(course.c.kind, func.count()).where(_is_open(now)).group_by(course.c.kind)
    courses = {str(kind): int(count) for kind, count in connection.execute(counted)}
    wanted = select(interest.c.kind).where(interest.c.person_id == person_id)
    asked = set(connection.execute(wanted).scalars())
    return tuple(Shelf(one, courses.get(one.value, 0), one.value in asked) for one in CourseKind)


def find_towns(connection: Connection, now: datetime) -> tuple[Town, ...]:
    """The territories of the desks that have open courses, each once, with the place of the desk,
    or of a course there; where nobody set either, it is no town."""
    latitude = func.coalesce(desk.c.latitude, course.c.latitude)
    longitude = func.coalesce(desk.c.longitude, course.c.longitude)
    found = connection.execute(
        select(desk.c.territory, desk.c.name, latitude, longitude)
        .join(course, course.c.desk == desk.c.key)
        .where(_is_open(now), latitude.is_not(None), longitude.is_not(None))
        .order_by(desk.c.territory, desk.c.name, course.c.id)
    )
    return tuple(_distinct(Town(row[0] or row[1], (row[2], row[3])) for row in found))


def _distinct(towns: Iterable[Town]) -> list[Town]:
    """The first of every name."""
    by_name: dict[str, Town] = {}
    for town in towns:
        by_name.setdefault(town.name, town)
    return list(by_name.values())
