"""Seals into a few fixed sizes, so that how long something is says nothing of what it is."""

from __future__ import annotations

import zlib

from storage.errors import VaultError
from storage.vault.keys import NONCE_BYTES, Key, open_sealed, seal, unreadable

_LENGTH_BYTES = 4
_OVERHEAD = NONCE_BYTES + 16 + _LENGTH_BYTES
LABEL_SIZES = (512,)
TEXT_SIZES = (4096, 16384, 65536)
# 64 kB × 2ⁿ; every second one, so that there are few: a file takes at most four times its room.
FILE_SIZES = tuple(65536 << n for n in (0, 2, 4, 6, 8, 9))
_MOST_UNPACKED = 8 * 1024 * 1024


def seal_padded(plain: bytes, key: Key, context: bytes, sizes: tuple[int, ...]) -> bytes:
    """Seal into the smallest of some sizes; what comes out has exactly that size.

    Raises: VaultError where it fits into none.
    """
    size = next((one for one in sizes if len(plain) + _OVERHEAD <= one), None)
    if size is None:
        raise VaultError("Something is too long to be sealed into one of the fixed sizes.")
    whole = len(plain).to_bytes(_LENGTH_BYTES, "big") + plain
    return seal(whole.ljust(size - _OVERHEAD + _LENGTH_BYTES, b"\0"), key, context)


def open_padded(sealed: bytes, key: Key, context: bytes) -> bytes:
    """Open what `seal_padded` made. Raises: VaultError."""
    whole = open_sealed(sealed, key, context)
    length = int.from_bytes(whole[:_LENGTH_BYTES], "big")
    return whole[_LENGTH_BYTES : _LENGTH_BYTES + length]


def seal_text(plain: bytes, key: Key, context: bytes) -> bytes:
    """Seal words, packed first: several long stories fit. Raises: VaultError: too long."""
    if len(plain) > _MOST_UNPACKED:
        raise VaultError("These words are too long to be sealed.")
    return seal_padded(zlib.compress(plain, 9), key, context, TEXT_SIZES)


def open_text(sealed: bytes, key: Key, context: bytes) -> bytes:
    """Open words. Raises: VaultError."""
    unpacking = zlib.decompressobj()
    try:
        return unpacking.decompress(open_padded(sealed, key, context), _MOST_UNPACKED)
    except zlib.error as error:
        raise unreadable() from error
