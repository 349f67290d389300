"""Key pairs: only the half that somebody keeps opens, and a passphrase costs its effort."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import VaultError
from storage.vault import (
    FULL_EFFORT,
    LIGHT_EFFORT,
    Effort,
    PrivateKey,
    PublicKey,
    make_pair,
    open_with,
    seal_to,
    unwrap,
    wrap,
)

MINE = PrivateKey(bytes(range(32)))


@given(plain=st.binary(max_size=500))
def test_what_is_sealed_to_somebody_opens_for_them_alone(plain: bytes) -> None:
    """The owner of the private half opens it, and nobody else does."""
    sealed = seal_to(MINE.public, plain)
    assert open_with(MINE, sealed) == plain
    with pytest.raises(VaultError, match="does not open"):
        open_with(make_pair(), sealed)


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(48), bytes(80)])
def test_what_was_never_sealed_raises_our_own_error(sealed: bytes) -> None:
    """Cut and foreign bytes raise the vault's error, not the library's."""
    with pytest.raises(VaultError):
        open_with(MINE, sealed)


def test_a_private_key_shows_nothing() -> None:
    """No printing shows a byte of it, and it is not pickled."""
    for shown in (repr(MINE), str(MINE), f"{MINE}", f"{[MINE]}"):
        assert MINE.bytes.hex() not in shown
        assert shown.strip("[]") == "PrivateKey(…)"
    with pytest.raises(TypeError):
        pickle.dumps(MINE)


@pytest.mark.parametrize("half", [b"", bytes(31), bytes(33)])
def test_halves_of_another_length_are_refused(half: bytes) -> None:
    """A damaged half is an error in words, of either kind."""
    for kind in (PrivateKey, PublicKey):
        with pytest.raises(VaultError, match="32 bytes"):
            kind(half)


def test_a_passphrase_opens_and_another_does_not() -> None:
    """Only the same passphrase unwraps, also when typed in another form of Unicode."""
    wrapped = wrap(MINE, "caffè nero 77", LIGHT_EFFORT)
    opened = unwrap(wrapped, "caffe\u0300 nero 77")
    assert opened is not None
    assert opened.bytes == MINE.bytes
    assert unwrap(wrapped, "caffe nero 77") is None
    assert MINE.bytes not in wrapped


def test_a_changed_wrapping_does_not_open() -> None:
    """A turned bit anywhere after the effort is noticed."""
    wrapped = wrap(MINE, "secret", LIGHT_EFFORT)
    for at in range(3, len(wrapped)):
        changed = bytearray(wrapped)
        changed[at] ^= 1
        assert unwrap(bytes(changed), "secret") is None


def test_the_full_effort_is_really_made() -> None:
    """The effort of a deployment is 16 passes over 128 MiB, and it wraps and unwraps."""
    assert Effort(16, 128) == FULL_EFFORT
    wrapped = wrap(MINE, "secret")
    assert wrapped[:3] == bytes([16, 0, 128])
    opened = unwrap(wrapped, "secret")
    assert opened is not None
    assert opened.bytes == MINE.bytes


def test_an_effort_can_be_written_down() -> None:
    """It comes back as it was."""
    assert Effort.read(str(FULL_EFFORT)) == FULL_EFFORT
