"""Keeps the one key of this deployment and does all sealing; nothing else touches cryptography."""

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
_NONCE_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_LOOKUP_BYTES = 16

_seal = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt
_open = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt


class Purpose(Enum):
    """What a sub-key is for. The words are part of its derivation and never change."""

    LOOKUP = b"antenna lookup"
    CHAT = b"antenna chat"
    STATE = b"antenna state"
    OUTBOX = b"antenna outbox"
    BACKUP = b"antenna backup"
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


class Vault:
    """Seals, opens and finds by the sub-keys of one key. Every sealing costs some 6 µs."""

    __slots__ = ("_chat", "_lookup", "_outbox", "_state", "backup_key", "fingerprint")

    def __init__(self, key: Key) -> None:
        self._lookup = key.derive(Purpose.LOOKUP).bytes
        self._chat = key.derive(Purpose.CHAT).bytes
        self._state = key.derive(Purpose.STATE).bytes
        self._outbox = key.derive(Purpose.OUTBOX).bytes
        self.backup_key = key.derive(Purpose.BACKUP)
        self.fingerprint = key.derive(Purpose.FINGERPRINT).bytes.hex()[:32]

    def __repr__(self) -> str:
        return "Vault(…)"

    def lookup(self, chat_id: int) -> bytes:
        """What a chat is found by; without the key it says nothing about the chat."""
        number = chat_id.to_bytes(8, "big", signed=True)
        return hmac.digest(self._lookup, number, "sha256")[:_LOOKUP_BYTES]

    def seal_chat(self, chat_id: int, person_id: int) -> bytes:
        """Seal a chat id so that it opens only beside its own person."""
        return _sealed(chat_id.to_bytes(8, "big", signed=True), person_id, self._chat)

    def open_chat(self, sealed: bytes, person_id: int) -> int:
        """Open a chat id. Raises: VaultError where the bytes were changed or moved."""
        return int.from_bytes(_opened(sealed, person_id, self._chat), "big", signed=True)

    def seal_state(self, state: bytes, person_id: int) -> bytes:
        """Seal the state of a conversation for its own person."""
        return _sealed(state, person_id, self._state)

    def open_state(self, sealed: bytes, person_id: int) -> bytes:
        """Open the state of a conversation. Raises: VaultError."""
        return _opened(sealed, person_id, self._state)

    def seal_outgoing(self, body: bytes, row_id: int) -> bytes:
        """Seal what waits in the outbox for its own row."""
        return _sealed(body, row_id, self._outbox)

    def open_outgoing(self, sealed: bytes, row_id: int) -> bytes:
        """Open what waits in the outbox. Raises: VaultError."""
        return _opened(sealed, row_id, self._outbox)


def seal(plain: bytes, key: Key, context: bytes) -> bytes:
    """Seal anything for a context that must be the same to open it."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _seal(plain, context, nonce, key.bytes)


def open_sealed(sealed: bytes, key: Key, context: bytes) -> bytes:
    """Open what `seal` made. Raises: VaultError where key, context or bytes are not the same."""
    try:
        return _open(sealed[_NONCE_BYTES:], context, sealed[:_NONCE_BYTES], key.bytes)
    except (CryptoError, ValueError, TypeError) as error:
        raise _unreadable() from error


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


def _sealed(plain: bytes, number: int, key: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _seal(plain, number.to_bytes(8, "big"), nonce, key)


def _opened(sealed: bytes, number: int, key: bytes) -> bytes:
    try:
        return _open(sealed[_NONCE_BYTES:], number.to_bytes(8, "big"), sealed[:_NONCE_BYTES], key)
    except (CryptoError, ValueError, TypeError) as error:
        raise _unreadable() from error


def _unreadable() -> VaultError:
    return VaultError(
        "Something sealed does not open: it was sealed with another key, or changed, or moved. "
        "It was left as it is. Check the key file, then restore the last backup."
    )
