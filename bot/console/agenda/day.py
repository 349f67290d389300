"""The operators' day: who comes, who has not answered, who cannot, what is new; on paper too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from bot.console.agenda.days import asked_day, today, week_of
from bot.console.agenda.labels import DONE
from bot.console.agenda.lines import Found, Line, Sum, find_days, lines_of, sum_of
from bot.console.agenda.news import find_shown
from bot.console.people import People, people
from bot.console.visit import Visit
from bot.languages import ROME
from storage.access import roll_for_operator
from storage.courses.model import Rolled
from storage.database import Connection

MOST_ROLLS = 20


@dataclass(frozen=True, slots=True)
class OneDay:
    """A day of the week at a look."""

    day: date
    lines: list[Line]
    sum: Sum


async def show(visit: Visit) -> web.StreamResponse:
    """Show a day of one's own office; what is new stands on today's page, and there is a way to it
    from every other."""
    on, desk = asked_day(visit), visit.request.query.get("desk", "")[:20]
    found, staff = await _found(visit, on, on, desk)
    found_news, is_today = await find_shown(visit), on == today(visit)
    news = found_news if is_today else []
    told = DONE.get(visit.request.query.get("done", ""))
    return visit.page(
        "agenda/day.html",
        urgent=[one for one in news if one.urgent],
        calm=[one for one in news if not one.urgent],
        elsewhere=0 if is_today else len(found_news),
        done=told,
        before=on - timedelta(days=1),
        after=on + timedelta(days=1),
        **_common(visit, found, staff, on, desk),
    )


async def paper(visit: Visit) -> web.StreamResponse:
    """The same day to be printed; with `rolls` also who should be at each lesson."""
    on, desk = asked_day(visit), visit.request.query.get("desk", "")[:20]
    found, staff = await _found(visit, on, on, desk)
    rolls: dict[int, list[Rolled]] = {}
    wanted = visit.request.query.get("rolls") == "1"
    if wanted and found.lessons:
        who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
        ids = [lesson.id for lesson, _course in found.lessons[:MOST_ROLLS]]

        def open_rolls(connection: Connection) -> dict[int, list[Rolled]]:
            opened = {id_: roll_for_operator(connection, vault, who, id_, now) for id_ in ids}
            return {id_: roll for id_, roll in opened.items() if roll is not None}

        rolls = await visit.room.write(open_rolls)
    return visit.page(
        "agenda/paper.html", rolls=rolls, wanted=wanted, **_common(visit, found, staff, on, desk)
    )


async def show_week(visit: Visit) -> web.StreamResponse:
    """Seven days at a look."""
    on, desk = asked_day(visit), visit.request.query.get("desk", "")[:20]
    days = week_of(on)
    found, staff = await _found(visit, days[0], days[-1], desk)
    given = _common(visit, found, staff, on, desk)
    shown = [_one_day(day, given["lines"], found) for day in days]
    while len(shown) > 5 and not shown[-1].lines:
        shown.pop()
    return visit.page(
        "agenda/week.html",
        days=shown,
        before=days[0] - timedelta(days=7),
        after=days[0] + timedelta(days=7),
        **given,
    )


async def _found(visit: Visit, first: date, last: date, desk: str) -> tuple[Found, People]:
    who = visit.operator
    found = await visit.room.read(lambda c: find_days(c, who, first, last, desk=desk))
    return found, await people(visit)


def _common(visit: Visit, found: Found, staff: People, on: date, desk: str) -> dict[str, Any]:
    office = visit.operator.office
    ours = {
        key: one.name
        for key, one in found.desks.items()
        if one.active and one.office in ("", office)
    }
    return {
        "lines": lines_of(found, staff, visit.room.now),
        "sum": sum_of(found.appointments),
        "on": on,
        "today": today(visit),
        "desks": ours,
        "desk": desk if desk in ours else "",
        "office": staff.offices.get(office, ""),
        "query": urlencode({"on": on.isoformat()} | ({"desk": desk} if desk in ours else {})),
    }


def _one_day(day: date, lines: list[Line], found: Found) -> OneDay:
    theirs = [one for one in lines if one.starts.astimezone(ROME).date() == day]
    return OneDay(day, theirs, sum_of([one for one in found.appointments if one.day == day]))
