"""Times and days as a deployment writes them in its settings."""

from __future__ import annotations

import re
from datetime import date, time
from typing import NamedTuple

EARLIEST = time(3)
"""Nothing is due between midnight and three: there the clocks change, twice a year."""

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})")
LEAP_YEAR = 2028


class Times(NamedTuple):
    """Two times of every day."""

    first: time
    second: time

    def __str__(self) -> str:
        return f"{self.first:%H:%M},{self.second:%H:%M}"


class Hours(NamedTuple):
    """From one time of the day to another."""

    opens: time
    closes: time

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


class Days(NamedTuple):
    """Days of every year, as month and day."""

    days: tuple[tuple[int, int], ...] = ()

    def __str__(self) -> str:
        return ",".join(f"{day}/{month}" for month, day in self.days)


def read_times(value: object) -> object:
    """Two times of a day: `09:00,15:00`."""
    if not isinstance(value, str):
        return value
    times = tuple(sorted(_time(part) for part in value.split(",")))
    if len(times) != 2 or times[0] == times[1] or times[0] < EARLIEST:
        raise ValueError("must be two times of the day from 03:00 on, like 09:00,15:00")
    return Times(*times)


def read_hours(value: object) -> object:
    """From one time of the day to another: `09:00-18:00`."""
    if not isinstance(value, str):
        return value
    opens, dash, closes = value.partition("-")
    hours = (_time(opens), _time(closes)) if dash else (EARLIEST, EARLIEST)
    if hours[0] >= hours[1]:
        raise ValueError("must be hours of one day, like 09:00-18:00")
    return Hours(*hours)


def read_days(value: object) -> object:
    """Days of every year: `7/12` is the seventh of December; several with commas."""
    if not isinstance(value, str):
        return value
    return Days(tuple(sorted(_day(part) for part in value.split(",") if part.strip())))


def _time(words: str) -> time:
    found = _TIME.fullmatch(words.strip())
    if found is None:
        raise ValueError("must hold times of the day, like 09:00")
    return time(int(found[1]), int(found[2]))


def _day(words: str) -> tuple[int, int]:
    found = _DAY.fullmatch(words.strip())
    if found is None:
        raise ValueError("must be days and months, like 7/12")
    try:
        day = date(LEAP_YEAR, int(found[2]), int(found[1]))
    except ValueError:
        raise ValueError("must be days there are, like 7/12") from None
    return day.month, day.day
