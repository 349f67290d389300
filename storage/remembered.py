"""What the system remembers about itself, read and written at once inside a job's transaction.

A job that has a unit uses `Unit.setting`; each key belongs to one of the two ways.
"""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from storage.schema import setting as table


def recall(connection: Connection, key: str) -> str | None:
    """What is remembered under a key."""
    return connection.execute(select(table.c.value).where(table.c.key == key)).scalar()


def remember(connection: Connection, key: str, value: str) -> None:
    """Remember something, in place of what was there."""
    changed = update(table).where(table.c.key == key).values(value=value)
    if connection.execute(changed).rowcount == 0:
        connection.execute(insert(table).values(key=key, value=value))
