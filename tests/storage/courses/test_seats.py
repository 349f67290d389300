"""Seats: never more than there are, and none unused while somebody waits."""

from __future__ import annotations

from flows.calendar_model import Place, PlaceState
from storage.courses.finding import counts, enrolments
from storage.courses.model import Counts
from storage.courses.seats import enrol, leave, offer_free
from storage.database import Database
from tests.storage.courses.school import a_course, later, people
from tests.storage.factories import NOON


def test_seats_go_to_the_first_and_then_there_is_a_queue(database: Database) -> None:
    """Two seats go to the first two; the others wait in turn."""
    with database.writing() as connection:
        course = a_course(connection, database.vault)
        who = people(connection, database.vault, 4)
        places = [
            enrol(connection, database.vault, course.id, person_id=one, now=NOON) for one in who
        ]
        assert places == [
            Place(PlaceState.ENROLLED),
            Place(PlaceState.ENROLLED),
            Place(PlaceState.WAITING, 1),
            Place(PlaceState.WAITING, 2),
        ]
        assert counts(connection, [course.id]) == {course.id: Counts(2, 0, 2)}
        assert leave(connection, database.vault, course.id, who[0], NOON)
        assert counts(connection, [course.id]) == {course.id: Counts(2, 1, 1)}
        assert offer_free(connection, database.vault, later(hours=25)) == 2
        assert [one.state for one in enrolments(connection, database.vault, course.id)] == [
            PlaceState.ENROLLED,
            PlaceState.OFFERED,
            PlaceState.LEFT,
            PlaceState.LAPSED,
        ]
