"""Topics in which a conversation was shown before it moved to another group: they go with it.

Kept among the settings, a row a conversation, until the words go.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, select

from storage.remembered import recall, remember
from storage.schema import setting

MOST = 50
MOST_UNDELETED = 1_000
_UNDELETED = "topics to delete"


class Topic(NamedTuple):
    """A topic of a group."""

    group_id: int
    topic: int


def leave_topic(connection: Connection, handoff_id: int, left: Topic) -> None:
    """A conversation is shown elsewhere from now on; what was said stays in the old topic."""
    key = _key(handoff_id)
    _keep(connection, key, [*_left(connection, key), left][-MOST:])


def leave_undeleted(connection: Connection, left: Topic) -> None:
    """A topic that should go, and stays because Telegram refuses: it is tried again."""
    known = [one for one in _left(connection, _UNDELETED) if one != left]
    _keep(connection, _UNDELETED, [*known, left][-MOST_UNDELETED:])


def take_undeleted(connection: Connection, group_id: int) -> list[int]:
    """The topics of a group that should have gone; from now on nobody knows of them."""
    return _take_of_group(connection, _UNDELETED, group_id)


def take_all_in(connection: Connection, group_id: int) -> list[int]:
    """Every topic of a group that nobody needs there: those left, and those not deleted yet."""
    query = select(setting.c.key).where(setting.c.key.startswith(_key("")))
    keys = [*connection.execute(query).scalars(), _UNDELETED]
    return [topic for key in keys for topic in _take_of_group(connection, key, group_id)]


def _take_of_group(connection: Connection, key: str, group_id: int) -> list[int]:
    known = _left(connection, key)
    stays = [one for one in known if one.group_id != group_id]
    if len(stays) < len(known):
        _keep(connection, key, stays)
    return [one.topic for one in known if one.group_id == group_id]


def _keep(connection: Connection, key: str, topics: Sequence[Topic]) -> None:
    if topics:
        remember(connection, key, json.dumps(topics))
    else:
        connection.execute(delete(setting).where(setting.c.key == key))


def take_left(connection: Connection, handoff_ids: Sequence[int]) -> list[Topic]:
    """The topics that these conversations left; from now on nobody knows of them."""
    keys = [_key(one) for one in handoff_ids]
    found = [topic for key in keys for topic in _left(connection, key)]
    if found:
        connection.execute(delete(setting).where(setting.c.key.in_(keys)))
    return found


def _key(handoff_id: int | str) -> str:
    return f"topics left {handoff_id}"


def _left(connection: Connection, key: str) -> list[Topic]:
    return [Topic(*one) for one in json.loads(recall(connection, key) or "[]")]
