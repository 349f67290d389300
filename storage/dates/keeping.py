"""Keeps the dates that are a person's own, sealed; only she, and her reminders, find them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from flows.calendar_model import DateKind, NoticeState, Subject
from storage.calendar_schema import notice
from storage.calendar_schema import own_date as table
from storage.cases.model import packed, unpacked
from storage.vault import Vault, random_id


@dataclass(frozen=True, slots=True)
class Kept:
    """A date as it is kept, and whose it is."""

    id: int
    person_id: int = field(repr=False)
    kind: DateKind
    day: date = field(repr=False)


def keep(
    connection: Connection, vault: Vault, person_id: int, kind: DateKind, day: date
) -> tuple[Kept, list[int]]:
    """Keep a date instead of the one of its kind; the ids of what it takes the place of, too."""
    old = [one.id for one in find_mine(connection, vault, person_id) if one.kind is kind]
    connection.execute(delete(table).where(table.c.id.in_(old)))
    made = Kept(random_id(), person_id, kind, day)
    body = vault.seal_case(packed(kind=kind.value, day=day.isoformat()), "own_date", made.id)
    connection.execute(insert(table).values(id=made.id, person_id=person_id, body=body))
    return made, old


def find_mine(connection: Connection, vault: Vault, person_id: int) -> list[Kept]:
    """A person's own dates, by their day."""
    rows = connection.execute(select(table).where(table.c.person_id == person_id))
    return sorted((_read(row, vault) for row in rows), key=lambda one: (one.day, one.kind))


def find_date(connection: Connection, vault: Vault, date_id: int) -> Kept | None:
    """The date of an id, for whoever plans its reminders."""
    row = connection.execute(select(table).where(table.c.id == date_id)).first()
    return None if row is None else _read(row, vault)


def drop(connection: Connection, person_id: int, date_id: int) -> bool:
    """Delete a date; False where it is not there, or not hers."""
    hers = (table.c.id == date_id) & (table.c.person_id == person_id)
    return connection.execute(delete(table).where(hers)).rowcount == 1


def find_reminded(connection: Connection, ids: list[int]) -> dict[int, date]:
    """On which day the person is reminded of these dates next."""
    query = (
        select(notice.c.subject_id, notice.c.day)
        .where(notice.c.subject == Subject.DATE.value, notice.c.subject_id.in_(ids))
        .where(notice.c.state == NoticeState.WAITING.value)
        .order_by(notice.c.due.desc())
    )
    return {row.subject_id: row.day for row in connection.execute(query)}


def _read(row: Row[Any], vault: Vault) -> Kept:
    words = unpacked(vault.open_case(bytes(row.body), "own_date", row.id))
    return Kept(row.id, row.person_id, DateKind(words["kind"]), date.fromisoformat(words["day"]))
