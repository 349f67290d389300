"""The two nights in which the clocks of Rome change: each minute, five offsets; APScheduler beside.

What is right is computed here by hand: until one o'clock in London the clocks show one offset,
from then on the other.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import pytest
from apscheduler.triggers.cron import CronTrigger

from flows.reminding import Reach
from storage.database import Database
from storage.instants import ROME, clocks
from storage.writer import Writer
from tests.storage.notices.factories import people
from tests.storage.notices.world import MINUTE, Booked, World, book_many, wish

ALL_DAY = Reach(begins=time(0), ends=time(0))
DAYS = (1, 2, 3, 7, 30)
STEPS = "7d,1d,12h,2h,1h"
HOUR = timedelta(hours=1)


class Night(NamedTuple):
    """The day of a change, and by how many hours the clocks are ahead before and after it."""

    day: date
    before: int
    after: int

    @property
    def change(self) -> datetime:
        """One o'clock in London."""
        return datetime.combine(self.day, time(1), UTC)

    @property
    def midnight(self) -> datetime:
        """When the day begins."""
        return datetime.combine(self.day, time(), UTC) - self.before * HOUR

    @property
    def end(self) -> datetime:
        """When it ends."""
        return datetime.combine(self.day + timedelta(days=1), time(), UTC) - self.after * HOUR

    def moment(self, minute: int) -> datetime:
        """When the clocks first show that minute of the day, or the first one after a gap."""
        wall = datetime.combine(self.day, time(), UTC) + minute * MINUTE
        early = wall - self.before * HOUR
        if early < self.change:
            return early
        return max(wall - self.after * HOUR, self.change)


AUTUMN = Night(date(2026, 10, 25), 2, 1)
SPRING = Night(date(2027, 3, 28), 1, 2)
NIGHTS = (AUTUMN, SPRING)
SHORT = (0, 60, *range(118, 183), 240, *range(300, 1440, 60))
"""Every minute around the change, and every hour of the others."""

FULL = tuple(range(1440))
Record = Callable[[str, object], None]

each_night = pytest.mark.parametrize("night", NIGHTS, ids=lambda one: str(one.day))
minutes = pytest.mark.parametrize(
    "minutes",
    [SHORT, pytest.param(FULL, marks=[pytest.mark.faults, pytest.mark.timeout(900)])],
    ids=["short", "full"],
)


@pytest.fixture(params=["sqlite"])
def engine(request: pytest.FixtureRequest) -> str:
    """Time is the same on every database."""
    return str(request.param)


class Figures(NamedTuple):
    """How often it went wrong, and in what way."""

    right: int
    missing: int
    double: int
    wrong: int


def compared(expected: dict[tuple[int, str], datetime], world: World) -> Figures:
    """What was told, held against what had to be."""
    found: dict[tuple[int, str], list[datetime]] = {}
    for told in world.told:
        found.setdefault((told.event, told.step), []).append(told.at)
    missing = sum(key not in found for key in expected)
    double = sum(len(times) > 1 for times in found.values())
    wrong = sum(times[0] != expected.get(key) for key, times in found.items())
    return Figures(len(found) - wrong - double, missing, double, wrong)


@each_night
@minutes
def test_reminders_of_that_night(
    night: Night,
    minutes: tuple[int, ...],
    writer: Writer,
    database: Database,
    record_property: Record,
) -> None:
    """So many days before an event, at the same time on the wall: missing 0, double 0, wrong hour
    0, for each minute of the night."""
    world, expected = World(writer, ALL_DAY), {}
    begins = night.midnight - timedelta(days=1)
    for days, person in zip(DAYS, people(writer, len(DAYS)), strict=True):
        day = night.day + timedelta(days=days)
        for one in book_many(writer, person.id, [(day, minute) for minute in minutes]):
            expected[one.id, f"{days}d"] = night.moment(one.minute)
        wish(writer, person.id, f"{days}d", begins, ALL_DAY)
    world.runs(night.midnight, night.end)
    figures = compared(expected, world)
    record_property("clock night", json.dumps([str(night.day), "days before", *figures]))
    assert figures == (len(minutes) * len(DAYS), 0, 0, 0)


def before(night: Night, one: Booked) -> dict[str, datetime]:
    """When each step of an event of that night has to go."""
    at = night.moment(one.minute)
    wall = datetime.combine(night.day, time(), UTC) + one.minute * MINUTE
    days = {step: wall - timedelta(days=step) - night.before * HOUR for step in (7, 1)}
    return {
        "7d": days[7],
        "1d": days[1],
        "12h": at - 12 * HOUR,
        "2h": at - 2 * HOUR,
        "1h": at - HOUR,
    }


@each_night
@minutes
def test_events_of_that_night(
    night: Night,
    minutes: tuple[int, ...],
    writer: Writer,
    database: Database,
    record_property: Record,
) -> None:
    """Of an event at each minute of the night, midnight and 02:30 among them: five reminders, days
    by the calendar and hours as they pass."""
    world, expected = World(writer, ALL_DAY), {}
    (person,) = people(writer, 1)
    for one in book_many(writer, person.id, [(night.day, minute) for minute in minutes]):
        for step, at in before(night, one).items():
            expected[one.id, step] = at
    wish(writer, person.id, STEPS, night.midnight - timedelta(days=8), ALL_DAY)
    for at in sorted(set(expected.values())):
        world.tick(at)
    figures = compared(expected, world)
    record_property("clock night", json.dumps([str(night.day), "events", *figures]))
    assert figures == (len(minutes) * 5, 0, 0, 0)


def fires(night: Night, minute: int) -> list[datetime]:
    """When plain APScheduler calls for a minute of that day, as one would write it."""
    hour, rest = divmod(minute, 60)
    trigger = CronTrigger(hour=hour, minute=rest, timezone=clocks(ROME))
    found: list[datetime] = []
    last, now = None, night.midnight.astimezone(clocks(ROME))
    while (next_one := trigger.get_next_fire_time(last, now)) and next_one < night.end:
        found.append(next_one.astimezone(UTC))
        later = found[-1] + timedelta(microseconds=1)
        last, now = next_one, later.astimezone(clocks(ROME))
    return found


def test_plain_apscheduler_on_the_same_minutes(record_property: Record) -> None:
    """What a scheduler of times of the day does: 60 minutes twice, 60 in the wrong hour. Here is
    why it is the ticker, and nothing more."""
    found: Counter[str] = Counter()
    for night in NIGHTS:
        for minute in FULL:
            times = fires(night, minute)
            found["missing"] += not times
            found["double"] += len(times) > 1
            found["wrong"] += len(times) == 1 and times[0] != night.moment(minute)
    record_property("plain APScheduler", json.dumps(found))
    assert (found["missing"], found["double"], found["wrong"]) == (0, 60, 59)


@each_night
def test_by_hand_and_by_the_rules(night: Night) -> None:
    """The table computed by hand here is what the clocks of Rome show that night."""
    for minute in FULL:
        shown = night.moment(minute).astimezone(clocks(ROME))
        wanted = datetime.combine(night.day, time()) + minute * MINUTE
        gap = night is SPRING and 120 <= minute < 180
        assert shown.replace(tzinfo=None) == (
            datetime.combine(night.day, time(3)) if gap else wanted
        )
