"""The desks people come from: an allow-list of opaque keys, each a poster's link."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from flows.handoff_model import Helper
from storage.schema import desk as table
from storage.schema import office, operator

ANTENNA = "antenna"
"""The role of those who make contacts: they answer nobody, and no report is sealed to them."""
_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Desk:
    """A PUA or one of its antennas, where a poster hangs.

    `talks`: its operators, those of `office`, answer people in the chat; `hours` and `closed` say
    when, as `flows.hours` reads them. `how` one gets there, `phone` and the place on the map are
    for people who come; `steps` say when they are reminded (`7d,1d,2h`), None: as everywhere.
    """

    key: str
    name: str
    territory: str
    active: bool
    created: date
    office: str = ""
    hours: str = ""
    closed: str = ""
    place: str = ""
    talks: bool = False
    how: str = ""
    phone: str = ""
    latitude: float | None = None
    longitude: float | None = None
    steps: str | None = None


CHANGES = tuple(one.name for one in fields(Desk) if one.name not in ("key", "created"))
"""What of a desk may become different."""


def new_key() -> str:
    """An opaque key that says nothing about its desk and cannot be misread on paper."""
    return "".join(secrets.choice(_SIGNS) for _ in range(10))


def find_desk(connection: Connection, key: str) -> Desk | None:
    """The active desk of a key that came with a link; None leads to a plain start."""
    query = select(table).where(table.c.key == key, table.c.active)
    row = connection.execute(query).first()
    return None if row is None else _desk(row)


def all_desks(connection: Connection) -> list[Desk]:
    """Every desk, also those that are closed."""
    rows = connection.execute(select(table).order_by(table.c.territory, table.c.name, table.c.key))
    return [_desk(row) for row in rows]


def find_helpers(connection: Connection) -> tuple[Helper, ...]:
    """The desks where somebody answers people today: of an office that is open and has an operator
    who can sign in, or is known in the operators' group."""
    able = or_(operator.c.public_key.is_not(None), operator.c.telegram.is_not(None))
    query = (
        select(operator.c.office, office.c.duty)
        .join(office, office.c.key == operator.c.office)
        .where(operator.c.active, office.c.active, operator.c.role != ANTENNA, able)
    )
    duties = {one.office: one.duty for one in connection.execute(query)}
    return tuple(
        Helper(
            one.key,
            one.name,
            one.territory,
            one.hours,
            one.closed,
            one.place,
            duties[one.office] if one.office else any(duties.values()),
        )
        for one in all_desks(connection)
        if one.active and one.talks and (one.office in duties if one.office else duties)
    )


def save_desk(connection: Connection, desk: Desk) -> None:
    """Add a desk, or change the one of its key."""
    values: dict[str, object] = {name: getattr(desk, name) for name in CHANGES}
    changed = connection.execute(update(table).where(table.c.key == desk.key).values(values))
    if changed.rowcount == 0:
        connection.execute(
            insert(table).values(values | {"key": desk.key, "created": desk.created})
        )


def delete_desk(connection: Connection, key: str) -> bool:
    """Delete a desk; people who came from it keep their attribution."""
    return connection.execute(delete(table).where(table.c.key == key)).rowcount > 0


def _desk(row: Row[*tuple[Any, ...]]) -> Desk:
    return Desk(*row)
