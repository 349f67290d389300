"""The lines of a day: appointments and lessons, in order, with what people said to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.console.agenda.days import begins, clock, ends
from bot.console.agenda.labels import GOOD, LATE, SOON, STATES, UNSAID, Chip, reply_chip
from bot.console.people import People
from bot.group.words import NEEDS
from flows.calendar_model import AppointmentState, LessonState, Reply
from flows.text import Text, _, ngettext, pgettext, verbatim
from storage.access import appointments_for_operator
from storage.agenda import Said, said_to
from storage.appointments.model import Appointment
from storage.courses.finding import counts, lessons_between
from storage.courses.model import Counts, Course, Lesson
from storage.database import Connection
from storage.desks import Desk, all_desks
from storage.operators import Operator


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting of somebody, or a lesson, as it stands in the day.

    `past` and `gone`: it is over, or does not take place. Of an appointment no word stands here:
    they are on its own page, whose opening is written down. `asks`: the appointment of this id has
    begun, and nobody has said whether they came.
    """

    key: str
    path: str
    starts: datetime
    clock: str
    until: str
    name: str
    is_lesson: bool
    facts: list[Text]
    chips: list[Chip]
    place: str = ""
    past: bool = False
    gone: bool = False
    lesson: int = 0
    asks: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What the storage knows of some days of an office."""

    appointments: list[Appointment]
    lessons: list[tuple[Lesson, Course]]
    counts: dict[int, Counts]
    said: dict[int, Said]
    desks: dict[str, Desk]


def find_days(
    connection: Connection,
    operator: Operator,
    first: date,
    last: date,
    *,
    desk: str = "",
) -> Found:
    """Look up what is on from one day to another, both included."""
    span = begins(first), ends(last)
    meetings = appointments_for_operator(connection, operator, *span, desk=desk or None)
    lessons = [
        (lesson, course)
        for lesson, course in lessons_between(
            connection, *span, office=operator.office, desk=desk or None
        )
        if course.state.value != "draft"
    ]
    return Found(
        meetings,
        lessons,
        counts(connection, {course.id for _lesson, course in lessons}),
        said_to(connection, [lesson.id for lesson, _course in lessons]),
        {one.key: one for one in all_desks(connection)},
    )


def lines_of(found: Found, staff: People, now: datetime) -> list[Line]:
    """The lines of what was found, the earliest first."""
    made = [_meeting(one, found.desks, staff, now) for one in found.appointments]
    made += [_lesson(lesson, course, found, now) for lesson, course in found.lessons]
    return sorted(made, key=lambda line: (line.starts, line.is_lesson, line.name))


def _meeting(one: Appointment, desks: dict[str, Desk], staff: People, now: datetime) -> Line:
    facts = [NEEDS[one.need]]
    if one.operator_id is not None:
        facts.append(_("{name} meets them", name=staff.name(one.operator_id)))
    if one.opening_id is None:
        facts.append(_("another place or time"))
    elif one.desk in desks:
        facts.append(verbatim(desks[one.desk].name))
    return Line(
        key=f"appointment-{one.id}",
        path=f"/appointments/{one.id}",
        starts=one.starts,
        clock=clock(one.starts),
        until=clock(one.ends),
        name=one.designation,
        is_lesson=False,
        facts=facts,
        chips=[chip_of(one, now)],
        past=one.ends <= now,
        gone=one.state is AppointmentState.CANCELLED,
        asks=one.id if one.is_booked and one.starts <= now else 0,
    )


def chip_of(one: Appointment, now: datetime) -> Chip:
    """How an appointment stands, in a few words."""
    if one.state in STATES:
        return STATES[one.state]
    if one.ends <= now:
        return UNSAID
    return reply_chip(one.reply, one.late_minutes, has_chat=one.person_id is not None)


def _lesson(lesson: Lesson, course: Course, found: Found, now: datetime) -> Line:
    count, said = found.counts[course.id], found.said[lesson.id]
    enrolled = count.taken - count.offered
    facts = [ngettext("{count} enrolled", "{count} enrolled", enrolled)]
    if count.waiting:
        facts.append(ngettext("{count} waits", "{count} wait", count.waiting))
    return Line(
        key=f"lesson-{lesson.id}",
        path=f"/courses/lessons/{lesson.id}",
        starts=lesson.starts,
        clock=clock(lesson.starts),
        until=clock(lesson.ends),
        name=course.title,
        is_lesson=True,
        facts=facts,
        chips=_lesson_chips(lesson, said, enrolled, now),
        place=lesson.place or course.place,
        past=lesson.ends <= now,
        gone=lesson.state is LessonState.CANCELLED,
        lesson=lesson.id,
    )


def _lesson_chips(lesson: Lesson, said: Said, enrolled: int, now: datetime) -> list[Chip]:
    if lesson.state is LessonState.CANCELLED:
        return [Chip(pgettext("lesson", "cancelled"))]
    chips = [Chip(pgettext("lesson", "moved"), SOON)] if lesson.state is LessonState.MOVED else []
    if said.is_taken:
        return [*chips, Chip(_("{here} of {count} there", here=said.present, count=enrolled), GOOD)]
    for count, one, many, kind in (
        (said.comes, "{count} comes", "{count} come", GOOD),
        (said.cannot, "{count} cannot", "{count} cannot", LATE),
        (said.late, "{count} is late", "{count} are late", SOON),
        (said.lost, "{count} is lost", "{count} are lost", LATE),
    ):
        if count:
            chips.append(Chip(ngettext(one, many, count), kind))
    if lesson.ends <= now and enrolled:
        chips.append(Chip(_("attendance not taken"), SOON))
    return chips


@dataclass(frozen=True, slots=True)
class Sum:
    """How many appointments a day has, and how they stand."""

    people: int
    comes: int
    unanswered: int
    cannot: int

    @property
    def words(self) -> list[Text]:
        """The same in words, the most important first."""
        if not self.people:
            return [_("No appointments.")]
        said = [ngettext("{count} appointment", "{count} appointments", self.people)]
        if self.comes:
            said.append(ngettext("{count} comes", "{count} come", self.comes))
        if self.unanswered:
            said.append(
                ngettext("{count} has not answered", "{count} have not answered", self.unanswered)
            )
        if self.cannot:
            said.append(ngettext("{count} cannot", "{count} cannot", self.cannot))
        return said


def sum_of(found: Sequence[Appointment]) -> Sum:
    """Count the appointments of a day; those given back are not in it."""
    standing = [one for one in found if one.state is not AppointmentState.CANCELLED]
    booked = [one for one in standing if one.is_booked]
    comes = sum(one.reply in (Reply.COMES, Reply.LATE, Reply.LOST) for one in booked)
    done = sum(one.state is AppointmentState.DONE for one in standing)
    return Sum(
        len(standing),
        comes + done,
        sum(one.reply is Reply.NOTHING for one in booked),
        sum(one.reply is Reply.CANNOT for one in booked),
    )
