"""What is kept in a log comes back as what it was."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from flows.calendar_effects import (
    AnswerOffer,
    Enrol,
    FindAppointment,
    FindBookable,
    FindCourse,
    FindCourses,
    FindMyCalendar,
    FindMyDates,
    FindNotice,
    FindSlots,
    FindWishes,
    Snooze,
)
from flows.calendar_model import (
    AppointmentView,
    Bookable,
    CourseKind,
    CourseLine,
    CourseSieve,
    CourseView,
    DateKind,
    NoticeView,
    OwnDate,
    Place,
    PlaceState,
    Slot,
    Subject,
    Wishes,
)
from flows.effects import Effect
from flows.handoff_model import Need, Safe
from flows.plain import plain, shaped


@given(st.from_type(CourseView) | st.from_type(AppointmentView) | st.from_type(Wishes))
def test_what_is_told_comes_back(view: object):
    """Every view survives JSON, whatever is in it."""
    kept = json.loads(json.dumps(plain(view)))
    assert shaped(type(view), kept) == view


@given(st.lists(st.from_type(OwnDate) | st.none()).map(tuple))
def test_many_come_back(views: tuple[OwnDate | None, ...]):
    """So do many at once, and those that are not there."""
    kept = json.loads(json.dumps(plain(views)))
    assert shaped(tuple[OwnDate | None, ...], kept) == views


def test_pairs_come_back():
    """A tuple of a fixed length keeps the kind of each of its parts."""
    assert shaped(tuple[date, datetime], ["2026-11-22", "2026-11-22T10:30:00"]) == (
        date(2026, 11, 22),
        datetime.fromisoformat("2026-11-22T10:30"),
    )


def test_nothing_else_is_taken():
    """What has no form in JSON is refused by name, before it is kept."""

    @dataclass(frozen=True)
    class Odd:
        what: object

    with pytest.raises(TypeError, match="set cannot be kept"):
        plain(Odd({1}))
    assert plain(NoticeView("a", "lesson", "b", "7d", False)) is not None  # type: ignore[arg-type]


COURSE = CourseLine(
    "1",
    CourseKind.ITALIAN,
    "A1",
    "Italiano",
    datetime.fromisoformat("2026-12-01T18:30"),
    "",
    1.5,
    3,
    0,
)
SLOT = Slot(
    "4", datetime.fromisoformat("2026-12-01T09:00"), datetime.fromisoformat("2026-12-01T09:30")
)


@pytest.mark.parametrize(
    ("effect", "value"),
    [
        (FindCourses(CourseSieve()), (COURSE,)),
        (FindCourse("1"), None),
        (Enrol("1"), Place(PlaceState.WAITING, 3)),
        (AnswerOffer("1", True), Place(PlaceState.LAPSED)),
        (FindMyCalendar(), ()),
        (FindBookable(), (Bookable("d", "Desio", (Need.PAPERS,)),)),
        (FindSlots("d", Need.PAPERS), (SLOT,)),
        (FindAppointment("1"), None),
        (FindNotice("1"), NoticeView("1", Subject.DATE, "2", "7d", False, DateKind.PERMIT)),
        (FindNotice("1"), None),
        (Snooze("1", 60), datetime.fromisoformat("2026-12-01T19:30")),
        (Snooze("1", 60), None),
        (FindMyDates(), (OwnDate("1", DateKind.PERMIT, date(2027, 1, 1), None),)),
        (FindWishes(), Wishes(("7d",), Safe.EVENING, date(2027, 1, 1))),
    ],
)
def test_effects_read_what_is_told(effect: Effect[object], value: object):
    """What the storage tells of an effect is what the flow works with."""
    assert effect.read(json.loads(json.dumps(plain(value)))) == value


def test_views_are_read_by_their_effects():
    """A course and an appointment come back whole."""
    course = find_example(CourseView)
    met = find_example(AppointmentView)
    assert FindCourse("1").read(plain(course)) == course
    assert FindAppointment("1").read(plain(met)) == met


def find_example(kind: type[object]) -> object:
    """One of a kind."""
    return find(st.from_type(kind), lambda _one: True)
