"""Days as a page is asked for them: whatever was written in the address, one that is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bot.console.visit import Visit
from bot.languages import ROME

FIRST, LAST = date(2020, 1, 1), date(2100, 1, 1)


def today(visit: Visit) -> date:
    """The day it is in Italy."""
    return visit.room.now.astimezone(ROME).date()


def asked_day(visit: Visit, name: str = "on") -> date:
    """The day of the address; today where none is there, or one that cannot be."""
    try:
        found = date.fromisoformat(visit.request.query.get(name, "")[:10])
    except ValueError:
        return today(visit)
    return found if FIRST <= found <= LAST else today(visit)


def week_of(day: date) -> tuple[date, ...]:
    """The seven days from the Monday before."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=ahead) for ahead in range(7))


def begins(day: date) -> datetime:
    """The first moment of a day in Italy."""
    return datetime.combine(day, time(), ROME).astimezone(UTC)


def ends(day: date) -> datetime:
    """The first moment of the day after."""
    return begins(day + timedelta(days=1))


def clock(moment: datetime) -> str:
    """A moment as the clocks in Italy show it."""
    return f"{moment.astimezone(ROME):%H:%M}"
