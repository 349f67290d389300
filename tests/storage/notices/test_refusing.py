"""Who said no to being written to is reminded of what she did herself, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest
from sqlalchemy import Connection, select

from flows.calendar_model import News, NoticeState, Place, PlaceState, Subject
from flows.case_model import How, Purpose
from flows.handoff_effects import AskForHuman
from flows.handoff_model import Asked, Need
from storage.appointments.booking import book
from storage.calendar_schema import notice
from storage.cases.choices import choose, revoke
from storage.cases.hand import Hand
from storage.cases.model import Choice
from storage.courses.editing import open_course, save_course
from storage.courses.model import Course
from storage.courses.seats import answer_offer, enrol, leave
from storage.database import Database
from storage.desk_news import find_news
from storage.handoffs.performing import perform_talk
from storage.unit import Unit
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.cases.desk import a_contact, a_hand, an_office, an_operator
from tests.storage.courses.school import a_form, people
from tests.storage.factories import NOON, do, someone
from tests.storage.handoffs.factories import DESK
from tests.storage.handoffs.factories import furnish as furnish_desks

THURSDAY = date(2026, 12, 10)
LATER = NOON + timedelta(hours=2)


@dataclass
class Desk:
    """A desk that does things for a person whose sheet it has."""

    connection: Connection
    vault: Vault
    person: int
    hand: Hand

    def books(self, at: time, by: int) -> int:
        """An appointment that somebody books for her, or she herself: 0."""
        made = book(
            self.connection,
            self.vault,
            opening=None,
            office=self.hand.contact.office,
            day=THURSDAY,
            at=at,
            need=Need.PAY,
            person_id=self.person,
            operator_id=by,
            now=NOON,
        )
        assert made is not None
        return made.id

    def course(self, **more: object) -> Course:
        """A course of the office that is open."""
        form, office = a_form(**more), self.hand.contact.office
        saved = save_course(
            self.connection, self.vault, form, office=office, operator_id=7, now=NOON
        )
        assert saved.course is not None
        assert open_course(self.connection, self.vault, saved.course.id, NOON)
        return saved.course

    def enrols(self, course: Course, *, by_desk: bool) -> Place:
        """Put her into a course, or let her do it."""
        who = {"contact_id": self.hand.contact.id} if by_desk else {"person_id": self.person}
        return enrol(self.connection, self.vault, course.id, now=NOON, by_desk=by_desk, **who)

    def says(self, *, given: bool) -> Choice:
        """What she says of being written to."""
        made = choose(self.hand, Purpose.CONTACT, given=given, how=How.SPOKEN)
        assert isinstance(made, Choice)
        return made

    def waits(self, subject: Subject) -> set[int]:
        """What is still to be told to her: of which lessons, appointments or offers."""
        query = select(notice.c.subject_id).where(
            notice.c.person_id == self.person,
            notice.c.subject == subject.value,
            notice.c.state == NoticeState.WAITING.value,
        )
        return set(self.connection.execute(query).scalars())


@pytest.fixture
def desk(writer: Writer, database: Database) -> Iterator[Desk]:
    """Somebody with a chat and a sheet."""
    person, vault = someone(writer), database.vault
    with database.writing() as connection:
        anna = an_operator(connection, an_office(connection))
        contact = a_contact(connection, vault, anna, person_id=person.id)
        yield Desk(connection, vault, person.id, a_hand(connection, vault, anna, contact))


def test_only_what_she_booked_herself_reminds_who_said_no(desk: Desk) -> None:
    """A no takes the reminders of what an operator booked, also of what is booked after it; with a
    yes, or when the no is taken back by one, they are planned again."""
    theirs, hers = desk.books(time(9), by=5), desk.books(time(10), by=0)
    assert desk.waits(Subject.APPOINTMENT) == {theirs, hers}
    desk.says(given=False)
    assert desk.waits(Subject.APPOINTMENT) == {hers}
    more = desk.books(time(11), by=5)
    assert desk.waits(Subject.APPOINTMENT) == {hers}
    desk.says(given=True)
    assert desk.waits(Subject.APPOINTMENT) == {theirs, hers, more}


def test_a_yes_that_is_taken_back_takes_the_reminders_too(desk: Desk) -> None:
    """Taking the yes back is a no; a choice about something else changes nothing."""
    theirs = desk.books(time(9), by=5)
    yes = desk.says(given=True)
    choose(desk.hand, Purpose.KEEP, given=False, how=How.SPOKEN)
    assert desk.waits(Subject.APPOINTMENT) == {theirs}
    assert revoke(desk.hand, yes.id) == 1
    assert desk.waits(Subject.APPOINTMENT) == set()


@pytest.mark.parametrize(("by_desk", "many"), [(True, 0), (False, 4)])
def test_lessons_remind_who_enrolled_herself(desk: Desk, by_desk: bool, many: int) -> None:
    """A seat that the desk gave her reminds her no more, one she took does."""
    course = desk.course()
    assert desk.enrols(course, by_desk=by_desk).state is PlaceState.ENROLLED
    assert len(desk.waits(Subject.LESSON)) == 4
    desk.says(given=False)
    assert len(desk.waits(Subject.LESSON)) == many


def test_who_then_enrols_herself_is_reminded(desk: Desk) -> None:
    """Enrolling in the chat where the desk has done so already keeps the seat, and reminds."""
    desk.says(given=False)
    course = desk.course()
    place = desk.enrols(course, by_desk=True)
    assert desk.waits(Subject.LESSON) == set()
    assert desk.enrols(course, by_desk=False) == place
    assert len(desk.waits(Subject.LESSON)) == 4


@pytest.mark.parametrize(("by_desk", "offers", "news"), [(True, 0, 1), (False, 1, 0)])
def test_a_seat_is_offered_by_the_desk_where_the_desk_asked_for_it(
    desk: Desk, by_desk: bool, offers: int, news: int
) -> None:
    """Her turn comes all the same; who said no and was put on the list by the desk is told by it,
    and when she takes the seat in the chat she is reminded."""
    first = people(desk.connection, desk.vault, 1)[0]
    course = desk.course(seats=1)
    enrol(desk.connection, desk.vault, course.id, person_id=first, now=NOON)
    assert desk.enrols(course, by_desk=by_desk).state is PlaceState.WAITING
    desk.says(given=False)
    leave(desk.connection, desk.vault, course.id, first, NOON)
    told = find_news(desk.connection, desk.hand.contact.office)
    assert len(desk.waits(Subject.OFFER)) == offers
    assert [one.what for one in told].count(News.OFFERED) == news
    taken = answer_offer(desk.connection, desk.vault, course.id, desk.person, True, LATER)
    assert taken.state is PlaceState.ENROLLED
    assert len(desk.waits(Subject.LESSON)) == 4


def test_who_asks_for_somebody_is_reminded_again(writer: Writer, database: Database) -> None:
    """Asking for a person ends the no, and what an operator booked is planned again."""
    furnish_desks(writer)
    fatima, vault = someone(writer), database.vault
    with database.writing() as connection:
        anna = an_operator(connection, an_office(connection))
        contact = a_contact(connection, vault, anna, person_id=fatima.id)
        desk = Desk(connection, vault, fatima.id, a_hand(connection, vault, anna, contact))
        theirs = desk.books(time(9), by=5)
        desk.says(given=False)
        assert desk.waits(Subject.APPOINTMENT) == set()
        connection.commit()

    def asks(unit: Unit) -> object:
        return perform_talk(unit, fatima, AskForHuman(Asked(Need.PAY, DESK.key)), LATER)

    assert do(writer, asks) is not None
    with database.writing() as connection:
        assert Desk(connection, vault, fatima.id, desk.hand).waits(Subject.APPOINTMENT) == {theirs}
