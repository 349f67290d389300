"""Offsets are read as people write them; a reminder keeps to the hours in which one may be told."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.calendar_model import DateKind
from flows.handoff_model import Safe
from flows.hours import is_safe, safe_span
from flows.reminding import (
    APPOINTMENT,
    DATES,
    DAY,
    FIRST_LESSON,
    LESSON,
    MARGIN,
    Reach,
    Step,
    StepsError,
    last_day,
    moments,
    read_steps,
    steps_for,
    write_steps,
)

LOCALS = st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2028-01-01"))
REACHES = st.builds(Reach, st.sampled_from(Safe))
STEPS = st.builds(Step, st.integers(1, 72), st.sampled_from("dh"), st.booleans())


def local(words: str) -> datetime:
    """A moment on the wall."""
    return datetime.fromisoformat(words)


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("7d,1d,2h", (Step(7, "d"), Step(1, "d"), Step(2, "h"))),
        ("7d 1d 2h", (Step(7, "d"), Step(1, "d"), Step(2, "h"))),
        (" 2H , 1d,7D,1d", (Step(7, "d"), Step(1, "d"), Step(2, "h"))),
        ("+1d,0d", (Step(0, "d"), Step(1, "d", True))),
        ("", ()),
        (" , ", ()),
    ],
)
def test_offsets_are_read(words: str, steps: tuple[Step, ...]) -> None:
    """In any order, with spaces, twice: the earliest first, each once."""
    assert read_steps(words) == steps
    assert read_steps(write_steps(steps)) == steps


@pytest.mark.parametrize(
    ("words", "where"),
    [("1d, x", 4), ("7w", 0), ("1d,366d", 3), ("73h", 0), ("0h", 0), ("-1d", 0), ("1d 2", 3)],
)
def test_nonsense_is_named_with_its_place(words: str, where: int) -> None:
    """What is wrong, at which letter, and how it is written."""
    with pytest.raises(StepsError, match="7d,1d,2h") as error:
        read_steps(words)
    assert error.value.where == where


def test_too_many_are_refused() -> None:
    """Nobody is reminded seven times of one thing."""
    with pytest.raises(StepsError, match="More than 6"):
        read_steps("1d,2d,3d,4d,5d,6d,7d")


@given(st.lists(STEPS, max_size=6, unique=True))
def test_what_is_written_is_read_again(steps: list[Step]) -> None:
    """Whatever they are, sorted by when they go."""
    read = read_steps(write_steps(steps))
    assert set(read) == set(steps)
    assert list(read) == sorted(read, key=lambda one: one.hours)


def test_who_says_when() -> None:
    """The first who said something counts; saying none is saying something, nonsense is not."""
    assert steps_for(LESSON, None, None, None) == LESSON
    assert steps_for(LESSON, None, "2h", "3d") == (Step(2, "h"),)
    assert steps_for(LESSON, "", "2h") == ()
    assert steps_for(LESSON, "whenever", None, "3d") == (Step(3, "d"),)


def test_the_defaults() -> None:
    """As the desks were told, and as the law counts."""
    assert [write_steps(one) for one in (FIRST_LESSON, LESSON, APPOINTMENT)] == [
        "7d,1d,2h",
        "1d",
        "7d,1d,2h",
    ]
    assert {kind: write_steps(steps) for kind, steps in DATES.items()} == {
        DateKind.PERMIT: "90d,60d,30d,7d",
        DateKind.HEALTH_CARD: "30d,7d",
        DateKind.CONTRACT: "30d,7d,+1d",
        DateKind.JOB_LOST: "+1d,+6d,+50d,+61d",
        DateKind.PERMIT_STATE: "0d",
    }


@pytest.mark.parametrize(
    ("kind", "step", "days"),
    [
        (DateKind.PERMIT, "90d", 1),
        (DateKind.CONTRACT, "30d", 1),
        (DateKind.CONTRACT, "+1d", 8),
        (DateKind.JOB_LOST, "+6d", 8),
        (DateKind.JOB_LOST, "+50d", 68),
        (DateKind.PERMIT_STATE, "0d", 4),
    ],
)
def test_how_long_it_is_of_use(kind: DateKind, step: str, days: int) -> None:
    """After that day the reminder would be of none."""
    (read,) = read_steps(step)
    assert last_day(kind, date(2026, 12, 1), read) == date(2026, 12, 1) + timedelta(days=days)


def test_days_keep_the_time_on_the_wall() -> None:
    """Before and after, also over the end of a month."""
    at = local("2026-03-01T18:30")
    assert Step(1, "d").on_days(at) == local("2026-02-28T18:30")
    assert Step(6, "d", True).on_days(at) == local("2026-03-07T18:30")


@given(st.sampled_from(Safe), LOCALS)
def test_a_span_is_what_is_safe(safe: Safe, at: datetime) -> None:
    """The hours of a day are those in which the phone is hers."""
    span = safe_span(safe, at.date())
    assert is_safe(safe, at) == (span is not None and span[0] <= at < span[1])


@given(REACHES, LOCALS)
def test_before_is_the_last_good_moment(reach: Reach, at: datetime) -> None:
    """Never later, always allowed; between it and what was wanted nothing is, but the margin."""
    moved = reach.before(at)
    assert moved <= at
    assert reach.allows(moved)
    between = moved + MARGIN
    while moved != at and between < at:
        assert not reach.allows(between)
        between += timedelta(minutes=30)


@given(REACHES, LOCALS)
def test_after_is_the_first_good_moment(reach: Reach, at: datetime) -> None:
    """Never sooner, always allowed; between what was wanted and it nothing is."""
    moved = reach.after(at)
    assert moved >= at
    assert reach.allows(moved)
    between = at
    while between < moved:
        assert not reach.allows(between)
        between += timedelta(minutes=30)


@pytest.mark.parametrize(
    ("safe", "wanted", "moved"),
    [
        (Safe.ALWAYS, "2026-12-01T20:59", "2026-12-01T20:59"),
        (Safe.ALWAYS, "2026-12-01T21:00", "2026-12-01T20:30"),
        (Safe.ALWAYS, "2026-12-01T07:59", "2026-11-30T20:30"),
        (Safe.ALWAYS, "2026-12-01T08:00", "2026-12-01T08:00"),
        (Safe.MORNING, "2026-12-01T14:00", "2026-12-01T11:30"),
        (Safe.EVENING, "2026-12-01T14:00", "2026-11-30T20:30"),
        (Safe.SUNDAY, "2026-12-01T14:00", "2026-11-29T20:30"),
    ],
)
def test_where_it_goes(safe: Safe, wanted: str, moved: str) -> None:
    """The evening before, the last of her hours, the Sunday before."""
    assert Reach(safe).before(local(wanted)) == local(moved)


@given(st.lists(STEPS, max_size=6, unique=True), LOCALS, LOCALS, REACHES)
def test_what_is_to_come(steps: list[Step], event: datetime, now: datetime, reach: Reach) -> None:
    """In order, no two together, each to come, before the event, and while one may be told."""
    wanted = [(step, event + timedelta(hours=step.hours)) for step in steps]
    found = moments(wanted, event, now, reach)
    times = [one.at for one in found]
    assert times == sorted(set(times))
    assert all(now < at < event and reach.allows(at) for at in times)
    assert {one.step for one in found} <= {str(step) for step in steps}
    ahead = [reach.before(at) for _step, at in wanted]
    assert set(times) == {at for at in ahead if now < at < event}


def test_of_those_that_fall_together_the_last_goes() -> None:
    """One message, and it is the one nearest to the event."""
    event = local("2026-12-03T09:00")
    wanted = [(step, event + timedelta(hours=step.hours)) for step in read_steps("3h,2h,1h")]
    found = moments(wanted, event, local("2026-12-01T12:00"), DAY)
    assert [tuple(one) for one in found] == [
        ("2h", local("2026-12-02T20:30")),
        ("1h", local("2026-12-03T08:00")),
    ]


def test_the_same_time_twice_in_a_night_is_two_moments() -> None:
    """When the clocks go back, two hours of the wall look alike and are not."""
    event, all_day = local("2026-10-25T03:00"), Reach(begins=time(0), ends=time(0))
    wanted = [(Step(2, "h"), local("2026-10-25T02:00"))]
    wanted.append((Step(1, "h"), local("2026-10-25T02:00").replace(fold=1)))
    found = moments(wanted, event, local("2026-10-24T12:00"), all_day)
    assert [(one.step, one.at.fold) for one in found] == [("2h", 0), ("1h", 1)]
