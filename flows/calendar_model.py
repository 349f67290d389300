"""The words of courses, appointments, dates and reminders, as small things that never change.

Every value is kept in the database for months: none is ever used for another meaning. All moments
here are those of the clocks on the wall, without a zone: the shell turns them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from flows.handoff_model import Need, Safe


class CourseKind(StrEnum):
    """What a course or an event is about (content, area 5)."""

    ITALIAN = "italian"
    SAFETY = "safety"  # D.Lgs. 81/2008
    FORKLIFT = "forklift"
    TRAINING = "training"
    WORKSHOP = "workshop"
    JOB_DAY = "job_day"
    OTHER = "other"


LEVELS = ("", "A0", "A1", "A2", "B1", "B2")
"""Levels of Italian; A0 is for who cannot read and write yet, nothing where it is no language."""


class CourseState(StrEnum):
    """Whether people may see a course, and enrol."""

    DRAFT = "draft"  # only the office sees it
    OPEN = "open"
    CLOSED = "closed"  # it takes nobody new
    CANCELLED = "cancelled"


class LessonState(StrEnum):
    """Whether a lesson takes place when it was planned."""

    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"


class Part(StrEnum):
    """The time of day somebody has."""

    MORNING = "morning"  # begins before 12
    AFTERNOON = "afternoon"  # from 12 to before 18
    EVENING = "evening"  # from 18
    WEEKEND = "weekend"  # Saturday or Sunday


class PlaceState(StrEnum):
    """How somebody stands to a course. Who is enrolled or offered has a seat."""

    ENROLLED = "enrolled"
    WAITING = "waiting"
    OFFERED = "offered"  # a seat is held for them, for a stated time
    LEFT = "left"
    LAPSED = "lapsed"  # did not answer the offer in time
    REMOVED = "removed"  # by an operator
    NOWHERE = "nowhere"  # was never there, or the course takes nobody: never stored


HAS_SEAT = (PlaceState.ENROLLED, PlaceState.OFFERED)


class Presence(StrEnum):
    """Whether somebody was at a lesson, as the teacher saw it."""

    UNSAID = ""
    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


class Reply(StrEnum):
    """What a person said to a lesson or an appointment."""

    NOTHING = ""
    COMES = "comes"
    CANNOT = "cannot"
    LATE = "late"
    LOST = "lost"


class AppointmentState(StrEnum):
    """How far an appointment has come."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    DONE = "done"
    NO_SHOW = "no_show"


class DateKind(StrEnum):
    """Dates that are a person's own."""

    PERMIT = "permit"  # it ends
    HEALTH_CARD = "health_card"  # it ends
    CONTRACT = "contract"  # it ends
    JOB_LOST = "job_lost"  # the last day of work: NASpI counts from it
    PERMIT_STATE = "permit_state"  # look at it every week; the day says on which weekday


class Subject(StrEnum):
    """What a notice is about: where its words and its moment come from."""

    LESSON = "lesson"  # subject_id is of the lesson
    APPOINTMENT = "appointment"
    DATE = "date"  # subject_id is of the own date
    OFFER = "offer"  # subject_id is of the enrolment
    MASS = "mass"  # subject_id is of the message to many


class NoticeState(StrEnum):
    """How far a notice has come."""

    WAITING = "waiting"
    HANDED = "handed"  # its message waits in the outbox
    SENT = "sent"
    MISSED = "missed"  # nobody could send it in time: the desk is told
    BLOCKED = "blocked"  # the person cannot be reached
    UNKNOWN = "unknown"  # at-most-once and interrupted
    STOPPED = "stopped"  # it is not wanted any more


class News(StrEnum):
    """What a desk should see about somebody's lesson or appointment."""

    MISSED = "missed"  # a reminder could not be sent in time
    BLOCKED = "blocked"  # they cannot be reached any more
    CANNOT = "cannot"
    LATE = "late"
    LOST = "lost"
    CANCELLED = "cancelled"  # the person cancelled an appointment or left a course
    MOVED = "moved"  # the person moved an appointment
    BOOKED = "booked"  # the person booked, or enrolled
    OFFERED = "offered"  # a seat is held for somebody without a chat: the desk tells them
    LAPSED = "lapsed"  # did not answer the offer of a seat
    GAP = "gap"  # a reminder's hour does not exist that night: it goes at the next one


class MassKind(StrEnum):
    """Why many are written to."""

    MOVED = "moved"  # a lesson is moved
    CANCELLED = "cancelled"  # a lesson, or a whole course
    STRIKE = "strike"
    NEW_COURSE = "new_course"
    FREE = "free"  # words of one's own


class MassState(StrEnum):
    """How far a message to many has come."""

    DRAFT = "draft"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class CourseSieve:
    """Which courses somebody looks for; nothing said is everything. `near` is roughly where."""

    kind: CourseKind | None = None
    level: str = ""
    language: str = ""
    part: Part | None = None
    women: bool = False
    childcare: bool = False
    near: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A course in a list: its next lesson, and whether there is a seat. `km` where `near` was."""

    id: str
    kind: CourseKind
    level: str
    title: str
    starts: datetime
    place: str
    km: float | None
    free: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """How many open courses of a kind have a lesson to come; `asked`: she is told of new ones."""

    kind: CourseKind
    courses: int
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Town:
    """Where there are courses, and roughly where that is."""

    name: str
    point: tuple[float, float]


@dataclass(frozen=True, slots=True)
class LessonView:
    """One lesson; `was` is its day before it was moved."""

    id: str
    starts: datetime
    ends: datetime
    state: LessonState
    place: str
    was: datetime | None = None
    reply: Reply = Reply.NOTHING


@dataclass(frozen=True, slots=True)
class Place:
    """How a person stands to a course. `turn` is their number among those who wait, from 1."""

    state: PlaceState
    turn: int = 0
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class CourseView:
    """A course as a person sees it; `lessons` are the next ones, `count` says how many in all."""

    id: str
    kind: CourseKind
    level: str
    title: str
    about: str
    organisation: str
    desk: str
    place: str
    how: str
    point: tuple[float, float] | None
    phone: str
    languages: tuple[str, ...]
    cost_cents: int
    seats: int
    free: int
    waiting: int
    waits: bool  # there is a waiting list
    women_only: bool
    childcare: bool
    bring: str
    state: CourseState
    lessons: tuple[LessonView, ...]
    count: int
    mine: Place


@dataclass(frozen=True, slots=True)
class Bookable:
    """A desk that has free times, and for which needs; without needs, for all."""

    desk: str
    name: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A free time: of which opening, from when to when."""

    opening: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """An appointment as its person sees it. `online`: she may move it to another free time."""

    id: str
    need: Need
    what: str
    starts: datetime
    ends: datetime
    organisation: str
    desk: str  # key
    place: str
    how: str
    point: tuple[float, float] | None
    phone: str
    bring: str
    state: AppointmentState
    reply: Reply
    online: bool


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """A lesson or an appointment of the person's own, in *my calendar*."""

    subject: Subject
    id: str  # of the lesson or the appointment
    course: str  # of a lesson its course's id, otherwise nothing
    title: str
    need: Need | None  # of an appointment
    starts: datetime
    place: str
    reply: Reply
    moved: bool


@dataclass(frozen=True, slots=True)
class OwnDate:
    """A date of the person's own, and the day on which she is reminded next."""

    id: str
    kind: DateKind
    day: date
    reminded: date | None


@dataclass(frozen=True, slots=True)
class Wishes:
    """How somebody wants to be reminded. `steps` are offsets like `7d`; None is as desks do it."""

    steps: tuple[str, ...] | None = None
    safe: Safe = Safe.ALWAYS
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What the message in the chat was about, looked up when its button is tapped.

    `event` is when it is, `now` the clock on the wall: a flow has none. `course` is that of a
    lesson or an offer.
    """

    id: str
    subject: Subject
    subject_id: str
    step: str
    is_over: bool  # the event is past, or was cancelled
    kind: DateKind | None = None
    event: datetime | None = None
    now: datetime | None = None
    course: str = ""
