"""The part of a form in which a time is chosen: a free one of a desk, or any other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from bot.console.visit import Visit, number_of
from flows.handoff_model import Need
from flows.text import Text, _
from storage.appointments.model import Free, Opening
from storage.appointments.openings import find_opening, find_openings, free_slots
from storage.database import Connection
from storage.desks import Desk, all_desks

DAYS_AHEAD = 42
MOST = 160
SHORTEST, LONGEST, USUAL = 5, 720, 30
NO_TIME = _("Choose a time.")
NO_DAY = _("Choose day and time.")
NO_MINUTES = _("Say how many minutes it takes: from 5 to 720.")
PAST = _("That is past. Choose a time to come.")
TAKEN = _("Somebody just took that time. Choose another: these are free.")


@dataclass(frozen=True, slots=True)
class Choice:
    """A free time as it stands in a form."""

    value: str
    words: str
    left: int
    title: str


@dataclass(frozen=True, slots=True)
class Day:
    """The free times of a day."""

    day: date
    times: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class When:
    """The time that was chosen; without an opening it is one of no desk's."""

    opening: Opening | None
    day: date
    at: time
    minutes: int


def offering(connection: Connection, office: str) -> dict[str, Desk]:
    """The desks at which an office gives times, by key."""
    keys = {one.desk for one in find_openings(connection, office=office)}
    return {one.key: one for one in all_desks(connection) if one.key in keys}


def free_days(
    connection: Connection, office: str, desk: str, need: Need | None, now: datetime
) -> list[Day]:
    """The free times of a desk in the next weeks, day by day."""
    found = free_slots(connection, desk, need, now, for_operator=True, days=DAYS_AHEAD)
    ours = [one for one in found if one.opening.office == office][:MOST]
    differ = len({one.opening.id for one in ours}) > 1
    return [
        Day(day, tuple(_choice(one, differ) for one in theirs))
        for day, theirs in groupby(ours, key=lambda one: one.starts.date())
    ]


def _choice(free: Free, differ: bool) -> Choice:
    value = f"{free.opening.id}@{free.starts:%Y-%m-%dT%H:%M}"
    left = free.seats_left if free.opening.at_once > 1 else 0
    return Choice(value, f"{free.starts:%H:%M}", left, free.opening.title if differ else "")


def read_time(connection: Connection, visit: Visit, office: str) -> When | Text:
    """The time that a form carries, or what is wrong with it."""
    if visit.value("where") == "elsewhere":
        return _elsewhere(visit)
    id_, _at, written = visit.value("slot", longest=60).partition("@")
    number = number_of(id_)
    opening = None if number is None else find_opening(connection, number)
    starts = _moment(written)
    if opening is None or opening.office != office or starts is None:
        return NO_TIME
    return When(opening, starts.date(), starts.time(), opening.minutes)


def _elsewhere(visit: Visit) -> When | Text:
    starts = _moment(f"{visit.value('day', longest=10)}T{visit.value('time', longest=5)}")
    if starts is None:
        return NO_DAY
    minutes = visit.number("minutes") or 0
    if not SHORTEST <= minutes <= LONGEST:
        return NO_MINUTES
    return When(None, starts.date(), starts.time(), minutes)


def _moment(written: str) -> datetime | None:
    try:
        return datetime.strptime(written, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - clocks on the wall
    except ValueError:
        return None
