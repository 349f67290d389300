"""What becomes of an operator's line with the row of the outbox that carries it.

The row and its line end in one transaction, so that nobody is told of a sending that was not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from flows.handoff_model import LineState
from storage.handoff_schema import handoff, handoff_line, handoff_note
from storage.handoffs.closing import set_reachable
from storage.handoffs.stirring import since
from storage.schema import outbox

UNDER_WAY = (LineState.WAITS.value, LineState.SENDING.value)


def block(
    connection: Connection, person_id: int, at: datetime, refused: int | None, sending: int
) -> None:
    """The person cannot be reached: what waited for them was not sent, and colleagues are told.

    `refused` is the row that Telegram has just refused. Of another one that is being sent now
    (in the state `sending`) nobody knows.
    """
    columns = (outbox.c.id, outbox.c.line, outbox.c.state)
    mine = outbox.c.person_id == person_id
    rows = connection.execute(select(*columns).where(mine, outbox.c.line.is_not(None))).all()
    blocked = [row.line for row in rows if row.state != sending or row.id == refused]
    unknown = [row.line for row in rows if row.line not in blocked]
    end(connection, blocked, LineState.BLOCKED, at)
    end(connection, unknown, LineState.UNKNOWN, at)
    found = connection.execute(select(handoff.c.id).where(handoff.c.person_id == person_id))
    handoff_id = found.scalar()
    if handoff_id is not None:
        set_reachable(connection, handoff_id, False, at)


def end(
    connection: Connection, line_ids: Sequence[int], state: LineState, at: datetime | None = None
) -> None:
    """Lines that were under way end so; without a moment, it is the last one known."""
    if not line_ids:
        return
    wanted = handoff_line.c.id.in_(line_ids) & handoff_line.c.state.in_(UNDER_WAY)
    ended = update(handoff_line).where(wanted).values(state=state.value)
    found = set(connection.execute(ended.returning(handoff_line.c.handoff_id)).scalars())
    behind = handoff.c.behind_since
    known = func.coalesce(behind, handoff.c.stirred) if at is None else since(behind, at)
    told = update(handoff).where(handoff.c.id.in_(found)).values(behind_since=known)
    connection.execute(told)


def find_under_way(connection: Connection, handoff_id: int) -> list[int]:
    """The lines of a conversation that have not reached the person, and may still."""
    line = handoff_line.c
    query = select(line.id).where(line.handoff_id == handoff_id, line.state.in_(UNDER_WAY))
    return list(connection.execute(query.order_by(line.number)).scalars())


def repeat_postings(connection: Connection) -> None:
    """Of a copy that was put back nobody knows what was posted after it was made: it says so."""
    for table in (handoff_line, handoff_note):
        unposted = table.c.posted.is_(None)
        connection.execute(update(table).where(unposted).values(tries=table.c.tries + 1))
