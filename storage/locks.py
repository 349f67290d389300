"""Two instances by mistake: the second says so and stops, whichever database they share."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from storage.database import engine_for, parsed_url, unreachable
from storage.errors import AlreadyRunningError

_INSTANCE = 0x616E7401


class Lock:
    """A lock that ends with `release`, or with the process, however it ends."""

    def __init__(self, handle: int | None, connection: Connection | None) -> None:
        self._handle = handle
        self._connection = connection
        self.engine: Engine | None = None  # closed with it, where it has one of its own

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

    def keep(self) -> None:
        """Make sure that it still holds; take it again where its connection broke.

        Raises:
            AlreadyRunningError: another one has taken it meanwhile.
        """
        if self.held() or self.engine is None:
            return
        try:
            again = _lock(self.engine)
        except DBAPIError:
            return  # the database is away, so nobody can take it now
        if again is None:
            raise AlreadyRunningError(
                "Another Antenna began to work on this database while the connection to it was "
                "broken. Two at once would answer people twice, so this one stops."
            )
        self._handle, self._connection = again._handle, again._connection

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
        if self.engine is not None:
            self.engine.dispose()


def lock_instance(url: str) -> Lock:
    """Be the only Antenna on this database that receives by polling.

    Taken before the database is opened: a second instance of a newer version would otherwise
    migrate it under the hands of the first.

    Raises:
        AlreadyRunningError: another one has it; nothing was changed.
        DatabaseError: there is no such database, or it is away.
    """
    parsed = parsed_url(url)
    engine = engine_for(parsed)
    try:
        lock = _lock(engine)
    except DBAPIError as error:
        engine.dispose()
        raise unreachable(parsed, error) from error
    if lock is None:
        engine.dispose()
        raise AlreadyRunningError(
            "Another Antenna already works on this database. Two at once would answer people "
            "twice, so this one stops. Stop the other first, or give this one a database of its "
            "own."
        )
    lock.engine = engine
    return lock


def _lock(engine: Engine) -> Lock | None:
    if engine.dialect.name == "postgresql":
        return _lock_session(engine)
    file = Path(str(engine.url.database))
    return _lock_file(file.with_name(f"{file.name}.instance"))


def _lock_file(path: Path) -> Lock | None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return Lock(handle, None)


def _lock_session(engine: Engine) -> Lock | None:
    connection = engine.connect()
    # Both numbers: the lock is one per database already, the first keeps it apart from others'.
    got = connection.execute(
        text("SELECT pg_try_advisory_lock(:space, :number)"), {"space": 0x416E, "number": _INSTANCE}
    ).scalar()
    connection.commit()
    if got:
        return Lock(None, connection)
    connection.close()
    return None
