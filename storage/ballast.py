"""Room kept free for erasing: on a full disk even a deletion needs space, and must not wait."""

from __future__ import annotations

import os
from pathlib import Path

SIZE_BYTES = 8 * 1024 * 1024


class Ballast:
    """A file of nothing beside the database, given up when somebody must be erased."""

    def __init__(self, path: Path, size_bytes: int = SIZE_BYTES) -> None:
        self._path = path
        self._size = size_bytes

    def keep(self) -> bool:
        """Set the room aside, where there still is some; whether it is there."""
        if self._path.exists() and self._path.stat().st_size == self._size:
            return True
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.posix_fallocate(handle, 0, self._size)
        except OSError:
            self._path.unlink()
            return False
        finally:
            os.close(handle)
        return True

    def spend(self) -> bool:
        """Give the room up; False where there was none."""
        try:
            self._path.unlink()
        except FileNotFoundError:
            return False
        return True
