"""The sealed files of reports on the disk: written whole or not at all, and dated by their week."""

from __future__ import annotations

import os
import secrets
import shutil
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from storage.reports_schema import monday_of
from storage.vault import sync_folder

ORIGINAL = "x"  # beside the harmless copy lies the original, where somebody chose to keep it
WAITING_DAYS = 2


class Files:
    """Two folders below the data folder: `waiting`, by day, for drafts, and `kept`, for reports.

    `at` is called at the named point where fault tests kill: K9 between the last byte and the
    name.
    """

    def __init__(self, data: Path, at: Callable[[str], None]) -> None:
        self._root = data / "evidence"
        self._waiting = self._root / "waiting"
        self._kept = self._root / "kept"
        self._at = at
        self._lock = threading.RLock()

    # -- drafts

    def write(self, name: str, sealed: bytes, today: date) -> None:
        """Put a sealed file among the waiting, so that it survives a power cut.

        Raises: OSError as it comes; nothing is left behind then.
        """
        folder = self._waiting / today.isoformat()
        self._make(folder)
        self._write(folder / name, sealed, monday_of(today))

    def waiting(self, name: str) -> Path | None:
        """Where a waiting file is."""
        return next(iter(sorted(self._waiting.glob(f"*/{name}"))), None)

    def drop_waiting(self, name: str) -> bool:
        """Delete a waiting file; whether it was there."""
        found = list(self._waiting.glob(f"*/{name}"))
        for path in found:
            path.unlink(missing_ok=True)
            sync_folder(path.parent)
        return bool(found)

    # -- reports

    def keep(self, name: str) -> bool:
        """Let a waiting file also be among the kept; False where there is none of that name."""
        if (self._kept / name).exists():
            return True
        path = self.waiting(name)
        if path is None:
            return False
        self._make(self._kept)
        with suppress(FileExistsError):
            os.link(path, self._kept / name)
        self._date(self._kept, monday_of(self._week_of(path)))
        sync_folder(self._kept)
        return True

    def is_kept(self, name: str) -> bool:
        """Whether a file of a report is there."""
        return (self._kept / name).exists()

    def read(self, name: str) -> bytes | None:
        """A sealed file, kept or still waiting."""
        path = self._kept / name
        if not path.exists():
            found = self.waiting(name)
            if found is None:
                return None
            path = found
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None

    def head(self, name: str, size: int) -> bytes | None:
        """The first bytes of a sealed file, kept or still waiting."""
        path = self._kept / name
        found = path if path.exists() else self.waiting(name)
        if found is None:
            return None
        try:
            with found.open("rb") as file:
                return file.read(size)
        except FileNotFoundError:
            return None

    def restore(self, name: str, sealed: bytes, week: date) -> None:
        """Put a file back among the kept, from a backup."""
        self._make(self._kept)
        self._write(self._kept / name, sealed, week)

    def delete(self, names: Sequence[str]) -> int:
        """Delete files of a report that is gone; how many were there."""
        count = 0
        with self._lock:
            for name in names:
                with suppress(FileNotFoundError):
                    (self._kept / name).unlink()
                    count += 1
                self.drop_waiting(name)
        if count:
            sync_folder(self._kept)
        return count

    def forget(self, names: list[str]) -> None:
        """Delete kept files that belong to no report; what waits under their names stays."""
        with self._lock:
            for name in names:
                (self._kept / name).unlink(missing_ok=True)
        if names:
            sync_folder(self._kept)

    def kept_names(self) -> set[str]:
        """Every file among the kept."""
        return {path.name for path in self._kept.iterdir()} if self._kept.exists() else set()

    # -- the house

    def clear_waiting(self, today: date) -> int:
        """Delete what waited too long, and what a crash left half written; how many files."""
        if not self._waiting.exists():
            return 0
        count = 0
        for folder in sorted(self._waiting.iterdir()):
            if folder.name < (today - timedelta(days=WAITING_DAYS - 1)).isoformat():
                count += len(list(folder.iterdir()))
                shutil.rmtree(folder)
        sync_folder(self._waiting)
        return count

    def clear_parts(self) -> int:
        """Delete what a crash left half written, at a start, when nobody is writing."""
        parts = list(self._root.glob("**/*.part")) if self._root.exists() else []
        for path in parts:
            path.unlink(missing_ok=True)
        return len(parts)

    def mix(self, names: list[str], week: date) -> None:
        """Write some files anew in an order of chance, so that the disk does not tell theirs."""
        secrets.SystemRandom().shuffle(names)
        for name in names:
            path = self._kept / name
            with self._lock, suppress(FileNotFoundError):
                self._write(path, path.read_bytes(), week)

    def _write(self, path: Path, sealed: bytes, week: date) -> None:
        part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            try:
                _write_all(handle, sealed)
                os.fsync(handle)
            finally:
                os.close(handle)
            self._date(part, week)
            self._at("K9")
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        self._date(path.parent, week)
        sync_folder(path.parent)

    def _make(self, folder: Path) -> None:
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for one in missing:
            one.chmod(0o700)
            sync_folder(one.parent)

    def _date(self, path: Path, week: date) -> None:
        moment = datetime(week.year, week.month, week.day, tzinfo=UTC).timestamp()
        with suppress(FileNotFoundError):
            os.utime(path, (moment, moment))

    def _week_of(self, path: Path) -> date:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()


def _write_all(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]
