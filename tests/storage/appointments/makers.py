"""Openings and appointments for tests, so that a test names only what matters to it."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from sqlalchemy import Connection

from flows.handoff_model import Need
from storage.appointments.booking import book
from storage.appointments.model import Appointment, Opening
from storage.appointments.openings import save_opening
from storage.desks import Desk, save_desk
from storage.vault import Vault
from tests.storage.factories import NOON, TODAY

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
NINE = time(9)
TEN = time(10)


def a_desk(connection: Connection, office: str, key: str = "desio", **more: Any) -> Desk:
    """A desk of an office."""
    given: dict[str, Any] = {"place": "Via Roma 1, Desio", "phone": "0362 000000"} | more
    desk = Desk(key, "PUA Desio", "Desio", True, TODAY, office=office, **given)
    save_desk(connection, desk)
    return desk


def an_opening(connection: Connection, office: str, **more: Any) -> Opening:
    """An opening in the mornings of working days, half an hour each, one at a time."""
    given: dict[str, Any] = {
        "desk": "desio",
        "hours": "mon-fri 09:00-12:00",
        "first": TODAY,
        "minutes": 30,
    }
    made = save_opening(connection, Opening(office=office, **given | more))
    assert isinstance(made, Opening)
    return made


def booked(connection: Connection, vault: Vault, **more: Any) -> Appointment | None:
    """What came of booking: by default tomorrow at nine, for pay."""
    given: dict[str, Any] = {"day": MONDAY, "at": NINE, "now": NOON, "need": Need.PAY} | more
    return book(connection, vault, **given)


def an_appointment(connection: Connection, vault: Vault, **more: Any) -> Appointment:
    """An appointment that was booked."""
    made = booked(connection, vault, **more)
    assert made is not None
    return made
