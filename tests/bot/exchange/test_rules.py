"""Repetition rules of iCalendar have the days that the library everybody uses finds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.exchange.rules import EndlessError, days_of

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST = date(2026, 12, 1)
END = FIRST + timedelta(days=700)


@st.composite
def rules(draw: st.DrawFn) -> dict[str, list[Any]]:
    """Rules as calendars have them."""
    often = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]))
    rule: dict[str, list[Any]] = {"FREQ": [often], "INTERVAL": [draw(st.integers(1, 5))]}
    which = ["1", "2", "4", "-1", "-2"] if often == "MONTHLY" and draw(st.booleans()) else [""]
    weekday = st.builds(str.__add__, st.sampled_from(which), st.sampled_from(DAYS))
    # One of them only: for days that never come the library looks up to the year 9999.
    choices: dict[str, st.SearchStrategy[Any]] = {"BYDAY": weekday}
    if often == "MONTHLY":
        choices["BYMONTHDAY"] = st.one_of(st.integers(1, 28), st.integers(-28, -1))
    name = draw(st.sampled_from(sorted(choices)))
    found = draw(st.lists(choices[name], max_size=3, unique=True))
    rule |= {name: found} if found else {}
    rule["WKST"] = [draw(st.sampled_from(DAYS))]
    return rule


@settings(deadline=None)
@given(rules(), st.dates(FIRST, FIRST + timedelta(days=27)))
def test_as_others_read_them(rule: dict[str, list[Any]], first: date) -> None:
    """The same days, whatever the rule and wherever it begins."""
    words = ";".join(f"{name}={','.join(map(str, values))}" for name, values in rule.items())
    words += f";UNTIL={END:%Y%m%d}T000000"
    theirs = rrulestr(words, dtstart=datetime.combine(first, time()))
    assert days_of(rule, first, END, 1000) == [one.date() for one in theirs]


@given(rules(), st.integers(1, 60))
def test_as_many_as_are_counted(rule: dict[str, list[Any]], count: int) -> None:
    """So many and no more; where they do not come within the years of a course, that is said."""
    try:
        found = days_of(rule | {"COUNT": [count]}, FIRST, None, 100)
    except EndlessError:
        return
    assert len(found) in (0, count)
