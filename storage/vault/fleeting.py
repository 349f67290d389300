"""Keys that die: what they seal can be read for a day, on this machine, for as long as it is on.

They live in memory, and in a file of a folder that is memory too (tmpfs), so that a restart of
Antenna finds them and an image of the disk never does. A new one is made every hour.
"""

from __future__ import annotations

import hashlib
import os
import stat
import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from storage.errors import VaultError
from storage.vault.keys import NONCE_BYTES, Key, open_sealed, seal

MEMORY = Path("/dev/shm")  # noqa: S108 - made with mode 0700 in it, and refused where it is not ours
HOURS = 24
ID_BYTES = 4
LOOKUP_BYTES = 16
_FILE = "fleeting"
_HOUR_BYTES = 4
_KEY_BYTES = 32
_MOUNTS = Path("/proc/self/mounts")


class Fleeting:
    """The keys of the last hours. `survives` says whether a restart of Antenna finds them.

    `mark` is the same for as long as they go on; with other keys it is another one.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._file = None if folder is None or not _is_ours(folder) else folder / _FILE
        self.survives = self._file is not None
        self._finder, self._keys = self._read()
        self.mark = hashlib.blake2b(self._finder.bytes, digest_size=2, person=b"mark").hexdigest()
        self._hour = max(self._keys, default=-1)
        self._by_id = {_id(key): key for key in self._keys.values()}

    def __repr__(self) -> str:
        return "Fleeting(…)"

    def turn(self, now: datetime) -> None:
        """Make this hour's key, and let those go that are older than a day."""
        hour = int(now.timestamp()) // 3600
        if hour <= self._hour:  # also of a clock that was put back: no key is lost by that
            return
        with self._lock:
            kept = {one: key for one, key in self._keys.items() if hour - HOURS < one < hour}
            self._keys = {**kept, hour: self._keys.get(hour) or Key(os.urandom(_KEY_BYTES))}
            self._by_id = {_id(key): key for key in self._keys.values()}
            self._hour = hour
            self._write()

    def seal(self, plain: bytes, context: bytes) -> bytes:
        """Seal something for a context with the key of this hour."""
        with self._lock:
            key = self._keys.get(self._hour)
        if key is None:
            raise VaultError("No key of this hour was made: call `turn` before anything is sealed.")
        return _id(key) + seal(plain, key, context)

    def open(self, sealed: bytes, context: bytes) -> bytes | None:
        """Open what `seal` made; None when its key is gone or it belongs elsewhere."""
        key = self._by_id.get(sealed[:ID_BYTES])
        if key is None or len(sealed) < ID_BYTES + NONCE_BYTES:
            return None
        try:
            return open_sealed(sealed[ID_BYTES:], key, context)
        except VaultError:
            return None

    def holds(self, sealed: bytes) -> bool:
        """Whether the key of this is still here."""
        return sealed[:ID_BYTES] in self._by_id

    def lookup(self, number: int) -> bytes:
        """What something of a person is found by; without these keys it says nothing of whose."""
        found = hashlib.blake2b(
            number.to_bytes(8, "big"), key=self._finder.bytes, digest_size=LOOKUP_BYTES
        )
        return found.digest()

    def _read(self) -> tuple[Key, dict[int, Key]]:
        raw = b""
        if self._file is not None:
            with suppress(FileNotFoundError):
                raw = self._file.read_bytes()
        size = _HOUR_BYTES + _KEY_BYTES
        if len(raw) < _KEY_BYTES or (len(raw) - _KEY_BYTES) % size:
            return Key(os.urandom(_KEY_BYTES)), {}
        keys = {}
        for start in range(_KEY_BYTES, len(raw), size):
            hour = int.from_bytes(raw[start : start + _HOUR_BYTES], "big")
            keys[hour] = Key(raw[start + _HOUR_BYTES : start + size])
        return Key(raw[:_KEY_BYTES]), keys

    def _write(self) -> None:
        if self._file is None:
            return
        rows = (hour.to_bytes(_HOUR_BYTES, "big") + key.bytes for hour, key in self._keys.items())
        part = self._file.with_suffix(".part")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(handle, b"".join((self._finder.bytes, *rows)))
        finally:
            os.close(handle)
        part.replace(self._file)


def fleeting_folder(memory: Path, fingerprint: str) -> Path:
    """Where the fleeting keys of a deployment live below a folder that is memory."""
    return memory / f"antenna-{fingerprint[:16]}"


def _id(key: Key) -> bytes:
    return hashlib.blake2b(key.bytes, digest_size=ID_BYTES, person=b"antenna.id").digest()


def _is_ours(folder: Path) -> bool:
    """Make the folder where it is memory; False where it is not, or is somebody else's."""
    if not folder.parent.is_dir() or not is_memory(folder.parent):
        return False
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    private = stat.S_ISDIR(found.st_mode) and not stat.S_IMODE(found.st_mode) & 0o077
    return private and found.st_uid == os.geteuid()


def is_memory(folder: Path) -> bool:
    """Whether what is written to this folder is never written to a disk."""
    try:
        rows = [line.split()[1:3] for line in _MOUNTS.read_text().splitlines()]
    except OSError:
        return False
    path = quote(str(folder.resolve()))
    mounts = [(place, kind) for place, kind in rows if _is_below(path, place)]
    return bool(mounts) and max(mounts, key=lambda one: len(one[0]))[1] in ("tmpfs", "ramfs")


def _is_below(path: str, place: str) -> bool:
    return path == place or path.startswith(place.rstrip("/") + "/")
