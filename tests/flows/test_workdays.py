"""Working days in Italy, and when an answer is owed: over years, by dates known from elsewhere."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.report_model import Level
from flows.workdays import Service, due, easter, is_holiday, is_over, monday

PLAIN = Service()
MILAN = Service(also=frozenset({(12, 7)}))
EASTERS = {
    1961: (4, 2),
    2000: (4, 23),
    2008: (3, 23),
    2011: (4, 24),
    2024: (3, 31),
    2025: (4, 20),
    2026: (4, 5),
    2027: (3, 28),
    2028: (4, 16),
    2029: (4, 1),
    2030: (4, 21),
    2038: (4, 25),
}


def at(moment: str) -> datetime:
    """A moment by the clock on the wall, without a zone."""
    return datetime.fromisoformat(moment)


@pytest.mark.parametrize("year", EASTERS)
def test_easter_is_where_the_church_has_it(year: int) -> None:
    """Also in the earliest and the latest years (2008, 2038)."""
    assert easter(year) == date(year, *EASTERS[year])


@given(st.integers(1900, 2199))
def test_easter_is_a_sunday_in_its_season(year: int) -> None:
    """Between 22 March and 25 April, for three centuries."""
    day = easter(year)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


@pytest.mark.parametrize(("year", "days"), [(2025, 11), (2026, 12), (2027, 12), (2035, 12)])
def test_a_year_has_its_holidays(year: int, days: int) -> None:
    """Ten fixed ones and Easter Monday; Saint Francis from 2026 on."""
    first = date(year, 1, 1)
    year_long = (first + timedelta(days=number) for number in range(365))
    assert sum(map(is_holiday, year_long)) == days


def test_a_holiday_of_the_place_counts_only_where_it_is_named() -> None:
    """Sant'Ambrogio, 7 December 2026, is a Monday: Milan rests, Monza works."""
    ambrose = date(2026, 12, 7)
    assert (PLAIN.is_working(ambrose), MILAN.is_working(ambrose)) == (True, False)


CASES = {
    "serious, on a Monday": (Level.SERIOUS, "2026-11-23 10:00", "2026-11-24 18:00"),
    "serious, on a Friday night": (Level.SERIOUS, "2026-11-27 23:00", "2026-11-30 18:00"),
    "serious, on a Sunday": (Level.SERIOUS, "2026-11-29 12:00", "2026-11-30 18:00"),
    "serious, before Easter": (Level.SERIOUS, "2027-03-26 12:00", "2027-03-30 18:00"),
    "irregular, on a Monday": (Level.IRREGULAR, "2026-11-23 00:00", "2026-11-26 18:00"),
    "irregular, before Christmas": (
        Level.IRREGULAR,
        "2026-12-23 12:00",
        "2026-12-29 18:00",
    ),
    "danger, in the morning": (Level.DANGER, "2026-11-23 10:05", "2026-11-23 11:05"),
    "danger, at night": (Level.DANGER, "2026-11-24 03:00", "2026-11-24 10:00"),
    "danger, before closing": (Level.DANGER, "2026-11-27 17:40", "2026-11-30 09:40"),
    "danger, on a holiday": (Level.DANGER, "2026-12-08 10:00", "2026-12-09 10:00"),
}


@pytest.mark.parametrize("name", CASES)
def test_an_answer_is_owed(name: str) -> None:
    """Danger in an hour of service, serious in one working day, irregular in three."""
    level, came, owed = CASES[name]
    assert due(level, at(came), PLAIN) == at(owed)


def test_information_waits_for_nobody() -> None:
    """Level 0 is never over time."""
    came = at("2026-01-01 00:00")
    assert due(Level.INFORMATION, came, PLAIN) is None
    assert not is_over(Level.INFORMATION, came, at("2036-01-01 00:00"), PLAIN)


def test_sant_ambrogio_and_the_immaculate_put_an_answer_off() -> None:
    """In Milan what comes on Friday 4 December 2026 is owed an answer on Wednesday."""
    came = at("2026-12-04 10:00")
    assert due(Level.SERIOUS, came, MILAN) == at("2026-12-09 18:00")
    assert due(Level.SERIOUS, came, PLAIN) == at("2026-12-07 18:00")


moments = st.datetimes(at("2026-01-01 00:00"), at("2046-01-01 00:00"))
owed_levels = st.sampled_from([Level.IRREGULAR, Level.SERIOUS, Level.DANGER])


@given(owed_levels, moments, moments)
def test_who_came_first_is_owed_first(level: Level, one: datetime, other: datetime) -> None:
    """An earlier report is never owed its answer later: the Monday of a week is a safe guess."""
    first, second = (due(level, came, MILAN) for came in sorted((one, other)))
    assert first is not None
    assert second is not None
    assert first <= second


@given(owed_levels, moments)
def test_an_answer_is_owed_when_somebody_works(level: Level, came: datetime) -> None:
    """On a working day, in the hours of service, and after the report came."""
    owed = due(level, came, MILAN)
    assert owed is not None
    assert owed > came
    assert MILAN.is_working(owed.date())
    assert time(9) < owed.time() <= time(18)


def test_a_week_begins_on_monday() -> None:
    """Every day of a week has the same Monday."""
    week = {monday(date(2026, 11, 23) + timedelta(days=number)) for number in range(7)}
    assert week == {date(2026, 11, 23)}
