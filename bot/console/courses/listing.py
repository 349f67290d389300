"""The list of courses: when each meets next, how many seats are taken, who waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from aiohttp import web

from bot.console.courses.labels import KINDS, LESSON_STATES, STATES
from bot.console.people import people
from bot.console.visit import Visit
from flows.calendar_model import CourseKind, CourseState, LessonState
from flows.text import _, ngettext, verbatim
from storage.access import courses_for_operator
from storage.courses.finding import counts, lessons_of_many
from storage.courses.model import Counts, Course, Lesson
from storage.database import Connection
from storage.desks import Desk, all_desks

PAGE_ROWS = 30
LONGEST_WORDS = 60
LONGEST_NUMBER = 40
MINE, ALL = "mine", "all"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to; whatever was written in the address, something that is."""

    words: str = ""
    kind: str = ""
    state: str = ""
    desk: str = ""
    office: str = ""
    past: str = ""
    contact: str = ""
    """Number of the sheet of somebody for whom a course is looked for."""

    @classmethod
    def of(cls, visit: Visit) -> Asked:
        """Read the address of a visit."""
        query = visit.request.query
        kind, state = query.get("kind", ""), query.get("state", "")
        return cls(
            words=" ".join(query.get("words", "")[:LONGEST_WORDS].split()),
            kind=kind if kind in {one.value for one in CourseKind} else "",
            state=state if state in {one.value for one in CourseState} else "",
            desk=query.get("desk", "")[:64],
            office=MINE if query.get("office") == MINE else "",
            past=ALL if query.get("past") == ALL else "",
            contact=query.get("contact", "")[:LONGEST_NUMBER],
        )

    @property
    def is_open(self) -> bool:
        """Whether nothing was asked for but what is to come."""
        return self == Asked(contact=self.contact)

    def address(self, page: int) -> str:
        """The list as it is asked for, from a page on."""
        fields = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name)}
        if page > 1:
            fields["page"] = str(page)
        return f"/courses?{urlencode(fields)}" if fields else "/courses"


@dataclass(frozen=True, slots=True)
class Row:
    """A course as it stands in the list; `next` is its next lesson that takes place."""

    course: Course
    next: Lesson | None
    lessons: int
    counts: Counts
    mine: bool


async def show(visit: Visit) -> web.StreamResponse:
    """Show the list."""
    asked, who, now = Asked.of(visit), visit.operator, visit.room.now

    def look(connection: Connection) -> tuple[list[Course], list[Desk]]:
        found = courses_for_operator(
            connection,
            who,
            kind=CourseKind(asked.kind) if asked.kind else None,
            state=CourseState(asked.state) if asked.state else None,
            desk=asked.desk or None,
            words=asked.words,
            since=None if asked.past else now,
        )
        return found, all_desks(connection)

    courses, desks = await visit.room.read(look)
    if asked.office:
        courses = [one for one in courses if one.office == who.office]
    rows = await _rows(visit, courses, now)
    pages = max(1, -(-len(rows) // PAGE_ROWS))
    page = visit.page_number(pages)
    staff = await people(visit)
    return visit.page(
        "courses/list.html",
        rows=rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS],
        count=ngettext("{count} course", "{count} courses", len(rows)),
        asked=asked,
        kinds=KINDS,
        states=STATES,
        kind_choices=[(one.value, name) for one, name in KINDS.items()],
        state_choices=[(one.value, name) for one, name in STATES.items()],
        desk_choices=[(one.key, verbatim(one.name)) for one in desks if one.active],
        office_choices=[(MINE, _("Of my office"))],
        past_choices=[(ALL, _("Also those that are over"))],
        lesson_states=LESSON_STATES,
        offices=staff.offices,
        page=page,
        pages=pages,
        before=asked.address(page - 1),
        after=asked.address(page + 1),
    )


async def _rows(visit: Visit, courses: Sequence[Course], now: datetime) -> list[Row]:
    """Those that meet next first, then those that meet no more, the latest first."""
    ids, mine = [one.id for one in courses], visit.operator.office

    def look(connection: Connection) -> tuple[dict[int, Counts], dict[int, list[Lesson]]]:
        return counts(connection, ids), lessons_of_many(connection, ids)

    seats, lessons = await visit.room.read(look)
    rows = [
        Row(
            one,
            None if one.state is CourseState.CANCELLED else next_lesson(lessons[one.id], now),
            sum(lesson.state is not LessonState.CANCELLED for lesson in lessons[one.id]),
            seats[one.id],
            one.office == mine,
        )
        for one in courses
    ]
    ahead = sorted((row for row in rows if row.next), key=_begins)
    return ahead + [row for row in rows if not row.next]


def _begins(row: Row) -> tuple[datetime, str]:
    assert row.next is not None
    return row.next.starts, row.course.title


def next_lesson(lessons: Sequence[Lesson], now: datetime) -> Lesson | None:
    """The lesson that is held now or next."""
    ahead = (one for one in lessons if one.ends > now and one.state is not LessonState.CANCELLED)
    return next(ahead, None)
