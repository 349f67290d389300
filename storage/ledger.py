"""Remembers outside the database who was erased, so that no backup brings them back."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from storage.vault import sync_folder


@dataclass(frozen=True, slots=True)
class Erasure:
    """One line: its number, its day, and the look-up, which says nothing without the key."""

    serial: int
    day: date
    lookup: bytes = field(repr=False)


class Ledger:
    """A file of erasures, only ever added to; it lives beside the keys and outlives backups."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, lookup: bytes, today: date) -> None:
        """Write an erasure so that it survives a power cut."""
        with self._locked():
            line = _line(Erasure(self.last() + 1, today, lookup))
            # A line that a crash cut off is ended first, so that it spoils only itself.
            cut = self._path.exists() and not self._path.read_bytes().endswith(b"\n")
            self._write(self._path, os.O_APPEND, [b"\n" + line if cut else line])

    def last(self) -> int:
        """The number of the latest erasure; a backup notes it."""
        found = self.all()
        return found[-1].serial if found else 0

    def all(self) -> list[Erasure]:
        """Every erasure; a line cut off by a crash belongs to one that did not happen."""
        if not self._path.exists():
            return []
        return [found for line in self._path.read_text().splitlines() if (found := _read(line))]

    def prune(self, before: date) -> int:
        """Drop what is older than any backup can be; how many lines went.

        The latest one stays, so that the numbers go on.
        """
        with self._locked():
            every = self.all()
            kept = [one for one in every if one.day >= before or one is every[-1]]
            if len(kept) < len(every):
                part = self._path.with_suffix(".part")
                self._write(part, os.O_TRUNC, [_line(one) for one in kept])
                part.replace(self._path)
                sync_folder(self._path.parent)
        return len(every) - len(kept)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _write(self, path: Path, flag: int, lines: list[bytes]) -> None:
        new = not path.exists()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | flag, 0o600)
        try:
            os.write(handle, b"".join(lines))
            os.fsync(handle)
        finally:
            os.close(handle)
        if new:
            sync_folder(path.parent)


def _line(one: Erasure) -> bytes:
    return f"{one.serial} {one.day.isoformat()} {one.lookup.hex()}\n".encode()


def _read(line: str) -> Erasure | None:
    try:
        serial, day, lookup = line.split()
        return Erasure(int(serial), date.fromisoformat(day), bytes.fromhex(lookup))
    except ValueError:
        return None
