"""The offices that read reports, as operators manage them and as people are told of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, insert, select, update

from flows.report_model import Office
from storage.desks import ANTENNA, new_key
from storage.schema import office as table
from storage.schema import operator, setting
from storage.vault import PublicKey, Recipient

RECOVERY_KEY = "recovery key"
RECOVERY_ID = 0
FEWEST_KEYS = 2
"""Fewer than this, and one forgotten passphrase would lose a report: then none is taken."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An office as it stands in the list: is it open, and how many of its people can read."""

    office: Office
    active: bool
    created: date
    readers: int


def all_offices(connection: Connection) -> list[Listed]:
    """Every office, also those that are closed, by name."""
    readers = (
        select(func.count())
        .where(
            operator.c.office == table.c.key,
            operator.c.active,
            operator.c.public_key.is_not(None),
            operator.c.role != ANTENNA,
        )
        .scalar_subquery()
    )
    rows = connection.execute(select(table, readers).order_by(table.c.name, table.c.key))
    return [
        Listed(Office(key, name, duty, province, hours), active, created, count)
        for key, name, duty, province, hours, active, created, count in rows
    ]


def find_office(connection: Connection, key: str) -> Listed | None:
    """An office by its key."""
    return next((one for one in all_offices(connection) if one.office.key == key), None)


def add_office(
    connection: Connection,
    name: str,
    today: date,
    *,
    duty: bool,
    province: str = "",
    hours: str = "",
) -> Office:
    """Add an office with a new opaque key."""
    made = Office(new_key(), name, duty, province, hours)
    connection.execute(
        insert(table).values(
            key=made.key, name=name, duty=duty, province=province, hours=hours, created=today
        )
    )
    return made


def save_office(connection: Connection, changed: Office) -> None:
    """Change what is said of an office."""
    values = {
        "name": changed.name,
        "duty": changed.duty,
        "province": changed.province,
        "hours": changed.hours,
    }
    connection.execute(update(table).where(table.c.key == changed.key).values(values))


def set_office_open(connection: Connection, key: str, *, is_open: bool) -> None:
    """Close an office, or open it again; a closed one gets no new reports."""
    connection.execute(update(table).where(table.c.key == key).values(active=is_open))


def find_offices(connection: Connection) -> tuple[Office, ...]:
    """The offices where somebody reads today; none where a report would have too few keys."""
    if len(find_recipients(connection)) < FEWEST_KEYS:
        return ()
    return tuple(one.office for one in all_offices(connection) if one.active and one.readers)


def find_recipients(
    connection: Connection, province: str = "", excluded: Collection[str] = ()
) -> list[Recipient]:
    """Whom a report is sealed to: the operators entitled to it, and the offline recovery key.

    Entitled are those of every open office that is not excluded and reads this province. Where
    none reads it, all of the others do: a report must not fall between two territories.
    """
    query = (
        select(operator.c.id, operator.c.public_key, table.c.province)
        .join(table, table.c.key == operator.c.office)
        .where(operator.c.active, operator.c.public_key.is_not(None), table.c.active)
        .where(operator.c.role != ANTENNA)
        .where(table.c.key.not_in(list(excluded)))
        .order_by(operator.c.id)
    )
    rows = list(connection.execute(query))
    near = [row for row in rows if not province or row[2] in ("", province)]
    recipients = [Recipient(id_, PublicKey(bytes(key))) for id_, key, _where in near or rows]
    recovery = find_recovery_key(connection)
    return recipients + ([] if recovery is None else [Recipient(RECOVERY_ID, recovery)])


def find_recovery_key(connection: Connection) -> PublicKey | None:
    """The public half of the key on the recovery sheet."""
    query = select(setting.c.value).where(setting.c.key == RECOVERY_KEY)
    kept = connection.execute(query).scalar()
    return None if kept is None else PublicKey(bytes.fromhex(kept))


def keep_recovery_key(connection: Connection, key: PublicKey) -> bool:
    """Keep the public half, once for a deployment; False where there already is one."""
    if find_recovery_key(connection) is not None:
        return False
    connection.execute(insert(setting).values(key=RECOVERY_KEY, value=key.bytes.hex()))
    return True
