"""The days of a repetition rule of iCalendar, looked for day by day and no further than it matters.

Programs that repeat such rules go on to the year 9999, or for ever, where no day fits.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

LONGEST = timedelta(days=366 * 5)
"""So long a course is followed from its first lesson on."""

_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"}
_OFTEN = ("DAILY", "WEEKLY", "MONTHLY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)


class TooMuchError(ValueError):
    """A rule that no course needs."""


class EndlessError(ValueError):
    """It has more days than are wanted, or goes on for too long."""


@dataclass(frozen=True, slots=True)
class _Rule:
    often: str
    interval: int
    weekdays: tuple[tuple[int, int], ...]
    """Which of the month, 0 for all of them, and the day of the week."""
    month_days: tuple[int, ...]
    months: tuple[int, ...]
    begins: int

    def fits(self, day: date, first: date) -> bool:
        """Whether a day is one of the rule."""
        if self.months and day.month not in self.months:
            return False
        length = calendar.monthrange(day.year, day.month)[1]
        if self.month_days and not {day.day, day.day - length - 1} & set(self.month_days):
            return False
        if self.weekdays and not any(
            weekday == day.weekday() and (not which or self._is(which, day, length))
            for which, weekday in self.weekdays
        ):
            return False
        return self._in_turn(day, first)

    def _is(self, which: int, day: date, length: int) -> bool:
        if self.often != "MONTHLY":
            return True
        if which > 0:
            return (day.day - 1) // 7 + 1 == which
        return (length - day.day) // 7 + 1 == -which

    def _in_turn(self, day: date, first: date) -> bool:
        if self.often == "DAILY":
            return (day - first).days % self.interval == 0
        named = self.weekdays or self.month_days
        if self.often == "WEEKLY":
            week = first - timedelta(days=(first.weekday() - self.begins) % 7)
            if (day - week).days // 7 % self.interval:
                return False
            return bool(named) or day.weekday() == first.weekday()
        months = (day.year - first.year) * 12 + day.month - first.month
        return months % self.interval == 0 and (bool(named) or day.day == first.day)


def days_of(
    rule: Mapping[str, Sequence[Any]], first: date, until: date | None, most: int
) -> list[date]:
    """The days from the first on; `until` is the last possible one, where the rule has one.

    Raises:
        TooMuchError: it says what no course needs.
        EndlessError: these are more than `most`, or they do not end in time.
        ValueError: something in it is no rule.
    """
    read = _read(rule)
    counts = [_number(one) for one in rule.get("COUNT", ())]
    last = min(until or date.max, first + LONGEST)
    found: list[date] = []
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        if read.fits(day, first):
            found.append(day)
            if len(found) > most:
                raise EndlessError
            if counts and len(found) == min(counts):
                return found
    if found and (until is None or last < until):
        raise EndlessError
    return found


def _read(rule: Mapping[str, Sequence[Any]]) -> _Rule:
    often = [str(one).upper() for one in rule.get("FREQ", ())]
    if not set(rule) <= _KNOWN or len(often) != 1 or often[0] not in _OFTEN:
        raise TooMuchError
    intervals = [_number(one) for one in rule.get("INTERVAL", ())]
    weekdays = [_BYDAY.fullmatch(str(one).upper()) for one in rule.get("BYDAY", ())]
    begins = [str(one).upper() for one in rule.get("WKST", ())] or ["MO"]
    month_days = tuple(int(one) for one in rule.get("BYMONTHDAY", ()))
    months = tuple(int(one) for one in rule.get("BYMONTH", ()))
    if any(not 1 <= abs(one) <= 31 for one in month_days):
        raise ValueError("BYMONTHDAY")
    if any(not 1 <= one <= 12 for one in months):
        raise ValueError("BYMONTH")
    return _Rule(
        often[0],
        (intervals or [1])[0],
        tuple(_weekday(one) for one in weekdays),
        month_days,
        months,
        _WEEKDAYS.index(begins[0]),
    )


def _weekday(found: re.Match[str] | None) -> tuple[int, int]:
    if found is None:
        raise ValueError("BYDAY")
    return int(found[1] or 0), _WEEKDAYS.index(found[2])


def _number(value: object) -> int:
    if not isinstance(value, int) or value < 1:
        raise ValueError("This is no number of times.")
    return int(value)
