"""Seats and offers in the worst moment."""

from __future__ import annotations

from datetime import time, timedelta

from sqlalchemy import Connection, select

from flows.calendar_model import NoticeState, PlaceState
from storage.calendar_schema import enrolment
from storage.courses.editing import cancel_course, save_course
from storage.courses.finding import lessons_of
from storage.courses.lessons import add_lesson
from storage.courses.seats import answer_offer, enrol, leave, seat_by_desk
from storage.vault import Vault
from tests.storage.courses.school import a_course, a_form
from tests.storage.courses.test_seats import offers, queue, states
from tests.storage.factories import NOON


def test_a_seat_of_a_cancelled_course_is_not_taken(connection: Connection, vault: Vault) -> None:
    """The offer stands in the chat, the course is off: neither a yes nor the desk seats anybody."""
    course, who = queue(connection, vault, 3)
    leave(connection, vault, course.id, who[0], NOON)
    cancel_course(connection, vault, course.id, NOON)
    place = answer_offer(connection, vault, course.id, who[2], True, NOON)
    assert place.state is not PlaceState.ENROLLED
    query = select(enrolment.c.id).where(enrolment.c.person_id == who[2])
    mine = connection.execute(query).scalar_one()
    assert seat_by_desk(connection, vault, mine, NOON).state is not PlaceState.ENROLLED
    assert "enrolled" not in states(connection, vault, course)[2:]


def test_offered_twice_until_the_same_moment(connection: Connection, vault: Vault) -> None:
    """Said no at night, came back, and the seat comes round again before the morning: she is told
    of it, though both offers are good until the same hour."""
    course, who = queue(connection, vault, 4)
    night = NOON + timedelta(hours=10)
    leave(connection, vault, course.id, who[0], night)
    first, second = who[2], who[3]
    answer_offer(connection, vault, course.id, first, False, night)
    enrol(connection, vault, course.id, person_id=first, now=night + timedelta(minutes=1))
    later = night + timedelta(minutes=2)
    answer_offer(connection, vault, course.id, second, False, later)
    told = [state for whose, state, *_more in offers(connection) if whose == first]
    assert sorted(told) == [NoticeState.STOPPED.value, NoticeState.WAITING.value]


def test_the_course_comes_to_the_hour_of_a_lesson_added_by_hand(
    connection: Connection, vault: Vault
) -> None:
    """One more lesson in the evening, and then the whole course moves to that hour: it is the same
    lesson, and the form is taken."""
    course = a_course(connection, vault)
    first = lessons_of(connection, course.id)[0]
    evening = time(21, 15)
    assert add_lesson(connection, vault, course.id, first.day, evening, NOON) is None
    form = a_form(starts=evening, ref=course.ref)
    saved = save_course(
        connection, vault, form, office=course.office, operator_id=1, now=NOON, course_id=course.id
    )
    assert saved.course is not None
    at = [(one.day, one.at) for one in lessons_of(connection, course.id)]
    assert at.count((first.day, evening)) == 1
