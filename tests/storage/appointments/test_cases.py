"""Appointments in cases: what waits, whose chat they reach, and whose work they are."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection, select

from flows.calendar_model import AppointmentState, NoticeState, Subject
from flows.case_model import How, Purpose
from flows.handoff_model import Need
from storage.access import for_operator
from storage.appointments.booking import book, cancel, close, move
from storage.appointments.finding import find_appointment, mine
from storage.appointments.model import Body
from storage.calendar_schema import notice
from storage.cases.choices import choose
from storage.cases.contacts import need_of
from storage.cases.due import find_agenda, find_waiting
from storage.cases.files import Kind, timeline
from storage.cases.work import off_board
from storage.database import Database
from storage.handover import Whose, make_handover, take_in_chat
from storage.notices.model import BOOKED, CANCELLED, MOVED
from storage.notices.planning import plan_person
from storage.writer import Writer
from tests.storage.appointments.makers import MONDAY, NINE, TEN, TUESDAY, an_appointment
from tests.storage.cases.desk import a_contact, a_hand, an_office, an_operator
from tests.storage.factories import NOON, someone


def told(connection: Connection, appointment_id: int) -> list[str]:
    """The steps of what waits to be told of an appointment at once."""
    query = select(notice.c.step).where(
        notice.c.subject == Subject.APPOINTMENT.value,
        notice.c.subject_id == appointment_id,
        notice.c.state == NoticeState.WAITING.value,
        notice.c.due <= NOON,
    )
    return list(connection.execute(query).scalars())


def test_an_appointment_of_a_case_waits_and_is_in_the_agenda(database: Database) -> None:
    """Its day counts like a task's until somebody says what came of it; the agenda shows one's own
    and those nobody was named for."""
    vault = database.vault
    with database.writing() as connection:
        anna = an_operator(connection, an_office(connection))
        bea = an_operator(connection, anna.office, "Bea")
        case = a_contact(connection, vault, anna)
        given = {"opening": None, "office": anna.office, "contact_id": case.id}
        first = an_appointment(connection, vault, meets=anna.id, **given)
        an_appointment(connection, vault, day=TUESDAY, at=TEN, **given)
        an_appointment(connection, vault, day=TUESDAY, meets=bea.id, **given)
        found = find_waiting(connection, [case.id], TUESDAY)[case.id]
        assert (found.due, found.late) == (MONDAY, 1)
        agenda = find_agenda(connection, anna, TUESDAY)
        assert [(one.due, one.time, one.mine) for one in agenda] == [
            (MONDAY, "09:00", True),
            (TUESDAY, "10:00", False),
        ]
        close(connection, vault, first.id, AppointmentState.NO_SHOW, NOON)
        assert find_waiting(connection, [case.id], TUESDAY)[case.id].due == TUESDAY


def test_the_file_shows_them_and_what_came_of_them_is_in_its_story(database: Database) -> None:
    """A case that is opened has its appointments; the story tells of those that are over."""
    vault = database.vault
    with database.writing() as connection:
        anna = an_operator(connection, an_office(connection))
        case = a_contact(connection, vault, anna)
        made = an_appointment(
            connection,
            vault,
            opening=None,
            office=anna.office,
            contact_id=case.id,
            body=Body("Colloquio"),
        )
        close(connection, vault, made.id, AppointmentState.DONE, NOON)
        file = for_operator(connection, vault, anna, case.id, NOON)
        assert file is not None
        assert [(one.id, one.words.what) for one in file.appointments] == [(made.id, "Colloquio")]
        (moment,) = [one for one in timeline(file) if one.kind is Kind.MEETING]
    assert (moment.day, moment.code, moment.words) == (MONDAY, "done", "Colloquio")


def test_what_an_operator_does_with_it_is_told_to_the_person(
    writer: Writer, database: Database
) -> None:
    """Booked, moved to another time, cancelled: one message each for the last time of all, and
    none for what the person does herself."""
    fatima, vault = someone(writer), database.vault
    with database.writing() as connection:
        office = an_office(connection)
        given = {"opening": None, "office": office, "person_id": fatima.id, "operator_id": 5}
        made = an_appointment(connection, vault, **given)
        assert told(connection, made.id) == [BOOKED]
        kept = {"opening": None, "day": MONDAY, "now": NOON}
        assert move(connection, vault, made.id, at=NINE, operator_id=5, **kept) == made
        assert told(connection, made.id) == [BOOKED]
        assert move(connection, vault, made.id, at=TEN, operator_id=5, **kept) is not None
        assert told(connection, made.id) == [MOVED]
        cancel(connection, vault, made.id, NOON, 5)
        plan_person(connection, vault, fatima.id, NOON)
        assert told(connection, made.id) == [CANCELLED]
        hers = an_appointment(connection, vault, **given | {"operator_id": 0})
        cancel(connection, vault, hers.id, NOON)
        quiet = an_appointment(connection, vault, informs=False, **given)
        assert [told(connection, one.id) for one in (hers, quiet)] == [[], []]


def test_who_said_no_to_words_in_the_chat_gets_none(writer: Writer, database: Database) -> None:
    """Somebody who does not want to be written to is told at the desk, not in the chat."""
    fatima, vault = someone(writer), database.vault
    with database.writing() as connection:
        anna = an_operator(connection, an_office(connection))
        case = a_contact(connection, vault, anna, person_id=fatima.id)
        choose(a_hand(connection, vault, anna, case), Purpose.CONTACT, given=False, how=How.SPOKEN)
        made = an_appointment(
            connection, vault, opening=None, office=anna.office, contact_id=case.id, operator_id=5
        )
        assert (made.person_id, told(connection, made.id)) == (fatima.id, [])


def test_a_chat_that_joins_a_sheet_has_its_appointments(writer: Writer, database: Database) -> None:
    """What was booked at the desk stands in her calendar, with reminders, once the code is used."""
    fatima, vault = someone(writer), database.vault
    with database.writing() as connection:
        anna = an_operator(connection, an_office(connection))
        case = a_contact(connection, vault, anna)
        made = an_appointment(
            connection,
            vault,
            opening=None,
            office=anna.office,
            contact_id=case.id,
            day=date(2026, 12, 10),
        )
        code = make_handover(connection, vault, Whose(contact_id=case.id), anna.id, NOON)
        assert take_in_chat(connection, vault, code, fatima.id, NOON) is not None
        assert [one.id for one in mine(connection, vault, fatima.id, NOON)] == [made.id]
        steps = select(notice.c.step).where(notice.c.subject_id == made.id)
        assert sorted(connection.execute(steps).scalars()) == ["1d", "2h", "7d"]


def test_appointments_of_a_leaver_go_to_who_takes_the_work(database: Database) -> None:
    """Whoever takes over also meets the people; what is over stays as it was."""
    vault = database.vault
    with database.writing() as connection:
        anna = an_operator(connection, an_office(connection))
        bea = an_operator(connection, anna.office, "Bea")
        given = {"opening": None, "office": anna.office, "meets": anna.id}
        old = an_appointment(connection, vault, **given)
        new = an_appointment(connection, vault, day=TUESDAY, **given)
        off_board(connection, vault, anna, bea, NOON + timedelta(days=1), 0)
        found = [find_appointment(connection, vault, one.id) for one in (old, new)]
    assert [one and one.operator_id for one in found] == [anna.id, bea.id]


def test_an_appointment_knows_the_need_of_its_sheet() -> None:
    """What the sheet calls a need is the need of the chat; what neither knows is another one."""
    assert [need_of(one) for one in ("income", "pay", "papers", "", "gold")] == [
        Need.PAY,
        Need.PAY,
        Need.PAPERS,
        Need.OTHER,
        Need.OTHER,
    ]


def test_nothing_is_booked_without_a_length(database: Database) -> None:
    """An appointment of no minutes, or of days, is none."""
    with database.writing() as connection:
        given = {"opening": None, "office": an_office(connection), "day": MONDAY, "at": NINE}
        made = [
            book(connection, database.vault, now=NOON, minutes=minutes, **given)
            for minutes in (0, -5, 24 * 60 + 1)
        ]
    assert made == [None, None, None]
