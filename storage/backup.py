"""Writes all rows of one moment into a sealed file, checked to its last byte before it is used."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import zlib
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Column, Connection, Date, LargeBinary, Select, Table, func, select, text

from storage import migrating
from storage.database import Database
from storage.errors import BackupError, VaultError
from storage.reports.copies import FILE_COLUMNS, FILES, PREFIX, file_names, pieces
from storage.reports.database import LINE, ReportsDatabase
from storage.reports_schema import Monday
from storage.reports_schema import metadata as reports_metadata
from storage.schema import Instant, draft, metadata, milliseconds, outbox
from storage.vault import Key, Vault, open_sealed, seal, sync_folder

MAGIC = b"antenna backup 1\n"
CHUNK_ROWS = 500
MOST_FRAME_BYTES = 64 * 1024 * 1024

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, written as its last frame."""

    revision: str
    made: str
    erasures: int  # number of the last erasure that this backup already knows
    last_row_id: int
    counts: dict[str, int]
    columns: dict[str, list[list[str]]]
    sha256: str
    reports_revision: str = ""  # nothing where it holds no reports
    reports_erasures: int = 0


def back_up(
    database: Database,
    target: Path,
    now: datetime,
    progress: Progress | None = None,
    reports: ReportsDatabase | None = None,
) -> Manifest:
    """Write a backup of this moment; the bot may go on writing meanwhile.

    With `reports`, theirs are in it too, their sealed files among them.

    Raises: BackupError: there is no file, or the one that was there before.
    """
    erasures = database.ledger.last()
    known = 0 if reports is None else reports.ledger.last()
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with (
            os.fdopen(handle, "wb") as file,
            database.reading() as connection,
            nullcontext() if reports is None else reports.snapshot() as beside,
        ):
            content = _Content(connection, beside, database.data)
            frames = _Frames(file, database.vault)
            _write(content, frames, progress or _silent)
            manifest = Manifest(
                revision=migrating.HEAD,
                made=now.isoformat(),
                erasures=erasures,
                last_row_id=_last_row_id(connection),
                counts=frames.counts,
                columns=content.columns(),
                sha256=frames.digest.hexdigest(),
                reports_revision="" if reports is None else LINE.head,
                reports_erasures=known,
            )
            frames.write(json.dumps(asdict(manifest)).encode(), last=True)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BackupError(
            f"The backup could not be written ({error.strerror}). There is no new backup. Check "
            "the space and the rights of the folder, then try again."
        ) from error
    return manifest


class _Frames:
    """Sealed pieces of a file, each bound to its file, its place, and whether it is the last."""

    def __init__(self, file: BinaryIO, vault: Vault) -> None:
        self._file = file
        self._key = vault.backup_key
        self._nonce = secrets.token_bytes(16)
        self._count = 0
        self.counts: dict[str, int] = {}
        self.digest = hashlib.sha256()
        file.write(MAGIC + bytes.fromhex(vault.fingerprint) + self._nonce)

    def write(self, plain: bytes, *, last: bool = False) -> None:
        context = _context(self._nonce, self._count, last)
        sealed = seal(zlib.compress(plain, 6), self._key, context)
        self._file.write(len(sealed).to_bytes(4, "big") + bytes([last]) + sealed)
        self._count += 1
        if not last:
            self.digest.update(plain)


def _context(nonce: bytes, place: int, last: bool) -> bytes:
    return nonce + place.to_bytes(8, "big") + bytes([last])


class _Content:
    """What is to be written: tables of one moment, and of the reports their files too."""

    def __init__(self, connection: Connection, beside: Connection | None, data: Path) -> None:
        mine = [one for one in metadata.sorted_tables if one is not draft]
        self._tables = [(table.name, table, connection) for table in mine]
        self._data = data
        self._files: list[tuple[str, date]] = []
        if beside is not None:
            theirs = reports_metadata.sorted_tables
            self._tables += [(PREFIX + table.name, table, beside) for table in theirs]
            self._files = file_names(beside)

    def columns(self) -> dict[str, list[list[str]]]:
        """What each row is made of."""
        found = {
            name: [[column.name, _kind(column)] for column in table.columns]
            for name, table, _ in self._tables
        }
        return found | {FILES: FILE_COLUMNS} if self._files else found

    def size(self) -> dict[str, int]:
        """How many rows of each there are."""
        return {
            name: there.execute(
                _kept(table).with_only_columns(func.count(), maintain_column_froms=True)
            ).scalar_one()
            for name, table, there in self._tables
        }

    def __iter__(self) -> Iterator[tuple[str, list[list[Any]]]]:
        for name, table, there in self._tables:
            for rows in _chunks(there, table):
                yield name, rows
        for name, week in self._files:
            for piece in pieces(self._data, name, week):
                yield FILES, [piece]


def _write(content: _Content, frames: _Frames, progress: Progress) -> None:
    counts = content.size()
    done, total = 0, sum(counts.values())
    frames.counts.update(counts)
    progress(done, total)
    for name, rows in content:
        frames.write(json.dumps([name, rows]).encode())
        if name == FILES:
            frames.counts[FILES] = frames.counts.get(FILES, 0) + len(rows)
            continue
        done += len(rows)
        progress(done, total)


def _chunks(connection: Connection, table: Table) -> Iterator[list[list[Any]]]:
    kinds = [_kind(column) for column in table.columns]
    found = connection.execution_options(yield_per=CHUNK_ROWS).execute(_kept(table))
    for rows in found.partitions():
        yield [[plain(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in rows]


def _kept(table: Table) -> Select[Any]:
    """What a backup holds of a table: nothing that is sealed under keys that die."""
    query = select(table)
    return query.where(~outbox.c.secret) if table is outbox else query


def _kind(column: Column[Any]) -> str:
    if isinstance(column.type, LargeBinary):
        return "bytes"
    if isinstance(column.type, Instant):
        return "instant"
    if isinstance(column.type, Date | Monday):
        return "date"
    return "plain"


def plain(value: Any, kind: str) -> Any:
    """A value as JSON holds it."""
    if value is None or kind == "plain":
        return value
    if kind == "bytes":
        return base64.b64encode(value).decode()
    if kind == "instant":
        return milliseconds(value)
    found: date = value
    return found.isoformat()


def _last_row_id(connection: Connection) -> int:
    statement = (
        "SELECT last_value FROM outbox_id_seq"
        if connection.dialect.name == "postgresql"
        else "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'"
    )
    return int(connection.execute(text(statement)).scalar() or 0)


def read_backup(path: Path, vault: Vault) -> Manifest:
    """Check a whole backup and say what it holds. Raises: BackupError."""
    digest, counts = hashlib.sha256(), dict[str, int]()
    manifest: Manifest | None = None
    for plain_bytes, last in frames_of(path, vault):
        if last:
            manifest = Manifest(**json.loads(plain_bytes))
        else:
            digest.update(plain_bytes)
            name, rows = json.loads(plain_bytes)
            counts[name] = counts.get(name, 0) + len(rows)
    if manifest is None:
        raise _damaged("it ends too early")
    found = {name: count for name, count in manifest.counts.items() if count}
    if manifest.sha256 != digest.hexdigest() or found != counts:
        raise _damaged("it does not hold what it says")
    return manifest


def frames_of(path: Path, vault: Vault) -> Iterator[tuple[bytes, bool]]:
    """The opened pieces of a backup in order, and whether each is the last."""
    try:
        with path.open("rb") as file:
            yield from _opened(file, vault)
    except OSError as error:
        raise BackupError(
            f"The backup {path.name} cannot be read ({error.strerror}). Nothing was restored. "
            "Check its name and its rights."
        ) from error


def _opened(file: BinaryIO, vault: Vault) -> Iterator[tuple[bytes, bool]]:
    if file.read(len(MAGIC)) != MAGIC:
        raise _damaged("it does not begin as one")
    if file.read(16).hex() != vault.fingerprint:
        raise BackupError(
            "The backup was made with another key than the one in place. Nothing was restored. "
            "Put the key file that belongs to the backup into the keys folder first."
        )
    nonce, place, ended = file.read(16), 0, False
    while not ended:
        head = file.read(5)
        if len(head) < 5:
            raise _damaged("it ends too early")
        size, ended = int.from_bytes(head[:4], "big"), head[4] == 1
        if size > MOST_FRAME_BYTES or head[4] > 1:
            raise _damaged("a length in it is impossible")
        sealed = file.read(size)
        if len(sealed) < size:
            raise _damaged("it ends too early")
        yield _unsealed(sealed, vault.backup_key, _context(nonce, place, ended)), ended
        place += 1
    if file.read(1):
        raise _damaged("something follows its end")


def _unsealed(sealed: bytes, key: Key, context: bytes) -> bytes:
    try:
        return zlib.decompress(open_sealed(sealed, key, context))
    except (VaultError, zlib.error) as error:
        raise _damaged("a piece of it was changed or cut off") from error


def _damaged(why: str) -> BackupError:
    return BackupError(
        f"The backup is damaged: {why}. Nothing was restored. Take another copy of it, or the "
        "backup before."
    )


def _silent(done: int, total: int) -> None:
    """Where nobody watches."""
