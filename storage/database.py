"""Opens the database so that what it says is committed survives a power cut, on both engines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url, select, text
from sqlalchemy import Connection as Connection  # for the type of a reader's argument
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from storage import migrating
from storage.ballast import Ballast
from storage.errors import DatabaseError, StorageError, VaultError
from storage.ledger import Ledger
from storage.schema import setting
from storage.statements import Statements
from storage.vault import Fleeting, Vault, fleeting_folder, open_key

KEY_FILE = Path("keys", "antenna.key")
LEDGER_FILE = Path("keys", "erased.ledger")
FINGERPRINT = "key fingerprint"
_READING = "antenna_reading"
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # with NORMAL a power cut takes the last commits back
    "PRAGMA secure_delete=ON",  # deleted rows are overwritten, not only forgotten
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
)


class Database:
    """An open database and its vault. What is written goes through a `Writer`."""

    def __init__(
        self, engine: Engine, vault: Vault, data: Path, fleeting: Fleeting | None = None
    ) -> None:
        self.engine = engine
        self.vault = vault
        self.fleeting = fleeting or Fleeting()
        self.data = data
        self.is_postgresql = engine.dialect.name == "postgresql"
        self.statements = Statements(engine.dialect)
        self._readers = engine.execution_options(**reader_options(self.is_postgresql))

    @classmethod
    def open(
        cls,
        url: str,
        *,
        data: Path,
        migrate: bool = True,
        busy_seconds: float = 10.0,
        memory: Path | None = None,
    ) -> Database:
        """Open a database, or make it and its key when both are new, and bring it up to date.

        `data` is the folder of the keys and of the copy made before a migration. With `migrate`
        off, a database that is not up to date is refused. `memory` is a folder that is no disk, for
        the keys of what is secret; without it they end with the process.

        Raises: DatabaseError, NewerDatabaseError, VaultError: nothing was changed.
        """
        parsed = parsed_url(url)
        engine = engine_for(parsed, busy_seconds)
        try:
            vault = _prepare(engine, data, migrate=migrate)
        except DBAPIError as error:
            engine.dispose()
            raise unreachable(parsed, error) from error
        except StorageError:
            engine.dispose()
            raise
        folder = None if memory is None else fleeting_folder(memory, vault.fingerprint)
        return cls(engine, vault, data, Fleeting(folder))

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database."""
        return file_of(self.engine.url)

    @property
    def ledger(self) -> Ledger:
        """What remembers, beside the keys, who was erased."""
        return Ledger(self.data / LEDGER_FILE)

    @property
    def ballast(self) -> Ballast:
        """The room kept free for erasing, beside an SQLite file or in the data folder."""
        return Ballast((self.file or self.data / "antenna").with_suffix(".ballast"))

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that holds the writer's lock from its first statement to its commit."""
        with self.engine.connect() as connection:
            try:
                yield connection
            except BaseException:
                # After a commit that failed a connection can still hold its transaction: it is
                # closed, which ends the transaction for sure, and never used again.
                connection.invalidate()
                raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database and cannot change it."""
        with self._readers.connect() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def default_url(data: Path) -> str:
    """The SQLite database of a data folder."""
    return f"sqlite:///{data / 'antenna.db'}"


def _prepare(engine: Engine, data: Path, *, migrate: bool) -> Vault:
    with engine.begin() as connection:
        _check(connection)
        revision = migrating.current(connection)
        migrating.refuse_unknown(revision)
        fingerprint = None if revision is None else _fingerprint(connection)
    if revision != migrating.HEAD and not migrate:
        raise DatabaseError(
            "The database is not up to date with this Antenna, and only the bot itself brings it "
            "up to date. Start the bot once, then try again."
        )
    vault = Vault(open_key(data / KEY_FILE, create=fingerprint is None))
    if fingerprint not in (None, vault.fingerprint):
        raise VaultError(
            "The key file is not the one this database was sealed with: nothing in it could be "
            f"read. Nothing was changed. Put the right {KEY_FILE.name} back, or point "
            "ANTENNA_DATA to the folder that belongs to this database."
        )
    if revision != migrating.HEAD:
        with migrating.copy_kept(file_of(engine.url), revision), engine.begin() as connection:
            migrating.upgrade(connection)
            values = [{"key": FINGERPRINT, "value": vault.fingerprint}]
            Statements(engine.dialect).setting_saved.run(connection, values)
    return vault


def _fingerprint(connection: Connection) -> str | None:
    query = select(setting.c.value).where(setting.c.key == FINGERPRINT)
    return connection.execute(query).scalar()


def parsed_url(url: str) -> URL:
    """The URL of a database of a kind that Antenna knows. Raises: DatabaseError."""
    try:
        parsed = make_url(url)
        name = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError) as error:
        raise DatabaseError(
            "The database URL is not understood. Use sqlite:///path/to/antenna.db or "
            "postgresql://user:password@host/name."
        ) from error
    if name == "sqlite" and not parsed.database:
        raise DatabaseError("An SQLite database needs a file: use sqlite:///path/to/antenna.db.")
    if name not in ("sqlite", "postgresql"):
        raise DatabaseError(f"Antenna keeps its data in SQLite or PostgreSQL, not in {name}.")
    return parsed.set(drivername="postgresql+psycopg") if name == "postgresql" else parsed


def file_of(url: URL) -> Path | None:
    """The file of an SQLite database."""
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def engine_for(url: URL, busy_seconds: float = 10.0, pragmas: tuple[str, ...] = _PRAGMAS) -> Engine:
    """Connections set up as promised, to a database that may hold nothing yet."""
    file = file_of(url)
    if file is None:
        return create_engine(
            url,
            pool_size=8,
            max_overflow=8,
            hide_parameters=True,  # an error never quotes what was to be written
            connect_args={"connect_timeout": 10},
        )
    _make_file(file)
    # The driver begins nothing by itself: the event below says which kind of BEGIN.
    arguments = {"timeout": busy_seconds, "isolation_level": None}
    engine = create_engine(
        url, connect_args=arguments, pool_size=8, max_overflow=8, hide_parameters=True
    )
    event.listen(engine, "connect", partial(_set_pragmas, pragmas))
    event.listen(engine, "begin", _begin)
    return engine


def _make_file(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        file.chmod(0o600)  # -wal and -shm take their mode from it
    except OSError as error:
        raise DatabaseError(
            f"The database file {file} cannot be made or written ({error.strerror}). Antenna did "
            "not start. Check that the folder exists and belongs to the user Antenna runs as."
        ) from error


def _set_pragmas(pragmas: tuple[str, ...], connection: Any, record: object) -> None:
    for pragma in pragmas:
        connection.execute(pragma).close()


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get(_READING, False)
    # A writer that began as a reader could not become one while another writes.
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def reader_options(is_postgresql: bool) -> dict[str, Any]:
    """How a connection is opened that only looks."""
    if not is_postgresql:
        return {_READING: True}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _check(connection: Connection) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite and connection.execute(text("PRAGMA journal_mode")).scalar() != "wal":
        raise DatabaseError(
            "The disk of the database does not allow SQLite's write-ahead log, so commits "
            "would not be safe. Put the data folder on a local disk."
        )
    refuse_forgetful(connection)


def refuse_forgetful(connection: Connection) -> None:
    """Refuse a server that confirms before it has written. Raises: DatabaseError."""
    if connection.dialect.name == "sqlite":
        return
    if connection.execute(text("SHOW synchronous_commit")).scalar() == "off":
        raise DatabaseError(
            "PostgreSQL runs with synchronous_commit=off: after a crash it would forget what it "
            "confirmed. Set it to on for this database: "
            "ALTER DATABASE … SET synchronous_commit = on."
        )


def unreachable(url: URL, error: DBAPIError) -> DatabaseError:
    """The error for a database that cannot be reached."""
    where = url.host or url.database
    # What the driver says can hold the whole connection string, so only its kind is told.
    return DatabaseError(
        f"The database at {where} cannot be opened ({type(error.orig).__name__}). Nothing was "
        "changed. Check that it runs, that the address and the password are right, and that the "
        "file, if it is one, is not damaged."
    )
