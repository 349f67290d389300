"""The calendar: which days are shown, what stands in them, where one leafs to."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.courses.calendar import FIRST_DAY, LAST_DAY, LIST_DAYS, Asked, View, leaves
from bot.console.courses.leafing import heading
from flows.calendar_model import CourseKind
from storage.courses.editing import cancel_course
from storage.courses.lessons import cancel_lesson
from storage.operators import Role
from tests.bot.console.courses.classroom import a_course, lessons
from tests.bot.console.house import START, Console

TODAY = date(2026, 11, 22)
DAYS = st.dates(FIRST_DAY, LAST_DAY)
VIEWS = st.sampled_from(View)


@given(view=VIEWS, day=DAYS)
def test_the_day_asked_for_is_shown(view: View, day: date) -> None:
    """Whatever day is asked for stands in the leaf, and a grid begins on Monday, ends on Sunday."""
    asked = Asked(view, day)
    days = [leaf.day for leaf in leaves(asked, [], TODAY)]
    if view is View.LIST:
        assert (asked.first, (asked.last - asked.first).days) == (day, LIST_DAYS - 1)
    else:
        found = (day in days, days[0].weekday(), days[-1].weekday(), len(days) % 7)
        assert found == (True, 0, 6, 0)


@given(view=VIEWS, day=st.dates(FIRST_DAY + timedelta(days=70), LAST_DAY - timedelta(days=70)))
def test_leafing_leaves_no_day_out(view: View, day: date) -> None:
    """The next leaf begins where this one ends, or inside it; and one back is where one was."""
    asked = Asked(view, day)
    following = asked.after
    gap = following.first - asked.last
    back = following.before
    assert (gap <= timedelta(days=1), back.first) == (True, asked.first)


@given(view=VIEWS, day=st.sampled_from((FIRST_DAY, LAST_DAY)))
def test_the_ends_of_the_calendar_hold(view: View, day: date) -> None:
    """Whoever leafs over the end of what is planned stays there, and nothing breaks."""
    for one in (Asked(view, day).before, Asked(view, day).after):
        assert FIRST_DAY <= one.day <= LAST_DAY
        assert one.span()[0] < one.span()[1]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"view": "year", "day": "2026-13-40", "kind": "x" * 300, "desk": ""},
        {"day": "0001-01-01"},
        {"day": "9999-12-31"},
        {"day": "today", "view": "month"},
    ],
)
def test_whatever_is_written_is_a_calendar(query: dict[str, str]) -> None:
    """An address that nobody of us wrote shows this month, and everything in it."""
    assert Asked.of(query, TODAY) == Asked(View.MONTH, TODAY)


@given(
    view=VIEWS, day=DAYS, desk=st.text("abc234", max_size=10), kind=st.sampled_from(["", "italian"])
)
def test_an_address_is_read_as_it_was_written(view: View, day: date, desk: str, kind: str) -> None:
    """What is asked for goes into the address of every leaf, and comes out of it the same."""
    asked = Asked(view, day, desk, kind)
    fields = dict(one.split("=") for one in asked.address.partition("?")[2].split("&"))
    assert Asked.of(fields, TODAY) == asked


def test_what_a_leaf_is_called() -> None:
    """A month by its name, a week and a list from when to when; years where there are two."""
    day = date(2026, 12, 31)
    found = [heading(Asked(view, day), code) for code in ("it", "en") for view in View]
    assert found == [
        "Dicembre 2026",
        "28 dic 2026 – 3 gen 2027",
        "31 dic 2026 – 28 feb 2027",
        "December 2026",
        "28 Dec 2026 – 3 Jan 2027",
        "31 Dec 2026 – 28 Feb 2027",
    ]


async def test_lessons_stand_in_their_day_by_kind_and_office(console: Console) -> None:
    """A lesson just after midnight stands in its own day; drafts of others nowhere; what is asked
    for by kind alone; the way leads to the roll only of one's own."""
    anna = console.reader("Anna", office=console.office("Carate"))
    bea = console.reader("Bea", Role.OPERATOR, console.office("Desio"))
    rule = {"rule": "", "first": date(2026, 11, 24)}
    own = a_course(console, anna.operator, title="Notturno", starts=time(0, 15), **rule)
    theirs = a_course(
        console, bea.operator, title="Muletto", kind=CourseKind.FORKLIFT, level="", **rule
    )
    a_course(console, bea.operator, is_open=False, title="Bozza", **rule)
    browser = await console.signed_in(anna)
    await browser.get("/courses/calendar?view=list&day=2026-11-24")
    found = [one in browser.text for one in ("Notturno", "Muletto", "Bozza")]
    ways = (f"/courses/lessons/{lessons(console, own)[0].id}", f'"/courses/{theirs.id}"')
    assert (found, [way in browser.text for way in ways]) == ([True, True, False], [True, True])
    await browser.get("/courses/calendar?view=list&day=2026-11-24&kind=forklift")
    assert [one in browser.text for one in ("Notturno", "Muletto")] == [False, True]
    await browser.get("/courses/calendar?view=list&day=2026-11-25")
    assert "No lessons in these days" in browser.text


async def test_what_does_not_take_place_is_struck_out(console: Console) -> None:
    """A lesson that was cancelled, and every one of a course that was, says so; a draft, too."""
    anna = console.reader("Anna")
    vault, days = console.database.vault, {"first": date(2026, 11, 24), "rule": "daily times 2"}
    one = a_course(console, anna.operator, title="Uno", **days)
    gone = a_course(console, anna.operator, title="Due", **days)
    a_course(console, anna.operator, is_open=False, title="Tre", **days)
    lesson = lessons(console, one)[0].id
    console.do(lambda connection: cancel_lesson(connection, vault, lesson, START))
    console.do(lambda connection: cancel_course(connection, vault, gone.id, START))
    browser = await console.signed_in(anna)
    for view in ("month", "week", "list"):
        await browser.get(f"/courses/calendar?view={view}&day=2026-11-24")
        words = [browser.text.count(f">{word}<") for word in ("cancelled", "draft")]
        assert (words, browser.text.count("meeting-off")) == ([3, 2], 3)


async def test_a_full_day_says_how_many_more_there_are(console: Console) -> None:
    """Four lessons stand in a day of the month, and the way to the others beside them."""
    anna = console.reader("Anna")
    for hour in range(9, 15):
        a_course(
            console,
            anna.operator,
            title=f"Corso delle {hour}",
            rule="",
            starts=time(hour),
            first=date(2026, 11, 26),
        )
    browser = await console.signed_in(anna)
    await browser.get("/courses/calendar?view=month&day=2026-11-01")
    shown = [f"Corso delle {hour}" in browser.text for hour in range(9, 15)]
    assert (shown, "2 more" in browser.text) == ([True] * 4 + [False] * 2, True)
    await browser.get("/courses/calendar?view=list&day=2026-11-26")
    assert [f"Corso delle {hour}" in browser.text for hour in range(9, 15)] == [True] * 6


async def test_today_is_the_day_of_the_place(console: Console) -> None:
    """Half past eleven at night in London is already tomorrow where the desks are."""
    anna = console.reader("Anna")
    browser = await console.signed_in(anna)
    console.clock.at = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    browser = await console.signed_in(anna)
    await browser.get("/courses/calendar?view=list")
    assert "view=list&day=2026-12-01" in browser.text
    assert console.clock.at > START
