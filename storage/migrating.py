"""Brings an older database up to date in one transaction, or leaves it exactly as it was."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.errors import DatabaseError, NewerDatabaseError

# Every revision in order; a test holds this list against the folder. Looking here instead of in
# the folder spares every start the import of Alembic.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")
HEAD = REVISIONS[-1]
_LOCK = 0x616E7465  # "ante": two processes that start at once migrate one after the other


@dataclass(frozen=True, slots=True)
class Line:
    """The revisions of one database in order, and the folder of their scripts."""

    revisions: tuple[str, ...]
    scripts: Path

    @property
    def head(self) -> str:
        """The revision this release works with."""
        return self.revisions[-1]


MAIN = Line(REVISIONS, Path(__file__).parent / "migrations")


def current(connection: Connection) -> str | None:
    """The revision of a database; None of an empty one."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if tables:
        raise DatabaseError(
            "The database holds tables that are not Antenna's. Nothing was changed. Give Antenna "
            "a database of its own."
        )
    return None


def refuse_unknown(revision: str | None, line: Line = MAIN) -> None:
    """Refuse a database of a later release: going back is not possible."""
    if revision is not None and revision not in line.revisions:
        raise NewerDatabaseError(
            f"The database was written by a newer Antenna (revision {revision}, this one knows "
            f"{line.head}). There is no way back. Start the newer release again, or restore a "
            "backup made before the update."
        )


def upgrade(connection: Connection, to: str = "head", line: Line = MAIN) -> None:
    """Run what is missing on this connection, in its transaction."""
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = Config()
    config.set_main_option("script_location", str(line.scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)


@contextmanager
def copy_kept(file: Path | None, revision: str | None, line: Line = MAIN) -> Iterator[None]:
    """Keep a copy of an SQLite file while it is migrated; it stays where that fails.

    It goes when the migrated database is sound, because what people have erased later must not
    live on in it.
    """
    if file is None or revision is None:
        yield
        return
    copy = file.with_name(f"{file.name}.before-{line.head}")
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT, 0o600))
    source, target = sqlite3.connect(file), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    yield
    if not _is_sound(file):
        raise DatabaseError(
            f"After bringing it up to date the database is not sound. The copy {copy.name} beside "
            "it is as it was before: stop Antenna, put it back with the former release, and report "
            "this."
        )
    copy.unlink()


def _is_sound(file: Path) -> bool:
    connection = sqlite3.connect(file)
    try:
        found = connection.execute("PRAGMA integrity_check").fetchall()
        dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()
    return found == [("ok",)] and dangling == []
