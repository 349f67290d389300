"""What the day of an office is made of: counted right, on both databases."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert, update

from flows.calendar_model import News, NoticeState, PlaceState, Presence, Reply, Subject
from storage.agenda import About, Said, courses_of, messages_of, said_to
from storage.calendar_schema import attendance, enrolment
from storage.courses.finding import enrolments, lessons_of
from storage.courses.seats import enrol
from storage.database import Database
from storage.desk_news import find_news, tell_desk
from tests.storage.appointments.makers import a_desk, an_appointment
from tests.storage.cases.desk import an_office
from tests.storage.courses.school import a_course, a_person, people
from tests.storage.factories import NOON


def test_what_people_said_to_a_lesson_is_counted(database: Database) -> None:
    """Each who said or did something counts once; who has left counts no more."""
    with database.engine.begin() as connection:
        course = a_course(connection, database.vault, seats=9)
        for one in people(connection, database.vault, 6):
            enrol(connection, database.vault, course.id, person_id=one, now=NOON)
        who = enrolments(connection, database.vault, course.id)
        first, second = lessons_of(connection, course.id)[:2]
        said = (Reply.COMES, Reply.CANNOT, Reply.LATE, Reply.LOST, Reply.NOTHING, Reply.CANNOT)
        there = (Presence.PRESENT, Presence.ABSENT, Presence.PRESENT, Presence.EXCUSED)
        for number, one in enumerate(who):
            presence = there[number] if number < len(there) else Presence.UNSAID
            row = {"lesson_id": first.id, "enrolment_id": one.id}
            row |= {"reply": said[number].value, "presence": presence.value}
            connection.execute(insert(attendance).values(row))
        left = update(enrolment).where(enrolment.c.id == who[-1].id)
        connection.execute(left.values(state=PlaceState.LEFT.value, seat=None))
        found = said_to(connection, [first.id, second.id])
    expected = Said(comes=1, cannot=1, late=1, lost=1, present=2, absent=2)
    assert found == {first.id: expected, second.id: Said()}
    assert [one.is_taken for one in found.values()] == [True, False]


def test_reminders_stand_in_their_order(database: Database) -> None:
    """When somebody is told of an appointment, and that it still waits, the first first; who has
    no chat is told nothing."""
    with database.engine.begin() as connection:
        office, person = an_office(connection), a_person(connection, database.vault, 1)
        a_desk(connection, office)
        given = {"opening": None, "office": office, "desk": "desio", "day": date(2026, 12, 9)}
        one = an_appointment(connection, database.vault, person_id=person, **given)
        other = an_appointment(connection, database.vault, **given)
        found = [messages_of(connection, Subject.APPOINTMENT, it.id) for it in (one, other)]
    days = [(one.due.date().isoformat(), one.step) for one in found[0]]
    assert days == [("2026-12-02", "7d"), ("2026-12-08", "1d"), ("2026-12-08", "2h")]
    assert ({one.state for one in found[0]}, found[1]) == ({NoticeState.WAITING}, [])


def test_news_of_a_course_says_which_one(database: Database) -> None:
    """Of a lesson and of a seat the course is found; of an appointment there is none."""
    with database.engine.begin() as connection:
        course = a_course(connection, database.vault)
        enrol(
            connection,
            database.vault,
            course.id,
            now=NOON,
            person_id=a_person(connection, database.vault, 1),
        )
        (one,) = enrolments(connection, database.vault, course.id)
        subjects = {
            Subject.LESSON: lessons_of(connection, course.id)[0].id,
            Subject.OFFER: one.id,
            Subject.APPOINTMENT: 7,
        }
        for subject, subject_id in subjects.items():
            tell_desk(
                connection,
                News.LAPSED,
                office=course.office,
                desk="",
                subject=subject,
                subject_id=subject_id,
                designation="Airone verde",
                event=NOON,
                at=NOON,
            )
        news = [one for one in find_news(connection, course.office) if one.what is News.LAPSED]
        found = courses_of(connection, news)
    about = About(course.id, course.title)
    by_subject = {one.subject: found.get(one.id) for one in news}
    assert by_subject == {
        Subject.LESSON: about,
        Subject.OFFER: about,
        Subject.APPOINTMENT: None,
    }
