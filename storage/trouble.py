"""Reads what a database driver complains of: does it pass, and what may be said of it."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from storage.errors import BusyError, CommitUnknownError, RefusedError

PAUSES_SECONDS = (0.1, 0.5, 2.0)
"""After trouble that passes the same is tried again, each time a little later."""


def commit(connection: Connection) -> None:
    """Commit. Raises: CommitUnknownError where the connection broke meanwhile."""
    try:
        connection.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise CommitUnknownError(
                "The connection to the database broke during a commit: it is not known whether "
                "the changes hold. They are safe to be tried again."
            ) from error
        raise


def passes(error: Exception) -> bool:
    """Whether the same jobs can succeed a moment later."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return state[:2] in {"40", "53", "55", "57", "08"}
    words = str(error.orig)
    return any(word in words for word in ("locked", "busy", "full", "I/O"))


def is_full(error: Exception) -> bool:
    """Whether there was no room left on the disk."""
    if not isinstance(error, DBAPIError):
        return False
    return getattr(error.orig, "sqlstate", None) == "53100" or "is full" in str(error.orig)


def said(error: Exception) -> Exception:
    """The error for whoever waits. The driver's own can quote a row, so it is not handed on."""
    if not isinstance(error, DBAPIError):
        return error
    kind = type(error.orig).__name__
    if passes(error):
        return BusyError(
            f"The database could not be written ({kind}): it is locked, full, or away. Nothing of "
            "this was applied. Free the disk, or look who holds the database, and try again."
        )
    return RefusedError(
        f"The database refused what a job wanted to write ({kind}). Nothing of that job was "
        "applied. This is a mistake in Antenna: please report it with this sentence."
    )
