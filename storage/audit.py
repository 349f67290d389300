"""What operators did, in a log where nobody can change, drop or move a row without being found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, func, insert, select, text

from storage.remembered import recall, remember
from storage.schema import audit as table
from storage.schema import milliseconds
from storage.vault import Key, Vault, stamp

TERMINAL = 0
HEAD = "audit head"
_BEGINNING = bytes(32)
_LOCK = 0x616E7405
_PAGE = 1000


class Action(StrEnum):
    """What can be done; the word is kept, so it never changes."""

    OFFICE_ADDED = "office added"
    OFFICE_CHANGED = "office changed"
    OFFICE_CLOSED = "office closed"
    OFFICE_OPENED = "office opened"
    DESK_CHANGED = "desk changed"
    OPERATOR_ADDED = "operator added"
    OPERATOR_CHANGED = "operator changed"
    OPERATOR_REMOVED = "operator removed"
    OPERATOR_RESET = "operator reset"
    SIGNED_UP = "signed up"
    RECOVERY_MADE = "recovery sheet made"
    RECOVERY_USED = "recovery sheet used"
    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SIGNED_OUT_EVERYWHERE = "signed out everywhere"
    PASSPHRASE_CHANGED = "passphrase changed"  # noqa: S105 - a deed, not a passphrase
    TOTP_RENEWED = "second factor renewed"
    LINK_MADE = "account link made"
    LINKED = "account linked"
    UNLINKED = "account unlinked"
    AUDIT_READ = "audit read"
    QUEUE_READ = "queue read"
    REPORT_READ = "report read"
    EVIDENCE_READ = "evidence read"
    REPLIED = "replied"
    NOTED = "noted"
    STATUS_SET = "status set"
    ASSIGNED = "assigned"
    HANDED_ON = "handed on"
    CLOSED = "closed"
    LINE_CUT = "line cut"
    DOUBTED = "said to look false"
    TRUSTED = "said to be true"
    EXPORT_ASKED = "export asked"
    EXPORT_AGREED = "export agreed"
    EXPORT_REFUSED = "export refused"
    EXPORTED = "exported"
    TALK_READ = "conversation read"
    TALK_FILE_READ = "file of a conversation read"
    CONTACT_OPENED = "contact opened"
    CASE_READ = "case read"
    ROLL_READ = "roll of a course read"
    CASE_CHANGED = "case changed"
    CASE_MOVED = "case moved"
    CASE_GIVEN = "case given to another"
    CASE_DELETED = "case deleted"
    CHOICE_RECORDED = "choice recorded"
    HANDOVER_MADE = "hand-over code made"
    HANDOVER_USED = "hand-over code used"
    WORK_HANDED_OVER = "work handed over"
    COURSES_IMPORTED = "courses imported"
    FEED_MADE = "calendar address made"
    FEED_ENDED = "calendar address ended"
    COURSE_CHANGED = "course changed"
    ATTENDANCE_TAKEN = "attendance taken"
    APPOINTMENT_READ = "appointment read"
    APPOINTMENT_CHANGED = "appointment changed"
    OPENING_CHANGED = "opening changed"
    SERVICE_CHANGED = "service changed"
    SERVICE_SEEN = "service seen again"
    SERVICE_DELETED = "service deleted"
    SERVICES_IMPORTED = "services imported"
    MASS_WRITTEN = "message to many written"
    MASS_SENT = "message to many sent"
    MASS_STOPPED = "message to many stopped"
    MASS_RESUMED = "message to many resumed"
    MASS_ENDED = "message to many ended"
    MASS_DROPPED = "message to many dropped"
    WORDS_PROPOSED = "words proposed"
    WORDS_DECIDED = "words decided"
    WORDS_IMPORTED = "words imported"
    CARD_CHECKED = "card checked"
    CARD_GIVEN = "card given to somebody"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: who did what to what, and when. `operator_id` 0 is somebody at the terminal."""

    seq: int
    at: datetime
    operator_id: int
    action: str
    object: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found: how many rows, the last hash, and the first row that is not as it was.

    `broken` is the number of that row, 0 where the end of the log is missing, None where all is
    well.
    """

    rows: int
    head: str
    broken: int | None = None


def write(
    connection: Connection,
    vault: Vault,
    now: datetime,
    operator_id: int,
    action: Action,
    object_: str = "",
) -> None:
    """Add a row, in the transaction of what it tells of."""
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    last = connection.execute(
        select(table.c.seq, table.c.hash).order_by(table.c.seq.desc()).limit(1)
    ).first()
    seq, previous = (1, _BEGINNING) if last is None else (last[0] + 1, bytes(last[1]))
    # What is written must read back the same, or the row would look changed.
    values = {
        "seq": seq,
        "at": now,
        "operator_id": operator_id,
        "action": action.value,
        "object": object_,
        "previous": previous,
    }
    hashed = values["hash"] = _hash(
        vault.audit_key, seq, now, operator_id, action.value, object_, previous
    )
    connection.execute(insert(table).values(values))
    remember(connection, HEAD, _head(vault.audit_key, seq, hashed))


def verify(connection: Connection, vault: Vault) -> Verdict:
    """Look at every row, from the first to the last."""
    key, previous, count = vault.audit_key, _BEGINNING, 0
    for row in _rows(connection):
        count += 1
        wanted = _hash(key, row.seq, row.at, row.operator_id, row.action, row.object, previous)
        found = bytes(row.hash)
        if row.seq != count or bytes(row.previous) != previous or found != wanted:
            return Verdict(count, previous.hex(), broken=count)
        previous = found
    wanted_head = None if count == 0 else _head(key, count, previous)
    kept = recall(connection, HEAD)
    return Verdict(count, previous.hex(), broken=None if kept == wanted_head else 0)


def has_head(connection: Connection, head: str) -> bool:
    """Whether a hash that somebody noted down is still a row of the log."""
    try:
        noted = bytes.fromhex(head)
    except ValueError:
        return False
    query = select(func.count()).where(table.c.hash == noted)
    return connection.execute(query).scalar_one() == 1


def count_entries(connection: Connection, operator_id: int | None = None) -> int:
    """How many rows there are, of everybody or of one operator."""
    query = select(func.count()).select_from(table)
    if operator_id is not None:
        query = query.where(table.c.operator_id == operator_id)
    return connection.execute(query).scalar_one()


def find_entries(
    connection: Connection, *, limit: int, skip: int = 0, operator_id: int | None = None
) -> list[Entry]:
    """Rows for people to read, the newest first, of everybody or of one operator."""
    query = select(table).order_by(table.c.seq.desc()).limit(limit).offset(skip)
    if operator_id is not None:
        query = query.where(table.c.operator_id == operator_id)
    return [
        Entry(row.seq, row.at, row.operator_id, row.action, row.object)
        for row in connection.execute(query)
    ]


def find_doers(
    connection: Connection, action: Action, object_: str, since: datetime
) -> list[tuple[int, int, datetime]]:
    """Who did something to one object, how often, and when last; the latest first."""
    last = func.max(table.c.at)
    query = (
        select(table.c.operator_id, func.count(), last)
        .where(table.c.action == action.value, table.c.object == object_, table.c.at >= since)
        .group_by(table.c.operator_id)
        .order_by(last.desc())
    )
    return [(operator_id, times, at) for operator_id, times, at in connection.execute(query)]


def _rows(connection: Connection) -> Iterator[Row[tuple[object, ...]]]:
    # By pages, in the order of the numbers: whatever the log holds, memory does not grow with it.
    last: int | None = None
    while True:
        query = select(table).order_by(table.c.seq).limit(_PAGE)
        if last is not None:
            query = query.where(table.c.seq > last)
        rows = connection.execute(query).all()
        yield from rows
        if len(rows) < _PAGE:
            return
        last = rows[-1].seq


def _hash(
    key: Key,
    seq: int,
    at: datetime,
    operator_id: int,
    action: str,
    object_: str,
    previous: bytes,
) -> bytes:
    fields = [seq, milliseconds(at), operator_id, action, object_, previous.hex()]
    return stamp(json.dumps(fields, ensure_ascii=True).encode(), key)


def _head(key: Key, seq: int, last: bytes) -> str:
    # Says that nothing comes after: a log whose end was cut off does not have its head.
    return stamp(json.dumps(["head", seq, last.hex()]).encode(), key).hex()
