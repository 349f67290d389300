"""How full courses are, and how many of those who should have come did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from flows.calendar_model import PlaceState, Presence
from storage.calendar_schema import attendance, course, enrolment, lesson
from storage.courses.finding import counts, in_parts

Tally = Counter[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class CourseFigures:
    """Of one course: seats and people, lessons with attendance, who was there and who was not.

    `lapsed` did not answer the offer of a seat; `left` gave theirs back.
    """

    seats: int
    taken: int
    waiting: int
    left: int
    lapsed: int
    completed: int
    marked: int
    present: int
    absent: int
    excused: int

    @property
    def fill(self) -> float | None:
        """Which part of the seats is held."""
        return self.taken / self.seats if self.seats else None

    @property
    def no_show(self) -> float | None:
        """Which part of those who were expected did not come, and had not said so."""
        expected = self.present + self.absent
        return self.absent / expected if expected else None


def course_figures(connection: Connection, course_ids: Collection[int]) -> dict[int, CourseFigures]:
    """The figures of courses; of one that is not there, none."""
    held = counts(connection, course_ids)
    found = {}
    for ids in in_parts(course_ids):
        people, came = _people(connection, ids), _came(connection, ids)
        query = select(course.c.id, course.c.seats).where(course.c.id.in_(ids))
        for id_, seats in connection.execute(query):
            found[id_] = CourseFigures(
                seats,
                held[id_].taken,
                held[id_].waiting,
                people[id_, PlaceState.LEFT],
                people[id_, PlaceState.LAPSED],
                people[id_, "completed"],
                came[id_, "marked"],
                came[id_, Presence.PRESENT],
                came[id_, Presence.ABSENT],
                came[id_, Presence.EXCUSED],
            )
    return found


def _people(connection: Connection, ids: Collection[int]) -> Tally:
    """How many are in each state, and how many attended to the end."""
    by = enrolment.c.course_id, enrolment.c.state
    query = select(*by, func.count(), func.count(enrolment.c.completed))
    tally: Tally = Counter()
    for id_, state, many, completed in connection.execute(
        query.where(enrolment.c.course_id.in_(ids)).group_by(*by)
    ):
        tally[id_, state] += many
        tally[id_, "completed"] += completed
    return tally


def _came(connection: Connection, ids: Collection[int]) -> Tally:
    """How often somebody was present, absent or excused, and at how many lessons that was said."""
    by = lesson.c.course_id, attendance.c.presence
    said = (
        select(*by, func.count())
        .join_from(attendance, lesson, lesson.c.id == attendance.c.lesson_id)
        .where(lesson.c.course_id.in_(ids), attendance.c.presence != Presence.UNSAID.value)
    )
    marked = said.with_only_columns(
        lesson.c.course_id, func.count(attendance.c.lesson_id.distinct())
    )
    tally: Tally = Counter()
    for id_, presence, many in connection.execute(said.group_by(*by)):
        tally[id_, presence] += many
    for id_, many in connection.execute(marked.group_by(lesson.c.course_id)):
        tally[id_, "marked"] += many
    return tally
