"""Opens the database so that what it says is committed survives a power cut, on both engines."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from storage import migrating
from storage.errors import DatabaseError, VaultError
from storage.schema import setting
from storage.statements import Statements
from storage.vault import Vault, open_key

KEY_FILE = Path("keys", "antenna.key")
LEDGER_FILE = Path("keys", "erased.ledger")
FINGERPRINT = "key fingerprint"
_READING = "antenna_reading"


class Database:
    """An open database with its vault. Writers go through `Writer`, readers through `reading`."""

    def __init__(self, engine: Engine, vault: Vault, data: Path) -> None:
        self._engine = engine
        self._readers = engine.execution_options(
            **{_READING: True}, isolation_level="REPEATABLE READ", postgresql_readonly=True
        ) if engine.dialect.name == "postgresql" else engine.execution_options(**{_READING: True})
        self.vault = vault
        self.data = data
        self.is_postgresql = engine.dialect.name == "postgresql"
        self.statements = Statements(engine.dialect)

    @classmethod
    def open(
        cls, url: str, *, data: Path, migrate: bool = True, busy_seconds: float = 10.0
    ) -> Database:
        """Open a database, or make it and its key when both are new, and bring it up to date.

        `data` is the folder of keys and of the backup made before a migration. With `migrate`
        off, a database that is not up to date is refused.

        Raises: DatabaseError, NewerDatabaseError, VaultError: nothing was changed.
        """
        parsed = _parsed(url)
        engine = _engine(parsed, busy_seconds)
        try:
            with _write(engine) as connection:
                _check(connection)
                vault = _vault(connection, data)
            migrating.upgrade(engine, data, allowed=migrate, before=_file(parsed))
            _leave_fingerprint(engine, vault)
        except DBAPIError as error:
            engine.dispose()
            raise DatabaseError(_unreachable(parsed, error)) from error
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, vault, data)
