"""The report code: sixteen digits that find a mailbox and unlock it, and nothing else does."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

from storage.errors import VaultError
from storage.vault.keys import Key, open_sealed, seal
from storage.vault.pairs import Effort, PrivateKey, PublicKey, derive, make_pair

CODE_DIGITS = 16
LOCATOR_BYTES = 16
_LOCK = b"antenna mailbox 1"


def new_code() -> str:
    """Sixteen digits by chance: 53 bits."""
    return str(secrets.randbelow(10**CODE_DIGITS)).zfill(CODE_DIGITS)


@dataclass(frozen=True, slots=True)
class CodeKey:
    """What a code is good for: the place to look, and the key to what is there.

    Both come from one derivation, each by a way of its own: neither says anything of the other.
    """

    locator: bytes = field(repr=False)
    key: Key = field(repr=False)

    @classmethod
    def of(cls, code: str, salt: bytes, effort: Effort) -> CodeKey:
        """Derive; this takes as long as the effort says, whatever the code is."""
        digits = "".join(str(int(sign)) for sign in code if sign.isdecimal())
        root = derive(digits.encode(), salt, effort).bytes
        place = hashlib.blake2b(key=root, digest_size=LOCATOR_BYTES, person=b"antenna.locate")
        lock = hashlib.blake2b(key=root, digest_size=32, person=b"antenna.unlock")
        return cls(place.digest(), Key(lock.digest()))

    def lock(self, private: PrivateKey) -> bytes:
        """Lock a mailbox's private half."""
        return seal(private.bytes, self.key, _LOCK + self.locator)

    def unlock(self, locked: bytes) -> PrivateKey | None:
        """Open a mailbox's private half; None where it was locked with another code."""
        try:
            return PrivateKey(open_sealed(locked, self.key, _LOCK + self.locator))
        except VaultError:
            return None


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A code and its mailbox, made beforehand, so that nobody waits for the derivation."""

    code: str = field(repr=False)
    locator: bytes = field(repr=False)
    public: PublicKey
    locked: bytes = field(repr=False)

    @classmethod
    def prepare(cls, code: str, salt: bytes, effort: Effort) -> Mailbox:
        """Derive a code's key and lock a new mailbox with it."""
        opened, private = CodeKey.of(code, salt, effort), make_pair()
        return cls(code, opened.locator, private.public, opened.lock(private))
