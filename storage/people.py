"""What is known about a person while a transaction runs: as flows see them, and what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from flows.model import Person
from storage.conversations import Talk
from storage.statements import Statements


@dataclass(frozen=True, slots=True)
class Kept:
    """A person as stored, beside what the flows may know of them."""

    person: Person
    seen: date
    reachable: bool = True


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


def seen_on(kept: Kept, today: date) -> Kept:
    """The same person, who wrote today and so can be reached."""
    return replace(kept, seen=today, reachable=True)


def _found(row: Sequence[Any]) -> Found:
    lookup, id_, language, careful, desk, welcomed, since, seen, reachable, state, living = row
    person = Person(id_, language, bool(careful), desk, bool(welcomed), _day(since))
    return Found(lookup, Kept(person, _day(seen), bool(reachable)), Talk(state, None, living))


def _day(value: date | str) -> date:
    """A day as either driver gives it."""
    return value if isinstance(value, date) else date.fromisoformat(value)
