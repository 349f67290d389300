"""When a desk answers: hours as people write them, holidays, closings, and a phone's safe hours."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.handoff_model import Safe
from flows.hours import DAYS, Calendar, HoursError, Span, is_safe, next_safe, said, written
from flows.text import Text
from flows.workdays import is_holiday
from tests.chat import english

SPLIT = "mon-fri 09:00-12:30 14:00-18:00; sat 9:00-12:00"
PUA = Calendar.read(SPLIT, "2026-12-24, 12-07, 2027-08-09..2027-08-20")
MINUTES = st.integers(0, 24 * 60 - 1)


def at(moment: str) -> datetime:
    """A moment by the clock on the wall, without a zone."""
    return datetime.fromisoformat(moment)


MOMENTS = st.datetimes(at("2024-01-01"), at("2032-12-31"))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23T08:59:59", False),
        ("2026-11-23T09:00", True),
        ("2026-11-23T12:29:59", True),
        ("2026-11-23T12:30", False),
        ("2026-11-23T14:00", True),
        ("2026-11-23T18:00", False),
        ("2026-11-28T11:00", True),
        ("2026-11-28T14:30", False),
        ("2026-11-29T10:00", False),
        ("2026-12-08T10:00", False),
        ("2026-12-24T10:00", False),
        ("2027-12-24T10:00", True),
        ("2027-12-07T10:00", False),
        ("2027-04-01T10:00", True),
        ("2027-03-29T10:00", False),
        ("2027-08-20T10:00", False),
        ("2027-08-23T10:00", True),
    ],
)
def test_a_desk_is_open_in_its_hours(moment: str, is_open: bool) -> None:
    """Split shifts, Saturday, Italian holidays, days of the place, and a closing in August."""
    assert PUA.is_open(at(moment)) is is_open


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23T10:15:30", "2026-11-23T10:15:30"),
        ("2026-11-23T12:30", "2026-11-23T14:00"),
        ("2026-11-23T18:00", "2026-11-24T09:00"),
        ("2026-11-28T12:00", "2026-11-30T09:00"),
        ("2026-12-05T13:00", "2026-12-09T09:00"),
        ("2026-12-23T19:00", "2026-12-28T09:00"),
        ("2027-08-07T13:00", "2027-08-21T09:00"),
    ],
)
def test_the_next_time_passes_over_what_is_closed(now: str, opens: str) -> None:
    """Lunch, nights, Sundays, holidays one after the other, and two weeks of summer."""
    assert PUA.next_open(at(now)) == at(opens)


def test_without_hours_nobody_knows() -> None:
    """An empty line is no promise: never open, and no next time."""
    nothing = Calendar.read(" ; ")
    now = at("2026-11-23T10:00")
    assert (nothing.is_known, nothing.is_open(now), nothing.next_open(now)) == (False, False, None)
    assert (nothing.words(), nothing) == ((), Calendar())


def test_a_desk_that_is_always_away_has_no_next_time() -> None:
    """Closed for more than a year: then nobody looks further."""
    away = Calendar.read("mon 9:00-10:00", "2026-01-01..2029-01-01")
    assert away.next_open(at("2026-11-23T08:00")) is None


def test_hours_are_said_in_words_that_can_be_translated():
    """Hours a machine can read are said day by day; others stay as the office wrote them."""
    offices = ("mon-fri 9:00-17:00; sat 09:00-12:00", "lun-ven 09:00-12:00 14:00-17:00")
    assert [english(said(one)) for one in (*offices, "On request", "")] == [
        "Monday to Friday: 9:00–17:00 · Saturday: 9:00–12:00",
        "Monday to Friday: 9:00–12:00 · 14:00–17:00",
        "On request",
        "",
    ]


def test_every_time_is_a_value_of_its_own():
    """The shell keeps values apart, so that from the right, too, a desk opens before it closes."""
    (line,) = Calendar.read("mon 09:00-12:00 14:00-17:00").words()
    hours = dict(line.params)["hours"]
    assert isinstance(hours, Text)
    assert [value for _name, value in hours.params] == ["9:00", "12:00", "14:00", "17:00"]


def test_days_can_be_italian_and_go_over_sunday() -> None:
    """What operators write; hours of the same day from two lines stand in order."""
    found = Calendar.read("ven-LUN 20:00-24:00; sun 6:00–8:30")
    assert found.week == (
        (Span(1200, 1440),),
        (),
        (),
        (),
        (Span(1200, 1440),),
        (Span(1200, 1440),),
        (Span(360, 510), Span(1200, 1440)),
    )
    assert found.is_open(at("2026-11-22T23:59:59"))


def test_hours_are_written_in_either_language() -> None:
    """Only the days change, and what cannot be read stays as it was typed."""
    hours = "lun-fri 09:00-12:30 14:00-18:00; Sab 09:00-12:00; moon 9"
    assert written(hours, "it") == "lun-ven 09:00-12:30 14:00-18:00; sab 09:00-12:00; moon 9"
    assert written(hours, "en") == "mon-fri 09:00-12:30 14:00-18:00; sat 09:00-12:00; moon 9"


def test_the_week_in_words() -> None:
    """Days in a row with the same hours are one line; days without hours are not named."""
    assert [english(line) for line in PUA.words()] == [
        "Monday to Friday: 9:00–12:30 · 14:00–18:00",
        "Saturday: 9:00–12:00",
    ]
    assert [english(line) for line in Calendar.read("tue 9:00-10:00; thu 9:00-10:00").words()] == [
        "Tuesday: 9:00–10:00",
        "Thursday: 9:00–10:00",
    ]


@pytest.mark.parametrize(
    ("hours", "why", "where"),
    [
        ("mon-fri 9-12", "These are no hours.", 8),
        ("mon 9:00-12:00; xyz 9:00-12:00", "This is no day of the week.", 16),
        ("mon-xyz 9:00-12:00", "This is no day of the week.", 0),
        ("mon 9:00-12:00; sat ", "These days have no hours.", 16),
        ("mon 12:00-9:00", "end before they begin", 4),
        ("mon 9:00-24:01", "end before they begin", 4),
        ("mon 9:00-9:61", "end before they begin", 4),
        ("mon 9:00-12:00 11:00-13:00", "These hours are said twice.", 15),
        ("mon 9:00-12:00; mon-tue 10:00-11:00", "These hours are said twice.", 16),
    ],
)
def test_what_cannot_be_read_says_where(hours: str, why: str, where: int) -> None:
    """The letter at which it begins, what stands there, and an example."""
    with pytest.raises(HoursError, match=r"Hours look like 'mon-fri 09:00") as raised:
        Calendar.read(hours)
    assert (raised.value.where, why in str(raised.value)) == (where, True)
    assert f"At letter {where + 1}:" in str(raised.value)


@pytest.mark.parametrize(
    ("closed", "why", "where"),
    [
        ("13-01", "This is no day.", 0),
        ("2026-12-24, 02-30", "This is no day.", 12),
        ("2026-12-24,  Christmas", "This is no day.", 13),
        ("2026-12-24..x", "This is no day.", 0),
        ("2027-08-20..2027-08-09", "This closing ends before it begins.", 0),
    ],
)
def test_closed_days_that_are_none_say_where(closed: str, why: str, where: int) -> None:
    """29 February is a day in some years, 30 February in none."""
    assert Calendar.read("mon 9:00-10:00", "02-29").yearly == {(2, 29)}
    with pytest.raises(HoursError) as raised:
        Calendar.read("mon 9:00-10:00", closed)
    assert (raised.value.where, why in str(raised.value)) == (where, True)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Hours as somebody may write them: a few days, up to two spans each."""
    parts = []
    for day in draw(st.sets(st.integers(0, 6), max_size=7)):
        cuts = sorted(draw(st.sets(MINUTES, min_size=4, max_size=4)))
        spans = [f"{a // 60}:{a % 60:02}-{b // 60}:{b % 60:02}" for a, b in (cuts[:2], cuts[2:])]
        parts.append(f"{draw(st.sampled_from(DAYS[day]))} {' '.join(spans)}")
    closed = draw(st.lists(st.dates(at("2024-01-01").date()), max_size=2))
    return Calendar.read("; ".join(parts), ", ".join(day.isoformat() for day in closed))


@given(calendars(), MOMENTS)
def test_the_next_time_is_open_and_nothing_before_it_is(calendar: Calendar, now: datetime) -> None:
    """Whatever the hours: the moment is open, not before now, and a minute earlier is not both."""
    opens = calendar.next_open(now)
    if opens is None:
        assert not calendar.is_open(now)
        return
    assert (opens >= now, calendar.is_open(opens)) == (True, True)
    if opens > now:
        assert not calendar.is_open(opens - timedelta(minutes=1)) or opens - now < timedelta(
            minutes=1
        )
        middle = now + (opens - now) / 2
        assert not calendar.is_open(middle)


@given(calendars(), MOMENTS)
def test_nobody_is_there_on_a_holiday(calendar: Calendar, now: datetime) -> None:
    """No hours open a desk on a day on which Italy rests."""
    assert not (calendar.is_open(now) and is_holiday(now.date()))


@given(calendars())
def test_hours_read_again_are_the_same(calendar: Calendar) -> None:
    """What a calendar says of its week can be written down and read."""
    lines = [
        f"{DAYS[day][0]} {' '.join(map(str, spans))}"
        for day, spans in enumerate(calendar.week)
        if spans
    ]
    assert Calendar.read("; ".join(lines)).week == calendar.week


@pytest.mark.parametrize(
    ("safe", "now", "then"),
    [
        (Safe.ALWAYS, "2026-11-23T03:00", None),
        (Safe.MORNING, "2026-11-23T06:00", None),
        (Safe.MORNING, "2026-11-23T12:00", "2026-11-24T06:00"),
        (Safe.AFTERNOON, "2026-11-23T09:00", "2026-11-23T12:00"),
        (Safe.AFTERNOON, "2026-11-23T17:59:59", None),
        (Safe.EVENING, "2026-11-23T17:59", "2026-11-23T18:00"),
        (Safe.EVENING, "2026-11-23T23:00", "2026-11-24T18:00"),
        (Safe.SUNDAY, "2026-11-23T10:00", "2026-11-29T06:00"),
        (Safe.SUNDAY, "2026-11-29T05:00", "2026-11-29T06:00"),
        (Safe.SUNDAY, "2026-11-29T10:00", None),
        (Safe.SUNDAY, "2026-11-29T23:30", "2026-12-06T06:00"),
        (Safe.SUNDAY, "2026-11-28T23:30", "2026-11-29T06:00"),
    ],
)
def test_words_wait_for_the_hours_in_which_the_phone_is_safe(
    safe: Safe, now: str, then: str | None
) -> None:
    """None where they may go out now; otherwise the next hour the person named."""
    assert next_safe(safe, at(now)) == (None if then is None else at(then))


@given(st.sampled_from(Safe), MOMENTS)
def test_the_next_safe_moment_is_safe_and_near(safe: Safe, now: datetime) -> None:
    """It lies in the hours that were named, within a week, and nothing between is safe."""
    then = next_safe(safe, now)
    assert (then is None) == is_safe(safe, now)
    if then is not None:
        assert (is_safe(safe, then), now < then <= now + timedelta(days=7)) == (True, True)
        assert not is_safe(safe, now + (then - now) / 2)
