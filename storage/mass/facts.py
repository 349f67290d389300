"""What a message to many says of a lesson, a course or a day: read where it stands, never typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, select

from flows.calendar_model import LessonState, MassKind, MassState
from flows.mass_model import MassView, Strike
from storage.calendar_schema import course, lesson
from storage.calendar_schema import mass as table
from storage.instants import ROME, instant, wall
from storage.mass.model import Audience, Crowd, Mass, read
from storage.offices import find_office

STAYS = timedelta(days=3)
"""So long a message without a moment of its own is still told: to who is only safe on some day."""

Facts = tuple[MassView, Audience, datetime]
"""What is said, to whom, and until when."""


def of_lesson(connection: Connection, office: str, lesson_id: int, now: datetime) -> Facts | None:
    """That a lesson is moved, cancelled, or takes place after all, against what people were told
    last; None where they know it as it is."""
    joined = select(lesson, course.c.title, course.c.zone, course.c.place.label("usual"))
    query = joined.join(course).where(lesson.c.id == lesson_id, course.c.office == office)
    row = connection.execute(query).first()
    if row is None:
        return None
    starts = datetime.combine(row.day, time.fromisoformat(row.time))
    name, state = _name(connection, office), LessonState(row.state)
    view = MassView(MassKind.MOVED, name, title=row.title, starts=starts, course=str(row.course_id))
    audience = Audience(Crowd.COURSE, course=row.course_id)
    if state is LessonState.CANCELLED:
        return replace(view, kind=MassKind.CANCELLED), audience, row.starts
    told = told_last(connection, lesson_id)
    if told is not None and told.kind is MassKind.CANCELLED:
        return view, audience, row.starts
    was = told.view.starts if told is not None else datetime.fromisoformat(row.planned)
    if was == starts and state is LessonState.PLANNED:
        return None
    view = replace(view, was=was if was != starts else None, place=row.place or row.usual)
    before = row.starts if was is None else instant(was.date(), was.time(), row.zone).at
    return view, audience, max(row.starts, before)


def of_course(
    connection: Connection, office: str, course_id: int, kind: MassKind, now: datetime
) -> Facts | None:
    """That a course does not take place, or that there is a new one."""
    row = connection.execute(
        select(course).where(course.c.id == course_id, course.c.office == office)
    ).first()
    if row is None:
        return None
    name, number = _name(connection, office), str(course_id)
    if kind is MassKind.CANCELLED:
        view = MassView(kind, name, title=row.title, course=number)
        audience = Audience(Crowd.COURSE, course=course_id, waiting=True)
        return view, audience, now + STAYS
    first = _first_lesson(connection, course_id, now)
    starts = None if first is None else wall(first, row.zone)
    view = MassView(kind, name, title=row.title, starts=starts, place=row.place, course=number)
    audience = Audience(Crowd.ASKED, course=course_id, kind=row.kind)
    return view, audience, first or now + STAYS


def of_strike(connection: Connection, office: str, day: date, strike: Strike) -> Facts:
    """That on a day there is a strike."""
    view = MassView(MassKind.STRIKE, _name(connection, office), day=day, strike=strike)
    until = instant(day, time(20), ROME).at
    return view, Audience(Crowd.DAY, day=day), until


def of_words(
    connection: Connection,
    office: str,
    words: tuple[tuple[str, str], ...],
    audience: Audience,
    now: datetime,
) -> Facts:
    """An operator's own words."""
    view = MassView(MassKind.FREE, _name(connection, office), words=words)
    return view, audience, now + STAYS


def as_it_stands(connection: Connection, mass: Mass, now: datetime) -> Facts | None:
    """The facts of a draft, read again; None where there is nothing to tell any more."""
    if mass.kind is MassKind.FREE:
        return mass.view, mass.audience, now + STAYS
    if mass.kind is MassKind.STRIKE:
        assert mass.view.day is not None
        strike = mass.view.strike or Strike.TRANSPORT
        facts = of_strike(connection, mass.office, mass.view.day, strike)
        return None if facts[2] <= now else facts
    if mass.lesson_id is not None:
        found = of_lesson(connection, mass.office, mass.lesson_id, now)
        return None if found is None or found[2] <= now else found
    if mass.course_id is None:
        return None
    return of_course(connection, mass.office, mass.course_id, mass.kind, now)


def _name(connection: Connection, office: str) -> str:
    found = find_office(connection, office)
    return "" if found is None else found.office.name


def _first_lesson(connection: Connection, course_id: int, now: datetime) -> datetime | None:
    query = (
        select(lesson.c.starts)
        .where(
            lesson.c.course_id == course_id,
            lesson.c.state != LessonState.CANCELLED.value,
            lesson.c.starts > now,
        )
        .order_by(lesson.c.starts)
    )
    return connection.execute(query.limit(1)).scalar()


def told_last(connection: Connection, lesson_id: int, *, drafts: bool = False) -> Mass | None:
    """What people were told last of a lesson; with `drafts`, what they are about to be told too."""
    query = (
        select(table)
        .where(table.c.lesson_id == lesson_id)
        .order_by(
            table.c.approved.is_(None).desc(), table.c.approved.desc(), table.c.created.desc()
        )
    )
    if not drafts:
        query = query.where(table.c.state != MassState.DRAFT.value)
    row = connection.execute(query.limit(1)).first()
    return None if row is None else read(row)
