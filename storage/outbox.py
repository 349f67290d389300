"""Everything that leaves for Telegram waits here, sealed, until it is known to have arrived."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, or_, select, update

from flows.handoff_model import LineState
from storage.handoffs.ending import end
from storage.notices.ending import forget_sent
from storage.schema import conversation, outbox
from storage.vault import Fleeting, Vault


class Lane(IntEnum):
    """What goes first when everything cannot go at once; the lower the sooner."""

    ANSWER = 0  # answers to taps
    CLEAN = 1  # deletions somebody asked for
    REPLY = 2
    WELCOME = 3  # replies to people who are new
    ALERT = 4
    NOTICE = 5  # reminders, offers
    BULK = 9


class Policy(IntEnum):
    """What to do when nobody can know whether a message went out."""

    AGAIN = 0  # at least once
    ONCE = 1  # at most once: marked `SENDING` in a commit of its own before the call


class Slot(IntEnum):
    """What a row does to the one living message of its chat."""

    NONE = 0
    EDIT = 1  # edit the living message; where it cannot be, send, and that becomes the living one
    NEW = 2  # send; becomes the living one
    RETIRE = 3  # edit into one line without buttons, or delete when empty; then there is none


class State(IntEnum):
    """How far a row has come. A row that was sent is not kept."""

    NEW = 0
    SENDING = 1
    UNKNOWN = 2  # at-most-once and interrupted: never sent again, its body is erased
    HELD = 3  # of a restored copy: waits until somebody confirms that it may go


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One call of the Bot API to be made, as its method and JSON parameters.

    What is `secret` waits sealed under keys that die: nobody reads it on the disk. `line` is the
    line of an operator that this brings to the person, `notice` the notice that this is: what
    becomes of it is written there.
    """

    method: str
    params: Mapping[str, Any] = field(repr=False)
    lane: Lane = Lane.REPLY
    policy: Policy = Policy.AGAIN
    person_id: int | None = field(default=None, repr=False)
    slot: Slot = Slot.NONE
    wash_at: datetime | None = None
    not_before: datetime | None = None
    secret: bool = False
    line: int | None = None
    notice: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An `Outgoing` that is stored, with its place in the outbox."""

    id: int
    method: str
    params: Mapping[str, Any] = field(repr=False)
    lane: Lane
    policy: Policy
    person_id: int | None = field(repr=False)
    slot: Slot
    wash_at: datetime | None
    not_before: datetime | None
    state: State = State.NEW
    attempts: int = 0
    living: int | None = field(default=None, repr=False)
    secret: bool = False
    line: int | None = None
    notice: int | None = None


def row_of(outgoing: Outgoing, row_id: int, person_id: int | None, living: int | None) -> Row:
    """A call that has its place in the outbox, and the living message of its chat so far."""
    return Row(
        row_id,
        outgoing.method,
        outgoing.params,
        outgoing.lane,
        outgoing.policy,
        person_id,
        outgoing.slot,
        outgoing.wash_at,
        outgoing.not_before,
        living=living,
        secret=outgoing.secret,
        line=outgoing.line,
        notice=outgoing.notice,
    )


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def body_of(method: str, params: Mapping[str, Any]) -> bytes:
    """The bytes that are sealed: method and parameters as JSON."""
    return _encode([method, params]).encode()


def read_body(body: bytes) -> tuple[str, dict[str, Any]]:
    """Method and parameters from the bytes that were sealed."""
    method, params = json.loads(body)
    return method, params


def stored(row: Row, vault: Vault, fleeting: Fleeting) -> dict[str, Any]:
    """A row as it is written."""
    body = body_of(row.method, row.params)
    sealed = (
        fleeting.seal(body, _context(row.id)) if row.secret else vault.seal_outgoing(body, row.id)
    )
    return {
        "id": row.id,
        "person_id": row.person_id,
        "lane": int(row.lane),
        "policy": int(row.policy),
        "slot": int(row.slot),
        "state": int(row.state),
        "attempts": row.attempts,
        "not_before": row.not_before,
        "wash_at": row.wash_at,
        "body": sealed,
        "secret": row.secret,
        "line": row.line,
        "notice": row.notice,
    }


def _context(row_id: int) -> bytes:
    return b"outbox" + row_id.to_bytes(8, "big")


def find_pending(
    connection: Connection,
    vault: Vault,
    fleeting: Fleeting,
    limit: int,
    after: int = 0,
    *,
    bulk: bool | None = None,
    before: datetime | None = None,
) -> list[Row]:
    """What waits to be sent, oldest first, from behind an id on.

    `bulk` asks for broadcasts or for everything else; `before` for what is due before a moment.
    `after` is for paging within one sweep only: with several processes a lower id can become
    visible later than a higher one, so every sweep begins at 0. What was sealed under keys that
    are gone is deleted first, so that it holds up nothing.
    """
    _drop_unreadable(connection, fleeting)
    columns = (*(c for c in outbox.c if c.name != "state"), conversation.c.living)
    query = (
        select(*columns)
        .outerjoin_from(outbox, conversation, conversation.c.person_id == outbox.c.person_id)
        .where(outbox.c.state == int(State.NEW), outbox.c.id > after)
        .order_by(outbox.c.id)
        .limit(limit)
    )
    if bulk is not None:
        is_bulk = outbox.c.lane == int(Lane.BULK)
        query = query.where(is_bulk if bulk else ~is_bulk)
    if before is not None:
        query = query.where(or_(outbox.c.not_before.is_(None), outbox.c.not_before < before))
    return [_row(found, vault, fleeting) for found in connection.execute(query).mappings()]


def _drop_unreadable(connection: Connection, fleeting: Fleeting) -> None:
    query = select(outbox.c.id, outbox.c.body).where(outbox.c.secret)
    for row_id, body in connection.execute(query).all():
        if fleeting.open(body, _context(row_id)) is None:
            connection.execute(delete(outbox).where(outbox.c.id == row_id))


def _row(found: RowMapping, vault: Vault, fleeting: Fleeting) -> Row:
    secret = fleeting.open(found["body"], _context(found["id"])) if found["secret"] else None
    method, params = read_body(secret or vault.open_outgoing(found["body"], found["id"]))
    return Row(
        found["id"],
        method,
        params,
        Lane(found["lane"]),
        Policy(found["policy"]),
        found["person_id"],
        Slot(found["slot"]),
        found["wash_at"],
        found["not_before"],
        attempts=found["attempts"],
        living=found["living"],
        secret=found["secret"],
        line=found["line"],
        notice=found["notice"],
    )


def begin_sending(connection: Connection, row_id: int) -> bool:
    """Mark a row as being sent; False where it was taken back since it was read."""
    waiting = (outbox.c.id == row_id) & (outbox.c.state == int(State.NEW))
    statement = update(outbox).where(waiting).values(state=int(State.SENDING))
    return connection.execute(statement).rowcount == 1


def put_off(connection: Connection, row_id: int, until: datetime) -> bool:
    """Let a row wait for another moment; False where it was taken back since it was read."""
    waiting = (outbox.c.id == row_id) & (outbox.c.state == int(State.NEW))
    statement = update(outbox).where(waiting).values(not_before=until)
    return connection.execute(statement).rowcount == 1


def take_back(connection: Connection, line_id: int) -> bool:
    """Drop what would bring an operator's line to a person; False where it left, or is leaving."""
    still = outbox.c.state.in_((int(State.NEW), int(State.HELD)))
    return connection.execute(delete(outbox).where(outbox.c.line == line_id, still)).rowcount > 0


def settle_sending(connection: Connection) -> int:
    """At the start of the sender: rows that a crash left in `SENDING` become `UNKNOWN`."""
    statement = (
        update(outbox)
        .where(outbox.c.state == int(State.SENDING))
        .values(state=int(State.UNKNOWN), body=b"")
        .returning(outbox.c.line, outbox.c.notice)
    )
    return _not_known(connection, connection.execute(statement).all())


def count_by_state(connection: Connection) -> dict[State, int]:
    """How many rows there are of each state."""
    query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    return {State(state): count for state, count in connection.execute(query)}


def release_held(connection: Connection, *, send: bool) -> int:
    """Let the rows of a restored copy go, or drop them; how many they were."""
    held = outbox.c.state == int(State.HELD)
    if send:
        return connection.execute(update(outbox).where(held).values(state=0)).rowcount
    gone = delete(outbox).where(held).returning(outbox.c.line, outbox.c.notice)
    # Some of them were sent after the backup was made.
    return _not_known(connection, connection.execute(gone).all())


def _not_known(connection: Connection, rows: Sequence[Any]) -> int:
    """Of what these rows carried nobody knows whether it arrived; how many they were."""
    end(connection, [row.line for row in rows if row.line is not None], LineState.UNKNOWN)
    forget_sent(connection, [row.notice for row in rows if row.notice is not None])
    return len(rows)
