"""Brings a backup back into an empty place: the erased stay erased, and nothing is sent again."""

from __future__ import annotations

import base64
import json
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Date,
    LargeBinary,
    column,
    delete,
    insert,
    select,
    table,
    text,
    update,
)
from sqlalchemy.types import NullType, TypeEngine

from storage import migrating
from storage.backup import Manifest, Progress, frames_of, read_backup
from storage.calendar_leaving import leave_calendar, stop_masses
from storage.cases.deleting import delete_again
from storage.cases.leaving import leave
from storage.database import KEY_FILE, LEDGER_FILE, engine_for, parsed_url
from storage.errors import BackupError
from storage.handoffs.ending import repeat_postings
from storage.ledger import Ledger
from storage.notices.replanning import note_restored
from storage.outbox import State, settle_sending
from storage.reports.copies import FILES, PREFIX, Back, Refill, finish, refilling
from storage.reports.database import LEDGER_FILE as REPORTS_LEDGER
from storage.reports.database import default_reports_url
from storage.schema import outbox, person
from storage.vault import Vault, open_key
from storage.voices.recordings import erase_again


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what did not."""

    manifest: Manifest
    erased: int  # people of the backup who asked to be forgotten after it was made
    held: int  # messages that wait until somebody confirms that they may go
    ledger_missing: bool  # nobody can say who asked to be forgotten since
    reports: Back | None = None


def restore(
    path: Path,
    url: str,
    data: Path,
    progress: Progress | None = None,
    reports_url: str | None = None,
) -> Restored:
    """Restore into databases that hold nothing; keys and ledgers lie in the data folder already.

    Where the backup holds reports they go to `reports_url`, or beside the other database.

    Raises: BackupError, VaultError, DatabaseError: the place is as empty as before.
    """
    vault = Vault(open_key(data / KEY_FILE, create=False))
    manifest = read_backup(path, vault)
    migrating.refuse_unknown(manifest.revision)
    engine = engine_for(parsed_url(url))
    ledger = Ledger(data / LEDGER_FILE)
    back = None
    try:
        with (
            engine.begin() as connection,
            _reports(manifest, reports_url or default_reports_url(data), data) as refill,
        ):
            if migrating.current(connection) is not None:
                raise _in_use()
            migrating.upgrade(connection, manifest.revision)
            _fill(connection, refill, path, vault, manifest, progress or _silent)
            if refill is not None:
                back = finish(refill, data, manifest.reports_erasures)
            migrating.upgrade(connection)
            erased = _erase(connection, vault, ledger, manifest.erasures)
            held = _hold(connection)
            _continue_ids(connection, manifest.last_row_id)
    finally:
        engine.dispose()
    missing = manifest.erasures > 0 and ledger.last() < manifest.erasures
    if manifest.reports_erasures > Ledger(data / REPORTS_LEDGER).last():
        missing = True
    return Restored(manifest, erased, held, missing, back)


def _reports(
    manifest: Manifest, url: str, data: Path
) -> AbstractContextManager[Refill] | AbstractContextManager[None]:
    if not manifest.reports_revision:
        return nullcontext()
    return refilling(url, data, manifest.reports_revision)


def _in_use() -> BackupError:
    return BackupError(
        "The database to restore into already exists. Nothing was restored. Move it away, or name "
        "a new one, so that nothing that is in it now gets lost."
    )


def _fill(
    connection: Connection,
    refill: Refill | None,
    path: Path,
    vault: Vault,
    manifest: Manifest,
    progress: Progress,
) -> None:
    done = 0
    total = sum(count for name, count in manifest.counts.items() if name != FILES)
    progress(done, total)
    for piece, last in frames_of(path, vault):
        if last:
            return
        name, rows = json.loads(piece)
        if refill is not None and name == FILES:
            refill.add(rows)
            continue
        columns, there, plain_name = manifest.columns[name], connection, name
        if refill is not None and name.startswith(PREFIX):
            there, plain_name = refill.connection, name.removeprefix(PREFIX)
        statement = insert(table(plain_name, *(column(c, _TYPES[kind]) for c, kind in columns)))
        values = [
            {c: _value(cell, kind) for (c, kind), cell in zip(columns, row, strict=True)}
            for row in rows
        ]
        there.execute(statement, values)
        done += len(rows)
        progress(done, total)


_TYPES: dict[str, TypeEngine[Any]] = {
    "bytes": LargeBinary(),
    "date": Date(),
    "instant": BigInteger(),
    "plain": NullType(),
}


def _value(cell: Any, kind: str) -> Any:
    if cell is None:
        return None
    if kind == "bytes":
        return base64.b64decode(cell)
    if kind == "date":
        return date.fromisoformat(cell)
    return cell


def _erase(connection: Connection, vault: Vault, ledger: Ledger, known: int) -> int:
    """Delete again whoever was erased after the backup; how many they were."""
    erased = 0
    later = [one for one in ledger.all() if one.serial > known]
    marks = {one.lookup for one in later}
    delete_again(connection, vault, marks)
    erase_again(connection, vault, marks)
    for one in later:
        gone = select(person.c.id).where(person.c.lookup == one.lookup)
        for person_id in connection.execute(gone).scalars().all():
            leave_calendar(connection, vault, person_id, None)
            leave(connection, vault, person_id)
            connection.execute(delete(person).where(person.c.id == person_id))
            connection.execute(delete(outbox).where(outbox.c.person_id == person_id))
            erased += 1
    return erased


def _hold(connection: Connection) -> int:
    """Freeze what waited: some of it was sent after the backup was made."""
    settle_sending(connection)
    repeat_postings(connection)
    stop_masses(connection)
    note_restored(connection)
    new = outbox.c.state == int(State.NEW)
    return connection.execute(update(outbox).where(new).values(state=int(State.HELD))).rowcount


def _continue_ids(connection: Connection, last: int) -> None:
    """No outbox id is used twice, not even across a restore."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT setval('outbox_id_seq', :last)"), {"last": max(last, 1)})
        return
    connection.execute(text("DELETE FROM sqlite_sequence WHERE name = 'outbox'"))
    connection.execute(
        text("INSERT INTO sqlite_sequence (name, seq) VALUES ('outbox', :last)"), {"last": last}
    )


def _silent(done: int, total: int) -> None:
    """Where nobody watches."""
