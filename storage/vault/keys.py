"""Keeps a secret of 32 bytes, makes it once, and seals anything for a context with it."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from enum import Enum
from pathlib import Path

from nacl import bindings
from nacl.exceptions import CryptoError

from storage.errors import VaultError

_KEY_BYTES = 32
NONCE_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES

_seal = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt
_open = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt


class Purpose(Enum):
    """What a sub-key is for. The words are part of its derivation and never change."""

    LOOKUP = b"antenna lookup"
    CHAT = b"antenna chat"
    STATE = b"antenna state"
    OUTBOX = b"antenna outbox"
    OPERATOR = b"antenna operator"
    HANDOFF = b"antenna handoff"
    STAFF = b"antenna staff"
    AUDIT = b"antenna audit"
    CODE = b"antenna code"
    ALERT = b"antenna alert"
    MARK = b"antenna mark"
    BACKUP = b"antenna backup"
    CASE = b"antenna case"
    HANDOVER = b"antenna handover"
    FINGERPRINT = b"antenna print"


class Key:
    """A secret of 32 bytes that prints as nothing."""

    __slots__ = ("bytes",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != _KEY_BYTES:
            raise VaultError(
                f"The key has {len(secret)} bytes instead of {_KEY_BYTES}: the file is damaged or "
                "is not a key. Nothing can be read without it. Put the right file back from where "
                "you keep its copy."
            )
        self.bytes = secret

    def __repr__(self) -> str:
        return "Key(…)"

    def __reduce__(self) -> str:
        raise TypeError("A key is not pickled.")

    def derive(self, purpose: Purpose) -> Key:
        """The sub-key for one purpose; nothing about this key follows from it."""
        derived = hashlib.blake2b(purpose.value, key=self.bytes, person=b"antenna.key.1")
        return Key(derived.digest()[:_KEY_BYTES])

    @property
    def fingerprint(self) -> str:
        """What tells this key from others, and nothing of it: 32 signs."""
        return self.derive(Purpose.FINGERPRINT).bytes.hex()[:32]


def seal(plain: bytes, key: Key, context: bytes) -> bytes:
    """Seal anything for a context that must be the same to open it."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _seal(plain, context, nonce, key.bytes)


def open_sealed(sealed: bytes, key: Key, context: bytes) -> bytes:
    """Open what `seal` made. Raises: VaultError where key, context or bytes are not the same."""
    try:
        return _open(sealed[NONCE_BYTES:], context, sealed[:NONCE_BYTES], key.bytes)
    except (CryptoError, ValueError, TypeError) as error:
        raise unreadable() from error


def stamp(plain: bytes, key: Key) -> bytes:
    """What only the holder of a key can make of some bytes: they were not changed since."""
    return hmac.digest(key.bytes, plain, "sha256")


def random_id() -> int:
    """A random number of 63 bits that says nothing about order or time."""
    return secrets.randbits(63) or 1


def open_key(path: Path, *, create: bool) -> Key:
    """Read the key file, or make it on the very first start, when there is nothing it could open.

    Raises: VaultError: no key was made, none was changed.
    """
    if path.exists():
        return _read_key(path)
    if not create:
        raise VaultError(
            f"The key file {path.name} is missing from {path.parent}, but the database holds data. "
            "Without that key nobody can read it, and a new key would not help. Put the key file "
            "back from where you keep its copy, with mode 0600."
        )
    return _create_key(path)


def open_salt(path: Path, *, create: bool) -> Key:
    """Read the salt of the report codes, or make it before there is a report.

    Raises: VaultError: none was made, none was changed.
    """
    if path.exists():
        return _read_key(path)
    if not create:
        raise VaultError(
            f"The salt {path.name} is missing from {path.parent}, but there are reports. Without "
            "it no report code opens any more. Put the file back from where you keep the copy of "
            "the keys folder, with mode 0600."
        )
    return _create_key(path)


def _read_key(path: Path) -> Key:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise VaultError(
            f"The key file {path} can be read by others (mode {mode:04o}). Whoever copied it can "
            "read what people wrote. Run: chmod 600 on it; if others use this machine, treat the "
            "key as known to them."
        )
    return Key(path.read_bytes())


def _create_key(path: Path) -> Key:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.parent.chmod(0o700)
    key = Key(secrets.token_bytes(_KEY_BYTES))
    # Written aside and linked: a crash leaves a whole key or none, and an existing one is kept.
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, key.bytes)
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(part, path)
    except FileExistsError:
        return _read_key(path)
    finally:
        part.unlink()
    sync_folder(path.parent)
    return key


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unreadable() -> VaultError:
    """What is said of everything that does not open, whatever the cause."""
    return VaultError(
        "Something sealed does not open: it was sealed with another key, or changed, or moved. "
        "It was left as it is. Check the key file, then restore the last backup."
    )
