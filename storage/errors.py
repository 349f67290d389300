"""What can go wrong with what is kept: what happened, what it means, and what to do."""

from __future__ import annotations


class StorageError(Exception):
    """The root of every error of this room."""


class VaultError(StorageError):
    """The key cannot be used: missing, wrong, or readable by others. Nothing was changed."""


class DatabaseError(StorageError):
    """The database cannot be opened as it must be. Nothing was changed."""


class NewerDatabaseError(DatabaseError):
    """The database was written by a newer Antenna. Nothing was changed."""


class AlreadyRunningError(DatabaseError):
    """Another Antenna works on this database. Nothing was changed."""


class BusyError(StorageError):
    """The transaction could not be committed in time; nothing of it was applied."""


class RefusedError(StorageError):
    """What a job wanted to write breaks a rule of the tables; nothing of the job was applied."""


class CommitUnknownError(StorageError):
    """The connection broke during the commit: nobody knows whether it was applied.

    Do the job again: what is marked by its update id is not done twice.
    """


class BackupError(StorageError):
    """A backup cannot be made or read. The place to restore into was left as it was."""
