"""Finds versions of words: what holds, what waits for a second person, what was before."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from storage.remembered import recall
from storage.wording.model import (
    OPEN,
    Deed,
    Key,
    Meaning,
    Standing,
    State,
    Version,
    Who,
    first_meaning,
    id_of,
    version_of,
)
from storage.wording_schema import wording as table
from storage.wording_schema import wording_deed as deeds

EDITION = "wording edition"
"""The setting that is counted up with everything that changes what people read."""


def edition(connection: Connection) -> int:
    """Which edition of the words holds; another number means that there is something to read."""
    return int(recall(connection, EDITION) or 0)


def find_version(connection: Connection, version_id: int, *, hold: bool = False) -> Version | None:
    """One version by its id; with `hold` nobody else changes it until the commit."""
    query = select(table).where(table.c.id == version_id)
    row = connection.execute(query.with_for_update() if hold else query).first()
    return None if row is None else version_of(row)


def find_open(connection: Connection, language: str | None = None) -> list[Version]:
    """What waits for a second person, the oldest first."""
    query = select(table).where(table.c.state.in_(OPEN)).order_by(table.c.id)
    if language is not None:
        query = query.where(table.c.language == language)
    return [version_of(row) for row in connection.execute(query)]


def find_history(
    connection: Connection, key: Key, language: str | None = None
) -> list[tuple[Version, list[Deed]]]:
    """Every version of a message, the newest first, each with what became of it."""
    query = select(table).where(table.c.key == id_of(key)).order_by(table.c.id.desc())
    if language is not None:
        query = query.where(table.c.language == language)
    found = [version_of(row) for row in connection.execute(query)]
    told: dict[int, list[Deed]] = {one.id: [] for one in found}
    later = select(deeds).where(deeds.c.wording_id.in_(told)).order_by(deeds.c.id)
    for row in connection.execute(later):
        deed = Deed(row.wording_id, State(row.state), row.at, Who(row.by, row.author), row.why)
        told[row.wording_id].append(deed)
    return [(one, told[one.id]) for one in found]


def standing(connection: Connection) -> Standing:
    """All that was approved and holds, and what messages mean whose meaning was changed."""
    query = select(table).where(table.c.state == State.APPROVED.value).order_by(table.c.id)
    approved = tuple(version_of(row) for row in connection.execute(query))
    return Standing(approved, _meanings(connection))


def meaning_of(connection: Connection, key: Key) -> Meaning:
    """What a message means now; as long as nobody changed it, what its source says."""
    found = _meanings(connection, [id_of(key)]).get(id_of(key))
    return found or Meaning(first_meaning(key), "en")


def _meanings(connection: Connection, keys: Iterable[str] | None = None) -> dict[str, Meaning]:
    """The last change of meaning that was approved, by message: the order is that of approval."""
    query = (
        select(table.c.key, table.c.meaning, table.c.language)
        .join(deeds, deeds.c.wording_id == table.c.id)
        .where(table.c.changes, deeds.c.state == State.APPROVED.value)
        .order_by(deeds.c.id)
    )
    if keys is not None:
        query = query.where(table.c.key.in_(list(keys)))
    return {key: Meaning(mark, language) for key, mark, language in connection.execute(query)}
