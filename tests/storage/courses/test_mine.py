"""My calendar and the list of courses, as the storage gives them: short, and nothing hidden."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flows.calendar_effects import FindCourses
from flows.calendar_model import CourseSieve, Subject
from flows.model import Person
from storage.appointments.booking import book
from storage.courses.mine import OF_ONE_COURSE, my_calendar
from storage.courses.performing import perform_courses
from storage.courses.seats import enrol
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.cases.desk import an_office
from tests.storage.courses.school import FIRST, SIX, a_course, a_person
from tests.storage.factories import NOON, do


def test_a_long_course_does_not_hide_an_appointment(writer: Writer) -> None:
    """Of each course the next few lessons; an appointment weeks away stands behind them."""

    def job(unit: Unit) -> Any:
        connection, vault = unit.direct(), unit.vault
        office = an_office(connection)
        person_id = a_person(connection, vault, 900_001)
        for rule in ("weekly wed times 9", "weekly wed times 2"):
            course = a_course(connection, vault, office=office, rule=rule)
            enrol(connection, vault, course.id, person_id=person_id, now=NOON)
        book(
            connection,
            vault,
            opening=None,
            office=office,
            day=FIRST + timedelta(days=90),
            at=SIX,
            person_id=person_id,
            operator_id=7,
            now=NOON,
        )
        return my_calendar(connection, vault, person_id, NOON, 10)

    items = do(writer, job)
    subjects = [one.subject for one in items]
    assert subjects == [Subject.LESSON] * (OF_ONE_COURSE + 2) + [Subject.APPOINTMENT]
    assert [one.starts for one in items] == sorted(one.starts for one in items)


def test_a_list_is_as_long_as_it_was_asked_for(writer: Writer) -> None:
    """The soonest of those with a seat, and no more of them than a log should hold."""

    def job(unit: Unit) -> Any:
        connection, vault = unit.direct(), unit.vault
        person = Person(a_person(connection, vault, 900_001))
        office = an_office(connection)
        for week in range(3):
            a_course(connection, vault, office=office, first=FIRST + timedelta(weeks=week))
        effect = FindCourses(CourseSieve(), most=2)
        return effect.read(perform_courses(connection, vault, person, effect, NOON))

    assert [one.starts.date() for one in do(writer, job)] == [FIRST, FIRST + timedelta(weeks=1)]
