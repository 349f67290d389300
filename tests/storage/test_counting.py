"""Counting what is kept: exactly, beside the writer, and in words of our own when it fails."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from storage.counting import Counted, count_kept
from storage.database import Database
from storage.errors import DatabaseError
from storage.writer import Writer
from tests.storage.factories import do, someone


def test_people_and_conversations_are_counted(database: Database, writer: Writer) -> None:
    """Three people of whom two have said something are three and two."""
    assert count_kept(database) == Counted(0, 0)
    people = [someone(writer, chat=chat) for chat in (11, 12, 13)]
    for person in people[:2]:
        do(writer, lambda unit, of=person.id: unit.save_conversation(of, {"a": 1}))
    kept = count_kept(database)
    assert (kept.people, kept.conversations) == (3, len(talks(database)))


def talks(database: Database) -> list[int]:
    """Whose conversations are in the database."""
    with database.reading() as connection:
        return list(connection.execute(text("SELECT person_id FROM conversation")).scalars())


def test_a_database_that_cannot_be_asked_says_so(database: Database) -> None:
    """What the driver says stays inside: whoever counts meets one kind of error."""
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE conversation"))
    with pytest.raises(DatabaseError, match="cannot be counted"):
        count_kept(database)
