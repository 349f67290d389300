"""Finds appointments: one by its id, a person's own, those of a day, those of a case."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from flows.calendar_model import AppointmentState, Reply
from flows.handoff_model import Need
from storage.appointments.model import Appointment, opened
from storage.calendar_schema import appointment as table
from storage.handoff_schema import handoff
from storage.vault import Vault

MOST = 500


def find_appointment(
    connection: Connection, vault: Vault | None, id_: int, *, hold: bool = False
) -> Appointment | None:
    """The appointment of an id; with `hold` nobody else changes it until the commit."""
    query = select(table).where(table.c.id == id_)
    row = connection.execute(query.with_for_update() if hold else query).first()
    return None if row is None else read(row, vault)


def mine(
    connection: Connection, vault: Vault, person_id: int, now: datetime
) -> tuple[Appointment, ...]:
    """A person's appointments that are not over, the next first."""
    hers = (table.c.person_id == person_id) & (table.c.ends > now)
    booked = table.c.state == AppointmentState.BOOKED.value
    return tuple(_find(connection, vault, hers & booked))


def between(
    connection: Connection,
    vault: Vault | None,
    first: datetime,
    last: datetime,
    *,
    office: str | None = None,
    desk: str | None = None,
    states: Collection[AppointmentState] = (),
) -> list[Appointment]:
    """The appointments that begin from one moment to before another, of an office or of a desk.

    Without a vault their words stay closed. No `states`: those that were not cancelled.
    """
    wanted: ColumnElement[bool] = (table.c.starts >= first) & (table.c.starts < last)
    if office is not None:
        wanted &= table.c.office == office
    if desk is not None:
        wanted &= table.c.desk == desk
    if states:
        wanted &= table.c.state.in_([one.value for one in states])
    else:
        wanted &= table.c.state != AppointmentState.CANCELLED.value
    return _find(connection, vault, wanted)


def of_contact(
    connection: Connection, vault: Vault | None, contact_id: int, *, office: str | None = None
) -> tuple[Appointment, ...]:
    """Every appointment of a contact, also past and cancelled ones, by their day."""
    wanted = table.c.contact_id == contact_id
    if office is not None:
        wanted &= table.c.office == office
    return tuple(_find(connection, vault, wanted))


def of_handoff(
    connection: Connection, vault: Vault | None, handoff_id: int, *, office: str | None = None
) -> tuple[Appointment, ...]:
    """Every appointment of the person of a conversation, those of one office where it is said."""
    whose = select(handoff.c.person_id).where(handoff.c.id == handoff_id).scalar_subquery()
    wanted = table.c.person_id == whose
    if office is not None:
        wanted &= table.c.office == office
    return tuple(_find(connection, vault, wanted))


def _find(
    connection: Connection, vault: Vault | None, wanted: ColumnElement[bool]
) -> list[Appointment]:
    query = select(table).where(wanted).order_by(table.c.starts, table.c.id).limit(MOST)
    return [read(row, vault) for row in connection.execute(query)]


def read(row: Row[Any], vault: Vault | None) -> Appointment:
    """A row of the table; its words only with the vault."""
    kept = dict(row._mapping)
    kept["need"] = Need(kept["need"])
    kept["time"] = time.fromisoformat(kept["time"])
    kept["state"] = AppointmentState(kept["state"])
    kept["reply"] = Reply(kept["reply"])
    kept["body"] = None if vault is None else opened(vault, bytes(kept["body"]), kept["id"])
    return Appointment(**kept)
