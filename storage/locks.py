"""Two instances by mistake: the second says so and stops, whichever database they share."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.errors import AlreadyRunningError

_INSTANCE = 0x616E7401
_SENDER = 0x616E7402


class Lock:
    """A lock that ends with `release`, or with the process, however it ends."""

    def __init__(self, handle: int | None, connection: Connection | None) -> None:
        self._handle = handle
        self._connection = connection

    def held(self) -> bool:
        """Whether it still holds: on PostgreSQL it goes with the connection."""
        if self._connection is None:
            return self._handle is not None
        try:
            self._connection.execute(text("SELECT 1"))
            self._connection.commit()
        except DBAPIError:
            self._connection.close()
            self._connection = None
            return False
        return True

    def release(self) -> None:
        """Let another have it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        if self._connection is not None:
            # The lock belongs to the session: it is given back before the session is.
            with suppress(DBAPIError):
                self._connection.execute(text("SELECT pg_advisory_unlock_all()"))
                self._connection.commit()
            self._connection.close()
            self._connection = None


def lock_instance(database: Database) -> Lock:
    """Be the only Antenna on this database that receives by polling.

    Raises: AlreadyRunningError: another one has it; nothing was changed.
    """
    lock = _lock(database, "instance", _INSTANCE)
    if lock is None:
        raise AlreadyRunningError(
            "Another Antenna already works on this database. Two at once would answer people "
            "twice, so this one stops. Stop the other first, or give this one a database of its "
            "own."
        )
    return lock


def lock_sender(database: Database) -> Lock | None:
    """Be the one of many workers that sends; None while another does."""
    return _lock(database, "sender", _SENDER)


def _lock(database: Database, name: str, number: int) -> Lock | None:
    if database.is_postgresql:
        return _lock_session(database, number)
    file = database.file
    assert file is not None
    return _lock_file(file.with_name(f"{file.name}.{name}"))


def _lock_file(path: Path) -> Lock | None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return Lock(handle, None)


def _lock_session(database: Database, number: int) -> Lock | None:
    connection = database.engine.connect()
    # Both numbers: the lock is one per database already, the first keeps it apart from others'.
    got = connection.execute(
        text("SELECT pg_try_advisory_lock(:space, :number)"), {"space": 0x416E, "number": number}
    ).scalar()
    connection.commit()
    if got:
        return Lock(None, connection)
    connection.close()
    return None
