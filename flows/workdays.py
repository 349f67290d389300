"""When somebody has waited too long for an answer: working days in Italy, and hours of service.

All moments here are those of the clocks on the wall, without a zone: the shell turns them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flows.report_model import Level

FIXED = {(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)}
"""L. 260/1949 as it stands. Saint Francis came back with L. 151/2025."""

SAINT_FRANCIS, SINCE = (10, 4), 2026
DAYS = {Level.SERIOUS: 1, Level.IRREGULAR: 3}
"""Within so many working days a first answer is owed (content B4)."""

PATIENCE = timedelta(hours=1)
"""*Danger now* is answered within so much of the hours of service (content B4)."""


@dataclass(frozen=True, slots=True)
class Service:
    """When somebody reads: from one hour to another, on working days.

    `also` are holidays of the place, as month and day: Sant'Ambrogio in Milan is (12, 7).
    """

    opens: time = time(9)
    closes: time = time(18)
    also: frozenset[tuple[int, int]] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether somebody works on a day."""
        return day.weekday() < 5 and not is_holiday(day) and (day.month, day.day) not in self.also

    def working(self, day: date) -> date:
        """That day, or the first working day after it."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day


def easter(year: int) -> date:
    """Easter Sunday, by the calendar of Gauss as Meeus and Butcher wrote it down."""
    a, b, c = year % 19, *divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def is_holiday(day: date) -> bool:
    """Whether a day is a holiday in all of Italy; every Sunday is one, too, and not named here."""
    if day == easter(day.year) + timedelta(days=1):
        return True
    this = (day.month, day.day)
    return this in FIXED or (this == SAINT_FRANCIS and day.year >= SINCE)


def due(level: Level, came: datetime, service: Service) -> datetime | None:
    """When a first answer is owed to a report that came at a moment; None where none is.

    What comes when nobody works counts from the next working day on. *Danger now* is owed an
    answer within an hour of service; the others by the end of their last working day.
    """
    if level is Level.DANGER:
        return _within(came, service)
    days = DAYS.get(level)
    if days is None:
        return None
    last = came.date()
    for _day in range(days):
        last = service.working(last + timedelta(days=1))
    return datetime.combine(last, service.closes)


def _within(came: datetime, service: Service) -> datetime:
    left, day = PATIENCE, service.working(came.date())
    while True:
        opens = max(came, datetime.combine(day, service.opens))
        here = max(timedelta(), datetime.combine(day, service.closes) - opens)
        if here >= left:
            return opens + left
        left -= here
        day = service.working(day + timedelta(days=1))


def is_over(level: Level, came: datetime, now: datetime, service: Service) -> bool:
    """Whether a report has waited for longer than it may."""
    limit = due(level, came, service)
    return limit is not None and now >= limit


def monday(day: date) -> date:
    """The first day of a week: all that is kept of when a report came."""
    return day - timedelta(days=day.weekday())
