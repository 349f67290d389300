"""Topics in which a conversation was shown before it moved to another group: they go with it.

Kept among the settings, a row a conversation, until the words go.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from storage.schema import setting

MOST = 50


class Topic(NamedTuple):
    """A topic of a group."""

    group_id: int
    topic: int


def leave_topic(connection: Connection, handoff_id: int, left: Topic) -> None:
    """A conversation is shown elsewhere from now on; what was said stays in the old topic."""
    key = _key(handoff_id)
    value = {"value": json.dumps([*_left(connection, key), left][-MOST:])}
    if connection.execute(update(setting).where(setting.c.key == key).values(value)).rowcount == 0:
        connection.execute(insert(setting).values(value | {"key": key}))


def take_left(connection: Connection, handoff_ids: Sequence[int]) -> list[Topic]:
    """The topics that these conversations left; from now on nobody knows of them."""
    keys = [_key(one) for one in handoff_ids]
    found = [topic for key in keys for topic in _left(connection, key)]
    if found:
        connection.execute(delete(setting).where(setting.c.key.in_(keys)))
    return found


def _key(handoff_id: int) -> str:
    return f"topics left {handoff_id}"


def _left(connection: Connection, key: str) -> list[Topic]:
    kept = connection.execute(select(setting.c.value).where(setting.c.key == key)).scalar()
    return [Topic(*one) for one in json.loads(kept or "[]")]
