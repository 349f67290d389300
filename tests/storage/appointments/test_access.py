"""Who among operators sees an appointment, and what of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.calendar_model import AppointmentState
from storage.access import appointment_for_operator, appointments_for_operator
from storage.appointments.booking import cancel
from storage.appointments.model import Body
from storage.audit import Action, find_entries
from storage.database import Database
from storage.operators import Role
from tests.storage.appointments.makers import an_appointment
from tests.storage.cases.desk import an_office, an_operator
from tests.storage.factories import NOON

WEEK = (NOON, NOON + timedelta(days=7))


def test_an_office_lists_its_own_without_their_words(database: Database) -> None:
    """A list shows when and who, by two words; what it is about stays closed, and another office
    sees nothing of it."""
    with database.engine.begin() as connection:
        anna = an_operator(connection, an_office(connection))
        carla = an_operator(connection, an_office(connection, "Sindacato"), "Carla")
        made = an_appointment(
            connection, database.vault, opening=None, office=anna.office, body=Body("Colloquio")
        )
        listed = appointments_for_operator(connection, anna, *WEEK)
        assert [(one.id, one.body) for one in listed] == [(made.id, None)]
        assert appointments_for_operator(connection, anna, *WEEK, desk="elsewhere") == []
        assert appointments_for_operator(connection, carla, *WEEK) == []
        cancel(connection, database.vault, made.id, NOON, anna.id)
        assert appointments_for_operator(connection, anna, *WEEK) == []
        every = appointments_for_operator(connection, anna, *WEEK, states=(*AppointmentState,))
        assert [one.id for one in every] == [made.id]


@pytest.mark.parametrize("changes", [False, True])
def test_opening_one_is_in_the_audit(database: Database, changes: bool) -> None:
    """Its own office opens it, and that is written down; whoever is of another finds nothing, and
    that is not."""
    with database.engine.begin() as connection:
        anna = an_operator(connection, an_office(connection))
        carla = an_operator(connection, an_office(connection, "Sindacato"), "Carla")
        made = an_appointment(
            connection, database.vault, opening=None, office=anna.office, body=Body("Colloquio")
        )
        for who, found in ((anna, made), (carla, None)):
            opened = appointment_for_operator(
                connection, database.vault, who, made.id, NOON, to_change=changes
            )
            assert opened == found
        action = Action.APPOINTMENT_CHANGED if changes else Action.APPOINTMENT_READ
        (entry,) = find_entries(connection, limit=9)
    assert (entry.operator_id, entry.action, entry.object) == (
        anna.id,
        action.value,
        made.designation,
    )


def test_an_antenna_sees_none(database: Database) -> None:
    """Who only makes contacts reads nobody's appointments, also of their own office."""
    with database.engine.begin() as connection:
        ada = an_operator(connection, an_office(connection), "Ada", Role.ANTENNA)
        made = an_appointment(connection, database.vault, opening=None, office=ada.office)
        assert appointments_for_operator(connection, ada, *WEEK) == []
        opened = appointment_for_operator(connection, database.vault, ada, made.id, NOON)
        assert opened is None
