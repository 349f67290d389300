"""Sizes: what is stored has one of a few, whatever its length was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import VaultError
from storage.vault import (
    FILE_SIZES,
    LABEL_SIZES,
    TEXT_SIZES,
    Key,
    open_padded,
    open_text,
    seal_padded,
    seal_text,
)

KEY = Key(bytes(range(32)))


@given(plain=st.binary(max_size=3000))
def test_short_and_long_words_are_stored_alike(plain: bytes) -> None:
    """From nothing to three thousand bytes that cannot be packed, the size is one and the same."""
    sealed = seal_text(plain, KEY, b"here")
    assert len(sealed) == 4096
    assert open_text(sealed, KEY, b"here") == plain


@pytest.mark.parametrize("size", FILE_SIZES[:3])
def test_a_size_is_filled_to_its_last_byte(size: int) -> None:
    """The longest that fits has the size itself; one byte more takes the next."""
    longest = bytes(size - 44)
    stored = [len(seal_padded(one, KEY, b"", FILE_SIZES)) for one in (longest, longest + b"x")]
    assert stored == [size, FILE_SIZES[FILE_SIZES.index(size) + 1]]
    assert open_padded(seal_padded(longest, KEY, b"", FILE_SIZES), KEY, b"") == longest


def test_there_are_few_sizes() -> None:
    """Of everything that is padded there are nine sizes, and the largest file of Telegram fits."""
    assert len({*LABEL_SIZES, *TEXT_SIZES, *FILE_SIZES}) == 9
    assert FILE_SIZES[-1] > 21 * 1024 * 1024
    assert all(size % 65536 == 0 for size in FILE_SIZES)


def test_what_fits_nowhere_is_refused() -> None:
    """Too long for the largest size is an error, never a size of its own."""
    with pytest.raises(VaultError, match="too long"):
        seal_padded(bytes(500), KEY, b"", LABEL_SIZES)
    with pytest.raises(VaultError, match="too long"):
        seal_text(bytes(9 * 1024 * 1024), KEY, b"")


def test_sealed_words_open_only_where_they_belong() -> None:
    """Another place, another key or a changed bit: nothing opens."""
    sealed = seal_text(b"words", KEY, b"here")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for attempt in (
        lambda: open_text(sealed, KEY, b"there"),
        lambda: open_text(sealed, Key(bytes(32)), b"here"),
        lambda: open_text(changed, KEY, b"here"),
        lambda: open_text(seal_padded(b"not packed", KEY, b"", TEXT_SIZES), KEY, b""),
    ):
        with pytest.raises(VaultError, match="does not open"):
            attempt()
