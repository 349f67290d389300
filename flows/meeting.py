"""A lesson or an appointment of the person's own, found again by its id, as one thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.calendar_effects import FindAppointment, FindCourse, FindMyCalendar
from flows.calendar_model import (
    AppointmentState,
    AppointmentView,
    CalendarItem,
    CourseView,
    LessonState,
    Reply,
    Subject,
)
from flows.course_words import named, title_of
from flows.finding import Spot
from flows.handoff_model import Need
from flows.steps import Flow, Line, Style, perform
from flows.talk_words import NEEDS
from flows.text import Text, _, pictured, verbatim


@dataclass(frozen=True, slots=True)
class Meeting:
    """What somebody comes to: when, where, and what she said. `online`: she may move it herself.

    `desk` and `need` are of an appointment, `course` is of a lesson; `is_last`: no other follows.
    """

    subject: Subject
    id: str
    title: Text
    starts: datetime
    organisation: str
    place: str
    how: str
    point: tuple[float, float] | None
    phone: str
    bring: str
    reply: Reply
    moved: bool = False
    course: str = ""
    is_last: bool = False
    desk: str = ""
    need: Need = Need.OTHER
    online: bool = False

    @property
    def spot(self) -> Spot:
        """Where it is."""
        return Spot(self.id, self.organisation, self.place, self.how, self.point, self.phone)

    @property
    def at(self) -> str:
        """How the flow `attending` is told which one."""
        return f"{self.subject.value}.{self.id}"


def slip(meeting: Meeting) -> list[Text | Line]:
    """What stays in the chat of an appointment: when, where, what to bring, whom to call."""
    return [
        Line(_("📅 {moment}", moment=meeting.starts), Style.TITLE),
        *([Line(_("❗ This is a new time."), Style.PART)] if meeting.moved else []),
        *named("🏢", meeting.organisation),
        *named("📍", meeting.place),
        *bring_line(meeting),
        *named("📞", meeting.phone),
    ]


def bring_line(meeting: Meeting) -> list[Text | Line]:
    """What to bring, where somebody said it."""
    if not meeting.bring:
        return []
    return [Line(_("🎒 Bring: {things}", things=verbatim(meeting.bring)), Style.ROW)]


def find_meeting(subject: Subject, meeting_id: str) -> Flow[Meeting | None]:
    """Look it up; None where it is over, was cancelled, or is not hers."""
    if subject is Subject.APPOINTMENT:
        view = yield from perform("appointment", FindAppointment(meeting_id))
        if view is None or view.state is not AppointmentState.BOOKED:
            return None
        return _appointment(view)
    mine = yield from perform("calendar", FindMyCalendar())
    item = next((one for one in mine if (one.subject, one.id) == (subject, meeting_id)), None)
    if item is None:
        return None
    course = yield from perform("course", FindCourse(item.course))
    return None if course is None else _lesson(item, course)


def _appointment(view: AppointmentView) -> Meeting:
    title = pictured("📅", verbatim(view.what)) if view.what else NEEDS[view.need]
    return Meeting(
        Subject.APPOINTMENT,
        view.id,
        title,
        view.starts,
        view.organisation,
        view.place,
        view.how,
        view.point,
        view.phone,
        view.bring,
        view.reply,
        desk=view.desk,
        need=view.need,
        online=view.online,
    )


def _lesson(item: CalendarItem, course: CourseView) -> Meeting:
    return Meeting(
        Subject.LESSON,
        item.id,
        title_of(course.kind, course.level, course.title),
        item.starts,
        course.organisation,
        item.place or course.place,
        course.how,
        # The pin is of the course: a lesson that was moved elsewhere has only its address.
        course.point if item.place in ("", course.place) else None,
        course.phone,
        course.bring,
        item.reply,
        moved=item.moved,
        course=course.id,
        is_last=_is_last(course),
    )


def _is_last(course: CourseView) -> bool:
    """Whether one lesson at most still takes place."""
    held = [one for one in course.lessons if one.state is not LessonState.CANCELLED]
    return len(held) <= 1 and course.count == len(course.lessons)
