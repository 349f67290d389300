"""What the storage keeps of a course, as values nobody can change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row

from flows.calendar_model import (
    CourseKind,
    CourseState,
    LessonState,
    PlaceState,
    Presence,
    Reply,
)
from storage.instants import ROME


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseForm:
    """A course as an operator typed it, or an import brings it; times are of its zone.

    `rule` is a `repetition.Repetition`; `steps` says when people are reminded, like `7d,1d` (None:
    as the desk does).
    """

    ref: str = ""
    desk: str = ""
    kind: CourseKind = CourseKind.OTHER
    level: str = ""
    title: str
    about: str = ""
    place: str = ""
    how: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    languages: tuple[str, ...] = ()
    cost_cents: int = 0
    seats: int = 20
    waits: bool = True
    offer_hours: int = 24
    women_only: bool = False
    childcare: bool = False
    bring: str = ""
    zone: str = ROME
    first: date
    starts: time
    minutes: int = 120
    rule: str = ""
    steps: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(CourseForm):
    """A course as it is kept. `version` grows with every change of the form."""

    id: int
    office: str
    state: CourseState
    version: int
    changed: datetime
    created_by: int
    sample: bool = False

    @property
    def point(self) -> tuple[float, float] | None:
        """Where it is on a map."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class Lesson:
    """One meeting of a course. `planned` is when the rule would have it, local; `starts` and `ends`
    are moments, and `place` is empty where it is the course's."""

    id: int
    course_id: int
    planned: str
    day: date
    at: time
    minutes: int
    starts: datetime
    ends: datetime
    place: str
    state: LessonState

    @property
    def local(self) -> datetime:
        """Day and time of the clocks on the wall where the course is."""
        return datetime.combine(self.day, self.at)

    @property
    def was(self) -> datetime | None:
        """Before it was moved: when it should have been."""
        planned = datetime.fromisoformat(self.planned)
        return planned if self.state is LessonState.MOVED and planned != self.local else None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Somebody's seat, or place on the waiting list. `name` is what they said for the list.

    `by_desk`: the desk enrolled them, and they themselves have said nothing of it.
    """

    id: int
    course_id: int
    person_id: int | None = field(repr=False)
    contact_id: int | None = field(repr=False)
    designation: str
    name: str = field(repr=False)
    state: PlaceState
    seat: int | None
    turn: int
    offered_until: datetime | None
    since: date
    completed: date | None
    certificate: date | None
    by_desk: bool

    @property
    def called(self) -> str:
        """How the teacher's list calls them."""
        return self.name or self.designation


@dataclass(frozen=True, slots=True)
class Rolled:
    """Somebody on the roll of a lesson: what they said, and whether they were there."""

    enrolment: Enrolment
    reply: Reply = Reply.NOTHING
    late_minutes: int | None = None
    presence: Presence = Presence.UNSAID


@dataclass(frozen=True, slots=True)
class Counts:
    """Seats of a course: how many are held, how many of these are only offered, and who waits."""

    taken: int = 0
    offered: int = 0
    waiting: int = 0


def course_of(row: Row[Any]) -> Course:
    """A row of the table."""
    kept = dict(row._mapping)
    kept["kind"], kept["state"] = CourseKind(kept["kind"]), CourseState(kept["state"])
    kept["languages"] = tuple(filter(None, kept["languages"].split(",")))
    kept["starts"] = time.fromisoformat(kept["starts"])
    for name in ("waits", "women_only", "childcare", "sample"):
        kept[name] = bool(kept[name])
    return Course(**kept)


def lesson_of(row: Any) -> Lesson:
    """A row of the table."""
    return Lesson(
        row.id,
        row.course_id,
        row.planned,
        row.day,
        time.fromisoformat(row.time),
        row.minutes,
        row.starts,
        row.ends,
        row.place,
        LessonState(row.state),
    )
