"""Who sees a course, who changes it, and who reads the names of those who come."""

from __future__ import annotations

from sqlalchemy import Connection, select

from storage.access import (
    course_for_operator,
    courses_for_operator,
    people_for_operator,
    roll_for_operator,
)
from storage.audit import Action
from storage.courses.editing import save_course
from storage.courses.finding import lessons_of
from storage.courses.seats import enrol
from storage.operators import Operator, Role
from storage.schema import audit
from storage.vault import Vault
from tests.storage.cases.desk import an_office, an_operator
from tests.storage.courses.school import a_course, a_form
from tests.storage.factories import NOON


def readings(connection: Connection) -> list[tuple[int, str]]:
    """Who read which roll, as the audit says."""
    query = select(audit.c.operator_id, audit.c.object).where(
        audit.c.action == Action.ROLL_READ.value
    )
    return [tuple(row) for row in connection.execute(query)]  # type: ignore[misc]


def test_a_roll_is_read_by_its_own_office_and_that_is_written_down(
    connection: Connection, vault: Vault, teacher: Operator
) -> None:
    """Names are for the office of the course; every reading is in the audit, and no refusal."""
    course = a_course(connection, vault, office=teacher.office)
    enrol(connection, vault, course.id, name="Amina B.", now=NOON, by_desk=True)
    lesson, *_rest = lessons_of(connection, course.id)
    elsewhere = an_office(connection, "PUA Seregno")
    strangers = [
        an_operator(connection, elsewhere, "Bea"),
        an_operator(connection, elsewhere, "Carla", Role.ADMINISTRATOR),
        an_operator(connection, teacher.office, "Dario", Role.ANTENNA),
    ]
    for one in strangers:
        assert people_for_operator(connection, vault, one, course.id, NOON) is None
        assert roll_for_operator(connection, vault, one, lesson.id, NOON) is None
    assert readings(connection) == []
    people = people_for_operator(connection, vault, teacher, course.id, NOON)
    rolled = roll_for_operator(connection, vault, teacher, lesson.id, NOON)
    assert [one.name for one in people or ()] == ["Amina B."]
    assert [one.enrolment.name for one in rolled or ()] == ["Amina B."]
    assert readings(connection) == [
        (teacher.id, "Italian for beginners"),
        (teacher.id, "Italian for beginners 2026-12-02"),
    ]
    assert people_for_operator(connection, vault, teacher, 5, NOON) is None
    assert roll_for_operator(connection, vault, teacher, 5, NOON) is None


def test_courses_are_seen_by_all_and_changed_by_their_office(
    connection: Connection, vault: Vault, teacher: Operator
) -> None:
    """Everybody sees what is open; a draft, and every change, is for the office of the course."""
    course = a_course(connection, vault, office=teacher.office)
    form = a_form(title="Soon")
    draft = save_course(
        connection, vault, form, office=teacher.office, operator_id=teacher.id, now=NOON
    ).course
    assert draft is not None
    other = an_operator(connection, an_office(connection, "PUA Seregno"), "Bea")
    antenna = an_operator(connection, teacher.office, "Dario", Role.ANTENNA)
    for who, sees, changes in (
        (teacher, [True, True], [True, True]),
        (other, [True, False], [False, False]),
        (antenna, [True, True], [False, False]),
    ):
        both = (course.id, draft.id)
        seen = [course_for_operator(connection, who, one) is not None for one in both]
        changed = [
            course_for_operator(connection, who, one, to_change=True) is not None for one in both
        ]
        assert (seen, changed) == (sees, changes)
        listed = {one.title for one in courses_for_operator(connection, who, since=NOON)}
        assert listed == {"Italian for beginners", *(["Soon"] if sees[1] else [])}
    assert course_for_operator(connection, teacher, 5) is None
