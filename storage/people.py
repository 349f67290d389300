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
    rows = connection.execute(statements.people, {"lookups": lookups}).all()
    return [_found(row) for row in rows]


def find_person(connection: Connection, statements: Statements, person_id: int) -> Found | None:
    """The person of an id, where they are still kept."""
    row = connection.execute(statements.person_by_id, {"the_id": person_id}).first()
    return None if row is None else _found(row)


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
    lookup, id_, language, careful, desk, welcomed, since, seen, reachable, talks, state, living = (
        row
    )
    person = Person(id_, language, careful, desk, welcomed, since)
    return Found(
        lookup,
        Kept(person, seen, reachable),
        Talk(state, None, living, stored=talks is not None),
    )
