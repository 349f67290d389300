"""What operators note among themselves, and what happened to a conversation with a person.

Notes have a table of their own: nothing that sends to a person ever reads it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select

from flows.handoff_model import Event
from storage.handoff_schema import handoff_note as table
from storage.handoffs.missing import settle
from storage.handoffs.model import Note
from storage.handoffs.stirring import stir
from storage.vault import Vault, random_id


def note(
    connection: Connection,
    vault: Vault,
    handoff_id: int,
    event: Event,
    text: str,
    now: datetime,
    operator_id: int | None = None,
    source: int | None = None,
) -> Note | None:
    """Note something; None where the conversation is gone.

    `source` is the message of the topic it was written in: there it needs not be shown again.
    """
    return note_change(
        connection,
        handoff_id,
        event,
        now,
        operator_id=operator_id,
        source=source,
        sealing=(vault, text) if text else None,
    )


def note_change(
    connection: Connection,
    handoff_id: int,
    event: Event,
    now: datetime,
    *conditions: ColumnElement[bool],
    operator_id: int | None = None,
    source: int | None = None,
    sealing: tuple[Vault, str] | None = None,
    **values: Any,
) -> Note | None:
    """Change a conversation where the conditions hold, and note that; None where they do not.

    `sealing`: the words of the note, and what they are sealed with.
    """
    stirred = stir(connection, handoff_id, now, *conditions, **values)
    if stirred is None:
        return None
    note_id = random_id()
    body = b"" if sealing is None else sealing[0].seal_words(sealing[1].encode(), note_id)
    connection.execute(
        insert(table).values(
            id=note_id,
            handoff_id=handoff_id,
            number=stirred.number,
            event=event.value,
            body=body,
            at=now,
            operator_id=operator_id,
            source=source,
            posted=source,
        )
    )
    if source is not None:  # it was written in the topic, where nothing is missing for it
        settle(connection, handoff_id)
    text = "" if sealing is None else sealing[1]
    return Note(
        note_id, handoff_id, stirred.number, event, text, now, operator_id, source, source, 0
    )


def find_notes(connection: Connection, vault: Vault, handoff_id: int, after: int = 0) -> list[Note]:
    """The notes of a conversation in order, those behind a number."""
    return find_notes_where(connection, vault, handoff_id, table.c.number > after)


def find_notes_where(
    connection: Connection, vault: Vault, handoff_id: int, wanted: ColumnElement[bool]
) -> list[Note]:
    """Those notes of a conversation of which something is true, in order."""
    query = select(table).where(table.c.handoff_id == handoff_id, wanted)
    rows = connection.execute(query.order_by(table.c.number))
    return [_note(row, vault) for row in rows]


def find_note_by_source(
    connection: Connection, vault: Vault, handoff_id: int, source: int
) -> Note | None:
    """The newest version of the note that was written in a message of the topic."""
    query = (
        select(table)
        .where(table.c.handoff_id == handoff_id, table.c.source == source)
        .order_by(table.c.number.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else _note(row, vault)


def find_about(connection: Connection, vault: Vault, handoff_id: int) -> str:
    """The card or the door from which the person asked last; empty where none is known."""
    query = (
        select(table.c.id, table.c.body)
        .where(table.c.handoff_id == handoff_id, table.c.event == Event.ASKED.value)
        .order_by(table.c.number.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return "" if row is None or not row[1] else vault.open_words(row[1], row[0]).decode()


def _note(row: Any, vault: Vault) -> Note:
    return Note(
        row.id,
        row.handoff_id,
        row.number,
        Event(row.event),
        vault.open_words(row.body, row.id).decode() if row.body else "",
        row.at,
        row.operator_id,
        row.source,
        row.posted,
        row.tries,
    )
