"""A day and a time at a place is one moment, also in the nights in which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.instants import ROME, clocks, instant, is_zone, rules_version, wall

ZONES = (ROME, "Asia/Dhaka", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
TIMES = st.datetimes(datetime.fromisoformat("2007-01-01"), datetime.fromisoformat("2037-12-31"))


def utc(words: str) -> datetime:
    """A moment as the cases here write it."""
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "local", "moment", "shifted"),
    [
        (ROME, "2027-03-28T01:59", "2027-03-28T00:59", False),
        (ROME, "2027-03-28T02:00", "2027-03-28T01:00", True),
        (ROME, "2027-03-28T02:30", "2027-03-28T01:00", True),
        (ROME, "2027-03-28T02:59", "2027-03-28T01:00", True),
        (ROME, "2027-03-28T03:00", "2027-03-28T01:00", False),
        (ROME, "2026-10-25T02:00", "2026-10-25T00:00", False),
        (ROME, "2026-10-25T02:30", "2026-10-25T00:30", False),
        (ROME, "2026-10-25T03:00", "2026-10-25T02:00", False),
        (ROME, "2026-10-25T00:00", "2026-10-24T22:00", False),
        ("Australia/Lord_Howe", "2026-10-04T02:10", "2026-10-03T15:30", True),
        ("Pacific/Apia", "2011-12-30T14:30", "2011-12-30T10:00", True),
        (ROME, "2026-10-25T02:30+second", "2026-10-25T01:30", False),
        (ROME, "2027-03-28T02:30+second", "2027-03-28T01:00", True),
        (ROME, "2027-03-28T04:30+second", "2027-03-28T02:30", False),
        ("America/Havana", "2026-03-08T00:00", "2026-03-08T05:00", True),
    ],
)
def test_a_time_is_a_moment(zone: str, local: str, moment: str, shifted: bool) -> None:
    """A skipped time goes to the first minute after the gap and says so; a doubled one is first,
    unless it says that it is the second."""
    when = datetime.fromisoformat(local.removesuffix("+second"))
    at = when.time().replace(fold=local.endswith("+second"))
    assert instant(when.date(), at, zone) == (utc(moment), shifted)


@given(
    st.sampled_from(ZONES),
    TIMES.map(lambda one: one.replace(second=0, microsecond=0)),
)
def test_what_exists_comes_back(zone: str, local: datetime) -> None:
    """The clocks show what was asked for, unless they skip it: then the next minute there is."""
    at, shifted = instant(local.date(), local.time(), zone)
    assert (wall(at, zone) == local) == (not shifted)
    assert (wall(at, zone) > local) == shifted
    if shifted:
        assert wall(at - timedelta(minutes=1), zone) < local


@given(st.sampled_from(ZONES), TIMES)
def test_no_moment_shows_it_sooner(zone: str, local: datetime) -> None:
    """Of a time the clocks show twice, the moment is the first of both."""
    at = instant(local.date(), local.time(), zone).at
    earlier = [at - timedelta(minutes=minutes) for minutes in (30, 60, 120, 1440)]
    assert [one for one in earlier if wall(one, zone) == local] == []


def test_an_order_of_times_is_an_order_of_moments() -> None:
    """Through both nights no later minute of the wall is an earlier moment."""
    for day in (date(2026, 10, 25), date(2027, 3, 28)):
        found = [instant(day, time(*divmod(minute, 60)), ROME).at for minute in range(1440)]
        assert found == sorted(found)


@pytest.mark.parametrize(
    "name",
    ["", "Rome", "Europe/Roma", "../etc/passwd", "/etc/passwd", "Europe", "zone.tab", "Ev/è"],
)
def test_no_such_place(name: str) -> None:
    """What is no zone is said to be none, and leads to no file."""
    assert is_zone(name) is False
    with pytest.raises(ValueError, match="zones look like Europe/Rome"):
        clocks(name)


def test_the_rules_have_a_version() -> None:
    """Moments computed by older rules are known by it; the clocks know their name."""
    assert rules_version().split(".")[0].isdigit()
    assert clocks(ROME).key == ROME
    assert is_zone(ROME)
