"""Courses, appointments, dates and people for the tests of reminders; only what matters is said."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from flows.calendar_model import (
    AppointmentState,
    CourseState,
    DateKind,
    LessonState,
    PlaceState,
    Subject,
)
from flows.model import Person
from storage.calendar_schema import (
    appointment,
    course,
    enrolment,
    lesson,
    notice,
    own_date,
)
from storage.database import Database
from storage.instants import ROME, instant
from storage.notices.model import Notice, notice_of
from storage.schema import desk, office
from storage.unit import Unit
from storage.vault import random_id
from storage.writer import Writer
from tests.storage.factories import TODAY, do, someone

OFFICE, DESK = "office01", "desk0001"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def furnish(writer: Writer, steps: str | None = None) -> None:
    """An office and its desk."""

    def job(unit: Unit) -> None:
        kept = unit.direct()
        kept.execute(insert(office).values(key=OFFICE, name="Office", duty=False, created=TODAY))
        kept.execute(
            insert(desk).values(
                key=DESK, name="Desk", territory="Desio", created=TODAY, office=OFFICE, steps=steps
            )
        )

    do(writer, job)


def local(words: str) -> datetime:
    """A moment on the wall."""
    return datetime.fromisoformat(words)


def add_course(
    writer: Writer, *lessons: str, steps: str | None = None, zone: str = ROME, seats: int = 20
) -> tuple[int, list[int]]:
    """A course with lessons at these local moments."""
    course_id, ids = random_id(), [random_id() for _ in lessons]

    def job(unit: Unit) -> None:
        kept = unit.direct()
        first = local(lessons[0])
        kept.execute(
            insert(course).values(
                id=course_id,
                ref=str(course_id),
                office=OFFICE,
                desk=DESK,
                kind="italian",
                title="Italian",
                place="Via Roma 1, Desio",
                bring="A pen",
                seats=seats,
                zone=zone,
                first=first.date(),
                starts=f"{first:%H:%M}",
                minutes=90,
                steps=steps,
                state=CourseState.OPEN.value,
                changed=NOW,
                created_by=0,
            )
        )
        for id_, words in zip(ids, lessons, strict=True):
            when = local(words)
            starts = instant(when.date(), when.time(), zone).at
            kept.execute(
                insert(lesson).values(
                    id=id_,
                    course_id=course_id,
                    planned=words,
                    day=when.date(),
                    time=f"{when:%H:%M}",
                    minutes=90,
                    starts=starts,
                    ends=starts + timedelta(minutes=90),
                    state=LessonState.PLANNED.value,
                )
            )

    do(writer, job)
    return course_id, ids


def enrol(
    writer: Writer, course_id: int, person: Person, state: PlaceState = PlaceState.ENROLLED
) -> int:
    """Give somebody a seat."""
    id_ = random_id()

    def job(unit: Unit) -> None:
        kept = unit.direct()
        taken = select(enrolment.c.id).where(enrolment.c.course_id == course_id)
        turn = len(kept.execute(taken).all()) + 1
        kept.execute(
            insert(enrolment).values(
                id=id_,
                course_id=course_id,
                person_id=person.id,
                designation="Airone verde",
                body=b"",
                state=state.value,
                seat=turn if state is PlaceState.ENROLLED else None,
                turn=turn,
                since=TODAY,
            )
        )

    do(writer, job)
    return id_


def book(writer: Writer, person: Person, when: str, zone: str = ROME) -> int:
    """An appointment of somebody at a local moment."""
    id_, at = random_id(), local(when)
    starts = instant(at.date(), at.time(), zone).at

    def job(unit: Unit) -> None:
        unit.direct().execute(
            insert(appointment).values(
                id=id_,
                office=OFFICE,
                desk=DESK,
                person_id=person.id,
                designation="Airone verde",
                need="papers",
                body=unit.vault.seal_case(b"{}", "appointment", id_),
                day=at.date(),
                time=f"{at:%H:%M}",
                minutes=30,
                zone=zone,
                starts=starts,
                ends=starts + timedelta(minutes=30),
                state=AppointmentState.BOOKED.value,
                created_by=0,
                created=TODAY,
            )
        )

    do(writer, job)
    return id_


def move(writer: Writer, appointment_id: int, when: str, zone: str = ROME) -> None:
    """Another moment for an appointment."""
    at = local(when)
    starts = instant(at.date(), at.time(), zone).at
    values = {"day": at.date(), "time": f"{at:%H:%M}", "starts": starts}
    change(writer, appointment, appointment_id, **values)


def change(writer: Writer, table: Any, row_id: int, **values: Any) -> None:
    """Write something else into a row."""
    statement = update(table).where(table.c.id == row_id).values(values)
    do(writer, lambda unit: unit.direct().execute(statement).rowcount)


def keep_date(writer: Writer, person: Person, kind: DateKind, day: date) -> int:
    """A date of somebody's own."""
    id_ = random_id()

    def job(unit: Unit) -> None:
        plain = json.dumps({"kind": kind.value, "day": day.isoformat()}).encode()
        body = unit.vault.seal_case(plain, "own_date", id_)
        unit.direct().execute(insert(own_date).values(id=id_, person_id=person.id, body=body))

    do(writer, job)
    return id_


def people(writer: Writer, how_many: int) -> list[Person]:
    """That many people, each with a chat."""
    return [someone(writer, 777_000_200 + number) for number in range(how_many)]


def notices(database: Database, subject: Subject | None = None) -> list[Notice]:
    """All there are, in the order in which they are due."""
    query = select(notice).order_by(notice.c.due, notice.c.person_id, notice.c.step)
    if subject is not None:
        query = query.where(notice.c.subject == subject.value)
    with database.reading() as connection:
        return [notice_of(row) for row in connection.execute(query).mappings()]


def shown(database: Database) -> list[str]:
    """Step, day, time and state of each notice, as the cases write them."""
    return [f"{one.step} {one.day} {one.time} {one.state.value}" for one in notices(database)]
