"""What is known about a person while a transaction runs: as flows see them, and what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, update

from flows.handoff_model import State
from flows.model import Person
from storage.conversations import Talk
from storage.handoffs.ending import block
from storage.notices.ending import block as block_notices
from storage.outbox import Row
from storage.outbox import State as RowState
from storage.schema import outbox
from storage.schema import person as person_table
from storage.statements import Statements


class Standing(NamedTuple):
    """A person's conversation with operators, as much of it as every turn has to know."""

    handoff_id: int
    state: str

    @property
    def is_open(self) -> bool:
        """Whether what the person says now is said to operators."""
        return self.state != State.CLOSED.value


@dataclass(frozen=True, slots=True)
class Kept:
    """A person as stored, beside what the flows may know of them."""

    person: Person
    seen: date
    reachable: bool = True
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One person found, with the conversation where there is one."""

    lookup: bytes
    kept: Kept
    talk: Talk


def find_people(
    connection: Connection, statements: Statements, lookups: Sequence[bytes]
) -> list[Found]:
    """Everybody among these lookups, with their conversations, in one statement."""
    return [_found(row) for row in statements.people.find(connection, lookups)]


def find_person(connection: Connection, statements: Statements, person_id: int) -> Found | None:
    """The person of an id, where they are still kept."""
    rows = statements.people_by_id.find(connection, [person_id])
    return _found(rows[0]) if rows else None


def born(person: Person, lookup: bytes, chat: bytes, today: date) -> dict[str, Any]:
    """The row of somebody new."""
    return {
        "id": person.id,
        "lookup": lookup,
        "chat": chat,
        "language": person.language,
        "careful": person.careful,
        "desk": person.desk,
        "welcomed": person.welcomed,
        "reachable": True,
        "since": today,
        "seen": today,
    }


def changed(person: Person) -> dict[str, Any]:
    """What a flow may change about a person."""
    return {
        "the_id": person.id,
        "language": person.language,
        "careful": person.careful,
        "desk": person.desk,
        "welcomed": person.welcomed,
    }


def delete_person(connection: Connection, person_id: int) -> bytes | None:
    """Delete everything about a person; their look-up, where they were kept."""
    gone = delete(person_table).where(person_table.c.id == person_id)
    lookup = connection.execute(gone.returning(person_table.c.lookup)).scalar()
    connection.execute(delete(outbox).where(outbox.c.person_id == person_id))
    return None if lookup is None else bytes(lookup)


def set_unreachable(
    connection: Connection, person_id: int, at: datetime, refused: Row | None
) -> None:
    """They cannot be reached: what waits for them goes, and what it carried was not sent."""
    row_id = None if refused is None else refused.id
    block(connection, person_id, at, row_id, int(RowState.SENDING))
    block_notices(connection, person_id, at, row_id, int(RowState.SENDING))
    mine = person_table.c.id == person_id
    connection.execute(update(person_table).where(mine).values(reachable=False))
    connection.execute(delete(outbox).where(outbox.c.person_id == person_id))


def find_standing(
    connection: Connection, statements: Statements, person_id: int
) -> Standing | None:
    """A person's conversation with operators, read anew."""
    rows = statements.standing.find(connection, [person_id])
    return Standing(*rows[0]) if rows else None


def seen_on(kept: Kept, today: date) -> Kept:
    """The same person, who wrote today and so can be reached."""
    return replace(kept, seen=today, reachable=True)


def _found(row: Sequence[Any]) -> Found:
    lookup, id_, language, careful, desk, welcomed, since, seen, reachable, *more = row
    state, living, handoff_id, standing = more
    person = Person(id_, language, bool(careful), desk, bool(welcomed), _day(since))
    talks = None if handoff_id is None else Standing(handoff_id, standing)
    return Found(
        lookup, Kept(person, _day(seen), bool(reachable), talks), Talk(state, None, living)
    )


def _day(value: date | str) -> date:
    """A day as either driver gives it."""
    return value if isinstance(value, date) else date.fromisoformat(value)
