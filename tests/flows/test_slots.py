"""Which times a desk gives appointments at."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.hours import Calendar
from flows.slots import OpeningRule, days_ahead, free_seat, is_slot, next_slots, slots_of

MONDAY = date(2026, 11, 23)


def rule(hours: str = "mon 09:00-10:30", closed: str = "", **more: object) -> OpeningRule:
    """A rule from a Monday on, half an hour each."""
    given: dict[str, object] = {"first": MONDAY, "last": None, "minutes": 30} | more
    return OpeningRule(Calendar.read(hours, closed), **given)  # type: ignore[arg-type]


def clock(day: date, *times: str) -> tuple[datetime, ...]:
    """These times of a day."""
    return tuple(datetime.combine(day, time.fromisoformat(one)) for one in times)


@pytest.mark.parametrize(
    ("hours", "minutes", "times"),
    [
        ("mon 09:00-10:30", 30, ("09:00", "09:30", "10:00")),
        ("mon 09:00-10:30", 40, ("09:00", "09:40")),
        ("mon 09:00-09:20", 30, ()),
        ("mon 09:00-10:00 14:00-15:00", 60, ("09:00", "14:00")),
        ("mon 23:00-24:00", 60, ("23:00",)),
        ("tue 09:00-10:30", 30, ()),
        ("mon 09:00-10:30", 4, ()),
    ],
)
def test_a_day_has_the_slots_that_fit_into_its_hours(
    hours: str, minutes: int, times: tuple[str, ...]
) -> None:
    """Slots follow each other from the beginning of each span, and none ends after it."""
    assert slots_of(rule(hours, minutes=minutes), MONDAY) == clock(MONDAY, *times)


@pytest.mark.parametrize(
    "changed",
    [
        {"first": MONDAY + timedelta(days=1)},
        {"last": MONDAY - timedelta(days=1)},
        {"closed": "2026-11-20..2026-11-25"},
    ],
)
def test_a_closed_day_has_none(changed: dict[str, object]) -> None:
    """Before the first day, after the last one and on exceptions nothing is given."""
    assert slots_of(rule(**changed), MONDAY) == ()  # type: ignore[arg-type]


def test_a_holiday_has_none() -> None:
    """On Easter Monday nobody gives appointments, without anybody having written so."""
    assert slots_of(rule(), date(2027, 3, 29)) == ()


def test_only_the_beginning_of_a_slot_is_one() -> None:
    """A time inside a slot is none."""
    nine, later = clock(MONDAY, "09:00", "09:10")
    assert (is_slot(rule(), nine), is_slot(rule(), later)) == (True, False)


def test_who_books_keeps_the_lead_unless_hurried() -> None:
    """Slots nearer than the lead are for the desk alone, past ones for nobody."""
    now = clock(MONDAY, "09:00")[0]
    asked = rule(lead_hours=1)
    assert list(next_slots(asked, now, days=0)) == [*clock(MONDAY, "10:00")]
    assert list(next_slots(asked, now, days=0, hurried=True)) == [*clock(MONDAY, "09:30", "10:00")]


def test_nobody_books_farther_ahead_than_the_rule_says() -> None:
    """The last day is that many days from today, it included, and within the opening."""
    asked = rule(ahead_days=7)
    days = list(days_ahead(asked, MONDAY - timedelta(days=2)))
    assert (days[0], days[-1]) == (MONDAY, MONDAY + timedelta(days=5))
    assert [one.date() for one in next_slots(asked, clock(MONDAY, "08:00")[0])] == [
        *[MONDAY] * 3,
        *[MONDAY + timedelta(days=7)] * 3,
    ]


@given(st.sets(st.integers(1, 8)), st.integers(1, 8))
def test_a_free_seat_is_the_smallest_that_nobody_has(taken: set[int], at_once: int) -> None:
    """It is side by side with the others and free, and nothing smaller is; else there is none."""
    seat = free_seat(taken, at_once)
    free = [one for one in range(1, at_once + 1) if one not in taken]
    assert seat == (free[0] if free else None)


@given(st.integers(5, 720), st.integers(0, 1380), st.integers(1, 24))
def test_slots_never_overlap_nor_leave_the_hours(minutes: int, opens: int, hours: int) -> None:
    """Whatever the length, slots stand one behind the other inside the span."""
    closes = min(opens + hours * 60, 1440)
    written = f"mon {opens // 60}:{opens % 60:02}-{closes // 60}:{closes % 60:02}"
    found = slots_of(rule(written, minutes=minutes), MONDAY)
    length, midnight = timedelta(minutes=minutes), datetime.combine(MONDAY, time())
    assert len(found) == (closes - opens) // minutes
    assert all(later - one == length for one, later in pairwise(found))
    assert all(one + length <= midnight + timedelta(minutes=closes) for one in found)
