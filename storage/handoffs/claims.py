"""Who has a conversation: of two operators who reach for it at once, one gets it.

Each of these is one `UPDATE` whose conditions the database decides, so nobody reads and then writes
what is no longer so.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, or_, select, update

from flows.handoff_model import Event, State
from storage.handoff_schema import handoff as table
from storage.handoffs.model import LOCK, Claim
from storage.handoffs.notes import note_change
from storage.handoffs.stirring import LOOK_AGAIN
from storage.vault import Vault


def claim(connection: Connection, handoff_id: int, operator_id: int, now: datetime) -> Claim:
    """Take a conversation that nobody has, or whose owner has been silent for the lock's time.

    The owner who claims it again only keeps it for longer.
    """
    if renew(connection, handoff_id, operator_id, now):
        return Claim(True, operator_id)
    free = or_(table.c.owner.is_(None), table.c.lock_until.is_(None), table.c.lock_until <= now)
    taken = note_change(
        connection,
        handoff_id,
        Event.CLAIMED,
        now,
        _open(),
        free,
        operator_id=operator_id,
        state=State.CLAIMED.value,
        owner=operator_id,
        lock_until=now + LOCK,
        **LOOK_AGAIN,
    )
    return Claim(True, operator_id) if taken is not None else _lost(connection, handoff_id)


def renew(connection: Connection, handoff_id: int, operator_id: int, now: datetime) -> bool:
    """Keep a conversation for longer; whether it is this operator's."""
    renewed = connection.execute(
        update(table)
        .where(table.c.id == handoff_id, table.c.owner == operator_id, _open())
        .values(lock_until=now + LOCK)
    )
    return renewed.rowcount == 1


def release(connection: Connection, handoff_id: int, operator_id: int, now: datetime) -> bool:
    """Let go of a conversation of one's own, so that somebody else may take it."""
    released = note_change(
        connection,
        handoff_id,
        Event.RELEASED,
        now,
        _open(),
        table.c.owner == operator_id,
        operator_id=operator_id,
        state=State.WAITING.value,
        owner=None,
        lock_until=None,
        **LOOK_AGAIN,
    )
    return released is not None


def take_over(
    connection: Connection,
    vault: Vault,
    handoff_id: int,
    operator_id: int,
    why: str,
    now: datetime,
    expected: int | None = None,
) -> Claim:
    """Take a conversation that somebody else has, with the reason, which colleagues read.

    `expected` is whom the operator was told has it: where it has changed hands meanwhile, the claim
    is not taken and says who has it now.
    """
    conditions = [] if expected is None else [table.c.owner == expected]
    taken = note_change(
        connection,
        handoff_id,
        Event.TAKEN_OVER,
        now,
        _open(),
        *conditions,
        operator_id=operator_id,
        sealing=(vault, why),
        state=State.CLAIMED.value,
        owner=operator_id,
        lock_until=now + LOCK,
        **LOOK_AGAIN,
    )
    return Claim(True, operator_id) if taken is not None else _lost(connection, handoff_id)


def _open() -> ColumnElement[bool]:
    return table.c.state != State.CLOSED.value


def _lost(connection: Connection, handoff_id: int) -> Claim:
    query = select(table.c.owner).where(table.c.id == handoff_id)
    return Claim(False, connection.execute(query).scalar())
