"""Who wants to be told of new courses."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from flows.calendar_model import CourseKind
from storage.calendar_schema import interest as table


def ask_for(connection: Connection, person_id: int, kind: CourseKind, wanted: bool) -> bool:
    """Keep that somebody wants to be told of new courses of a kind, or does not any more."""
    mine = (table.c.person_id == person_id) & (table.c.kind == kind.value)
    connection.execute(delete(table).where(mine))
    if wanted:
        connection.execute(insert(table).values(person_id=person_id, kind=kind.value))
    return True


def asked_for(connection: Connection, person_id: int) -> tuple[CourseKind, ...]:
    """The kinds of which somebody wants to be told."""
    query = select(table.c.kind).where(table.c.person_id == person_id).order_by(table.c.kind)
    return tuple(CourseKind(one) for one in connection.execute(query).scalars())


def who_asked(connection: Connection, kind: CourseKind) -> list[int]:
    """The people who want to be told of new courses of a kind."""
    query = select(table.c.person_id).where(table.c.kind == kind.value)
    return list(connection.execute(query.order_by(table.c.person_id)).scalars())
