"""One course: its seats, its lessons, who is in it and who waits, and how they attended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web

from bot.console.courses.labels import DONE, KINDS, LESSON_STATES, PLACES, PRESENCES, STATES
from bot.console.courses.rule_words import rule_words
from bot.console.courses.telling import can_tell
from bot.console.languages import tongues
from bot.console.people import people
from bot.console.visit import Visit
from bot.languages import ROME
from flows.calendar_model import (
    CourseState,
    LessonState,
    PlaceState,
    Presence,
    Reply,
)
from flows.text import Text
from storage.access import course_for_operator, people_for_operator
from storage.courses.finding import counts, lessons_of
from storage.courses.model import Counts, Course, Enrolment, Lesson
from storage.courses.overview import Said, said_of
from storage.database import Connection
from storage.desks import Desk, all_desks

GONE = (PlaceState.LEFT, PlaceState.LAPSED, PlaceState.REMOVED)


@dataclass(frozen=True, slots=True)
class Met:
    """A lesson with how many were there, and what people said of it."""

    lesson: Lesson
    present: int
    marked: int
    comes: int
    cannot: int


@dataclass(frozen=True, slots=True)
class Attended:
    """Somebody of a course and every lesson that was taken: `None` where nothing is said."""

    enrolment: Enrolment
    marks: tuple[tuple[Lesson, Presence], ...]

    @property
    def present(self) -> int:
        """How often they were there."""
        return sum(presence is Presence.PRESENT for _lesson, presence in self.marks)

    @property
    def counted(self) -> int:
        """In how many lessons somebody said whether they were there."""
        return sum(presence is not Presence.UNSAID for _lesson, presence in self.marks)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the page of a course shows."""

    course: Course
    counts: Counts
    lessons: list[Lesson]
    people: list[Enrolment]
    said: dict[tuple[int, int], Said]
    desk: Desk | None
    may_change: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A deed that was not done: at which form, why, and what was typed there."""

    form: str
    why: Text
    typed: dict[str, str]


async def show(visit: Visit) -> web.StreamResponse:
    """Show a course; who reads the names of people is written down first."""
    return await page(visit)


async def found(visit: Visit) -> Sheet:
    """The course of the address, with its people where it is the office's own.

    Raises:
        web.HTTPNotFound: it is not there for whoever asks.
    """
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    id_ = visit.id("course")

    def look(connection: Connection) -> Sheet | None:
        course = course_for_operator(connection, who, id_)
        if course is None:
            return None
        own = people_for_operator(connection, vault, who, id_, now)
        desks = {one.key: one for one in all_desks(connection)}
        return Sheet(
            course,
            counts(connection, [id_])[id_],
            lessons_of(connection, id_),
            own or [],
            said_of(connection, id_) if own is not None else {},
            desks.get(course.desk),
            own is not None,
        )

    sheet = await visit.room.write(look)
    if sheet is None:
        raise web.HTTPNotFound
    return sheet


async def page(visit: Visit, refused: Refused | None = None) -> web.Response:
    """The page of a course; after a refusal, with what was typed still in its form."""
    sheet, now, told = await found(visit), visit.room.now, visit.request.query.get("done", "")
    course, staff, known = sheet.course, await people(visit), tongues(visit)
    (ahead, past), today = _split(sheet, now), now.astimezone(ROME).date()
    return visit.page(
        "courses/course.html",
        status=422 if refused else 200,
        sheet=sheet,
        course=course,
        counts=sheet.counts,
        office=staff.offices.get(course.office, ""),
        languages=[known.name(code) for code in course.languages],
        rule=rule_words(course),
        place=course.place or (sheet.desk.place if sheet.desk else ""),
        ahead=ahead,
        past=past,
        groups=_groups(sheet.people),
        attended=_attended(sheet),
        is_taken=any(one.presence is not Presence.UNSAID for one in sheet.said.values()),
        lesson_now=_of_today(sheet, today) if sheet.may_change else None,
        is_draft=sheet.may_change and course.state is CourseState.DRAFT,
        can_tell=can_tell(visit),
        names={"kinds": KINDS, "states": STATES, "lessons": LESSON_STATES},
        places=PLACES,
        presences=PRESENCES,
        today=today,
        refused=refused,
        contact=visit.request.query.get("contact", "")[:40],
        done=DONE.get(told) if refused is None else None,
    )


def _of_today(sheet: Sheet, today: date) -> Lesson | None:
    """The lesson whose roll is taken today."""
    if sheet.course.state is CourseState.CANCELLED:
        return None
    held = (one for one in sheet.lessons if one.state is not LessonState.CANCELLED)
    return next((one for one in held if one.day == today), None)


def _split(sheet: Sheet, now: datetime) -> tuple[list[Met], list[Met]]:
    """Lessons to come, the next first; and those that are over, the last first."""
    there = {one.id for one in sheet.people if one.state is PlaceState.ENROLLED}
    met = [_met(one, sheet.said, there) for one in sheet.lessons]
    ahead = [one for one in met if one.lesson.ends > now]
    past = [one for one in met if one.lesson.ends <= now]
    return ahead, past[::-1]


def _met(lesson: Lesson, said: dict[tuple[int, int], Said], there: set[int]) -> Met:
    of_it = [(who, one) for (id_, who), one in said.items() if id_ == lesson.id]
    presences = [one.presence for _who, one in of_it]
    replies = [one.reply for who, one in of_it if who in there]
    return Met(
        lesson,
        presences.count(Presence.PRESENT),
        sum(one is not Presence.UNSAID for one in presences),
        sum(one in (Reply.COMES, Reply.LATE, Reply.LOST) for one in replies),
        replies.count(Reply.CANNOT),
    )


def _groups(found: Sequence[Enrolment]) -> dict[str, list[Enrolment]]:
    by_name = sorted(found, key=lambda one: one.called.casefold())
    return {
        "enrolled": [one for one in by_name if one.state is PlaceState.ENROLLED],
        "offered": [one for one in found if one.state is PlaceState.OFFERED],
        "waiting": [one for one in found if one.state is PlaceState.WAITING],
        "gone": [one for one in by_name if one.state in GONE],
    }


def _attended(sheet: Sheet) -> dict[int, Attended]:
    """How everybody attended, in the lessons that were taken."""
    taken = {id_ for (id_, _who), one in sheet.said.items() if one.presence is not Presence.UNSAID}
    lessons = [
        one for one in sheet.lessons if one.id in taken and one.state is not LessonState.CANCELLED
    ]
    nothing = Said()
    return {
        one.id: Attended(
            one,
            tuple(
                (lesson, sheet.said.get((lesson.id, one.id), nothing).presence)
                for lesson in lessons
            ),
        )
        for one in sheet.people
    }
