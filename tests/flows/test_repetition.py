"""The days of a course: what a rule says, and what is said of one that cannot be read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.repetition import MOST_DAYS, MOST_EVERY, Repetition, RepetitionError, Unit
from flows.workdays import is_holiday

FIRST = date(2026, 12, 2)  # a Wednesday
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))


@st.composite
def rules(draw: st.DrawFn) -> Repetition:
    """Any rule that somebody could write."""
    unit = draw(st.sampled_from(list(Unit)))
    many = st.lists(DAYS, max_size=4, unique=True).map(lambda days: tuple(sorted(days)))
    if unit is Unit.LISTED:
        return Repetition(unit, also=draw(many.filter(bool)))
    if unit is Unit.NEVER:
        return Repetition(also=draw(many))
    ends = draw(st.one_of(DAYS, st.integers(1, MOST_DAYS)))
    weekly = st.lists(st.integers(0, 6), max_size=7, unique=True).map(lambda one: sorted(one))
    stretches = st.lists(st.tuples(DAYS, st.integers(0, 20)), max_size=3, unique=True)
    skip = {(day, day + timedelta(days=many)) for day, many in draw(stretches)}
    return Repetition(
        unit,
        draw(st.integers(1, MOST_EVERY)),
        tuple(draw(weekly)) if unit is Unit.WEEKS else (),
        draw(st.booleans()) if unit is Unit.MONTHS else False,
        ends if isinstance(ends, date) else None,
        None if isinstance(ends, date) else ends,
        draw(st.booleans()),
        tuple(sorted(skip)),
        draw(many),
    )


def days(rule: str, first: date = FIRST) -> list[str]:
    """The days a rule leads to, as they are written."""
    return [f"{one:%a %d %b}" for one in Repetition.read(rule).days(first)]


@given(rules())
def test_what_is_written_is_read_again(rule: Repetition) -> None:
    """A rule that is written down and read is the same rule."""
    assert Repetition.read(str(rule)) == rule


@given(rules(), DAYS)
def test_days_are_in_order_and_as_the_rule_says(rule: Repetition, first: date) -> None:
    """Days come in order, none twice, none before the first, none skipped, and not too many."""
    try:
        found = rule.days(first)
    except RepetitionError:
        return
    regular = [one for one in found if one not in rule.also]
    assert list(found) == sorted(set(found))
    assert 0 < len(found) <= MOST_DAYS
    assert all(first <= one for one in regular)
    assert not any(begins <= one <= ends for one in regular for begins, ends in rule.skipped)
    assert not (rule.holidays and any(is_holiday(one) for one in regular))
    assert all(one <= rule.until for one in regular if rule.until is not None)
    assert not rule.weekdays or {one.weekday() for one in regular} <= set(rule.weekdays)
    if rule.times is not None:
        assert rule.times - len(rule.also) <= len(regular) <= rule.times


@given(rules(), DAYS, DAYS)
def test_a_day_that_is_skipped_is_the_only_thing_that_changes(
    rule: Repetition, first: date, day: date
) -> None:
    """With an end, skipping one day more takes that day away and nothing else."""
    if rule.until is None or day in rule.also:
        return
    more = Repetition(**{**_fields(rule), "skipped": tuple(sorted({*rule.skipped, (day, day)}))})
    try:
        assert set(more.days(first)) == set(rule.days(first)) - {day}
    except RepetitionError:
        return


def _fields(rule: Repetition) -> dict[str, object]:
    return {name: getattr(rule, name) for name in Repetition.__slots__}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("", ["Wed 02 Dec"]),
        ("also 2026-12-05, 2026-12-02", ["Wed 02 Dec", "Sat 05 Dec"]),
        ("on 2026-12-08,2026-12-05", ["Sat 05 Dec", "Tue 08 Dec"]),
        ("daily times 3", ["Wed 02 Dec", "Thu 03 Dec", "Fri 04 Dec"]),
        ("every 2 days until 2026-12-06", ["Wed 02 Dec", "Fri 04 Dec", "Sun 06 Dec"]),
        ("weekly times 2", ["Wed 02 Dec", "Wed 09 Dec"]),
        ("Weekly Mon, gio TIMES 3", ["Thu 03 Dec", "Mon 07 Dec", "Thu 10 Dec"]),
        ("every 2 weeks tue,wed times 3", ["Wed 02 Dec", "Tue 15 Dec", "Wed 16 Dec"]),
        ("weekly tue until 2026-12-15 skip holidays", ["Tue 15 Dec"]),
        ("weekly times 2 skip 2026-12-05..2026-12-10", ["Wed 02 Dec", "Wed 16 Dec"]),
        ("monthly times 3", ["Wed 02 Dec", "Sat 02 Jan", "Tue 02 Feb"]),
        ("monthly same weekday times 3", ["Wed 02 Dec", "Wed 06 Jan", "Wed 03 Feb"]),
        ("every 3 months times 2", ["Wed 02 Dec", "Tue 02 Mar"]),
    ],
)
def test_rules_lead_to_days(rule: str, expected: list[str]) -> None:
    """Each kind of rule leads to the days that people mean by it."""
    assert days(rule) == expected


def test_months_without_the_day_are_left_out() -> None:
    """The 31st, and the fifth Monday, are only in the months that have them."""
    assert days("monthly times 3", date(2026, 12, 31)) == ["Thu 31 Dec", "Sun 31 Jan", "Wed 31 Mar"]
    fifth = Repetition.read("monthly same weekday times 2").days(date(2026, 11, 30))
    assert fifth == (date(2026, 11, 30), date(2027, 3, 29))


@pytest.mark.parametrize(
    ("rule", "why", "where"),
    [
        ("sometimes", "This is no repetition.", 0),
        ("every 99 weeks times 2", "This is no repetition.", 0),
        ("weekly", "Say either until when, or how many times.", 0),
        ("weekly until 2027-01-01 times 3", "Say either until when, or how many times.", 0),
        ("until 2027-01-01", "This says how long, and not how often.", 0),
        ("skip holidays", "This says how long, and not how often.", 0),
        ("weekly mo times 3", "This is no day of the week.", 7),
        ("daily mon times 3", "Days of the week go with weeks.", 6),
        ("weekly until 2027-02-31", "This is no day.", 13),
        ("weekly until", "This is no day.", 12),
        ("weekly times 0", "This is no number from 1 to {most}.", 13),
        ("weekly times some", "This is no number from 1 to {most}.", 13),
        ("weekly times 3 skip 2027-01-05..2027-01-01", "This ends before it begins.", 20),
        ("weekly times 3 times 4", "This is said twice.", 15),
        ("weekly times 3 on 2027-01-01", "A list of days says it all.", 0),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(rule: str, why: str, where: int) -> None:
    """A mistake in a rule names what is wrong, where it stands, and an example."""
    with pytest.raises(RepetitionError) as caught:
        Repetition.read(rule)
    assert (caught.value.why.source, caught.value.where) == (why, where)
    assert "A repetition looks like" in str(caught.value)


@pytest.mark.parametrize(
    ("rule", "first", "why"),
    [
        ("weekly until 2026-12-01", FIRST, "No lesson is left of this rule."),
        ("on", FIRST, "No lesson is left of this rule."),
        ("daily until 2027-12-01", FIRST, "These are more than {most} lessons."),
        ("every 52 weeks times 5", FIRST, "In three years there are only {count} such days."),
        ("daily times 3", date.max, "This day is too far away."),
    ],
)
def test_a_rule_that_leads_nowhere_is_refused(rule: str, first: date, why: str) -> None:
    """No days, too many days and fewer than were asked for are mistakes, too."""
    with pytest.raises(RepetitionError) as caught:
        Repetition.read(rule).days(first)
    assert caught.value.why.source == why


def test_days_that_are_skipped_are_named() -> None:
    """Up to the last lesson: a holiday and a day of one's own, but not one that is added again."""
    rule = Repetition.read(
        "weekly mon times 4 skip holidays, 2026-12-07, 2026-12-14 also 2026-12-14"
    )
    left = rule.left_out(date(2026, 11, 30))
    assert left == (date(2026, 12, 7),)
    assert Repetition.read("").left_out(FIRST) == ()
