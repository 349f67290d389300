"""When somebody is reminded: offsets of an event, and the hours in which nobody is disturbed.

All moments are those of the clocks on the wall, without a zone: the shell turns them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import NamedTuple

from flows.calendar_model import DateKind
from flows.handoff_model import Safe
from flows.hours import safe_span

MOST_STEPS = 6
MOST = {"d": 365, "h": 72}
DATE_AT = time(10)
"""The time of day at which a date of one's own is reminded of."""

MARGIN = timedelta(minutes=30)
"""A reminder that is moved goes so long before its hours end: a short outage costs nothing."""

BOOKED, MOVED, CANCELLED = "booked", "moved", "cancelled"
"""Instead of a step: what an operator did with an appointment, told at once."""

_STEP, _PART = re.compile(r"(\+?)(\d{1,3})([dh])"), re.compile(r"[^,\s]+")


class StepsError(ValueError):
    """Offsets that cannot be read: what is wrong, where, and an example."""

    def __init__(self, why: str, where: int, part: str) -> None:
        super().__init__(
            f"{why} At letter {where + 1}: {part!r}. Offsets look like '7d,1d,2h': a week, a day "
            "and two hours before."
        )
        self.where = where


class Step(NamedTuple):
    """So many days or hours before an event, or after it."""

    amount: int
    unit: str
    after: bool = False

    def __str__(self) -> str:
        return f"{'+' if self.after else ''}{self.amount}{self.unit}"

    @property
    def hours(self) -> int:
        """How far from the event, roughly: after it above zero."""
        hours = self.amount * (24 if self.unit == "d" else 1)
        return hours if self.after else -hours

    def on_days(self, event: datetime) -> datetime:
        """The moment of a step of days: the time on the wall stays that of the event."""
        days = timedelta(days=self.amount)
        return event + days if self.after else event - days


def read_steps(words: str) -> tuple[Step, ...]:
    """Offsets as people write them, the earliest first; nothing is no reminder.

    Raises:
        StepsError: something in them cannot be read.
    """
    found = {_read_step(part[0].lower(), part.start(), part[0]) for part in _PART.finditer(words)}
    if len(found) > MOST_STEPS:
        raise StepsError(f"More than {MOST_STEPS} reminders are too many.", 0, words)
    return tuple(sorted(found, key=lambda step: step.hours))


def _read_step(bare: str, where: int, part: str) -> Step:
    match = _STEP.fullmatch(bare)
    if match is None:
        raise StepsError("This is no offset.", where, part)
    amount, unit = int(match[2]), match[3]
    if amount > MOST[unit] or (unit == "h" and not amount):
        raise StepsError(f"This is too far: at most {MOST['d']}d or {MOST['h']}h.", where, part)
    return Step(amount, unit, bool(match[1]))


def write_steps(steps: Iterable[Step]) -> str:
    """Offsets, as they are kept."""
    return ",".join(map(str, steps))


FIRST_LESSON = read_steps("7d,1d,2h")
LESSON = read_steps("1d")
APPOINTMENT = read_steps("7d,1d,2h")
DATES: Mapping[DateKind, tuple[Step, ...]] = {
    DateKind.PERMIT: read_steps("90d,60d,30d,7d"),
    DateKind.HEALTH_CARD: read_steps("30d,7d"),
    DateKind.CONTRACT: read_steps("30d,7d,+1d"),
    DateKind.JOB_LOST: read_steps("+1d,+6d,+50d,+61d"),
    DateKind.PERMIT_STATE: read_steps("0d"),
}
NASPI_SOON, NASPI_LAST = 8, 68
"""Who asks within 8 days is paid from the eighth; after 68 days nobody is (card `home.naspi`)."""


def steps_for(default: tuple[Step, ...], *wanted: str | None) -> tuple[Step, ...]:
    """The steps of the first who said any: the person, the course, the desk; else as everywhere.

    What an older release wrote and this one cannot read is as if nobody had said it.
    """
    for words in wanted:
        if words is not None:
            try:
                return read_steps(words)
            except StepsError:
                continue
    return default


def last_day(kind: DateKind, day: date, step: Step) -> date:
    """To which day, it not included, a reminder of one's own date is still of use."""
    if kind is DateKind.JOB_LOST:
        return day + timedelta(days=NASPI_SOON if step.amount < NASPI_SOON else NASPI_LAST)
    if kind is DateKind.PERMIT_STATE:
        return day + timedelta(days=4)
    return day + timedelta(days=8 if step.after else 1)


@dataclass(frozen=True, slots=True)
class Reach:
    """When somebody may be written to: by day, and while the phone is their own."""

    safe: Safe = Safe.ALWAYS
    begins: time = time(8)
    ends: time = time(21)

    def allows(self, local: datetime) -> bool:
        """Whether now."""
        span = self._span(local.date())
        return span is not None and span[0] <= local < span[1]

    def before(self, local: datetime) -> datetime:
        """That moment, or the last good one before it."""
        if self.allows(local):
            return local
        begins, ends = next(span for span in self._spans(local.date(), -1) if span[1] <= local)
        return max(begins, ends - MARGIN)

    def after(self, local: datetime) -> datetime:
        """That moment, or the first one after it."""
        if self.allows(local):
            return local
        return next(span[0] for span in self._spans(local.date(), 1) if span[0] > local)

    def _spans(self, day: date, way: int) -> Iterator[tuple[datetime, datetime]]:
        """The hours of a day and of those after it, or before it; every week has some."""
        spans = (self._span(day + timedelta(days=way * step)) for step in count())
        return (span for span in spans if span is not None)

    def _span(self, day: date) -> tuple[datetime, datetime] | None:
        """From when to when on a day."""
        safe = safe_span(self.safe, day)
        if safe is None:
            return None
        midnight = datetime.combine(day, time())
        ends = datetime.combine(day, self.ends) if self.ends > self.begins else _next(midnight)
        begins = max(datetime.combine(day, self.begins), safe[0])
        return begins, min(ends, safe[1])


def _next(midnight: datetime) -> datetime:
    return midnight + timedelta(days=1)


DAY = Reach()
"""Quiet hours are from 21 to 8."""


class Moment(NamedTuple):
    """A reminder to come: which step, and when."""

    step: str
    at: datetime


def moments(
    wanted: Iterable[tuple[Step, datetime]], until: datetime, now: datetime, reach: Reach
) -> tuple[Moment, ...]:
    """The reminders to come, the first first. `wanted` are steps and their moments.

    One that falls in hours in which nobody is written to goes before them. Of those that would go
    together only the last step does; what is over, or would be past the event, does not.
    """
    found: dict[tuple[datetime, int], Moment] = {}
    for step, at in sorted(wanted, key=lambda one: (one[1], one[1].fold, one[0].hours)):
        moved = reach.before(at)
        if now < moved < until:
            found[moved, moved.fold] = Moment(str(step), moved)  # a fold is another hour
    return tuple(found.values())
