"""Recordings: asked for, made, approved by a second person, replaced, deleted.

A recording is for a passage in a language under a mark of its words. Under another mark it is
never found, so what is said is always what is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from storage.unit import Unit
from storage.vault import Vault, random_id
from storage.voice_schema import recording as table
from storage.voices.files import drop_file


class State(StrEnum):
    """How far a recording has come."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody is asked to record: a passage, in a language, in these very words."""

    passage: str
    language: str
    mark: str


@dataclass(frozen=True, slots=True)
class Recording:
    """One version of a passage in somebody's voice; the sound itself is read on its own."""

    id: int
    passage: str
    language: str
    mark: str
    state: State
    seconds: int
    operator_id: int = field(repr=False)
    at: datetime
    decided_by: int | None = field(default=None, repr=False)
    decided: datetime | None = None

    @property
    def name(self) -> str:
        """What its file at Telegram is known by."""
        return f"recording.{self.id}"


_COLUMNS = tuple(column for column in table.c if column.name != "sound")


def add(
    connection: Connection,
    wanted: Wanted,
    sound: bytes,
    seconds: int,
    operator_id: int,
    now: datetime,
) -> Recording:
    """Keep a recording that nobody has approved yet."""
    made = Recording(
        random_id(),
        wanted.passage,
        wanted.language,
        wanted.mark,
        State.WAITING,
        seconds,
        operator_id,
        now,
    )
    connection.execute(
        insert(table).values(
            id=made.id,
            passage=made.passage,
            language=made.language,
            mark=made.mark,
            state=made.state.value,
            sound=sound,
            seconds=seconds,
            operator_id=operator_id,
            at=now,
        )
    )
    return made


def decide(
    connection: Connection, recording_id: int, operator_id: int, good: bool, now: datetime
) -> bool:
    """Approve or refuse, once, and never one's own; whether it was done."""
    state = State.APPROVED if good else State.REFUSED
    waits = (table.c.id == recording_id) & (table.c.state == State.WAITING.value)
    others = waits & (table.c.operator_id != operator_id)
    statement = update(table).where(others)
    values = {"state": state.value, "decided_by": operator_id, "decided": now}
    return connection.execute(statement.values(values)).rowcount == 1


def erase(connection: Connection, recording_id: int) -> bool:
    """Delete a recording for good; whether there was one."""
    drop_file(connection, f"recording.{recording_id}")
    return connection.execute(delete(table).where(table.c.id == recording_id)).rowcount == 1


def erase_for_good(unit: Unit, recording_id: int, today: date) -> bool:
    """The same on somebody's wish: the ledger keeps a mark, so that no backup brings it back."""
    unit.ledger.add(mark_of(unit.vault, recording_id), today)
    return erase(unit.direct(), recording_id)


def erase_again(connection: Connection, vault: Vault, marks: Collection[bytes]) -> int:
    """Delete from a restored database the recordings whose marks the ledger holds; how many."""
    ids = connection.execute(select(table.c.id)).scalars().all()
    return sum(erase(connection, one) for one in ids if mark_of(vault, one) in marks)


def mark_of(vault: Vault, recording_id: int) -> bytes:
    """What the ledger keeps of a deleted recording; without the key it says nothing."""
    return vault.hash_handover(f"recording {recording_id}")


def find(connection: Connection, recording_id: int) -> Recording | None:
    """A recording by its number."""
    row = connection.execute(select(*_COLUMNS).where(table.c.id == recording_id)).first()
    return None if row is None else _recording(row)


def find_playable(connection: Connection, language: str, mark: str) -> Recording | None:
    """The newest approved one of these very words."""
    query = (
        select(*_COLUMNS)
        .where(
            table.c.language == language,
            table.c.mark == mark,
            table.c.state == State.APPROVED.value,
        )
        .order_by(table.c.decided.desc(), table.c.id)
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else _recording(row)


def sound_of(connection: Connection, recording_id: int) -> bytes | None:
    """What is heard."""
    return connection.execute(select(table.c.sound).where(table.c.id == recording_id)).scalar()


def playable(connection: Connection) -> frozenset[tuple[str, str]]:
    """Every language and mark of which there is an approved recording."""
    query = select(table.c.language, table.c.mark).where(table.c.state == State.APPROVED.value)
    return frozenset((language, mark) for language, mark in connection.execute(query))


def all_of(connection: Connection, passages: Iterable[str] | None = None) -> list[Recording]:
    """Every recording, of some passages or of all, the newest first."""
    query = select(*_COLUMNS).order_by(table.c.at.desc(), table.c.id)
    if passages is not None:
        query = query.where(table.c.passage.in_(list(passages)))
    return [_recording(row) for row in connection.execute(query)]


def _recording(row: Row[*tuple[Any, ...]]) -> Recording:
    number, passage, language, mark, state, *rest = row
    return Recording(number, passage, language, mark, State(state), *rest)
