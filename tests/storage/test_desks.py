"""Desks: an allow-list of keys that say nothing."""

from __future__ import annotations

from dataclasses import replace

from storage.desks import Desk, all_desks, delete_desk, find_desk, new_key, save_desk
from storage.writer import Writer
from tests.storage.factories import TODAY, do

DESK = Desk("k7", "PUA Desio", "Desio", True, TODAY)


def test_a_desk_is_found_by_its_key(writer: Writer) -> None:
    """A saved desk is found, an unknown key is nobody's."""
    do(writer, lambda unit: save_desk(unit.direct(), DESK))
    assert do(writer, lambda unit: find_desk(unit.reading(), "k7")) == DESK
    assert do(writer, lambda unit: find_desk(unit.reading(), "k8")) is None


def test_a_closed_desk_is_listed_and_not_found(writer: Writer) -> None:
    """A desk that was closed attributes nobody any more, and can be opened again."""
    closed = replace(DESK, active=False, name="PUA di Desio")
    do(writer, lambda unit: save_desk(unit.direct(), DESK))
    do(writer, lambda unit: save_desk(unit.direct(), closed))
    assert do(writer, lambda unit: find_desk(unit.reading(), "k7")) is None
    assert do(writer, lambda unit: all_desks(unit.reading())) == [closed]


def test_a_desk_can_be_deleted_once(writer: Writer) -> None:
    """Deleting says whether there was something to delete."""
    do(writer, lambda unit: save_desk(unit.direct(), DESK))
    deleted = [do(writer, lambda unit: delete_desk(unit.direct(), "k7")) for _ in range(2)]
    assert (deleted, do(writer, lambda unit: all_desks(unit.reading()))) == ([True, False], [])


def test_keys_fit_a_link_and_differ() -> None:
    """A key has only signs that a start link takes and nobody misreads, and does not repeat."""
    keys = {new_key() for _ in range(500)}
    assert len(keys) == 500
    assert set("".join(keys)) <= set("abcdefghijkmnpqrstuvwxyz23456789")
    assert {len(key) for key in keys} == {10}
