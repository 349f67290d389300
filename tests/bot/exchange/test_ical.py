"""Calendars of other programs: series, single lessons, zones; what is wrong has its line."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.exchange.draft import Change, Draft
from bot.exchange.ical import read_calendar
from bot.exchange.lines import places
from bot.exchange.mistakes import FileError, Mistake
from flows.calendar_model import CourseKind
from storage.ics import IcsEvent, ics

EVENT = [
    "UID:a1@pua",
    "SUMMARY:Italiano A1\\, sera",
    "DTSTART;TZID=Europe/Rome:20261201T183000",
    "DTEND;TZID=Europe/Rome:20261201T203000",
]


def calendar(*events: list[str]) -> str:
    """A file of these events."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def wrong(text: str) -> list[tuple[int, str]]:
    """The places of the mistakes."""
    with pytest.raises(FileError) as raised:
        read_calendar(text)
    return [(one.line, one.field) for one in raised.value.mistakes]


def test_a_series_is_a_course() -> None:
    """Rule, end, and what was taken out become its days; place, map and kind come along."""
    [draft] = read_calendar(
        calendar(
            [
                *EVENT,
                "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261217T225959Z",
                "EXDATE;TZID=Europe/Rome:20261208T183000",
                "GEO:45.61;9.21",
                "LOCATION:Via Rossi 1",
                "CATEGORIES:italiano,A1",
                "X-ANTENNA-SEATS:20",
            ]
        )
    )
    assert draft.fields == {
        "ref": "a1@pua",
        "title": "Italiano A1, sera",
        "first": date(2026, 12, 1),
        "starts": time(18, 30),
        "minutes": 120,
        "rule": "also 2026-12-03, 2026-12-10, 2026-12-15, 2026-12-17",
        "place": "Via Rossi 1",
        "about": "",
        "latitude": 45.61,
        "longitude": 9.21,
        "kind": CourseKind.ITALIAN,
        "level": "A1",
        "seats": 20,
    }


def test_single_lessons_are_moved_or_dropped() -> None:
    """What the other program says of one lesson is said of this lesson here."""
    series = [*EVENT, "RRULE:FREQ=WEEKLY;COUNT=3"]
    moved = [
        "UID:a1@pua",
        "RECURRENCE-ID;TZID=Europe/Rome:20261208T183000",
        "DTSTART;TZID=Europe/Rome:20261209T090000",
        "DURATION:PT1H",
    ]
    dropped = ["UID:a1@pua", "RECURRENCE-ID:20261215T173000Z", "STATUS:CANCELLED"]
    [draft] = read_calendar(calendar(dropped, series, moved))
    at = datetime.fromisoformat
    assert draft.changes == (
        Change(4, at("2026-12-15T18:30"), None),
        Change(16, at("2026-12-08T18:30"), at("2026-12-09T09:00"), 60),
    )


def test_a_moment_of_elsewhere_is_turned() -> None:
    """UTC is turned into the hour of Italy, in winter and in summer."""
    events = [
        ["UID:1", "SUMMARY:A", "DTSTART:20270115T173000Z", "DURATION:PT30M"],
        ["UID:2", "SUMMARY:B", "DTSTART:20270715T163000Z", "DURATION:PT30M"],
    ]
    assert [one.fields["starts"] for one in read_calendar(calendar(*events))] == [time(18, 30)] * 2


@pytest.mark.parametrize(
    ("event", "place"),
    [
        (EVENT[1:], (4, "UID")),
        ([EVENT[0], *EVENT[2:]], (4, "SUMMARY")),
        ([*EVENT[:2], "DTSTART;VALUE=DATE:20261201"], (7, "DTSTART")),
        ([*EVENT[:2], "DTSTART:nonsense", EVENT[3]], (7, "DTSTART")),
        (EVENT[:3], (4, "DTEND")),
        ([*EVENT[:3], "DTEND;TZID=Europe/Rome:20261201T183000"], (8, "DTEND")),
        ([*EVENT, "RRULE:FREQ=DAILY"], (9, "RRULE")),
        ([*EVENT, "RRULE:FREQ=SECONDLY;COUNT=3"], (9, "RRULE")),
        ([*EVENT, "RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"], None),
        ([*EVENT, "GEO:95;9"], (9, "GEO")),
        ([*EVENT, "X-ANTENNA-SEATS:many"], (9, "X-ANTENNA-SEATS")),
        ([*EVENT, "EXDATE;TZID=Europe/Rome:20261201T183000"], (9, "EXDATE")),
    ],
)
def test_what_is_wrong_has_its_line(event: list[str], place: tuple[int, str] | None) -> None:
    """The property and the line of the file, as an editor counts them."""
    if place is None:  # a rule that never comes: its first day is the only one
        assert [one.fields["rule"] for one in read_calendar(calendar(event))] == [""]
    else:
        assert place in wrong(calendar(event))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=0;BYMONTH=2",
        "FREQ=WEEKLY;INTERVAL=0;BYMONTH=2",
        "FREQ=DAILY;INTERVAL=-1;COUNT=3",
        "FREQ=MONTHLY;BYDAY=99MO;COUNT=3",
        "FREQ=MONTHLY;BYMONTHDAY=0;COUNT=3",
        "FREQ=MONTHLY;BYMONTH=13;COUNT=3",
        "FREQ=DAILY;UNTIL=99991231T235959Z",
        "FREQ=MONTHLY;INTERVAL=12;COUNT=20",
        "FREQ=DAILY;COUNT=0",
        "FREQ=MONTHLY",
    ],
)
def test_a_rule_that_does_not_end_is_said(rule: str) -> None:
    """Whatever a rule asks for, nothing stands still for it and nothing breaks."""
    assert wrong(calendar([*EVENT, f"RRULE:{rule}"])) == [(9, "RRULE")]


@pytest.mark.parametrize(
    "rule", ["DAILY;BYMONTHDAY=31;BYMONTH=2;COUNT=5", "DAILY;BYDAY=MO;COUNT=0"]
)
def test_a_rule_that_never_comes_is_soon_over(rule: str) -> None:
    """Nobody looks for its days up to the year 9999: it is read, or it is a mistake."""
    if rule.endswith("COUNT=0"):
        assert wrong(calendar([*EVENT, f"RRULE:FREQ={rule}"])) == [(9, "RRULE")]
    else:
        [draft] = read_calendar(calendar([*EVENT, f"RRULE:FREQ={rule}"]))
        assert draft.fields["rule"] == ""


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        (["DTSTART:99991231T235959Z", "DURATION:PT1H"], "DTSTART"),
        (["DTSTART;TZID=Pacific/Auckland:00010101T000000", "DURATION:PT1H"], "DTSTART"),
        (["DTSTART;TZID=Mars/Base:20261201T183000", "DURATION:PT1H"], "DTSTART"),
        (["DTSTART:20261201T183000", "DURATION:PT1H", "EXDATE:99991231T235959Z"], "EXDATE"),
    ],
)
def test_hours_that_are_nowhere(lines: list[str], field: str) -> None:
    """The end of time, and a zone that does not exist: no hour is made up for them."""
    assert [name for _line, name in wrong(calendar([*EVENT[:2], *lines]))] == [field]


def test_folded_lines_and_alarms_do_not_shift_lines() -> None:
    """A long line goes on with a space; what stands in an alarm is not the event's."""
    text = calendar(
        ["SUMMARY:It\r\n aliano", "BEGIN:VALARM", "TRIGGER:-PT1H", "END:VALARM", "X-A:b"]
    )
    [place] = places(text)
    assert (place.line, dict(place.properties)) == (4, {"SUMMARY": 5, "X-A": 10})


@pytest.mark.parametrize("text", ["", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"])
def test_a_torn_file_is_said(text: str) -> None:
    """What begins and does not end is no calendar."""
    assert wrong(text) == [(1, "")]


def test_our_own_calendars_are_read() -> None:
    """What we write, we read: hour and length of a course come back."""
    at = datetime.fromisoformat
    event = IcsEvent(
        "x", at("2027-03-28T18:30"), at("2027-03-28T20:00"), "Europe/Rome", "A", datetime.now(UTC)
    )
    [draft] = read_calendar(ics([event], name="A", now=event.changed).decode())
    told = (draft.fields["first"], draft.fields["starts"], draft.fields["minutes"])
    assert told == (date(2027, 3, 28), time(18, 30), 90)


LINES = st.lists(
    st.sampled_from(
        [
            *EVENT,
            "RRULE:FREQ=WEEKLY;COUNT=4",
            "RRULE:FREQ=MONTHLY;BYDAY=1MO;UNTIL=20280101",
            "EXDATE;TZID=Europe/Rome:20261208T183000",
            "RECURRENCE-ID;TZID=Europe/Rome:20261208T183000",
            "STATUS:CANCELLED",
            "GEO:1;2",
            "DURATION:PT1H",
            "DURATION:-PT1H",
            "CATEGORIES:italiano",
            "BEGIN:VALARM",
            "END:VALARM",
            "DTSTART;TZID=Nowhere/Else:20261201T183000",
            "RRULE:FREQ=;=",
            " folded",
        ]
    )
    | st.text(st.characters(codec="utf-8", blacklist_categories=("Cs",)), max_size=30),
    max_size=12,
)


@given(st.lists(LINES, max_size=4))
def test_whatever_stands_in_it_is_taken_or_said(events: list[list[str]]) -> None:
    """No calendar leads to anything but courses or mistakes with a line that is there."""
    text = calendar(*events)
    last = text.count("\n") + text.count("\r") + 2
    taken, mistakes = tried(text)
    assert [one for one in mistakes if not 1 <= one.line <= last] == []
    assert [one for one in taken if not one.fields["ref"]] == []
    assert bool(taken) != bool(mistakes)


def tried(text: str) -> tuple[tuple[Draft, ...], tuple[Mistake, ...]]:
    """What came of reading it."""
    try:
        return read_calendar(text), ()
    except FileError as error:
        return (), error.mistakes
