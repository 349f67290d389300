"""What courses, appointments, dates and reminders ask of the shell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from flows.calendar_model import (
    AppointmentView,
    Bookable,
    CalendarItem,
    CourseKind,
    CourseLine,
    CourseSieve,
    CourseView,
    DateKind,
    NoticeView,
    OwnDate,
    Place,
    Reply,
    Shelf,
    Slot,
    Subject,
    Town,
    Wishes,
)
from flows.effects import Effect, Json
from flows.handoff_model import Need
from flows.mass_model import MassView
from flows.plain import shaped


@dataclass(frozen=True, slots=True)
class FindShelves(Effect[tuple[Shelf, ...]]):
    """Look up what kinds of courses there are today; every kind is there, also an empty one."""

    def read(self, value: Json) -> tuple[Shelf, ...]:
        """A list of `Shelf`."""
        return shaped(tuple[Shelf, ...], value)


@dataclass(frozen=True, slots=True)
class FindTowns(Effect[tuple[Town, ...]]):
    """Look up where there are courses, so that somebody finds those near them with one tap."""

    def read(self, value: Json) -> tuple[Town, ...]:
        """A list of `Town`."""
        return shaped(tuple[Town, ...], value)


@dataclass(frozen=True, slots=True)
class FindCourses(Effect[tuple[CourseLine, ...]]):
    """Look up open courses with a lesson to come, the best first; at most `most`."""

    sieve: CourseSieve
    most: int = 20

    def read(self, value: Json) -> tuple[CourseLine, ...]:
        """A list of `CourseLine`."""
        return shaped(tuple[CourseLine, ...], value)


@dataclass(frozen=True, slots=True)
class FindCourse(Effect[CourseView | None]):
    """Look up a course, and how the person stands to it; None where it is not there any more."""

    course: str

    def read(self, value: Json) -> CourseView | None:
        """A `CourseView`, or None."""
        return None if value is None else shaped(CourseView, value)


@dataclass(frozen=True, slots=True)
class Enrol(Effect[Place]):
    """Take a seat, or a place on the waiting list; what came of it.

    Somebody who is there already stays as they are; `NOWHERE` where the course takes nobody.
    """

    commits: ClassVar[bool] = True

    course: str

    def read(self, value: Json) -> Place:
        """A `Place`."""
        return shaped(Place, value)


@dataclass(frozen=True, slots=True)
class CallMe(Effect[bool]):
    """Keep the name for the teacher's list; with no name, only two words stand there."""

    course: str
    name: str


@dataclass(frozen=True, slots=True)
class LeaveCourse(Effect[bool]):
    """Give the seat, or the place on the waiting list, back."""

    commits: ClassVar[bool] = True

    course: str


@dataclass(frozen=True, slots=True)
class AnswerOffer(Effect[Place]):
    """Take the seat that was offered, or let the next one have it."""

    commits: ClassVar[bool] = True

    course: str
    takes: bool

    def read(self, value: Json) -> Place:
        """A `Place`; `LAPSED` where the stated time is over."""
        return shaped(Place, value)


@dataclass(frozen=True, slots=True)
class AskForCourses(Effect[bool]):
    """Be told of new courses of a kind, or no more."""

    kind: CourseKind
    wanted: bool


@dataclass(frozen=True, slots=True)
class FindMyCalendar(Effect[tuple[CalendarItem, ...]]):
    """Look up the person's lessons and appointments that are not over, the next first.

    Of each course there are the next few: a long one does not hide what comes after it.
    """

    most: int = 10

    def read(self, value: Json) -> tuple[CalendarItem, ...]:
        """A list of `CalendarItem`."""
        return shaped(tuple[CalendarItem, ...], value)


@dataclass(frozen=True, slots=True)
class SendCalendarFile(Effect[bool]):
    """Send an .ics file of one lesson's course, or of one appointment."""

    subject: Subject
    id: str


@dataclass(frozen=True, slots=True)
class SendPin(Effect[bool]):
    """Send a place as a pin on the map, which leads there on any phone."""

    once: ClassVar[bool] = True

    title: str
    address: str
    point: tuple[float, float]


@dataclass(frozen=True, slots=True)
class FindBookable(Effect[tuple[Bookable, ...]]):
    """Look up the desks that have free times a person may book herself."""

    def read(self, value: Json) -> tuple[Bookable, ...]:
        """A list of `Bookable`."""
        return shaped(tuple[Bookable, ...], value)


@dataclass(frozen=True, slots=True)
class FindSlots(Effect[tuple[Slot, ...]]):
    """Look up free times of a desk for a need, the next first; at most 60.

    `moves` is the person's appointment that one of them is to take the place of.
    """

    desk: str
    need: Need
    moves: str = ""

    def read(self, value: Json) -> tuple[Slot, ...]:
        """A list of `Slot`."""
        return shaped(tuple[Slot, ...], value)


@dataclass(frozen=True, slots=True)
class BookSlot(Effect[str]):
    """Book a free time; the appointment's id, or nothing where somebody was quicker."""

    commits: ClassVar[bool] = True

    opening: str
    starts: datetime
    need: Need


@dataclass(frozen=True, slots=True)
class FindAppointment(Effect[AppointmentView | None]):
    """Look up one of the person's own appointments."""

    id: str

    def read(self, value: Json) -> AppointmentView | None:
        """An `AppointmentView`, or None."""
        return None if value is None else shaped(AppointmentView, value)


@dataclass(frozen=True, slots=True)
class MoveAppointment(Effect[bool]):
    """Take another free time instead; False where somebody was quicker, and nothing changed."""

    commits: ClassVar[bool] = True

    id: str
    opening: str
    starts: datetime


@dataclass(frozen=True, slots=True)
class CancelAppointment(Effect[bool]):
    """Give the time back; the desk is told."""

    commits: ClassVar[bool] = True

    id: str


@dataclass(frozen=True, slots=True)
class GiveReply(Effect[bool]):
    """Say of a lesson or an appointment: I come, I cannot, I am late, I am lost; the desk is told.

    `minutes`: how late. False where it is over, or was not theirs.
    """

    commits: ClassVar[bool] = True

    subject: Subject
    id: str
    reply: Reply
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class FindNotice(Effect[NoticeView | None]):
    """Look up what a reminder in the chat was about; None where it is not theirs, or gone."""

    id: str

    def read(self, value: Json) -> NoticeView | None:
        """A `NoticeView`, or None."""
        return None if value is None else shaped(NoticeView, value)


@dataclass(frozen=True, slots=True)
class FindMass(Effect[MassView | None]):
    """Look up what a message to many said; None where the notice is not theirs, or gone."""

    notice: str

    def read(self, value: Json) -> MassView | None:
        """A `MassView`, or None."""
        return None if value is None else shaped(MassView, value)


@dataclass(frozen=True, slots=True)
class Snooze(Effect[datetime | None]):
    """Remind once more, so many minutes from now; when that is, or None where it is too late."""

    commits: ClassVar[bool] = True

    notice: str
    minutes: int

    def read(self, value: Json) -> datetime | None:
        """Local time without a zone, or None."""
        return None if value is None else datetime.fromisoformat(str(value))


@dataclass(frozen=True, slots=True)
class KeepDate(Effect[str]):
    """Keep a date of the person's own, instead of the one of its kind; its id comes back."""

    commits: ClassVar[bool] = True

    kind: DateKind
    day: date


@dataclass(frozen=True, slots=True)
class FindMyDates(Effect[tuple[OwnDate, ...]]):
    """Look up the person's own dates."""

    def read(self, value: Json) -> tuple[OwnDate, ...]:
        """A list of `OwnDate`."""
        return shaped(tuple[OwnDate, ...], value)


@dataclass(frozen=True, slots=True)
class DropDate(Effect[bool]):
    """Delete a date of the person's own, and its reminders."""

    commits: ClassVar[bool] = True

    id: str


@dataclass(frozen=True, slots=True)
class FindWishes(Effect[Wishes]):
    """Look up how the person wants to be reminded."""

    def read(self, value: Json) -> Wishes:
        """A `Wishes`."""
        return shaped(Wishes, value)


@dataclass(frozen=True, slots=True)
class KeepWishes(Effect[bool]):
    """Keep how the person wants to be reminded; reminders to come follow at once."""

    wishes: Wishes


CalendarEffect = (
    FindShelves
    | FindTowns
    | FindCourses
    | FindCourse
    | Enrol
    | CallMe
    | LeaveCourse
    | AnswerOffer
    | AskForCourses
    | FindMyCalendar
    | SendCalendarFile
    | SendPin
    | FindBookable
    | FindSlots
    | BookSlot
    | FindAppointment
    | MoveAppointment
    | CancelAppointment
    | GiveReply
    | FindNotice
    | FindMass
    | Snooze
    | KeepDate
    | FindMyDates
    | DropDate
    | FindWishes
    | KeepWishes
)
