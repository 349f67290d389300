"""What a person's conversation asks of appointments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from flows.calendar_effects import (
    BookSlot,
    CancelAppointment,
    FindAppointment,
    FindBookable,
    FindSlots,
    GiveReply,
    MoveAppointment,
)
from flows.calendar_model import (
    AppointmentState,
    Bookable,
    News,
    Reply,
    Subject,
)
from flows.effects import Json
from flows.handoff_model import Need
from flows.model import Person
from storage.appointments.booking import cancel
from storage.appointments.model import Body, Opening
from storage.appointments.performing import MOST_OWN, MeetingEffect, perform_appointments
from storage.calendar_effects import perform_calendar
from storage.database import Database
from storage.desk_news import find_news
from storage.writer import Writer
from tests.storage.appointments.makers import a_desk, an_appointment, an_opening
from tests.storage.cases.desk import an_office
from tests.storage.factories import CHAT, NOON, do, someone

NINE = datetime.fromisoformat("2026-11-23T09:00")
TEN = datetime.fromisoformat("2026-11-23T10:00")


class Desk:
    """A desk in a database, and somebody who asks something of it."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.office: str = self.do(an_office)
        self.do(lambda connection: a_desk(connection, self.office, how="Bus 204", latitude=45.6))

    def do(self, job: Callable[[Connection], Any]) -> Any:
        """Do something with the database."""
        return do(self.writer, lambda unit: job(unit.direct()))

    def opens(self, **more: Any) -> Opening:
        """An opening of the desk, in the mornings of working days."""
        made: Opening = self.do(lambda connection: an_opening(connection, self.office, **more))
        return made

    def asks(self, person: Person, effect: MeetingEffect, now: datetime = NOON) -> Json:
        """What comes back for an effect."""
        value: Json = do(
            self.writer,
            lambda unit: perform_appointments(unit.direct(), unit.vault, person, effect, now),
        )
        return value

    def books(self, person: Person, opening: Opening, starts: datetime = NINE) -> str:
        """The id of what a person has booked; nothing where she could not."""
        return str(self.asks(person, BookSlot(str(opening.id), starts, Need.PAY)))

    def news(self) -> list[tuple[News, int | None]]:
        """What the desk has not seen yet, the latest first."""
        found = self.do(lambda connection: find_news(connection, self.office))
        return [(one.what, one.minutes) for one in found]


@pytest.fixture
def desk(writer: Writer) -> Desk:
    """A desk of an office."""
    return Desk(writer)


@pytest.fixture
def fatima(writer: Writer) -> Person:
    """Somebody with a chat."""
    return someone(writer)


def test_desks_with_free_times_are_found(desk: Desk, fatima: Person) -> None:
    """A desk has the needs of its openings, or all; without a free time, closed, or only for
    operators it is not there."""
    pay = desk.opens(needs=(Need.PAY,))
    desk.opens(needs=(Need.HOUSE,), hours="tue 09:00-10:00")
    found = FindBookable().read(desk.asks(fatima, FindBookable()))
    assert found == (Bookable("desio", "PUA Desio", (Need.PAY, Need.HOUSE)),)
    desk.opens(hours="wed 09:00-10:00")
    (everything,) = FindBookable().read(desk.asks(fatima, FindBookable()))
    assert everything.needs == ()
    desk.do(lambda connection: a_desk(connection, desk.office, closed="2026-01-01..2027-12-31"))
    assert FindBookable().read(desk.asks(fatima, FindBookable())) == ()
    assert desk.books(fatima, pay) == ""


@pytest.mark.parametrize(
    "more",
    [{"online": False}, {"needs": (Need.HOUSE,)}, {"lead_hours": 720}, {"desk": "elsewhere"}],
)
def test_times_that_are_not_for_her_are_not_shown(
    desk: Desk, fatima: Person, more: dict[str, Any]
) -> None:
    """Of other needs, for operators alone, too near, or of a desk that is not there: none."""
    opening = desk.opens(**more)
    wanted = FindSlots(opening.desk, Need.PAY)
    assert wanted.read(desk.asks(fatima, wanted)) == ()
    assert desk.books(fatima, opening) == ""


def test_times_are_the_next_ones_each_once(desk: Desk, fatima: Person) -> None:
    """Of two openings at one time the one with more room stands for both; sixty at most."""
    desk.opens(hours="mon 09:00-10:00")
    wide = desk.opens(hours="mon 09:00-09:30", at_once=3)
    wanted = FindSlots("desio", Need.PAY)
    found = wanted.read(desk.asks(fatima, wanted))
    assert [one.starts for one in found][:3] == [
        NINE,
        NINE + timedelta(minutes=30),
        NINE + timedelta(days=7),
    ]
    assert found[0].opening == str(wide.id)
    assert found[0].ends == NINE + timedelta(minutes=30)
    desk.opens(hours="tue-fri 08:00-20:00", minutes=15)
    assert len(wanted.read(desk.asks(fatima, wanted))) == 60


def test_who_was_quicker_has_it(desk: Desk, fatima: Person, writer: Writer) -> None:
    """The second one gets nothing for the last seat, and sees the time no more."""
    rahim, opening = someone(writer, chat=5), desk.opens()
    assert desk.books(fatima, opening).isdecimal()
    assert desk.books(rahim, opening) == ""
    wanted = FindSlots("desio", Need.PAY)
    assert wanted.read(desk.asks(rahim, wanted))[0].starts == NINE + timedelta(minutes=30)
    assert desk.news() == [(News.BOOKED, None)]


def test_nobody_is_in_two_places_at_once(desk: Desk, fatima: Person) -> None:
    """A time in which she has an appointment is neither shown to her nor booked for her."""
    opening, other = desk.opens(at_once=5), desk.opens(hours="mon 09:15-10:00")
    assert desk.books(fatima, opening)
    assert desk.books(fatima, opening) == ""
    assert desk.books(fatima, other, NINE + timedelta(minutes=15)) == ""
    assert desk.books(fatima, other, NINE + timedelta(minutes=45)) == ""


def test_one_person_does_not_book_all_there_is(
    desk: Desk, fatima: Person, database: Database
) -> None:
    """So many times of her own choice at once; what the desk books does not count, and each of hers
    can still be moved."""
    opening = desk.opens(hours="mon 09:00-18:00")
    desk.do(
        lambda connection: an_appointment(
            connection,
            database.vault,
            opening=None,
            office=desk.office,
            person_id=fatima.id,
            operator_id=5,
            day=date(2026, 11, 24),
        )
    )
    made = [
        desk.books(fatima, opening, NINE + timedelta(minutes=30 * number))
        for number in range(MOST_OWN + 1)
    ]
    assert [bool(one) for one in made] == [True] * MOST_OWN + [False]
    wanted = FindSlots("desio", Need.PAY)
    assert wanted.read(desk.asks(fatima, wanted)) == ()
    moving = FindSlots("desio", Need.PAY, made[0])
    later = moving.read(desk.asks(fatima, moving))[0]
    assert desk.asks(fatima, MoveAppointment(made[0], later.opening, later.starts)) is True
    assert wanted.read(desk.asks(fatima, wanted)) == ()


def test_an_appointment_is_seen_by_its_person_alone(
    desk: Desk, fatima: Person, writer: Writer
) -> None:
    """Where, when, how to get there and what to bring, as the desk says; for others it is none."""
    opening = desk.opens(bring="Permesso", online=True)
    wanted = FindAppointment(desk.books(fatima, opening))
    found = wanted.read(desk.asks(fatima, wanted))
    assert found is not None
    assert (found.starts, found.ends) == (NINE, NINE + timedelta(minutes=30))
    assert (found.place, found.how, found.phone) == ("Via Roma 1, Desio", "Bus 204", "0362 000000")
    assert (found.organisation, found.bring, found.point) == ("PUA Desio", "Permesso", None)
    assert (found.state, found.reply, found.online) == (
        AppointmentState.BOOKED,
        Reply.NOTHING,
        True,
    )
    other = someone(writer, chat=5)
    assert desk.asks(other, wanted) is None
    assert desk.asks(fatima, FindAppointment("x")) is None


def test_an_appointment_elsewhere_has_its_own_place(
    desk: Desk, fatima: Person, database: Database
) -> None:
    """At the Questura the way and the pin are not those of the desk, and nobody moves it alone."""
    body = Body("Impronte", "Questura di Monza")
    desk.do(
        lambda connection: a_desk(connection, desk.office, latitude=45.6, longitude=9.2, how="Bus")
    )
    ids = [
        desk.do(
            lambda connection, body=body: an_appointment(
                connection,
                database.vault,
                opening=None,
                office=desk.office,
                desk="desio",
                person_id=fatima.id,
                body=body,
            )
        ).id
        for body in (body, Body())
    ]
    there, here = (
        FindAppointment(str(one)).read(desk.asks(fatima, FindAppointment(str(one)))) for one in ids
    )
    assert there is not None
    assert here is not None
    assert (there.what, there.place, there.how, there.point) == (*_words(body), "", None)
    assert (here.place, here.how, here.point) == ("Via Roma 1, Desio", "Bus", (45.6, 9.2))
    assert (there.online, here.online) == (False, False)


def _words(body: Body) -> tuple[str, str]:
    return body.what, body.place


def test_she_moves_and_cancels_her_own(desk: Desk, fatima: Person, writer: Writer) -> None:
    """Another free time of the same desk is hers; taken ones, other desks and strangers change
    nothing."""
    opening, other = desk.opens(), desk.opens(desk="carate")
    rahim = someone(writer, chat=5)
    desk.do(lambda connection: a_desk(connection, desk.office, key="carate"))
    made, taken = desk.books(fatima, opening), desk.books(rahim, opening, TEN)
    half = NINE + timedelta(minutes=30)
    moves = [
        desk.asks(fatima, MoveAppointment(made, str(opening.id), TEN)),
        desk.asks(fatima, MoveAppointment(made, str(other.id), half)),
        desk.asks(fatima, MoveAppointment(taken, str(opening.id), half)),
        desk.asks(fatima, MoveAppointment(made, str(opening.id), half)),
    ]
    assert moves == [False, False, False, True]
    late = datetime(2026, 11, 23, 9, tzinfo=UTC)
    cancels = [
        desk.asks(fatima, CancelAppointment(taken)),
        desk.asks(fatima, CancelAppointment(made), late),
        desk.asks(fatima, CancelAppointment(made)),
        desk.asks(fatima, CancelAppointment(made)),
    ]
    assert cancels == [False, False, True, False]
    assert [what for what, _minutes in desk.news()].count(News.CANCELLED) == 1


def test_what_she_says_is_told_to_the_desk(desk: Desk, fatima: Person, writer: Writer) -> None:
    """Late, lost, cannot: the desk sees the last thing she said; when she comes after all, none."""
    made = desk.books(fatima, desk.opens())
    said = [
        desk.asks(fatima, GiveReply(Subject.APPOINTMENT, made, reply, minutes))
        for reply, minutes in ((Reply.LATE, 15), (Reply.LATE, 15), (Reply.LATE, 30))
    ]
    assert said == [True, True, True]
    assert sorted(desk.news()) == [(News.BOOKED, None), (News.LATE, 30)]
    desk.asks(fatima, GiveReply(Subject.APPOINTMENT, made, Reply.LOST))
    assert sorted(desk.news()) == [(News.BOOKED, None), (News.LOST, None)]
    desk.asks(fatima, GiveReply(Subject.APPOINTMENT, made, Reply.COMES))
    assert desk.news() == [(News.BOOKED, None)]
    found = FindAppointment(made).read(desk.asks(fatima, FindAppointment(made)))
    assert found is not None
    assert found.reply is Reply.COMES


def test_nobody_answers_for_another_or_too_late(
    desk: Desk, fatima: Person, writer: Writer, database: Database
) -> None:
    """A stranger, an appointment that is over, one that was cancelled: nothing is kept."""
    made, rahim = desk.books(fatima, desk.opens()), someone(writer, chat=5)
    comes = GiveReply(Subject.APPOINTMENT, made, Reply.COMES)
    answers = [
        desk.asks(rahim, comes),
        desk.asks(fatima, GiveReply(Subject.APPOINTMENT, "", Reply.COMES)),
        desk.asks(fatima, comes, datetime(2026, 11, 23, 8, 30, tzinfo=UTC)),
    ]
    desk.do(lambda connection: cancel(connection, database.vault, int(made), NOON, 5))
    assert [*answers, desk.asks(fatima, comes)] == [False] * 4


def test_a_turn_finds_what_it_has_booked(desk: Desk, fatima: Person) -> None:
    """Within one turn the appointment is there at once, before anything is committed."""
    opening = desk.opens()

    def turn(unit: Any) -> list[Json]:
        made = perform_calendar(unit, fatima, CHAT, BookSlot(str(opening.id), NINE, Need.PAY), NOON)
        return [made, perform_calendar(unit, fatima, CHAT, FindAppointment(str(made)), NOON)]

    made, found = do(desk.writer, turn)
    assert (found["id"], found["starts"]) == (made, NINE.isoformat())
