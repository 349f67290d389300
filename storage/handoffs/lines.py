"""What a person and operators say to each other, line by line, and how far each line has come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, insert, select, update

from flows.handoff_model import Event, LineKind, LineState, State
from storage.handoff_schema import handoff as handoffs
from storage.handoff_schema import handoff_line as table
from storage.handoffs.closing import reopen
from storage.handoffs.missing import settle
from storage.handoffs.model import LOCK, Content, Handoff, Line, read_content, sealed_content
from storage.handoffs.notes import note_change
from storage.handoffs.stirring import LOOK_AGAIN, Stirred, heard, moment, since, stir
from storage.vault import Vault, random_id

_INSERT = insert(table)


class GoneError(Exception):
    """The conversation is not kept any more: its person was forgotten. Nothing was written."""


def hear(
    connection: Connection,
    vault: Vault,
    handoff: Handoff,
    content: Content,
    now: datetime,
    *,
    source: int | None,
    album: str | None = None,
    edit_of: int | None = None,
) -> Line:
    """Keep what the person said; from now on she waits for an answer.

    Where the conversation was closed it is open again: what is kept is also read by somebody.

    Raises: GoneError.
    """
    stirred = heard(connection, handoff.id, now)
    if stirred is None:
        raise GoneError
    line = _add(
        connection,
        vault,
        handoff.id,
        stirred,
        content,
        now,
        outward=False,
        state=LineState.KEPT,
        source=source,
        album=album,
        edit_of=edit_of,
    )
    if stirred.state is State.CLOSED:
        reopen(connection, handoff, now)
    if not stirred.reachable:
        back = handoffs.c.reachable.is_(False)
        note_change(connection, handoff.id, Event.BACK, now, back, reachable=True, **LOOK_AGAIN)
    return line


def say(
    connection: Connection,
    vault: Vault,
    handoff: Handoff,
    operator_id: int,
    content: Content,
    now: datetime,
    *,
    source: int | None = None,
    state: LineState = LineState.SENDING,
    edit_of: int | None = None,
    album: str | None = None,
) -> Line:
    """Keep what an operator says to the person; the row that brings it there carries its id.

    It counts as an answer unless it cannot go (`BLOCKED`, `FAILED`), and the owner keeps the
    conversation for longer. Whether the operator may is not asked here.

    Raises: GoneError.
    """
    values: dict[str, Any] = {
        "lock_until": case(
            (handoffs.c.owner == operator_id, moment(now + LOCK)), else_=handoffs.c.lock_until
        )
    }
    if state not in (LineState.BLOCKED, LineState.FAILED):
        values |= {"answered": since(handoffs.c.answered, now), "waits_since": None}
    stirred = stir(connection, handoff.id, now, **values)
    if stirred is None:
        raise GoneError
    return _add(
        connection,
        vault,
        handoff.id,
        stirred,
        content,
        now,
        outward=True,
        state=state,
        operator_id=operator_id,
        source=source,
        posted=source,
        album=album,
        edit_of=edit_of,
    )


def _add(
    connection: Connection,
    vault: Vault,
    handoff_id: int,
    stirred: Stirred,
    content: Content,
    now: datetime,
    *,
    outward: bool,
    state: LineState,
    operator_id: int | None = None,
    source: int | None = None,
    posted: int | None = None,
    album: str | None = None,
    edit_of: int | None = None,
) -> Line:
    line = Line(
        random_id(),
        handoff_id,
        stirred.number,
        outward,
        content.kind,
        content.text,
        content.file_id,
        content.extra,
        now,
        operator_id,
        source,
        album,
        edit_of,
        state,
        delivered=None,
        delivered_at=None,
        posted=posted,
        tries=0,
        ack=None,
        acked="",
    )
    connection.execute(
        _INSERT,
        {
            "id": line.id,
            "handoff_id": handoff_id,
            "number": line.number,
            "outward": outward,
            "kind": content.kind.value,
            "body": vault.seal_words(sealed_content(content), line.id),
            "at": now,
            "operator_id": operator_id,
            "source": source,
            "album": album,
            "edit_of": edit_of,
            "state": state.value,
            "posted": posted,
        },
    )
    if posted is not None:  # it was written in the topic, where nothing is missing for it
        settle(connection, handoff_id)
    return line


def set_state(
    connection: Connection,
    line_id: int,
    state: LineState,
    now: datetime,
    delivered: int | None = None,
) -> None:
    """Keep how far a line has come; its acknowledgement in the topic is to follow."""
    values: dict[str, Any] = {"state": state.value}
    if delivered is not None:
        values |= {"delivered": delivered, "delivered_at": now}
    handoff_id = connection.execute(
        update(table).where(table.c.id == line_id).values(values).returning(table.c.handoff_id)
    ).scalar()
    connection.execute(
        update(handoffs)
        .where(handoffs.c.id == handoff_id)
        .values(behind_since=since(handoffs.c.behind_since, now))
    )
    settle(connection, handoff_id)


def undo(connection: Connection, line_id: int, now: datetime) -> bool:
    """Take back a line that has not failed; False where there is nothing to take back."""
    able = [one.value for one in (LineState.WAITS, LineState.SENDING, LineState.SENT)]
    wanted = (table.c.id == line_id) & table.c.outward & table.c.state.in_(able)
    query = select(table.c.id, table.c.edit_of, table.c.state).where(wanted)
    line = connection.execute(query.with_for_update()).first()
    if line is None:
        return False
    set_state(connection, line_id, LineState.UNDONE, now)
    if line.state == LineState.SENT.value:
        _undo_versions(connection, line.edit_of or line_id, now)
    return True


def _undo_versions(connection: Connection, first: int, now: datetime) -> None:
    """One message showed them all, one after the other, and it is gone."""
    sent = (table.c.state == LineState.SENT.value) & table.c.outward
    query = select(table.c.id).where((table.c.id == first) | (table.c.edit_of == first), sent)
    for version in connection.execute(query).scalars().all():
        set_state(connection, version, LineState.UNDONE, now)


# -- looking


def find_lines(connection: Connection, vault: Vault, handoff_id: int, after: int = 0) -> list[Line]:
    """The lines of a conversation in order, those behind a number."""
    return find_lines_where(connection, vault, handoff_id, table.c.number > after)


def find_lines_where(
    connection: Connection, vault: Vault, handoff_id: int, wanted: ColumnElement[bool]
) -> list[Line]:
    """Those lines of a conversation of which something is true, in order."""
    query = select(table).where(table.c.handoff_id == handoff_id, wanted)
    rows = connection.execute(query.order_by(table.c.number))
    return [_line(row, vault) for row in rows]


def find_line(connection: Connection, vault: Vault, line_id: int) -> Line | None:
    """The line of an id."""
    return _newest(connection, vault, table.c.id == line_id)


def find_by_source(
    connection: Connection, vault: Vault, handoff_id: int, source: int, *, outward: bool
) -> Line | None:
    """The newest version of what was written in a message: of the topic, or of the person's chat.

    The message ids of the two have nothing to do with each other: `outward` says which is meant.
    """
    wanted = (table.c.source == source) & (table.c.outward.is_(outward))
    return _newest(connection, vault, (table.c.handoff_id == handoff_id) & wanted)


def find_by_posted(
    connection: Connection, vault: Vault, handoff_id: int, message_id: int
) -> Line | None:
    """The line that a message of the topic shows; its acknowledgement counts too."""
    shown = (table.c.posted == message_id) | (table.c.ack == message_id)
    return _newest(connection, vault, (table.c.handoff_id == handoff_id) & shown)


def find_by_number(
    connection: Connection, vault: Vault, handoff_id: int, number: int
) -> Line | None:
    """The line of a conversation that has this number."""
    wanted = (table.c.handoff_id == handoff_id) & (table.c.number == number)
    return _newest(connection, vault, wanted)


def is_said_in_album(connection: Connection, handoff_id: int, operator_id: int, album: str) -> bool:
    """Whether an operator has said a part of this album to the person."""
    wanted = (table.c.handoff_id == handoff_id) & (table.c.album == album)
    wanted &= table.c.outward & (table.c.operator_id == operator_id)
    return connection.execute(select(table.c.id).where(wanted).limit(1)).first() is not None


def find_handoff_id(connection: Connection, line_id: int) -> int | None:
    """The conversation a line belongs to."""
    return connection.execute(select(table.c.handoff_id).where(table.c.id == line_id)).scalar()


def _newest(connection: Connection, vault: Vault, wanted: ColumnElement[bool]) -> Line | None:
    query = select(table).where(wanted).order_by(table.c.number.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else _line(row, vault)


def _line(row: Any, vault: Vault) -> Line:
    kind = LineKind(row.kind)
    content = read_content(kind, vault.open_words(row.body, row.id))
    return Line(
        row.id,
        row.handoff_id,
        row.number,
        bool(row.outward),
        kind,
        content.text,
        content.file_id,
        content.extra,
        row.at,
        row.operator_id,
        row.source,
        row.album,
        row.edit_of,
        LineState(row.state),
        row.delivered,
        row.delivered_at,
        row.posted,
        row.tries,
        row.ack,
        row.acked,
    )
