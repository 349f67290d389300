"""Booking, moving and cancelling, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import Connection

from flows.calendar_model import AppointmentState, News, Reply
from flows.handoff_model import Need
from storage.appointments.booking import cancel, close, move, rewrite
from storage.appointments.finding import between, find_appointment, mine, of_contact
from storage.appointments.model import Body, Free, Opening
from storage.appointments.openings import (
    find_opening,
    free_slots,
    save_opening,
    slots_between,
    wrong_in,
)
from storage.appointments.replying import reply
from storage.database import Database
from storage.desk_news import find_news
from storage.writer import Writer
from tests.storage.appointments.makers import (
    MONDAY,
    NINE,
    TEN,
    TUESDAY,
    a_desk,
    an_appointment,
    an_opening,
    booked,
)
from tests.storage.cases.desk import a_contact, an_office, an_operator
from tests.storage.factories import NOON, TODAY, someone

HALF = time(9, 30)


def test_a_seat_is_given_once(database: Database) -> None:
    """Of two who want the only seat of a slot the second gets nothing, and nothing is written."""
    with database.engine.begin() as connection:
        opening = an_opening(connection, an_office(connection))
        first = an_appointment(connection, database.vault, opening=opening)
        assert booked(connection, database.vault, opening=opening) is None
        at = datetime(2026, 11, 23, 8, tzinfo=UTC)
        assert (first.seat, first.starts, first.ends) == (1, at, at + timedelta(minutes=30))
        found = between(connection, None, NOON, NOON + timedelta(days=9))
    assert [one.id for one in found] == [first.id]


@pytest.mark.parametrize("day", [date.min, date.max, date(2202, 12, 3)])
def test_a_year_that_was_typed_wrong(database: Database, day: date) -> None:
    """Neither the end of time nor its beginning is an appointment, and nothing breaks."""
    with database.engine.begin() as connection:
        office, vault = an_office(connection), database.vault
        for at in (time.min, time(23, 59)):
            assert booked(connection, vault, opening=None, office=office, day=day, at=at) is None


def test_as_many_come_at_once_as_the_opening_says(database: Database) -> None:
    """Side by side each has a seat of their own; a cancelled one is given again."""
    with database.engine.begin() as connection:
        opening = an_opening(connection, an_office(connection), at_once=2)
        one = an_appointment(connection, database.vault, opening=opening)
        two = an_appointment(connection, database.vault, opening=opening)
        assert booked(connection, database.vault, opening=opening) is None
        assert cancel(connection, database.vault, one.id, NOON, 5) is not None
        again = an_appointment(connection, database.vault, opening=opening)
    assert (one.seat, two.seat, again.seat) == (1, 2, 1)


def test_a_slot_of_another_length_does_not_overlap_who_is_there(database: Database) -> None:
    """After an opening got longer slots, a seat that somebody has in the middle is not free."""
    with database.engine.begin() as connection:
        opening = an_opening(connection, an_office(connection))
        an_appointment(connection, database.vault, opening=opening, at=HALF)
        longer = save_opening(connection, replace(opening, minutes=60))
        assert longer == replace(opening, minutes=60)
        assert booked(connection, database.vault, opening=opening) is None
        assert an_appointment(connection, database.vault, opening=opening, at=TEN).minutes == 60


def test_what_is_no_slot_is_not_booked(database: Database) -> None:
    """Outside the hours, on a closed day, in the past and in a closed opening nothing is given."""
    with database.engine.begin() as connection:
        office = an_office(connection)
        opening = an_opening(connection, office, closed="2026-11-24")
        vault = database.vault
        assert booked(connection, vault, opening=opening, at=time(9, 10)) is None
        assert booked(connection, vault, opening=opening, day=TUESDAY) is None
        assert booked(connection, vault, opening=opening, now=NOON + timedelta(days=2)) is None
        save_opening(connection, replace(opening, active=False))
        assert booked(connection, vault, opening=opening) is None


def test_an_appointment_elsewhere_needs_no_opening(database: Database) -> None:
    """At the Questura nobody asks for a seat; the words are kept sealed and come back whole."""
    body = Body("Impronte", "Questura di Monza", "Bus 204", "Passaporto", "nervoso")
    with database.engine.begin() as connection:
        office = an_office(connection)
        made = an_appointment(
            connection, database.vault, opening=None, office=office, body=body, minutes=45
        )
        assert find_appointment(connection, database.vault, made.id) == made
        closed = find_appointment(connection, None, made.id)
    assert (made.body, made.seat, made.minutes) == (body, None, 45)
    assert closed == replace(made, body=None)


def test_an_appointment_begins_with_its_minute(database: Database) -> None:
    """Seconds somebody typed are dropped: its moment is that of the day and time that are kept,
    by which a reminder knows, just before it leaves, that nothing was moved."""
    with database.engine.begin() as connection:
        office, vault = an_office(connection), database.vault
        whole, odd = (
            an_appointment(connection, vault, opening=None, office=office, at=at)
            for at in (time(10, 30), time(10, 30, 45, 7))
        )
    assert (odd.local, odd.starts, odd.ends) == (whole.local, whole.starts, whole.ends)


def test_moving_takes_the_new_seat_and_gives_the_old_one(
    writer: Writer, database: Database
) -> None:
    """After a move the old slot is free, the new one taken; what was answered counts no more."""
    person, vault = someone(writer), database.vault
    with database.engine.begin() as connection:
        office = an_office(connection)
        opening = an_opening(connection, office)
        made = an_appointment(connection, vault, opening=opening, person_id=person.id)
        assert reply(connection, vault, made.id, person.id, Reply.CANNOT, NOON)
        other = an_appointment(connection, vault, opening=opening, at=TEN)
        kept = {"opening": opening, "day": MONDAY, "now": NOON}
        assert move(connection, vault, made.id, at=TEN, **kept) is None
        moved = move(connection, vault, made.id, at=HALF, **kept)
        assert moved is not None
        free = {one.starts.time() for one in free_slots(connection, "desio", None, NOON, days=1)}
        news = {one.what for one in find_news(connection, office)}
    assert (moved.id, moved.time, moved.reply, other.seat) == (made.id, HALF, Reply.NOTHING, 1)
    assert (NINE in free, HALF in free, TEN in free) == (True, False, False)
    assert news == {News.BOOKED, News.MOVED}


def test_an_appointment_may_move_within_its_own_time(database: Database) -> None:
    """Whoever moves to the time she has keeps it: her own seat is not in her way."""
    with database.engine.begin() as connection:
        opening = an_opening(connection, an_office(connection))
        made = an_appointment(connection, database.vault, opening=opening, operator_id=5)
        kept = {"opening": opening, "day": MONDAY, "now": NOON, "operator_id": 5}
        assert move(connection, database.vault, made.id, at=NINE, **kept) == made


def test_cancelling_is_told_when_the_person_did_it(writer: Writer, database: Database) -> None:
    """The desk hears of what the person cancels, not of what it cancels itself; once only."""
    person, vault = someone(writer), database.vault
    with database.engine.begin() as connection:
        office = an_office(connection)
        opening = an_opening(connection, office)
        hers = an_appointment(
            connection, vault, opening=opening, person_id=person.id, operator_id=5
        )
        cancelled = cancel(connection, vault, hers.id, NOON)
        assert cancelled == replace(hers, state=AppointmentState.CANCELLED, seat=None)
        assert cancel(connection, vault, hers.id, NOON) is None
        desk = an_appointment(connection, vault, opening=opening, operator_id=5)
        cancel(connection, vault, desk.id, NOON, 5)
        assert [one.what for one in find_news(connection, office)] == [News.CANCELLED]
        assert mine(connection, vault, person.id, NOON) == ()


def test_what_came_of_it_is_kept_and_can_be_corrected(database: Database) -> None:
    """Held, nobody came, and back; a cancelled one stays cancelled."""
    vault = database.vault
    with database.engine.begin() as connection:
        made = an_appointment(connection, vault, opening=None, office=an_office(connection))
        results = [
            close(connection, vault, made.id, state, NOON)
            for state in (
                AppointmentState.NO_SHOW,
                AppointmentState.DONE,
                AppointmentState.DONE,
                AppointmentState.BOOKED,
                AppointmentState.CANCELLED,
            )
        ]
        cancel(connection, vault, made.id, NOON, 5)
        results.append(close(connection, vault, made.id, AppointmentState.DONE, NOON))
    assert results == [True, True, False, True, False, False]


def test_the_sheet_of_a_chat_and_the_chat_of_a_sheet_go_with_it(
    writer: Writer, database: Database
) -> None:
    """Booked for a chat it stands in the office's own sheet of it, and the other way round."""
    person, vault = someone(writer), database.vault
    with database.engine.begin() as connection:
        office = an_office(connection)
        anna = an_operator(connection, office)
        bruno = an_operator(connection, an_office(connection, "Sindacato"), "Bruno")
        sheet = a_contact(connection, vault, anna, person_id=person.id)
        desk = a_contact(connection, vault, anna)
        one = an_appointment(
            connection, vault, opening=None, office=office, person_id=person.id, at=NINE
        )
        two = an_appointment(
            connection, vault, opening=None, office=office, contact_id=sheet.id, at=TEN
        )
        other = an_appointment(
            connection, vault, opening=None, office=bruno.office, person_id=person.id
        )
        theirs = an_appointment(connection, vault, opening=None, office=office, contact_id=desk.id)
        assert (one.contact_id, two.person_id, other.contact_id) == (sheet.id, person.id, None)
        assert (theirs.designation, theirs.person_id) == (desk.designation, None)
        hers = {found.id for found in mine(connection, vault, person.id, NOON)}
        assert hers == {one.id, two.id, other.id}
        assert {found.id for found in of_contact(connection, vault, sheet.id)} == {one.id, two.id}
        assert {one.designation, two.designation, other.designation} == {sheet.designation}


def test_words_can_be_written_anew(database: Database) -> None:
    """Other words, and somebody else who meets them, take the place of what stood there."""
    vault, body = database.vault, Body("Colloquio", bring="CV")
    with database.engine.begin() as connection:
        made = an_appointment(connection, vault, opening=None, office=an_office(connection))
        assert rewrite(connection, vault, made.id, body, 9)
        found = find_appointment(connection, vault, made.id)
    assert found == replace(made, body=body, operator_id=9)


def test_a_desk_that_is_closed_gives_no_appointments(database: Database) -> None:
    """The days on which a desk is closed hold for all its openings."""
    with database.engine.begin() as connection:
        office = an_office(connection)
        a_desk(connection, office, closed="2026-11-23")
        opening = an_opening(connection, office)
        assert booked(connection, database.vault, opening=opening) is None
        first = free_slots(connection, "desio", Need.PAY, NOON)[0]
    assert first.starts.date() == TUESDAY


def test_every_slot_of_a_week_is_counted(database: Database) -> None:
    """For the picture of a week the full slots are there, too, with nothing left."""
    with database.engine.begin() as connection:
        opening = an_opening(connection, an_office(connection), at_once=2, hours="mon 09:00-10:00")
        an_appointment(connection, database.vault, opening=opening)
        an_appointment(connection, database.vault, opening=opening)
        an_appointment(connection, database.vault, opening=opening, at=HALF)
        week = slots_between(connection, [opening], MONDAY, MONDAY + timedelta(days=6))
    assert [(one.starts.time(), one.seats_left) for one in week] == [(NINE, 0), (HALF, 1)]


def test_somebody_who_came_before_midnight_still_has_the_seat_after_it(database: Database) -> None:
    """A long slot over midnight is not given again in the hours of the next day."""
    with database.engine.begin() as connection:
        office = an_office(connection)
        opening = an_opening(connection, office, hours="mon-sun 00:00-24:00", minutes=720)
        an_appointment(connection, database.vault, opening=opening, at=time(12))
        save_opening(connection, replace(opening, minutes=600))
        hours = {"at": time(10), "day": MONDAY}
        assert booked(connection, database.vault, opening=opening, **hours) is None
        day = [(one.starts, one.seats_left) for one in _day(connection, opening, MONDAY)]
        made = an_appointment(connection, database.vault, opening=opening, at=time(), day=TUESDAY)
    midnight = datetime.combine(MONDAY, time())
    assert day == [(midnight, 1), (midnight + timedelta(hours=10), 0)]
    assert (made.minutes, made.seat) == (600, 1)


def _day(connection: Connection, opening: Opening, day: date) -> list[Free]:
    found = find_opening(connection, opening.id)
    assert found is not None
    return slots_between(connection, [found], day, day)


def test_closed_days_nobody_can_read_close_nothing(database: Database) -> None:
    """What an older hand wrote wrongly at a desk stops nobody from booking there."""
    with database.engine.begin() as connection:
        office = an_office(connection)
        a_desk(connection, office, closed="Ferragosto")
        opening = an_opening(connection, office)
        assert an_appointment(connection, database.vault, opening=opening).seat == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"hours": ""}, "hours"),
        ({"hours": "mon 9-12"}, "hours"),
        ({"closed": "Ferragosto"}, "closed"),
        ({"first": date.max}, "first"),
        ({"first": date.min}, "first"),
        ({"last": date(2020, 1, 1)}, "last"),
        ({"zone": "Italy/Desio"}, "zone"),
        ({"minutes": 4}, "minutes"),
        ({"minutes": 721}, "minutes"),
        ({"at_once": 0}, "at_once"),
        ({"lead_hours": -1}, "lead_hours"),
        ({"ahead_days": 0}, "ahead_days"),
    ],
)
def test_an_opening_that_makes_no_sense_is_refused_with_its_field(
    changed: dict[str, object], field: str
) -> None:
    """Whoever typed it is told which field, and why; nothing else is wrong with it."""
    opening = Opening("office", "desio", "mon-fri 09:00-12:00", TODAY, 30)
    assert wrong_in(opening) is None
    wrong = wrong_in(replace(opening, **changed))  # type: ignore[arg-type]
    assert wrong is not None
    assert wrong.field == field
