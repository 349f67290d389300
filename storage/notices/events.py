"""What people are reminded of: lessons, appointments and their own dates that are to come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from flows.calendar_model import (
    AppointmentState,
    CourseState,
    DateKind,
    LessonState,
    PlaceState,
    Reply,
    Subject,
)
from flows.reminding import (
    APPOINTMENT,
    DATE_AT,
    DATES,
    FIRST_LESSON,
    LESSON,
    Step,
    last_day,
    steps_for,
)
from storage.appointments.model import PERSON
from storage.calendar_schema import appointment, attendance, course, enrolment, lesson, own_date
from storage.cases.model import unpacked
from storage.cases.refusing import refusing
from storage.instants import ROME, instant, wall
from storage.schema import desk
from storage.vault import Vault

WEEKS = 4
"""So many weekly reminders are planned ahead; each one that goes plans the next."""


@dataclass(frozen=True, slots=True)
class Event:
    """A lesson, an appointment or a date: when it is, and who is reminded of it.

    `steps` is what the desk does, `fixed` that the person's own wish changes nothing of it.
    """

    subject: Subject
    subject_id: int
    day: date
    at: time
    zone: str
    starts: datetime
    steps: tuple[Step, ...]
    people: tuple[int, ...]
    kind: DateKind | None = None

    @property
    def local(self) -> datetime:
        """When it is, on the wall."""
        return datetime.combine(self.day, self.at)

    @property
    def occasion(self) -> str:
        """How its notices say which moment they were planned for."""
        return self.local.isoformat(timespec="minutes")

    def moment_of(self, step: Step) -> datetime:
        """When a step would go, on the wall: days by the calendar, hours as they pass."""
        if step.unit == "d":
            return step.on_days(self.local)
        hours = timedelta(hours=step.hours)
        return wall(self.starts + hours, self.zone)

    def until(self, step: Step) -> datetime:
        """From when on nobody is reminded any more."""
        if self.kind is None:
            return self.starts
        return instant(last_day(self.kind, self.day, step), time(), self.zone).at

    def last(self) -> datetime:
        """From when on nothing at all is said of it."""
        return max((self.until(step) for step in self.steps), default=self.starts)


def find_lessons(
    connection: Connection, where: ColumnElement[bool], now: datetime, person_id: int | None = None
) -> list[Event]:
    """The lessons to come, each with those who have a seat and have not said that they cannot."""
    starts = select(func.min(lesson.c.starts)).where(
        lesson.c.course_id == course.c.id, lesson.c.state != LessonState.CANCELLED.value
    )
    query = (
        select(
            lesson.c.id,
            lesson.c.course_id,
            lesson.c.day,
            lesson.c.time,
            lesson.c.starts,
            course.c.zone,
            course.c.steps,
            desk.c.steps.label("desk_steps"),
            starts.correlate(course).scalar_subquery().label("begins"),
        )
        .join_from(lesson, course)
        .outerjoin(desk, desk.c.key == course.c.desk)
        .where(
            where,
            lesson.c.starts > now,
            lesson.c.state != LessonState.CANCELLED.value,
            course.c.state.in_((CourseState.OPEN.value, CourseState.CLOSED.value)),
        )
        .order_by(lesson.c.id)
    )
    rows = connection.execute(query).mappings().all()
    seated = _seated(connection, {row["course_id"] for row in rows}, person_id)
    cannot = _cannot(connection, [row["id"] for row in rows])
    return [
        Event(
            Subject.LESSON,
            row["id"],
            row["day"],
            time.fromisoformat(row["time"]),
            row["zone"],
            row["starts"],
            steps_for(
                FIRST_LESSON if row["starts"] == row["begins"] else LESSON,
                row["steps"],
                row["desk_steps"],
            ),
            tuple(
                whose
                for whose, seat in seated.get(row["course_id"], ())
                if (row["id"], seat) not in cannot
            ),
        )
        for row in rows
    ]


def _seated(
    connection: Connection, course_ids: set[int], person_id: int | None
) -> Mapping[int, Sequence[tuple[int, int]]]:
    """Of each course who has a seat: the person, and the enrolment. Who does not want to be
    written to is not reminded of what others did for them."""
    query = select(
        enrolment.c.course_id, enrolment.c.person_id, enrolment.c.id, enrolment.c.by_desk
    ).where(
        enrolment.c.course_id.in_(course_ids),
        enrolment.c.state == PlaceState.ENROLLED.value,
        enrolment.c.person_id.is_not(None),
    )
    if person_id is not None:
        query = query.where(enrolment.c.person_id == person_id)
    rows = connection.execute(query.order_by(enrolment.c.person_id)).all()
    silent = refusing(connection, [row.person_id for row in rows if row.by_desk])
    found: dict[int, list[tuple[int, int]]] = {}
    for row in rows:
        if not (row.by_desk and row.person_id in silent):
            found.setdefault(row.course_id, []).append((row.person_id, row.id))
    return found


def _cannot(connection: Connection, lesson_ids: Sequence[int]) -> set[tuple[int, int]]:
    query = select(attendance.c.lesson_id, attendance.c.enrolment_id).where(
        attendance.c.lesson_id.in_(lesson_ids), attendance.c.reply == Reply.CANNOT.value
    )
    return {(row[0], row[1]) for row in connection.execute(query)}


def find_appointments(
    connection: Connection, where: ColumnElement[bool], now: datetime
) -> list[Event]:
    """The appointments to come of people who have a chat and have not said that they cannot; who
    does not want to be written to is reminded only of what they booked themselves."""
    query = (
        select(appointment, desk.c.steps)
        .outerjoin_from(appointment, desk, desk.c.key == appointment.c.desk)
        .where(
            where,
            appointment.c.starts > now,
            appointment.c.state == AppointmentState.BOOKED.value,
            appointment.c.reply != Reply.CANNOT.value,
            appointment.c.person_id.is_not(None),
        )
        .order_by(appointment.c.id)
    )
    rows = connection.execute(query).mappings().all()
    silent = refusing(connection, [row["person_id"] for row in rows if row["created_by"] != PERSON])
    return [
        Event(
            Subject.APPOINTMENT,
            row["id"],
            row["day"],
            time.fromisoformat(row["time"]),
            row["zone"],
            row["starts"],
            steps_for(APPOINTMENT, row["steps"]),
            (row["person_id"],),
        )
        for row in rows
        if row["created_by"] == PERSON or row["person_id"] not in silent
    ]


def find_dates(
    connection: Connection, vault: Vault, where: ColumnElement[bool], now: datetime
) -> list[Event]:
    """People's own dates of which something is still to be said."""
    rows = connection.execute(select(own_date).where(where).order_by(own_date.c.id)).mappings()
    events = [event for row in rows for event in _of_date(vault, row, now)]
    return [event for event in events if event.last() > now]


def find_kind(connection: Connection, vault: Vault, date_id: int) -> DateKind | None:
    """Of which kind a date is; None where it is not there any more."""
    row = connection.execute(select(own_date).where(own_date.c.id == date_id)).mappings().first()
    return None if row is None else read_date(vault, row)[0]


def read_date(vault: Vault, row: RowMapping) -> tuple[DateKind, date]:
    """Kind and day of a row of somebody's own dates."""
    kept = unpacked(vault.open_case(bytes(row["body"]), "own_date", row["id"]))
    return DateKind(kept["kind"]), date.fromisoformat(kept["day"])


def _of_date(vault: Vault, row: RowMapping, now: datetime) -> Iterator[Event]:
    kind, first = read_date(vault, row)
    days = [first]
    if kind is DateKind.PERMIT_STATE:
        today = max(wall(now, ROME).date(), first)
        next_one = today + timedelta(days=(first.weekday() - today.weekday()) % 7)
        days = [next_one + timedelta(weeks=week) for week in range(-1, WEEKS)]
        days = [day for day in days if day >= first]
    for day in days:
        starts = instant(day, DATE_AT, ROME).at
        yield Event(
            Subject.DATE,
            row["id"],
            day,
            DATE_AT,
            ROME,
            starts,
            DATES[kind],
            (row["person_id"],),
            kind,
        )
