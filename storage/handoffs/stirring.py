"""Changes a conversation with operators and counts what happens in it, in one atomic statement."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, func, literal, update

from flows.handoff_model import State
from storage.handoff_schema import handoff as table
from storage.schema import Instant


class Stirred(NamedTuple):
    """The number of what happens now, and how the conversation stands after it."""

    number: int
    state: State
    owner: int | None
    reachable: bool


_NUMBERED = (table.c.count, table.c.state, table.c.owner, table.c.reachable)
_NOW = bindparam("now", type_=Instant)
_HEARD = (
    update(table)
    .where(table.c.id == bindparam("the_id"))
    .values(
        count=table.c.count + 1,
        stirred=_NOW,
        behind_since=func.coalesce(table.c.behind_since, _NOW),
        waits_since=func.coalesce(table.c.waits_since, _NOW),
    )
    .returning(*_NUMBERED)
)


def heard(connection: Connection, handoff_id: int, now: datetime) -> Stirred | None:
    """The person has said something: as `stir`, and from now on she waits for an answer.

    A statement of its own, built once: this is what a conversation does most.
    """
    row = connection.execute(_HEARD, {"the_id": handoff_id, "now": now}).first()
    return None if row is None else Stirred(row[0], State(row[1]), row[2], bool(row[3]))


def stir(
    connection: Connection,
    handoff_id: int,
    now: datetime,
    *conditions: ColumnElement[bool],
    **values: Any,
) -> Stirred | None:
    """Change a conversation where the conditions hold, and take the next number in it.

    Nobody else gets that number, and what follows it waits on PostgreSQL until the commit. The
    topic is behind from now on. None: the conditions do not hold, nothing was changed.
    """
    row = connection.execute(
        update(table)
        .where(table.c.id == handoff_id, *conditions)
        .values(
            count=table.c.count + 1,
            stirred=now,
            behind_since=since(table.c.behind_since, now),
            **values,
        )
        .returning(*_NUMBERED)
    ).first()
    return None if row is None else Stirred(row[0], State(row[1]), row[2], bool(row[3]))


def moment(now: datetime) -> ColumnElement[datetime]:
    """A moment inside an expression, where its column does not say how it is kept."""
    return literal(now, Instant)


def since(column: ColumnElement[datetime], now: datetime) -> ColumnElement[datetime]:
    """The moment a column says already, else this one."""
    return func.coalesce(column, moment(now))


LOOK_AGAIN: dict[str, Any] = {"card_shows": None}
"""The summary in the topic, or its name, may say something else now."""
