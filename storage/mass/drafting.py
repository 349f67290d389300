"""Makes and changes a message to many before anybody is written to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from flows.calendar_model import MassKind, MassState
from storage.calendar_schema import mass as table
from storage.mass.facts import Facts, as_it_stands
from storage.mass.model import Mass, read, written
from storage.vault import random_id


def find_mass(connection: Connection, mass_id: int) -> Mass | None:
    """The message of an id."""
    row = connection.execute(select(table).where(table.c.id == mass_id)).first()
    return None if row is None else read(row)


def find_masses(
    connection: Connection,
    office: str | None,
    *,
    state: MassState | None = None,
    limit: int = 50,
    skip: int = 0,
) -> list[Mass]:
    """The messages of an office, or of all, the newest first."""
    query = select(table).order_by(table.c.created.desc(), table.c.id).limit(limit).offset(skip)
    if office is not None:
        query = query.where(table.c.office == office)
    if state is not None:
        query = query.where(table.c.state == state.value)
    return [read(row) for row in connection.execute(query)]


def find_draft(
    connection: Connection, office: str, kind: MassKind, course_id: int, lesson_id: int | None
) -> Mass | None:
    """The draft there is already about the same thing."""
    query = select(table).where(
        table.c.office == office,
        table.c.kind == kind.value,
        table.c.course_id == course_id,
        table.c.state == MassState.DRAFT.value,
        table.c.lesson_id.is_(None) if lesson_id is None else table.c.lesson_id == lesson_id,
    )
    row = connection.execute(query.order_by(table.c.created.desc()).limit(1)).first()
    return None if row is None else read(row)


def draft(
    connection: Connection,
    facts: Facts,
    *,
    office: str,
    operator_id: int,
    now: datetime,
    course_id: int | None = None,
    lesson_id: int | None = None,
) -> int:
    """Keep a message that nobody has agreed to yet; its id."""
    view, audience, until = facts
    mass_id = random_id()
    connection.execute(
        insert(table).values(
            id=mass_id,
            office=office,
            kind=view.kind.value,
            course_id=course_id,
            lesson_id=lesson_id,
            audience=written(audience),
            words=written(view),
            until=until,
            state=MassState.DRAFT.value,
            created=now,
            created_by=operator_id,
        )
    )
    return mass_id


def change(connection: Connection, mass: Mass, facts: Facts, operator_id: int) -> bool:
    """Say or address a draft otherwise; whoever changed it is its author. False where somebody
    was quicker."""
    view, audience, until = facts
    values = {
        "audience": written(audience),
        "words": written(view),
        "until": until,
        "version": mass.version + 1,
        "created_by": operator_id,
    }
    return connection.execute(update(table).where(as_seen(mass)).values(values)).rowcount == 1


def refresh(connection: Connection, mass: Mass, now: datetime) -> Mass | None:
    """The draft with its facts as they stand now; None where there is nothing to tell any more.

    Where they are others than it was made with, it has another version: nobody agrees to what they
    have not seen.
    """
    facts = as_it_stands(connection, mass, now)
    if facts is None:
        return None
    if facts[:2] != (mass.view, mass.audience):
        change(connection, mass, facts, mass.created_by)
    elif facts[2] != mass.until:
        connection.execute(update(table).where(as_seen(mass)).values(until=facts[2]))
    return find_mass(connection, mass.id)


def drop(connection: Connection, mass: Mass) -> bool:
    """Throw a draft away."""
    return connection.execute(delete(table).where(as_seen(mass))).rowcount == 1


def as_seen(mass: Mass) -> ColumnElement[bool]:
    """That a draft is still the one somebody looked at."""
    same = (table.c.id == mass.id) & (table.c.version == mass.version)
    return same & (table.c.state == MassState.DRAFT.value)
