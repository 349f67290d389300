"""What people, desks and clocks do in the worst moment to what is to be told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update

import storage.notices.replanning as replanning
from flows.calendar_effects import (
    CancelAppointment,
    DropDate,
    FindAppointment,
    FindNotice,
    LeaveCourse,
    Snooze,
)
from flows.calendar_model import Subject, Wishes
from flows.model import Person
from storage.appointments.booking import move
from storage.appointments.performing import perform_appointments
from storage.calendar_schema import appointment, opening
from storage.courses.performing import perform_courses
from storage.database import Database
from storage.dates.performing import perform_dates
from storage.notices.checking import Gate
from storage.notices.performing import perform_notices
from storage.notices.planning import plan, plan_person
from storage.notices.wishes import keep_wishes
from storage.outbox import State
from storage.schema import outbox
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.factories import TODAY, do, someone
from tests.storage.notices.factories import (
    DESK,
    NOW,
    OFFICE,
    book,
    change,
    local,
    notices,
    people,
    shown,
)
from tests.storage.notices.test_claiming import WEEK, arrives, gate, look, waiting
from tests.storage.notices.test_restored import replanned


@pytest.fixture
def person(writer: Writer) -> Person:
    """Somebody with a chat."""
    return someone(writer)


def booked(writer: Writer, person: Person, when: str = "2026-12-03T10:30") -> int:
    """An appointment, planned."""
    id_ = book(writer, person, when)
    do(writer, lambda unit: plan(unit.direct(), unit.vault, Subject.APPOINTMENT, id_, NOW))
    return id_


def wishes(writer: Writer, person: Person, wanted: Wishes, now: datetime) -> None:
    """She says how she wants to be reminded."""

    def job(unit: Unit) -> None:
        keep_wishes(unit.direct(), person.id, wanted)
        plan_person(unit.direct(), unit.vault, person.id, now)

    do(writer, job)


def test_no_reminders_said_while_one_is_on_its_way(
    writer: Writer, database: Database, person: Person
) -> None:
    """Who wants none gets none: not the one that is due, nor the one that stands in the outbox."""
    booked(writer, person)
    look(writer, WEEK)
    wishes(writer, person, Wishes(()), WEEK)
    assert waiting(writer) == []
    assert [one.state for one in notices(database)] == ["stopped"]


def test_no_reminders_said_when_one_is_due(
    writer: Writer, database: Database, person: Person
) -> None:
    """It was due a second ago and nobody has looked yet: it does not go."""
    booked(writer, person)
    wishes(writer, person, Wishes(()), WEEK)
    assert look(writer, WEEK).handed == 0
    assert notices(database) == []


def test_put_off_to_the_morning_and_planned_anew(
    writer: Writer, database: Database, person: Person
) -> None:
    """The last reminder of a meeting in the morning goes the evening before; an outage lasts until
    night, and it waits for the day. Whatever is planned anew meanwhile, it is not lost."""
    id_ = booked(writer, person, "2026-12-03T09:45")
    look(writer, datetime.fromisoformat("2026-12-02T12:00+01:00"))
    night = datetime.fromisoformat("2026-12-02T21:30+01:00")
    look(writer, night)
    do(writer, lambda unit: plan(unit.direct(), unit.vault, Subject.APPOINTMENT, id_, night))
    assert shown(database)[-1] == "2h 2026-12-02 20:30 waiting"
    assert look(writer, datetime.fromisoformat("2026-12-03T08:00+01:00")).handed == 1


def test_new_rules_move_one_meeting_to_the_hour_of_the_next(
    writer: Writer, database: Database
) -> None:
    """A desk has people every hour, and the clocks have other rules: all move, none stands in the
    way of another."""
    some = people(writer, 6)
    hour = timedelta(hours=1)
    ids = [booked(writer, one, f"2026-12-03T{9 + n:02}:00") for n, one in enumerate(some)]

    def seated(unit: Unit) -> None:
        unit.direct().execute(
            opening.insert().values(
                id=1, office=OFFICE, desk=DESK, hours="", first=TODAY, minutes=60
            )
        )
        unit.direct().execute(update(appointment).values(opening_id=1, seat=1))

    do(writer, seated)
    with database.reading() as connection:
        right = {
            row.id: row.starts
            for row in connection.execute(select(appointment.c.id, appointment.c.starts))
        }
    for by in (hour, -hour):
        order = ids if by < timedelta() else ids[::-1]
        for id_ in order:
            change(writer, appointment, id_, starts=right[id_] + by)
        do(writer, lambda unit: unit.set_setting(replanning.RULES, "old"))
        replanned(writer, NOW)
        with database.reading() as connection:
            rows = connection.execute(
                select(appointment.c.id, appointment.c.starts, appointment.c.seat)
            ).all()
        assert {row.id: (row.starts, row.seat) for row in rows} == {
            id_: (starts, 1) for id_, starts in right.items()
        }


def test_cancelled_while_it_was_being_claimed(writer: Writer, person: Person) -> None:
    """Two transactions crossed and the reminder of a meeting that is off stands in the outbox: it
    is looked at once more before the call."""
    id_ = booked(writer, person)
    look(writer, WEEK)
    (row,) = waiting(writer)
    change(writer, appointment, id_, state="cancelled")
    assert gate(writer, row, WEEK) is Gate.SHUT


def test_moved_while_it_was_being_claimed(writer: Writer, person: Person) -> None:
    """Nor does one leave that names an hour that is not the meeting's any more."""
    id_ = booked(writer, person)
    look(writer, WEEK)
    (row,) = waiting(writer)
    starts = datetime.fromisoformat("2026-12-04T10:30+01:00")
    change(writer, appointment, id_, day=date(2026, 12, 4), starts=starts)
    assert gate(writer, row, WEEK) is Gate.SHUT


def test_careful_since_it_was_put_into_words(
    writer: Writer, database: Database, person: Person
) -> None:
    """Somebody looks at her phone since a minute ago: what stands in the outbox with its content
    does not leave; it is put into words anew."""
    booked(writer, person)
    look(writer, WEEK)
    (row,) = waiting(writer)
    careful = Person(person.id, person.language, careful=True, since=TODAY)
    do(writer, lambda unit: unit.save_person(careful))
    assert gate(writer, row, WEEK) is Gate.SHUT
    do(writer, lambda unit: unit.mark_failed(row, WEEK))
    assert notices(database)[0].state == "waiting"
    assert look(writer, WEEK).handed == 1


def test_rows_that_wait_for_somebody_stop_nothing(
    writer: Writer, database: Database, person: Person
) -> None:
    """In a restored copy a thousand old reminders are held until somebody confirms: new ones go."""
    booked(writer, person)
    look(writer, WEEK)

    def held(unit: Unit) -> None:
        kept = unit.direct()
        (row,) = kept.execute(select(outbox)).mappings().all()
        plain = {name: value for name, value in row.items() if name != "id"}
        plain |= {"state": int(State.HELD), "notice": None}
        kept.execute(outbox.insert(), [plain] * 1000)

    do(writer, held)
    other = someone(writer, 777_000_900)
    booked(writer, other)
    assert look(writer, WEEK + timedelta(minutes=1)).handed == 1


def test_moved_there_and_back_and_there_again(
    writer: Writer, database: Database, person: Person
) -> None:
    """Each time an operator moves it she is told, also to an hour she was told of before."""
    id_ = booked(writer, person)
    there, back = local("2026-12-04T09:00"), local("2026-12-03T10:30")
    told = []
    for number, when in enumerate((there, back, there, back, there)):
        now = NOW + timedelta(minutes=number)

        def moves(unit: Unit, when: datetime = when, now: datetime = now) -> object:
            return move(
                unit.direct(),
                unit.vault,
                id_,
                opening=None,
                day=when.date(),
                at=when.time(),
                now=now,
                operator_id=5,
            )

        assert do(writer, moves) is not None
        assert look(writer, now).handed == 1
        (row,) = waiting(writer)
        arrives(writer, row, now)
        told.append(sum(one.state == "sent" for one in notices(database)))
    assert told == [1, 2, 2, 2, 2]


def test_told_anew_while_the_old_message_is_still_in_hand(
    writer: Writer, database: Database, person: Person
) -> None:
    """Delivery has the message in memory, it is taken back, and the same is so again: of the two
    rows only the new one leaves."""
    id_ = booked(writer, person)

    def moves(when: str, now: datetime) -> None:
        to = local(when)
        day, at = to.date(), to.time()
        job = {"opening": None, "day": day, "at": at, "now": now, "operator_id": 5}
        do(writer, lambda unit: move(unit.direct(), unit.vault, id_, **job))  # type: ignore[arg-type]

    moves("2026-12-04T09:00", NOW)
    look(writer, NOW)
    (old,) = waiting(writer)
    moves("2026-12-03T10:30", NOW)
    moves("2026-12-04T09:00", NOW)
    assert look(writer, NOW).handed == 1
    (new,) = waiting(writer)
    assert (gate(writer, old, NOW), gate(writer, new, NOW)) == (Gate.SHUT, Gate.OPEN)
    do(writer, lambda unit: unit.mark_failed(old, NOW))
    assert [one.state for one in notices(database) if one.step == "moved"] == ["handed"]


@pytest.mark.parametrize("number", ["", "x", "٣", "1.yes", "9" * 19, str(1 << 63), "1" * 40])
def test_ids_that_somebody_makes_up(writer: Writer, person: Person, number: str) -> None:
    """Whatever stands in the place of an id: nothing is found, nothing is done, nothing breaks."""
    asked = (
        (perform_notices, FindNotice(number)),
        (perform_notices, Snooze(number, 60)),
        (perform_dates, DropDate(number)),
        (perform_appointments, FindAppointment(number)),
        (perform_appointments, CancelAppointment(number)),
        (perform_courses, LeaveCourse(number)),
    )
    for perform, effect in asked:
        job = partial(_performed, perform, person, effect)
        assert not do(writer, job), type(effect).__name__


def _performed(perform: Any, person: Person, effect: object, unit: Unit) -> object:
    return perform(unit.direct(), unit.vault, person, effect, NOW)
