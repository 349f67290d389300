"""What her conversation asks of reminders: what one was about, once more later, her wishes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from flows.calendar_effects import FindNotice, FindWishes, KeepWishes, Snooze
from flows.calendar_model import DateKind, NoticeView, Subject, Wishes
from flows.effects import Effect
from flows.handoff_model import Safe
from flows.model import Person
from storage.calendar_schema import appointment
from storage.calendar_schema import notice as notice_table
from storage.database import Database
from storage.handoff_schema import handoff
from storage.notices.performing import perform_notices
from storage.schema import Instant
from storage.writer import Writer
from tests.storage.factories import do, someone
from tests.storage.notices.factories import (
    NOW,
    add_course,
    book,
    change,
    enrol,
    keep_date,
    local,
    move,
    notices,
    shown,
)
from tests.storage.notices.test_planning import planned, planned_course

WEEK = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def ask(writer: Writer, person: Person, effect: Effect[Any], now: datetime = NOW) -> Any:
    """Perform an effect, and read its result as the flow does."""

    def job(unit: Any) -> Any:
        return perform_notices(unit.direct(), unit.vault, person, effect, now)  # type: ignore[arg-type]

    return effect.read(do(writer, job))


@pytest.fixture
def person(writer: Writer) -> Person:
    """Somebody with a chat."""
    return someone(writer)


def test_what_it_was_about(writer: Writer, database: Database, person: Person) -> None:
    """The appointment, when it is on the wall, the clock; over when it began or was cancelled."""
    id_ = book(writer, person, "2026-12-03T10:30")
    planned(writer, Subject.APPOINTMENT, id_)
    notice = str(notices(database)[0].id)
    when = local("2026-12-03T10:30")
    seen = NoticeView(
        notice, Subject.APPOINTMENT, str(id_), "7d", False, None, when, local("2026-11-26T10:30")
    )
    assert ask(writer, person, FindNotice(notice), WEEK) == seen
    late = ask(writer, person, FindNotice(notice), WEEK + timedelta(days=7))
    assert late.is_over is True
    change(writer, appointment, id_, state="cancelled")
    assert ask(writer, person, FindNotice(notice), WEEK).is_over is True


def test_of_a_lesson_its_course(writer: Writer, database: Database, person: Person) -> None:
    """So that the page of the course can be opened."""
    course_id, _ = add_course(writer, "2026-12-01T18:00")
    enrol(writer, course_id, person)
    planned_course(writer, course_id)
    assert ask(writer, person, FindNotice(str(notices(database)[0].id))).course == str(course_id)


def test_of_a_date_its_kind(writer: Writer, database: Database, person: Person) -> None:
    """The card that explains the step follows from it."""
    planned(writer, Subject.DATE, keep_date(writer, person, DateKind.PERMIT, date(2027, 3, 2)))
    found = ask(writer, person, FindNotice(str(notices(database)[0].id)))
    assert (found.kind, found.is_over, found.course) == (DateKind.PERMIT, False, "")


@pytest.mark.parametrize("made_up", ["", "x", "1", "-1", "９", "9" * 19, "9" * 60, "1.5"])
def test_made_up_buttons_find_nothing(made_up: str, writer: Writer, person: Person) -> None:
    """What a button says it is about is not believed."""
    assert ask(writer, person, FindNotice(made_up)) is None
    assert ask(writer, person, Snooze(made_up, 60)) is None


def test_nobody_sees_another_ones(writer: Writer, database: Database, person: Person) -> None:
    """A notice is found by whose it is, and by nobody else."""
    planned(writer, Subject.APPOINTMENT, book(writer, person, "2026-12-03T10:30"))
    notice = str(notices(database)[0].id)
    other = someone(writer, 777_000_999)
    assert ask(writer, other, FindNotice(notice)) is None
    assert ask(writer, other, Snooze(notice, 60)) is None


def test_once_more_later(writer: Writer, database: Database, person: Person) -> None:
    """In an hour; two taps in a minute are one reminder; planning leaves it where it is."""
    id_ = book(writer, person, "2026-12-03T10:30")
    planned(writer, Subject.APPOINTMENT, id_)
    notice = str(notices(database)[0].id)
    for seconds in (0, 20):
        now = WEEK + timedelta(seconds=seconds)
        assert ask(writer, person, Snooze(notice, 60), now) == local("2026-11-26T11:30")
    planned(writer, Subject.APPOINTMENT, id_, WEEK)
    assert "later:2026-11-26T11:30 2026-11-26 11:30 waiting" in shown(database)
    assert len(notices(database)) == 4


def test_later_at_night_is_in_the_morning(
    writer: Writer, database: Database, person: Person
) -> None:
    """Quiet hours hold for what she asks, too; and it says when it really comes."""
    planned(writer, Subject.APPOINTMENT, book(writer, person, "2026-12-03T10:30"))
    notice = str(notices(database)[0].id)
    evening = datetime(2026, 12, 2, 19, 30, tzinfo=UTC)
    assert ask(writer, person, Snooze(notice, 60), evening) == local("2026-12-03T08:00")
    late = datetime(2026, 12, 3, 9, tzinfo=UTC)
    assert ask(writer, person, Snooze(notice, 60), late) is None


def test_later_than_the_moved_event(writer: Writer, database: Database, person: Person) -> None:
    """A button of before it was moved: what counts is when it is now."""
    id_ = book(writer, person, "2026-12-03T10:30")
    planned(writer, Subject.APPOINTMENT, id_)
    notice = str(notices(database)[0].id)
    change(writer, notice_table, int(notice), state="sent")
    move(writer, id_, "2026-11-26T13:00")
    planned(writer, Subject.APPOINTMENT, id_, WEEK)
    assert ask(writer, person, Snooze(notice, 60), WEEK) == local("2026-11-26T11:30")
    planned(writer, Subject.APPOINTMENT, id_, WEEK)
    assert "later:2026-11-26T11:30 2026-11-26 11:30 waiting" in shown(database)
    assert ask(writer, person, Snooze(notice, 180), WEEK) is None


def test_wishes_are_kept_and_followed(writer: Writer, database: Database, person: Person) -> None:
    """What she says comes back as she said it, and reminders to come follow at once."""
    planned(writer, Subject.APPOINTMENT, book(writer, person, "2026-12-03T10:30"))
    assert ask(writer, person, FindWishes()) == Wishes()
    for wishes in (
        Wishes(("1d",), Safe.EVENING, date(2026, 12, 1)),
        Wishes((), Safe.ALWAYS, None),
        Wishes(None, Safe.SUNDAY, None),
    ):
        assert ask(writer, person, KeepWishes(wishes)) is True
        assert ask(writer, person, FindWishes()) == wishes
    assert shown(database)[-1] == "2h 2026-11-29 20:30 waiting"


def test_her_hours_are_those_she_told_a_desk(writer: Writer, person: Person) -> None:
    """As long as she has said nothing else here."""

    def job(unit: Any) -> None:
        values = {column.name: _some(column) for column in handoff.c if not column.nullable}
        known = {"id": 5, "person_id": person.id, "safe": Safe.MORNING.value}
        unit.direct().execute(insert(handoff).values(values | known))

    do(writer, job)
    assert ask(writer, person, FindWishes()).safe is Safe.MORNING
    ask(writer, person, KeepWishes(Wishes(None, Safe.ALWAYS, None)))
    assert ask(writer, person, FindWishes()).safe is Safe.ALWAYS


def _some(column: Any) -> Any:
    """A value that fits."""
    return NOW if isinstance(column.type, Instant) else column.type.python_type()
