"""Key pairs: what is sealed to somebody's public half opens only with the half they keep."""

from __future__ import annotations

import hashlib
import os
import threading
import unicodedata
from dataclasses import dataclass

from nacl import bindings
from nacl.exceptions import CryptoError

from storage.errors import VaultError
from storage.vault.keys import Key, open_sealed, seal, unreadable

PAIR_BYTES = 32
_SALT_BYTES = bindings.crypto_pwhash_SALTBYTES
_ARGON2ID = bindings.crypto_pwhash_ALG_ARGON2ID13
_WRAPPED = b"antenna wrapped 1"
# Each derivation takes its whole memory, so two at once would be a way to bring the house down.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Effort:
    """How dear one guess at a secret is: passes of Argon2id, and the memory each goes through."""

    passes: int
    mebibytes: int

    def __str__(self) -> str:
        return f"{self.passes}:{self.mebibytes}"

    @classmethod
    def read(cls, written: str) -> Effort:
        """An effort as it was written down."""
        passes, mebibytes = written.split(":")
        return cls(int(passes), int(mebibytes))


FULL_EFFORT = Effort(16, 128)  # 0.93 s on the machine it was measured on
LIGHT_EFFORT = Effort(1, 1)  # for tests, and for nothing else


def derive(secret: bytes, salt: bytes, effort: Effort) -> Key:
    """A key from something a person knows, as dear as the effort says; one at a time."""
    with _one_at_a_time:
        return Key(
            bindings.crypto_pwhash_alg(
                32, secret, salt, effort.passes, effort.mebibytes << 20, _ARGON2ID
            )
        )


class PublicKey:
    """The half everybody may have: what is sealed to it, its owner alone can open."""

    __slots__ = ("bytes",)

    def __init__(self, half: bytes) -> None:
        if len(half) != PAIR_BYTES:
            raise VaultError("A public key has 32 bytes: this one is damaged.")
        self.bytes = half

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublicKey) and other.bytes == self.bytes

    def __hash__(self) -> int:
        return hash(self.bytes)

    def __repr__(self) -> str:
        return f"PublicKey({self.fingerprint})"

    @property
    def fingerprint(self) -> str:
        """Eight signs by which two people can tell whether they speak of the same key."""
        return hashlib.blake2b(self.bytes, digest_size=4, person=b"antenna.print").hexdigest()


class PrivateKey:
    """The half that opens. It prints as nothing, and lives no longer than it is needed."""

    __slots__ = ("bytes", "public")

    def __init__(self, half: bytes) -> None:
        if len(half) != PAIR_BYTES:
            raise VaultError("A private key has 32 bytes: this one is damaged.")
        self.bytes = half
        self.public = PublicKey(bindings.crypto_scalarmult_base(half))

    def __repr__(self) -> str:
        return "PrivateKey(…)"

    def __reduce__(self) -> str:
        raise TypeError("A key is not pickled.")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a report is sealed to: an operator, or with id 0 the recovery key on paper."""

    id: int
    key: PublicKey


def make_pair() -> PrivateKey:
    """A new pair of keys; the public half is in it."""
    return PrivateKey(os.urandom(PAIR_BYTES))


def seal_to(public: PublicKey, plain: bytes) -> bytes:
    """Seal for the owner of a public key; whoever sealed it cannot open it again."""
    return bindings.crypto_box_seal(plain, public.bytes)


def open_with(private: PrivateKey, sealed: bytes) -> bytes:
    """Open what was sealed to the public half. Raises: VaultError."""
    try:
        return bindings.crypto_box_seal_open(sealed, private.public.bytes, private.bytes)
    except (CryptoError, ValueError, TypeError) as error:
        raise unreadable() from error


def wrap(private: PrivateKey, passphrase: str, effort: Effort = FULL_EFFORT) -> bytes:
    """Lock a private key with a passphrase; the effort is written beside it."""
    salt = os.urandom(_SALT_BYTES)
    head = bytes([effort.passes]) + effort.mebibytes.to_bytes(2, "big") + salt
    key = derive(_spelled(passphrase), salt, effort)
    return head + seal(private.bytes, key, _WRAPPED + head)


def unwrap(wrapped: bytes, passphrase: str) -> PrivateKey | None:
    """Open a locked private key; None where the passphrase is another. Both cost the same."""
    head = wrapped[: 3 + _SALT_BYTES]
    effort = Effort(head[0], int.from_bytes(head[1:3], "big"))
    key = derive(_spelled(passphrase), head[3:], effort)
    try:
        return PrivateKey(open_sealed(wrapped[len(head) :], key, _WRAPPED + head))
    except VaultError:
        return None


def _spelled(passphrase: str) -> bytes:
    # The same passphrase typed on another keyboard is the same passphrase.
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
