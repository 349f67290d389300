"""How full the courses are, and how often somebody who was expected did not come."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.courses.labels import KINDS
from bot.console.people import people
from bot.console.visit import Visit
from flows.calendar_model import CourseState
from storage.access import courses_for_operator
from storage.courses.figures import CourseFigures, course_figures
from storage.courses.model import Course
from storage.database import Connection

PAGE_ROWS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A course and its figures; parts as whole percents, None where nothing can be said."""

    course: Course
    figures: CourseFigures
    fill: int | None
    no_show: int | None


async def show(visit: Visit) -> web.StreamResponse:
    """Show the figures of the office's courses, of an administrator's all; the latest first."""
    who = visit.operator

    def look(connection: Connection) -> list[Row]:
        office = None if who.is_administrator else who.office
        courses = [
            one
            for one in courses_for_operator(connection, who, office=office)
            if one.state is not CourseState.DRAFT
        ]
        figures = course_figures(connection, [one.id for one in courses])
        return [_row(one, figures[one.id]) for one in courses if one.id in figures]

    rows = await visit.room.read(look)
    pages = max(1, -(-len(rows) // PAGE_ROWS))
    page, staff = visit.page_number(pages), await people(visit)
    return visit.page(
        "courses/figures.html",
        rows=rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS],
        all=whole(rows),
        kinds=KINDS,
        offices=staff.offices,
        page=page,
        pages=pages,
    )


def _row(course: Course, figures: CourseFigures) -> Row:
    return Row(course, figures, _percent(figures.fill), _percent(figures.no_show))


def _percent(part: float | None) -> int | None:
    return None if part is None else round(100 * part)


def whole(rows: list[Row]) -> tuple[int | None, int | None]:
    """How full all are together, and how many of those who were expected did not come."""
    seats = sum(row.figures.seats for row in rows)
    taken = sum(row.figures.taken for row in rows)
    absent = sum(row.figures.absent for row in rows)
    expected = absent + sum(row.figures.present for row in rows)
    return (
        _percent(taken / seats if seats else None),
        _percent(absent / expected if expected else None),
    )
