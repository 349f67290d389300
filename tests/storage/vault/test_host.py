"""Keys: made once, never shown, and nothing opens where it does not belong."""

from __future__ import annotations

import pickle
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import VaultError
from storage.vault import Key, Purpose, Vault, open_key, open_sealed, random_id, seal

KEY = Key(bytes(range(32)))
VAULT = Vault(KEY)


@given(plain=st.binary(max_size=2000), person_id=st.integers(1, 2**63 - 1))
def test_what_is_sealed_opens_for_its_own_row(plain: bytes, person_id: int) -> None:
    """A state comes back as it was, for the person it was sealed for."""
    assert VAULT.open_state(VAULT.seal_state(plain, person_id), person_id) == plain


@given(chat_id=st.integers(-(2**63), 2**63 - 1))
def test_every_chat_id_can_be_kept(chat_id: int) -> None:
    """Chat ids of people and of groups, which are negative, come back as they were."""
    assert VAULT.open_chat(VAULT.seal_chat(chat_id, 5), 5) == chat_id


def test_a_sealed_value_opens_in_no_other_row_or_purpose() -> None:
    """Moved to another person, or to another kind of column, nothing opens."""
    sealed = VAULT.seal_state(b"secret", 1)
    for attempt in (
        lambda: VAULT.open_state(sealed, 2),
        lambda: VAULT.open_outgoing(sealed, 1),
        lambda: VAULT.open_chat(sealed, 1),
        lambda: Vault(Key(bytes(32))).open_state(sealed, 1),
    ):
        with pytest.raises(VaultError, match="does not open"):
            attempt()


@given(where=st.integers(0, 45), bit=st.integers(0, 7))
def test_a_changed_bit_is_noticed(where: int, bit: int) -> None:
    """Whatever bit of a sealed value is turned, it does not open."""
    sealed = bytearray(VAULT.seal_state(b"secret", 1))
    sealed[where] ^= 1 << bit
    with pytest.raises(VaultError):
        VAULT.open_state(bytes(sealed), 1)


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(24), bytes(40)])
def test_what_was_never_sealed_is_refused_kindly(sealed: bytes) -> None:
    """Cut and foreign bytes raise the vault's own error, not the library's."""
    with pytest.raises(VaultError):
        VAULT.open_outgoing(sealed, 1)


def test_the_same_words_are_never_sealed_to_the_same_bytes() -> None:
    """Two sealings of one text cannot be told to be of one text."""
    assert VAULT.seal_state(b"same", 1) != VAULT.seal_state(b"same", 1)


def test_a_lookup_is_stable_and_short_and_needs_the_key() -> None:
    """The same chat is found again with the key, in sixteen bytes, and never without it."""
    other = Vault(Key(bytes(32)))
    assert VAULT.lookup(7) == VAULT.lookup(7)
    assert len(VAULT.lookup(7)) == 16
    assert len({VAULT.lookup(7), VAULT.lookup(-7), other.lookup(7)}) == 3


def test_every_purpose_has_a_key_of_its_own() -> None:
    """No two purposes share a key, and none has the key itself."""
    keys = {KEY.derive(purpose).bytes for purpose in Purpose} | {KEY.bytes}
    assert len(keys) == len(Purpose) + 1


def test_derived_keys_never_change() -> None:
    """What is kept today opens with the next release: the derivation is fixed."""
    assert VAULT.fingerprint == "ec681917d891d86050cad1a0f5f323a7"
    assert VAULT.lookup(777000111).hex() == "456fa7a6a84ee6d66880881d1fec3634"


def test_keys_print_as_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a key nor a vault shows a byte of itself, in any form of printing, or is pickled."""
    print(KEY, repr(KEY), f"{KEY!s}", VAULT, [KEY], {"key": KEY})
    shown = capsys.readouterr().out
    assert "\\x" not in shown
    assert KEY.bytes.hex()[:8] not in shown
    with pytest.raises(TypeError):
        pickle.dumps(KEY)


def test_a_key_is_made_once_and_read_again(tmp_path: Path) -> None:
    """The first start makes a key only its owner can read; the second start reads that one."""
    path = tmp_path / "keys" / "antenna.key"
    made = open_key(path, create=True)
    assert open_key(path, create=True).bytes == made.bytes
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["antenna.key"]


def test_a_missing_key_is_never_replaced(tmp_path: Path) -> None:
    """Where there is data, a missing key file is said, and no key is made."""
    path = tmp_path / "antenna.key"
    with pytest.raises(VaultError, match="is missing"):
        open_key(path, create=False)
    assert not path.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o601])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    """A key file with any right for group or world is not used."""
    path = tmp_path / "antenna.key"
    path.write_bytes(KEY.bytes)
    path.chmod(mode)
    with pytest.raises(VaultError, match="chmod 600"):
        open_key(path, create=True)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_damaged_key_is_refused(tmp_path: Path, size: int) -> None:
    """A key file of another length is refused and left as it is."""
    path = tmp_path / "antenna.key"
    path.write_bytes(bytes(size))
    path.chmod(0o600)
    with pytest.raises(VaultError, match="instead of 32"):
        open_key(path, create=True)
    assert path.read_bytes() == bytes(size)


def test_a_general_seal_is_bound_to_its_context() -> None:
    """What was sealed for one context does not open in another."""
    sealed = seal(b"piece", KEY, b"file 1")
    assert open_sealed(sealed, KEY, b"file 1") == b"piece"
    with pytest.raises(VaultError):
        open_sealed(sealed, KEY, b"file 2")


def test_random_ids_fit_and_differ() -> None:
    """Ids are positive, fit into 63 bits and do not repeat."""
    ids = {random_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert all(0 < one < 2**63 for one in ids)
