"""Stops what is not wanted any more: what waits, and what stands in the outbox and has not left."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select, update

from flows.calendar_model import NoticeState, Subject
from storage.calendar_schema import notice as table
from storage.outbox import State
from storage.schema import outbox

_MANY = 5000


def stop(
    connection: Connection, subject: Subject, subject_id: int, *, person_id: int | None = None
) -> int:
    """Tell nobody of it any more, or only one person not; how many will not be told.

    What is being sent at this very moment cannot be stopped, and ends as it ends.
    """
    mine = (table.c.subject == subject.value) & (table.c.subject_id == subject_id)
    if person_id is not None:
        mine &= table.c.person_id == person_id
    waiting = update(table).where(mine, table.c.state == NoticeState.WAITING.value)
    stopped = connection.execute(waiting.values(state=NoticeState.STOPPED.value)).rowcount
    handed = select(table.c.id).where(mine, table.c.state == NoticeState.HANDED.value)
    return stopped + take_back(connection, connection.execute(handed).scalars().all())


def resume(connection: Connection, subject: Subject, subject_id: int) -> int:
    """Let those who were not told because of a stop be told now; how many they are."""
    statement = update(table).where(
        table.c.subject == subject.value,
        table.c.subject_id == subject_id,
        table.c.state == NoticeState.STOPPED.value,
    )
    return connection.execute(statement.values(state=NoticeState.WAITING.value)).rowcount


def take_back(connection: Connection, ids: Sequence[int]) -> int:
    """Take what has not left out of the outbox again; how many that were."""
    taken = 0
    for first in range(0, len(ids), _MANY):
        some = ids[first : first + _MANY]
        unsent = outbox.c.state.in_((int(State.NEW), int(State.HELD)))
        rows = delete(outbox).where(outbox.c.notice.in_(some), unsent).returning(outbox.c.notice)
        gone = sorted(connection.execute(rows).scalars())
        still = table.c.id.in_(gone) & (table.c.state == NoticeState.HANDED.value)
        stopped = update(table).where(still).values(state=NoticeState.STOPPED.value)
        taken += connection.execute(stopped).rowcount
    return taken


def drop_waiting(connection: Connection, ids: Sequence[int]) -> None:
    """Forget rows nobody ever heard of."""
    waiting = table.c.state == NoticeState.WAITING.value
    for first in range(0, len(ids), _MANY):
        some = ids[first : first + _MANY]
        connection.execute(delete(table).where(table.c.id.in_(some), waiting))
