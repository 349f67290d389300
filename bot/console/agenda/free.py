"""Where there is still room: the free times of four weeks, hour by hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aiohttp import web

from bot.console.agenda.days import asked_day, today, week_of
from bot.console.visit import Visit
from bot.languages import ROME
from flows.text import Text, ngettext
from storage.appointments.model import Free, Opening
from storage.appointments.openings import find_openings, slots_between
from storage.database import Connection
from storage.desks import Desk, all_desks

WEEKS = 4
SHADES = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """An hour of a day: how many can still come, of how many. `shade` 0 is full, 4 quite empty."""

    free: int
    total: int

    @property
    def shade(self) -> int:
        """How much room there is, in quarters; every place that is left counts."""
        return -(-self.free * SHADES // self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Week:
    """A week as a table: its days, and for each hour a cell for each of them, or none."""

    days: tuple[date, ...]
    hours: tuple[tuple[int, tuple[Cell | None, ...]], ...]
    count: Text


async def show(visit: Visit) -> web.StreamResponse:
    """The free times of the desks of one's own office, or of one of them."""
    office, begins = visit.operator.office, asked_day(visit)
    monday = week_of(begins)[0]
    last = monday + timedelta(days=7 * WEEKS - 1)

    def look(connection: Connection) -> tuple[list[Opening], list[Free], dict[str, Desk]]:
        every = find_openings(connection, office=office)
        chosen = [one for one in every if wanted in ("", one.desk)]
        slots = slots_between(connection, chosen, monday, last)
        return every, slots, {one.key: one for one in all_desks(connection)}

    wanted = visit.request.query.get("desk", "")[:20]
    openings, slots, desks = await visit.room.read(look)
    local = visit.room.now.astimezone(ROME).replace(tzinfo=None)
    ahead = [one for one in slots if one.starts > local]
    keys = dict.fromkeys(one.desk for one in openings)
    return visit.page(
        "agenda/free.html",
        weeks=[week(monday + timedelta(days=7 * number), ahead) for number in range(WEEKS)],
        desks={key: desks[key].name for key in keys if key in desks},
        desk=wanted if wanted in keys else "",
        today=today(visit),
        monday=monday,
        before=monday - timedelta(days=7 * WEEKS),
        after=monday + timedelta(days=7 * WEEKS),
        shades=range(SHADES, -1, -1),
    )


def week(monday: date, slots: Iterable[Free]) -> Week:
    """A week of slots; a day or an hour in which there is none is left out at the ends."""
    free: defaultdict[tuple[date, int], int] = defaultdict(int)
    total: defaultdict[tuple[date, int], int] = defaultdict(int)
    first, end = datetime.combine(monday, datetime.min.time()), monday + timedelta(days=7)
    for one in slots:
        if first <= one.starts and one.starts.date() < end:
            at = (one.starts.date(), one.starts.hour)
            free[at] += one.seats_left
            total[at] += one.opening.at_once
    days = _days(monday, {day for day, _hour in total})
    hours = {hour for _day, hour in total}
    rows = tuple(
        (hour, tuple(_cell(free, total, (day, hour)) for day in days))
        for hour in range(min(hours, default=0), max(hours, default=-1) + 1)
    )
    count = sum(free.values())
    return Week(days, rows, ngettext("{count} free", "{count} free", count))


def _days(monday: date, busy: set[date]) -> tuple[date, ...]:
    """Monday to Friday, and the days after where something is on them."""
    many = max(5, *((day - monday).days + 1 for day in busy), 5)
    return tuple(monday + timedelta(days=ahead) for ahead in range(many))


def _cell(
    free: dict[tuple[date, int], int], total: dict[tuple[date, int], int], at: tuple[date, int]
) -> Cell | None:
    return Cell(free.get(at, 0), total[at]) if at in total else None
