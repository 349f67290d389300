"""Opens the reports' own database, and the salt without which no report code opens anything."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage import migrating
from storage.ballast import Ballast
from storage.database import (
    engine_for,
    file_of,
    parsed_url,
    reader_options,
    refuse_forgetful,
    unreachable,
)
from storage.errors import DatabaseError, StorageError, VaultError
from storage.ledger import Ledger
from storage.migrating import Line
from storage.reports_schema import about
from storage.trouble import commit
from storage.vault import FULL_EFFORT, Effort, Key, open_salt

SALT_FILE = Path("keys", "report.salt")
LEDGER_FILE = Path("keys", "reports.ledger")
COPY = ".copy"
BALLAST_BYTES = 4 * 1024 * 1024
ALONE_SECONDS = 2
LINE = Line(("r0001",), Path(__file__).parents[1] / "reports_migrations")
_FINGERPRINT = "salt fingerprint"
_EFFORT = "effort of a code"
PRAGMAS = (
    "PRAGMA journal_mode=DELETE",  # a write-ahead log keeps what was deleted, and in which order
    "PRAGMA synchronous=EXTRA",  # the journal's own deletion is on the disk before a commit counts
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
)


class ReportsDatabase:
    """The open database of the reports. Each commit is on the disk when it returns."""

    def __init__(self, engine: Engine, salt: Key, effort: Effort, data: Path) -> None:
        self.engine = engine
        self.data = data
        self.salt = salt
        self.effort = effort
        self.is_postgresql = engine.dialect.name == "postgresql"
        self.ledger = Ledger(data / LEDGER_FILE)
        self._readers = engine.execution_options(**reader_options(self.is_postgresql))

    @classmethod
    def open(
        cls,
        url: str,
        *,
        data: Path,
        effort: Effort = FULL_EFFORT,
        migrate: bool = True,
        busy_seconds: float = 10.0,
    ) -> ReportsDatabase:
        """Open the reports' database, or make it and its salt when both are new.

        `effort` counts only when it is made: what codes were derived with stays with them.

        Raises: DatabaseError, NewerDatabaseError, VaultError: nothing was changed.
        """
        parsed = parsed_url(url)
        engine = engine_for(parsed, busy_seconds, PRAGMAS)
        try:
            salt, kept = _prepare(engine, data, effort, migrate=migrate)
        except DBAPIError as error:
            engine.dispose()
            raise unreachable(parsed, error) from error
        except StorageError:
            engine.dispose()
            raise
        return cls(engine, salt, kept, data)

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database."""
        return file_of(self.engine.url)

    @property
    def ballast(self) -> Ballast:
        """Room kept free, so that a report can be withdrawn on a full disk."""
        beside = self.file or self.data / "reports"
        return Ballast(beside.with_suffix(".ballast"), BALLAST_BYTES)

    @contextmanager
    def writing(self, *, alone: bool = False) -> Iterator[Connection]:
        """A transaction that is committed when the block ends well; `alone` keeps all others out.

        While somebody goes on reading nobody is alone: then it fails after `ALONE_SECONDS`.

        Raises: CommitUnknownError where the connection broke while it was committed.
        """
        with self.engine.connect() as connection:
            try:
                connection.begin()
                self._pass_gate(connection, alone=alone)
                yield connection
                commit(connection)
            except BaseException:
                connection.invalidate()
                raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database and cannot change it."""
        with self._readers.connect() as connection:
            self._pass_gate(connection)
            yield connection

    def _pass_gate(self, connection: Connection, *, alone: bool = False) -> None:
        """On PostgreSQL, wait while all tables are written anew, before anything is looked at.

        Emptying a table there is seen at once by whoever looked at another one before it: they
        would find a database without reports.
        """
        if self.is_postgresql:
            if alone:  # behind it everybody waits, and a backup may read for long: later, then
                connection.execute(text(f"SET LOCAL lock_timeout = '{ALONE_SECONDS}s'"))
            how = "ACCESS EXCLUSIVE" if alone else "ACCESS SHARE"
            connection.execute(text(f"LOCK TABLE {about.name} IN {how} MODE"))

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One moment of the database, however long it is read; nobody waits for it meanwhile.

        SQLite without a write-ahead log would let nobody write beside a reader: a copy is read.
        """
        if self.file is None:
            with self.reading() as connection:
                yield connection
            return
        copy = self.file.with_suffix(COPY)
        os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        try:
            with (
                closing(sqlite3.connect(self.file)) as source,
                closing(sqlite3.connect(copy)) as to,
            ):
                source.backup(to)
            engine = create_engine(f"sqlite:///{copy}", poolclass=NullPool)
            with engine.connect() as connection:
                connection.execute(text("SELECT count(*) FROM sqlite_master"))
                copy.unlink()  # it is open, and nobody finds it: a crash leaves no copy behind
                yield connection
        finally:
            copy.unlink(missing_ok=True)

    def clear_copy(self) -> None:
        """Delete the copy that a crash left while it was being made: it holds what is gone here."""
        if self.file is not None:
            self.file.with_suffix(COPY).unlink(missing_ok=True)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def default_reports_url(data: Path) -> str:
    """The reports' SQLite database of a data folder."""
    return f"sqlite:///{data / 'reports.db'}"


def _prepare(engine: Engine, data: Path, effort: Effort, *, migrate: bool) -> tuple[Key, Effort]:
    with engine.begin() as connection:
        refuse_forgetful(connection)
        revision = migrating.current(connection)
        if revision in migrating.MAIN.revisions:
            raise DatabaseError(
                "The reports have been given the bot's own database. Nothing was changed. Give "
                "them another one in ANTENNA_REPORTS_DATABASE: rows that lie together can be "
                "linked."
            )
        migrating.refuse_unknown(revision, LINE)
        known = {} if revision is None else _about(connection)
    if revision != LINE.head and not migrate:
        raise DatabaseError(
            "The reports' database is not up to date with this Antenna, and only the bot itself "
            "brings it up to date. Start the bot once, then try again."
        )
    salt = open_salt(data / SALT_FILE, create=revision is None)
    if known.get(_FINGERPRINT, salt.fingerprint) != salt.fingerprint:
        raise VaultError(
            f"The salt {SALT_FILE.name} is not the one of this reports' database: no report code "
            "would open anything. Nothing was changed. Put the right one back."
        )
    if revision != LINE.head:
        with (
            migrating.copy_kept(file_of(engine.url), revision, LINE),
            engine.begin() as connection,
        ):
            migrating.upgrade(connection, line=LINE)
            note_about(connection, salt.fingerprint, effort)
    return salt, Effort.read(known[_EFFORT]) if _EFFORT in known else effort


def note_about(connection: Connection, fingerprint: str, effort: Effort) -> None:
    """Write down, in a new database, which salt and which effort its codes are made with."""
    known = _about(connection)
    new = {_FINGERPRINT: fingerprint, _EFFORT: str(effort)}
    rows = [{"key": key, "value": value} for key, value in new.items() if key not in known]
    if rows:
        connection.execute(insert(about), rows)


def fingerprint_kept(connection: Connection) -> str | None:
    """The fingerprint of the salt that a database's codes were made with."""
    return _about(connection).get(_FINGERPRINT)


def _about(connection: Connection) -> dict[str, str]:
    rows = connection.execute(select(about.c.key, about.c.value))
    return {row.key: row.value for row in rows}
