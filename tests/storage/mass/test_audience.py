"""Who a message to many is for: each once, counted by language, and nobody who is not meant."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, insert

from flows.calendar_model import CourseKind
from flows.case_model import How, Purpose
from storage.calendar_schema import appointment
from storage.cases.choices import choose
from storage.courses.finding import lessons_of
from storage.courses.lessons import cancel_lesson
from storage.courses.seats import enrol
from storage.database import Database
from storage.mass.audience import count_people, name_of, people_of, reached_by
from storage.mass.model import Audience, Crowd
from storage.schema import desk
from tests.storage.appointments.makers import an_appointment
from tests.storage.cases.desk import a_contact, a_hand, an_office, an_operator
from tests.storage.courses.school import a_course, people
from tests.storage.factories import NOON, TODAY
from tests.storage.mass.crowd import EVERYBODY, a_crowd, asks, known_as, seat, wishes


def meant(connection: Connection, audience: Audience, office: str) -> list[int]:
    """Everybody in an audience, in order."""
    return sorted(connection.execute(people_of(audience, office)).scalars())


def test_everybody_is_counted_by_language_and_by_how_they_are_reached(database: Database) -> None:
    """Who blocked the bot and who wants a pause are counted apart; who is careful is among those
    who get it; who has no language yet is counted too."""
    with database.writing() as connection:
        vault = database.vault
        one, two, three, four, five = a_crowd(connection, vault, ("ar", "ar", "bn", "it", "en"))
        known_as(connection, one, careful=True)
        known_as(connection, two, reachable=False)
        known_as(connection, five, language=None)
        wishes(connection, three, paused_until=TODAY)
        wishes(connection, four, paused_until=TODAY - timedelta(days=1))
        counted = count_people(connection, EVERYBODY, "", TODAY)
        assert dict(counted.languages) == {"ar": 1, "it": 1, "": 1}
        assert (counted.people, counted.careful, counted.unreachable, counted.paused) == (
            3,
            1,
            1,
            1,
        )
        reached = connection.execute(reached_by(connection, EVERYBODY, "", TODAY)).scalars()
        assert sorted(reached) == sorted([one, four, five])


def test_a_course_is_who_has_a_seat_and_when_it_ends_also_who_waits(database: Database) -> None:
    """Who left is not meant any more; who only came to the desk has to be called."""
    with database.writing() as connection:
        vault = database.vault
        course = a_course(connection, vault, seats=2)
        who = people(connection, vault, 3)
        seat(connection, vault, course.id, who, NOON)
        audience = Audience(Crowd.COURSE, course=course.id)
        assert meant(connection, audience, course.office) == sorted(who[:2])
        waiting = Audience(Crowd.COURSE, course=course.id, waiting=True)
        assert meant(connection, waiting, course.office) == sorted(who)
        other = a_course(connection, vault, office=course.office, ref="other")
        enrol(connection, vault, other.id, name="Sara", now=NOON, by_desk=True)
        walked_in = Audience(Crowd.COURSE, course=other.id)
        assert count_people(connection, walked_in, course.office, TODAY).chatless == 1
        assert name_of(connection, walked_in) == other.title


def test_who_asked_is_told_unless_they_are_in_it(database: Database) -> None:
    """Somebody who found the new course by themself hears nothing of it."""
    with database.writing() as connection:
        vault = database.vault
        course = a_course(connection, vault)
        one, two, three = people(connection, vault, 3)
        asks(connection, one, CourseKind.ITALIAN)
        asks(connection, two, CourseKind.ITALIAN)
        asks(connection, three, CourseKind.FORKLIFT)
        seat(connection, vault, course.id, [two], NOON)
        audience = Audience(Crowd.ASKED, course=course.id, kind=CourseKind.ITALIAN)
        assert meant(connection, audience, course.office) == [one]
        nothing = Audience(Crowd.ASKED, course=course.id)
        assert meant(connection, nothing, course.office) == []


def test_a_day_is_who_has_a_lesson_or_an_appointment(database: Database) -> None:
    """Each once, whatever they have; not who has something elsewhere, or nothing any more."""
    with database.writing() as connection:
        vault = database.vault
        course = a_course(connection, vault)
        lesson = lessons_of(connection, course.id)[0]
        seated, booked, both, dropped = people(connection, vault, 4)
        seat(connection, vault, course.id, [seated, both], NOON)
        for place, (who, state) in enumerate(
            ((booked, "booked"), (both, "booked"), (dropped, "cancelled"))
        ):
            connection.execute(
                insert(appointment).values(
                    id=place + 1,
                    office=course.office,
                    person_id=who,
                    designation="Airone verde",
                    need="papers",
                    body=b"",
                    day=lesson.day,
                    time="09:00",
                    minutes=30,
                    starts=NOON,
                    ends=NOON,
                    state=state,
                    created_by=0,
                    created=TODAY,
                )
            )
        audience = Audience(Crowd.DAY, day=lesson.day)
        assert meant(connection, audience, course.office) == sorted([seated, booked, both])
        elsewhere = an_office(connection, "Altrove")
        assert meant(connection, audience, elsewhere) == []
        cancel_lesson(connection, vault, lesson.id, NOON)
        assert meant(connection, audience, course.office) == sorted([booked, both])


def test_a_desk_is_who_came_by_its_poster(database: Database) -> None:
    """And its name is known; a desk that is gone has none."""
    with database.writing() as connection:
        one, two = people(connection, database.vault, 2)
        known_as(connection, one, desk="k7")
        values = {"key": "k7", "name": "Mercato", "territory": "Desio", "created": TODAY}
        connection.execute(insert(desk).values(values))
        audience = Audience(Crowd.DESK, desk="k7")
        assert meant(connection, audience, "") == [one]
        assert (name_of(connection, audience), name_of(connection, EVERYBODY)) == ("Mercato", "–")
        assert meant(connection, EVERYBODY, "") == sorted([one, two])


def test_who_said_no_hears_of_what_they_did_themselves(database: Database) -> None:
    """A course one enrolled in, a day one booked, news one asked for; nothing else is sent to who
    does not want to be written to, and they are counted among those who want no messages."""
    vault = database.vault
    with database.writing() as connection:
        course = a_course(connection, vault, seats=9)
        lesson = lessons_of(connection, course.id)[0]
        anna = an_operator(connection, course.office)
        enrolled, by_desk, books, booked = people(connection, vault, 4)
        sheets = {}
        for one in (enrolled, by_desk, books, booked):
            sheets[one] = a_contact(connection, vault, anna, person_id=one)
            hand = a_hand(connection, vault, anna, sheets[one])
            choose(hand, Purpose.CONTACT, given=False, how=How.SPOKEN)
        seat(connection, vault, course.id, [enrolled], NOON)
        sheet = sheets[by_desk].id
        enrol(connection, vault, course.id, contact_id=sheet, now=NOON, by_desk=True)
        for one, operator in ((books, 0), (booked, anna.id)):
            an_appointment(
                connection,
                vault,
                opening=None,
                office=course.office,
                day=lesson.day,
                person_id=one,
                operator_id=operator,
            )
        asks(connection, booked, CourseKind.ITALIAN)
        found = {}
        for audience in (
            Audience(Crowd.COURSE, course=course.id),
            Audience(Crowd.DAY, day=lesson.day),
            Audience(Crowd.ASKED, course=course.id, kind=CourseKind.ITALIAN),
            EVERYBODY,
        ):
            reached = connection.execute(reached_by(connection, audience, course.office, TODAY))
            counted = count_people(connection, audience, course.office, TODAY)
            found[audience.crowd] = (set(reached.scalars()), counted.people, counted.paused)
        assert found == {
            Crowd.COURSE: ({enrolled}, 1, 1),
            Crowd.DAY: ({enrolled, books}, 2, 2),
            Crowd.ASKED: ({booked}, 1, 0),
            Crowd.EVERYBODY: (set(), 0, 4),
        }
