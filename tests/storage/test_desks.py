"""Desks: an allow-list of keys that say nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert

from flows.handoff_model import Helper
from storage import schema
from storage.desks import (
    Desk,
    all_desks,
    delete_desk,
    find_desk,
    find_helpers,
    new_key,
    save_desk,
)
from storage.unit import Unit
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


# -- whose people talk

TALKING = replace(DESK, key="t7", office="o7", hours="mon 09:00-12:00", talks=True)
EVERYBODYS = replace(DESK, key="t8", name="Tutti", talks=True)


def staffed(
    writer: Writer,
    *,
    office: str = "o7",
    is_open: bool = True,
    duty: bool = False,
    **operator: Any,
) -> None:
    """An office and one operator of it."""
    row = {"id": 9, "name": "Anna", "sign_in": "anna", "office": office, "role": "operator"}
    row |= {"language": "it", "created": TODAY, "public_key": b"key"} | operator

    def job(unit: Unit) -> None:
        connection = unit.direct()
        kept = {"key": office, "name": "PUA", "duty": duty, "active": is_open, "created": TODAY}
        connection.execute(insert(schema.office).values(kept))
        connection.execute(insert(schema.operator).values(row))
        for desk in (DESK, TALKING, EVERYBODYS):
            save_desk(connection, desk)

    do(writer, job)


def talking(writer: Writer) -> list[str]:
    """The desks where somebody answers people."""
    return [one.key for one in do(writer, lambda unit: find_helpers(unit.reading()))]


def test_people_are_told_of_desks_that_answer(writer: Writer) -> None:
    """A desk of a staffed office, and everybody's, with hours as written; no others."""
    staffed(writer)
    told = do(writer, lambda unit: find_helpers(unit.reading()))
    assert told == (
        Helper("t7", "PUA Desio", "Desio", "mon 09:00-12:00"),
        Helper("t8", "Tutti", "Desio", ""),
    )


def test_people_are_told_who_may_have_to_tell_a_judge(writer: Writer) -> None:
    """The duty of an office is that of its desk, and of everybody's desk."""
    staffed(writer, duty=True)
    told = do(writer, lambda unit: find_helpers(unit.reading()))
    assert [(one.key, one.duty) for one in told] == [("t7", True), ("t8", True)]


@pytest.mark.parametrize(
    "missing",
    [
        {"public_key": None},
        {"active": False},
        {"role": "antenna"},
        {"is_open": False},
    ],
)
def test_nobody_is_promised_where_nobody_is(writer: Writer, missing: dict[str, Any]) -> None:
    """Without an operator who can answer, or with the office closed, nobody is told of a desk."""
    staffed(writer, **missing)
    assert talking(writer) == []


def test_who_is_known_in_the_group_answers_too(writer: Writer) -> None:
    """An operator linked to the operators' group needs no key of the console to talk."""
    staffed(writer, public_key=None, telegram=b"hmac")
    assert talking(writer) == ["t7", "t8"]


def test_a_desk_of_another_office_stays_silent(writer: Writer) -> None:
    """The people of one office do not make the desk of another answer."""
    staffed(writer, office="o8")
    assert talking(writer) == ["t8"]
