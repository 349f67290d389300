"""Many people want few times at once, in two processes' worth of writers, on both databases."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from itertools import combinations

import pytest
from sqlalchemy import Connection

from flows.calendar_effects import BookSlot, CancelAppointment, MoveAppointment
from flows.calendar_model import AppointmentState
from flows.effects import Json
from flows.handoff_model import Need
from flows.model import Person
from storage.appointments.finding import between
from storage.appointments.model import Appointment, Opening
from storage.appointments.openings import free_slots
from storage.appointments.performing import MeetingEffect, perform_appointments
from storage.database import Database
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.appointments.makers import a_desk, an_opening
from tests.storage.cases.desk import an_office
from tests.storage.conftest import Place
from tests.storage.factories import NOON, do, someone

NINE = datetime.fromisoformat("2026-11-23T09:00")
HALF = timedelta(minutes=30)
TIMES = [NINE + HALF * number for number in range(3)]
AT_ONCE = 2
SEATS = len(TIMES) * AT_ONCE
PEOPLE = 24

Ask = Callable[[Person, MeetingEffect], "Future[Json]"]


@contextmanager
def writers(place: Place, many: int) -> Iterator[list[Writer]]:
    """Writers with a database each, as other processes have."""
    with ExitStack() as stack:
        found = []
        for _one in range(many):
            database = place.open(busy_seconds=30.0)
            stack.callback(database.close)
            writer = Writer(database, threads=3)
            stack.callback(writer.close)
            found.append(writer)
        yield found


def opens(connection: Connection) -> Opening:
    """A desk with three times on a Monday, two people side by side."""
    office = an_office(connection)
    a_desk(connection, office)
    return an_opening(
        connection, office, hours="mon 09:00-10:30", at_once=AT_ONCE, last=NINE.date()
    )


def asking(found: list[Writer], dice: random.Random) -> Ask:
    """Somebody taps, in one process or another."""

    def ask(person: Person, effect: MeetingEffect) -> Future[Json]:
        def job(unit: Unit) -> Json:
            return perform_appointments(unit.direct(), unit.vault, person, effect, NOON)

        return dice.choice(found).submit(job, person.id)

    return ask


def booked(database: Database) -> list[Appointment]:
    """Who is expected."""
    with database.reading() as connection:
        return between(connection, None, NOON, NOON + timedelta(days=3))


def clashes(found: list[Appointment]) -> list[tuple[int, int]]:
    """Pairs of people who have one seat at one time."""
    return [
        (one.id, two.id)
        for one, two in combinations(found, 2)
        if one.seat == two.seat and one.starts < two.ends and two.starts < one.ends
    ]


@pytest.mark.parametrize("seed", range(3))
def test_every_time_is_given_once(
    writer: Writer, place: Place, database: Database, seed: int
) -> None:
    """Two dozen people tap the same times at once: each seat goes to one of them, all seats go, and
    everybody else is told that somebody was quicker."""
    dice = random.Random(seed)
    opening = do(writer, lambda unit: opens(unit.direct()))
    people = [someone(writer, chat=chat) for chat in range(1, PEOPLE + 1)]
    with writers(place, 2) as found:
        ask = asking(found, dice)
        taps = [
            ask(one, BookSlot(str(opening.id), dice.choice(TIMES), Need.PAY)) for one in people * 2
        ]
        taps += [
            ask(one, BookSlot(str(opening.id), at, Need.PAY)) for one in people for at in TIMES
        ]
        made = [tap.result(120) for tap in taps]
    given = booked(database)
    assert sorted(str(one.id) for one in given) == sorted(str(one) for one in made if one)
    assert (len(given), clashes(given)) == (SEATS, [])


@pytest.mark.parametrize("seed", range(3))
def test_nobody_stands_while_people_move_and_cancel(
    writer: Writer, place: Place, database: Database, seed: int
) -> None:
    """Booking, moving and cancelling at once: no seat is had by two, whoever was told that it is
    hers has it, and what is free can be booked."""
    dice = random.Random(seed)
    opening = do(writer, lambda unit: opens(unit.direct()))
    people = [someone(writer, chat=chat) for chat in range(1, 10)]
    with writers(place, 2) as found:
        ask = asking(found, dice)
        hers: dict[int, str] = {}
        for _round in range(6):
            taps = []
            for one in people:
                mine = hers.get(one.id, "")
                effect: MeetingEffect = BookSlot(str(opening.id), dice.choice(TIMES), Need.PAY)
                if mine and dice.random() < 0.4:
                    effect = CancelAppointment(mine)
                elif mine:
                    effect = MoveAppointment(mine, str(opening.id), dice.choice(TIMES))
                taps.append((one, effect, ask(one, effect)))
            for one, effect, tap in taps:
                done = tap.result(120)
                if isinstance(effect, BookSlot) and done:
                    hers[one.id] = str(done)
                elif isinstance(effect, CancelAppointment):
                    assert done is True
                    del hers[one.id]
            given = booked(database)
            assert clashes(given) == []
            assert {one.person_id: str(one.id) for one in given} == hers
            assert all(one.state is AppointmentState.BOOKED for one in given)
            with database.reading() as connection:
                free = sum(one.seats_left for one in free_slots(connection, "desio", None, NOON))
            assert len(given) + free == SEATS
