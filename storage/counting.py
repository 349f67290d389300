"""How much is kept, for the figures: numbers of rows, never a row."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.errors import DatabaseError
from storage.schema import conversation, person


class Counted(NamedTuple):
    """How many people and conversations are kept."""

    people: int
    conversations: int


def count_kept(database: Database) -> Counted:
    """Count on a connection of its own, beside the writer.

    Raises:
        DatabaseError: the database cannot be asked now.
    """
    query = select(
        select(func.count()).select_from(person).scalar_subquery(),
        select(func.count()).select_from(conversation).scalar_subquery(),
    )
    try:
        with database.reading() as connection:
            people, conversations = connection.execute(query).one()
    except DBAPIError as error:
        raise DatabaseError("What is kept cannot be counted: the database is away.") from error
    return Counted(people, conversations)
