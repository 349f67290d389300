"""The reports' part of a backup: their rows of one moment and their sealed files, and the way back.

All of it is sealed already, to keys that are not on this machine. The salt is in no backup.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select

from storage import migrating
from storage.database import engine_for, parsed_url
from storage.errors import BackupError, VaultError
from storage.ledger import Ledger
from storage.reports.database import LEDGER_FILE, LINE, PRAGMAS, SALT_FILE, fingerprint_kept
from storage.reports.files import ORIGINAL, Files
from storage.reports.marks import LINE_MARK, RECIPIENT_MARK, REPORT_MARK, mark, number_bytes
from storage.reports_schema import evidence, line, line_key, report, sealed_key
from storage.vault import Key, Purpose, open_salt

PREFIX = "reports."
FILES = "reports.file"
FILE_COLUMNS = [["name", "plain"], ["week", "date"], ["piece", "bytes"]]
PIECE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Back:
    """What came back of the reports: how many, and how many were deleted again at once."""

    reports: int
    erased: int


def file_names(connection: Connection) -> list[tuple[str, date]]:
    """Every file that reports of this moment have, with the week it is dated by."""
    query = select(evidence.c.id, report.c.week).join(report)
    found = [(id_.hex(), week) for id_, week in connection.execute(query)]
    return [(name + end, week) for name, week in found for end in ("", ORIGINAL)]


def pieces(data: Path, name: str, week: date) -> Iterator[list[Any]]:
    """A file in pieces; none where it has just been deleted with its report."""
    whole = Files(data, lambda point: None).read(name)
    for at in range(0, len(whole or b""), PIECE_BYTES):
        piece = (whole or b"")[at : at + PIECE_BYTES]
        yield [name, week.isoformat(), base64.b64encode(piece).decode()]


class Refill:
    """Puts reports back into a database that holds none, and files into their folder."""

    def __init__(self, connection: Connection, data: Path) -> None:
        self.connection = connection
        self._files = Files(data, lambda point: None)
        self._name = ""
        self._week = date.min
        self._pieces: list[bytes] = []
        self._written: list[str] = []

    def add(self, rows: list[list[Any]]) -> None:
        """Take pieces of files, in the order they were written."""
        for name, week, piece in rows:
            if name != self._name:
                self.end()
                self._name, self._week = name, date.fromisoformat(week)
            self._pieces.append(base64.b64decode(piece))

    def end(self) -> None:
        """The file that was being put together is whole."""
        if self._name:
            self._files.restore(self._name, b"".join(self._pieces), self._week)
            self._written.append(self._name)
        self._name, self._pieces = "", []

    def undo(self) -> None:
        """The restore failed: no file stays."""
        self._files.delete(self._written)

    def erase(self, salt: Key, ledger: Ledger, known: int) -> int:
        """Delete again what was withdrawn, expired, cut or taken away, whenever that was.

        A report's id never comes back, so the whole ledger counts: what was written into it just
        before the backup was perhaps still being deleted. An operator who began anew does come
        back: of them counts what was written after `known`, the last line the backup knew.
        """
        key = salt.derive(Purpose.MARK)
        lines = ledger.all()
        gone = {one.lookup for one in lines}
        since = {one.lookup for one in lines if one.serial > known}
        connection, erased = self.connection, 0
        for id_ in connection.execute(select(report.c.id)).scalars().all():
            if mark(key, REPORT_MARK, id_) in gone:
                erased += 1
                self._forget(id_)
            elif mark(key, LINE_MARK, id_) in gone:
                connection.execute(delete(line_key).where(line_key.c.report_id == id_))
                connection.execute(delete(line).where(line.c.report_id == id_))
        readers = connection.execute(select(sealed_key.c.operator_id).distinct()).scalars().all()
        for operator in readers:
            if mark(key, RECIPIENT_MARK, number_bytes(operator)) in since:
                for table in (sealed_key, line_key):
                    connection.execute(delete(table).where(table.c.operator_id == operator))
        return erased

    def _forget(self, id_: bytes) -> None:
        query = select(evidence.c.id).where(evidence.c.report_id == id_)
        names = [name.hex() for name in self.connection.execute(query).scalars()]
        self.connection.execute(delete(report).where(report.c.id == id_))
        self._files.delete([one for name in names for one in (name, name + ORIGINAL)])


@contextmanager
def refilling(url: str, data: Path, revision: str) -> Iterator[Refill]:
    """An empty database of that revision, kept when the block ends well.

    Raises: BackupError, VaultError: the place is as empty as before.
    """
    if not (data / SALT_FILE).exists():
        raise VaultError(
            f"The salt {SALT_FILE.name} is missing from {data / SALT_FILE.parent}: without it no "
            "report code would open anything. Nothing was restored. Put the whole keys folder in "
            "place first."
        )
    migrating.refuse_unknown(revision, LINE)
    engine = engine_for(parsed_url(url), pragmas=PRAGMAS)
    refill = None
    try:
        with engine.begin() as connection:
            if migrating.current(connection) is not None:
                raise BackupError(
                    "The reports' database to restore into already exists. Nothing was restored. "
                    "Move it away, so that nothing that is in it now gets lost."
                )
            migrating.upgrade(connection, revision, LINE)
            refill = Refill(connection, data)
            yield refill
    except BaseException:
        if refill is not None:
            refill.undo()
        raise
    finally:
        engine.dispose()


def finish(refill: Refill, data: Path, known: int) -> Back:
    """All rows are there: bring them up to date, and delete again what must not come back.

    `known` is the number of the last erasure that the backup knew of.
    """
    refill.end()
    salt = open_salt(data / SALT_FILE, create=False)
    if fingerprint_kept(refill.connection) != salt.fingerprint:
        raise VaultError(
            f"The salt {SALT_FILE.name} is not the one of this backup's reports. Nothing was "
            "restored. Put the keys folder in place that belongs to it."
        )
    migrating.upgrade(refill.connection, line=LINE)
    erased = refill.erase(salt, Ledger(data / LEDGER_FILE), known)
    count = len(refill.connection.execute(select(report.c.id)).all())
    return Back(count, erased)
