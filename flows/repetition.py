"""On which days a course meets: a rule as people write it, and the days it leads to.

weekly mon,wed until 2027-03-31 skip holidays, 2026-12-24..2027-01-06
every 2 weeks times 8
monthly same weekday times 6 also 2027-05-02
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from flows.hours import DAYS
from flows.text import Text, _
from flows.workdays import is_holiday

MOST_DAYS = 200
MOST_EVERY = 52
FAR = timedelta(days=3 * 366)
"""So long after the first day nobody plans lessons."""

LATEST = date(2100, 1, 1)
EXAMPLE = "'weekly mon,wed until 2027-03-31 skip holidays, 2026-12-24..2027-01-06'"
_NUMBERS = {name: number for number, names in enumerate(DAYS) for name in names}
_KEYS = re.compile(r"\b(until|times|skip|also|on)\b")
_EVERY = re.compile(r"every\s+(\d{1,3})\s+(days|weeks|months)")
_UNITS = {"daily": "days", "weekly": "weeks", "monthly": "months"}
_SAME_WEEKDAY = "same weekday"

Stretch = tuple[date, date]


class RepetitionError(ValueError):
    """A rule that cannot be read, or that leads to too much: what is wrong, where, an example."""

    def __init__(self, why: Text, where: int = 0, part: str = "") -> None:
        place = f" At letter {where + 1}: {part!r}." if part else ""
        plain = why.source.format(**dict(why.params))
        super().__init__(f"{plain}{place} A repetition looks like {EXAMPLE}.")
        self.why, self.where, self.part = why, where, part


class Unit(StrEnum):
    """What is counted from one lesson to the next."""

    NEVER = ""
    LISTED = "on"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class _Part(NamedTuple):
    where: int
    words: str


@dataclass(frozen=True, slots=True)
class Repetition:
    """A rule: every so many days, weeks (on weekdays) or months, to a day or so many times.

    `times` counts lessons that take place: what is skipped is made up for at the end. `also` are
    days more, at whatever distance. Without a unit there is the first day, and those; a list
    is those alone.
    """

    unit: Unit = Unit.NEVER
    every: int = 1
    weekdays: tuple[int, ...] = ()
    same_weekday: bool = False
    until: date | None = None
    times: int | None = None
    holidays: bool = False
    skipped: tuple[Stretch, ...] = ()
    also: tuple[date, ...] = ()

    @classmethod
    def read(cls, rule: str) -> Repetition:
        """A rule as it was written; an empty one is the first day alone.

        Raises:
            RepetitionError: something in it cannot be read; the message says what and where.
        """
        head, parts = _split(rule)
        unit, every, weekdays, same = _read_head(head)
        until = _read_date(parts["until"]) if "until" in parts else None
        times = _read_times(parts["times"]) if "times" in parts else None
        if unit is Unit.NEVER and (until or times is not None or "skip" in parts):
            raise RepetitionError(_("This says how long, and not how often."), head.where, rule)
        if unit is not Unit.NEVER and (until is None) == (times is None):
            raise RepetitionError(_("Say either until when, or how many times."), 0, rule.strip())
        holidays, skip = _read_skip(parts["skip"]) if "skip" in parts else (False, ())
        also = tuple(sorted({_read_date(one) for one in _listed(parts.get("also"))}))
        if "on" in parts:
            if head.words or len(parts) > 1:
                raise RepetitionError(_("A list of days says it all."), 0, rule.strip())
            unit = Unit.LISTED
            also = tuple(sorted({_read_date(one) for one in _listed(parts["on"])}))
        return cls(unit, every, weekdays, same, until, times, holidays, skip, also)

    def __str__(self) -> str:
        if self.unit is Unit.LISTED:
            return f"on {', '.join(map(str, self.also))}".strip()
        words = [_head(self)]
        if self.until is not None:
            words.append(f"until {self.until}")
        if self.times is not None:
            words.append(f"times {self.times}")
        skip = ["holidays"] * self.holidays + [
            str(first) if first == last else f"{first}..{last}" for first, last in self.skipped
        ]
        if skip:
            words.append(f"skip {', '.join(skip)}")
        if self.also:
            words.append(f"also {', '.join(map(str, self.also))}")
        return " ".join(filter(None, words))

    def days(self, first: date) -> tuple[date, ...]:
        """The days of a course whose first one can be `first`, in order, none twice.

        Raises:
            RepetitionError: there are none, too many, or fewer than it says.
        """
        if first > LATEST:
            raise RepetitionError(_("This day is too far away."))
        found = set(self._regular(first)) | set(self.also)
        if not found:
            raise RepetitionError(_("No lesson is left of this rule."))
        if len(found) > MOST_DAYS:
            raise RepetitionError(_("These are more than {most} lessons.", most=MOST_DAYS))
        return tuple(sorted(found))

    def left_out(self, first: date) -> tuple[date, ...]:
        """The days of the rule that are skipped, up to its last one, where they are not `also`."""
        last = self.until or max([first, *self._regular(first)])
        days = takewhile(lambda one: one <= last, self._all(first))
        return tuple(day for day in days if self._skips(day) and day not in self.also)

    def _regular(self, first: date) -> list[date]:
        last = min(self.until or first + FAR, first + FAR)
        found: list[date] = []
        for day in takewhile(lambda one: one <= last, self._all(first)):
            if len(found) == (self.times or MOST_DAYS + 1):
                break
            if not self._skips(day):
                found.append(day)
        if self.times is not None and len(found) < self.times:
            raise RepetitionError(
                _("In three years there are only {count} such days.", count=len(found))
            )
        return found

    def _skips(self, day: date) -> bool:
        if self.holidays and is_holiday(day):
            return True
        return any(begins <= day <= ends for begins, ends in self.skipped)

    def _all(self, first: date) -> Iterator[date]:
        """Every day of the rule from the first on, those that are skipped as well."""
        if self.unit is Unit.LISTED:
            return iter(())
        if self.unit is Unit.NEVER:
            return iter((first,))
        if self.unit is Unit.DAYS:
            return _days(first, self.every)
        if self.unit is Unit.WEEKS:
            return _weeks(first, self.every, self.weekdays or (first.weekday(),))
        return _months(first, self.every, self.same_weekday)


def _days(first: date, every: int) -> Iterator[date]:
    return (first + timedelta(days=step) for step in _steps(every, 1))


def _weeks(first: date, every: int, weekdays: tuple[int, ...]) -> Iterator[date]:
    monday = first - timedelta(days=first.weekday())
    days = (
        monday + timedelta(days=7 * step + weekday)
        for step in _steps(every, 7)
        for weekday in weekdays
    )
    return (day for day in days if day >= first)


def _months(first: date, every: int, same_weekday: bool) -> Iterator[date]:
    """The same day of the month, or the same weekday of it; months without it are left out."""
    days = (_in_month(first, step, same_weekday) for step in _steps(every, 28))
    return (day for day in days if day is not None)


def _in_month(first: date, ahead: int, same_weekday: bool) -> date | None:
    year, month = divmod(first.year * 12 + first.month - 1 + ahead, 12)
    number = first.day
    if same_weekday:
        begins = date(year, month + 1, 1)
        number = 1 + (first.weekday() - begins.weekday()) % 7 + 7 * ((first.day - 1) // 7)
    try:
        return date(year, month + 1, number)
    except ValueError:
        return None


def _steps(every: int, days: int) -> range:
    """0, every, 2 × every, …: so many of at least so many days that the end of planning is past."""
    return range(0, FAR // timedelta(days=days) + 1, every)


def _head(rule: Repetition) -> str:
    if rule.unit is Unit.NEVER:
        return ""
    name = next(word for word, unit in _UNITS.items() if unit == rule.unit)
    head = name if rule.every == 1 else f"every {rule.every} {rule.unit}"
    if rule.same_weekday:
        return f"{head} {_SAME_WEEKDAY}"
    days = ",".join(DAYS[one][0] for one in rule.weekdays)
    return f"{head} {days}".rstrip()


def _split(rule: str) -> tuple[_Part, dict[str, _Part]]:
    """What stands before the first key, and what after each."""
    found = [*_KEYS.finditer(rule.lower())]
    ends = [one.start() for one in found[1:]] + [len(rule)]
    head = _trimmed(0, rule[: found[0].start()] if found else rule)
    parts: dict[str, _Part] = {}
    for one, end in zip(found, ends, strict=False):
        if one.group() in parts:
            raise RepetitionError(_("This is said twice."), one.start(), one.group())
        parts[one.group()] = _trimmed(one.end(), rule[one.end() : end])
    return head, parts


def _trimmed(where: int, words: str) -> _Part:
    return _Part(where + len(words) - len(words.lstrip()), words.strip().lower())


def _read_head(head: _Part) -> tuple[Unit, int, tuple[int, ...], bool]:
    if not head.words:
        return Unit.NEVER, 1, (), False
    known = _EVERY.match(head.words)
    if known is not None:
        every, name, end = int(known.group(1)), known.group(2), known.end()
    else:
        word = head.words.split()[0]
        every, name, end = 1, _UNITS.get(word, ""), len(word)
    if not name or not 1 <= every <= MOST_EVERY:
        raise RepetitionError(_("This is no repetition."), *head)
    unit, rest = Unit(name), _trimmed(head.where + end, head.words[end:])
    if unit is Unit.MONTHS and rest.words == _SAME_WEEKDAY:
        return unit, every, (), True
    if rest.words and unit is not Unit.WEEKS:
        raise RepetitionError(_("Days of the week go with weeks."), *rest)
    return unit, every, tuple(sorted({_read_weekday(one) for one in _listed(rest)})), False


def _read_weekday(part: _Part) -> int:
    if part.words not in _NUMBERS:
        raise RepetitionError(_("This is no day of the week."), *part)
    return _NUMBERS[part.words]


def _listed(part: _Part | None) -> list[_Part]:
    """What stands between commas, and where it begins."""
    if part is None or not part.words:
        return []
    where, found = part.where, []
    for words in part.words.split(","):
        found.append(_trimmed(where, words))
        where += len(words) + 1
    return found


def _read_date(part: _Part) -> date:
    try:
        return date.fromisoformat(part.words)
    except ValueError:
        raise RepetitionError(_("This is no day."), part.where, part.words or "…") from None


def _read_times(part: _Part) -> int:
    times = int(part.words) if part.words.isdecimal() and len(part.words) < 5 else 0
    if not 1 <= times <= MOST_DAYS:
        raise RepetitionError(
            _("This is no number from 1 to {most}.", most=MOST_DAYS), part.where, part.words
        )
    return times


def _read_skip(part: _Part) -> tuple[bool, tuple[Stretch, ...]]:
    holidays, stretches = False, set()
    for one in _listed(part):
        if one.words == "holidays":
            holidays = True
            continue
        begins, _to, ends = one.words.partition("..")
        first = _read_date(_trimmed(one.where, begins))
        last = _read_date(_trimmed(one.where + len(begins) + 2, ends)) if _to else first
        if last < first:
            raise RepetitionError(_("This ends before it begins."), *one)
        stretches.add((first, last))
    return holidays, tuple(sorted(stretches))
