"""The page of the calendar: whoever leafs finds every lesson they may see."""

from __future__ import annotations

from aiohttp import web
from babel.dates import format_date, get_day_names

from bot.console.courses.calendar import VIEWS, Asked, Meeting, View, leaves
from bot.console.courses.labels import KINDS, LESSON_STATES, STATES
from bot.console.people import people
from bot.console.visit import Visit
from bot.languages import ROME
from flows.text import _
from storage.access import courses_for_operator
from storage.courses.finding import counts, lessons_between
from storage.courses.model import Course, Lesson
from storage.database import Connection
from storage.desks import Desk, all_desks

MOST = {View.MONTH: 4, View.WEEK: 100, View.LIST: 100}
"""So many lessons stand in one day of the grid; the day itself shows them all."""
BEFORE = {View.MONTH: _("Month before"), View.WEEK: _("Week before"), View.LIST: _("Earlier days")}
AFTER = {View.MONTH: _("Next month"), View.WEEK: _("Next week"), View.LIST: _("Later days")}


async def show(visit: Visit) -> web.StreamResponse:
    """Show the calendar."""
    who, today = visit.operator, visit.room.now.astimezone(ROME).date()
    asked = Asked.of(visit.request.query, today)
    first, last = asked.span()

    def look(connection: Connection) -> tuple[list[Meeting], list[Desk]]:
        known = {one.id for one in courses_for_operator(connection, who)}
        found: list[tuple[Lesson, Course]] = [
            (lesson, course)
            for lesson, course in lessons_between(connection, first, last, desk=asked.desk or None)
            if course.id in known
        ]
        seats = counts(connection, {course.id for _lesson, course in found})
        meetings = [Meeting(lesson, course, seats[course.id]) for lesson, course in found]
        return meetings, all_desks(connection)

    meetings, desks = await visit.room.read(look)
    staff, days = await people(visit), leaves(asked, meetings, today)
    return visit.page(
        "courses/calendar.html",
        asked=asked,
        today=today,
        leaves=days,
        some=any(one.meetings for one in days),
        most=MOST[asked.view],
        heading=heading(asked, visit.words.code),
        weekdays=_weekdays(visit.words.code),
        to_before=BEFORE[asked.view],
        to_after=AFTER[asked.view],
        views=VIEWS,
        kinds=KINDS,
        lesson_states=LESSON_STATES,
        states=STATES,
        offices=staff.offices,
        desks=[one for one in desks if one.active],
        way=lambda one: _way(one, who.office),
    )


def _way(one: Meeting, office: str) -> str:
    """Where a lesson is opened: of another office's course there is no roll."""
    if one.course.office == office:
        return f"/courses/lessons/{one.lesson.id}"
    return f"/courses/{one.course.id}"


def _locale(code: str) -> str:
    return "it" if code == "it" else "en_GB"


def heading(asked: Asked, code: str) -> str:
    """What the leaf is called: a month, a week, or from when to when."""
    locale = _locale(code)
    if asked.view is View.MONTH:
        words = format_date(asked.day, "LLLL y", locale=locale)
        return words[:1].upper() + words[1:]
    begins, ends = asked.first, asked.last
    short = "d MMM" if begins.year == ends.year else "d MMM y"
    first = format_date(begins, short, locale=locale)
    return f"{first} – {format_date(ends, 'd MMM y', locale=locale)}"


def _weekdays(code: str) -> list[str]:
    names = get_day_names("abbreviated", context="stand-alone", locale=_locale(code))
    return [names[number] for number in range(7)]
