"""Which times a desk gives appointments at: the slots of a day, and which of them are near enough.

All moments here are those of the clocks on the wall, without a zone: the shell turns them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flows.hours import Calendar

SHORTEST, LONGEST = 5, 12 * 60
"""How many minutes a slot may take."""

MOST_AT_ONCE = 50
MOST_DAYS = 366
MOST_LEAD_HOURS = 30 * 24


@dataclass(frozen=True, slots=True)
class OpeningRule:
    """When a desk gives appointments: its week with what is closed, from a day to another.

    A slot takes `minutes`, and `at_once` are given side by side. Nobody books later than
    `lead_hours` before it, nor earlier than `ahead_days`.
    """

    calendar: Calendar
    first: date
    last: date | None
    minutes: int
    at_once: int = 1
    lead_hours: int = 0
    ahead_days: int = MOST_DAYS

    def holds_on(self, day: date) -> bool:
        """Whether the opening is there on a day at all, open or closed."""
        return self.first <= day and (self.last is None or day <= self.last)


def slots_of(rule: OpeningRule, day: date) -> tuple[datetime, ...]:
    """When the slots of a day begin; the last of each span ends with it, or before."""
    if not rule.holds_on(day) or rule.minutes < SHORTEST:
        return ()
    midnight = datetime.combine(day, time())
    return tuple(
        midnight + timedelta(minutes=minute)
        for span in rule.calendar.spans(day)
        for minute in range(span.opens, span.closes - rule.minutes + 1, rule.minutes)
    )


def is_slot(rule: OpeningRule, local: datetime) -> bool:
    """Whether a slot begins at that moment."""
    return local in slots_of(rule, local.date())


def days_ahead(rule: OpeningRule, today: date, days: int | None = None) -> Iterator[date]:
    """The days from today on for which somebody may book; `days` instead of the rule's own."""
    many = rule.ahead_days if days is None else days
    coming = (today + timedelta(days=ahead) for ahead in range(min(many, MOST_DAYS) + 1))
    return (day for day in coming if rule.holds_on(day))


def next_slots(
    rule: OpeningRule, local: datetime, *, days: int | None = None, hurried: bool = False
) -> Iterator[datetime]:
    """The slots to come, the next first. Who is `hurried` books up to the last minute."""
    earliest = local + timedelta(hours=0 if hurried else rule.lead_hours)
    return (
        begins
        for day in days_ahead(rule, local.date(), days)
        for begins in slots_of(rule, day)
        if begins > local and begins >= earliest
    )


def free_seat(taken: Iterable[int], at_once: int) -> int | None:
    """The smallest number of those side by side that nobody has; None where all are taken."""
    known = frozenset(taken)
    return next((seat for seat in range(1, at_once + 1) if seat not in known), None)
