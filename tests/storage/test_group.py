"""Several groups: each is an office's, a territory's or everybody's, and each thing has its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from storage import group as kept
from storage import offices
from storage.database import Database
from storage.desks import Desk, save_desk
from storage.group import EVERYBODY, Bond, Said
from storage.handoff_schema import staff_group
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.factories import NOON, TODAY, do

FIRST = -1_001_000_000_001


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction that may write, with two offices."""
    with database.writing() as connection:
        yield connection


def an_office(connection: Connection, name: str) -> str:
    """The key of a new office."""
    return offices.add_office(connection, name, TODAY, duty=False).key


def bound(connection: Connection, database: Database, *bonds: Bond) -> list[int]:
    """Bind groups, one after the other; their numbers."""
    return [
        kept.add_group(
            connection, database.vault, FIRST - at, NOON + timedelta(seconds=at), bond
        ).id
        for at, bond in enumerate(bonds)
    ]


def found(connection: Connection, database: Database, office: str, territory: str) -> int | None:
    """The group of a conversation."""
    group = kept.group_for(connection, database.vault, office, territory)
    return None if group is None else group.id


def test_a_conversation_is_shown_where_it_belongs(
    connection: Connection, database: Database
) -> None:
    """The office's own group, else the territory's, else everybody's, else none."""
    desio, carate = an_office(connection, "Desio"), an_office(connection, "Carate")
    assert found(connection, database, desio, "Desio") is None
    bonds = (Bond(desio), Bond(desio, "Carate"), Bond(territory="Carate"), EVERYBODY)
    own, own_there, territorys, everybodys = bound(connection, database, *bonds)
    assert found(connection, database, desio, "Desio") == own
    assert found(connection, database, desio, "Carate") == own_there
    assert found(connection, database, carate, "Carate") == territorys
    assert found(connection, database, "", "Carate") == territorys
    assert found(connection, database, "", "") == everybodys
    assert found(connection, database, carate, "Seregno") == everybodys
    kept.lose_group(connection, everybodys, NOON)
    assert found(connection, database, carate, "Seregno") is None
    kept.lose_group(connection, own, NOON)
    assert found(connection, database, desio, "Desio") == own_there


def test_reports_are_told_to_no_single_office(connection: Connection, database: Database) -> None:
    """A report may leave an office out: of several groups none that is an office's hears of it."""
    vault = database.vault
    assert kept.told_of_reports(connection, vault) is None
    desio = an_office(connection, "Desio")
    [own] = bound(connection, database, Bond(desio))
    told = kept.told_of_reports(connection, vault)
    assert (told and told.id) == own
    kept.add_group(connection, vault, -5, NOON, Bond(an_office(connection, "Carate")))
    assert kept.told_of_reports(connection, vault) is None
    territorys = kept.add_group(connection, vault, -6, NOON, Bond(territory="Desio"))
    told = kept.told_of_reports(connection, vault)
    assert (told and told.id) == territorys.id
    everybodys = kept.add_group(connection, vault, -7, NOON)
    told = kept.told_of_reports(connection, vault)
    assert (told and told.id) == everybodys.id
    kept.lose_group(connection, everybodys.id, NOON)
    told = kept.told_of_reports(connection, vault)
    assert (told and told.id) == territorys.id


def test_a_group_is_kept_as_it_is(connection: Connection, database: Database) -> None:
    """Every field comes back; its chat stands sealed, and finds it."""
    vault = database.vault
    made = kept.add_group(connection, vault, FIRST, NOON)
    changed = replace(
        made, status="administrator", may_delete=True, may_topics=True, is_forum=True, checked=True
    )
    kept.keep_group(connection, vault, changed)
    assert kept.find_group(connection, vault, made.id) == changed
    assert kept.group_of_chat(connection, vault, FIRST) == changed
    assert kept.group_of_bond(connection, vault, EVERYBODY) == changed
    assert (changed.is_super, changed.is_everybodys) == (True, True)
    assert str(FIRST) not in repr(changed)
    assert str(FIRST) not in repr(connection.execute(select(staff_group)).all())


def test_a_group_that_moved_is_the_same(connection: Connection, database: Database) -> None:
    """Its new id is kept, what was said stays in the old one; a strange one is not ours."""
    made = kept.add_group(connection, database.vault, -4, NOON)
    kept.remember_said(connection, made.id, [Said(5, NOON)])
    assert kept.move_group(connection, database.vault, -4, FIRST)
    assert not kept.move_group(connection, database.vault, -4, FIRST)
    moved = kept.find_group(connection, database.vault, made.id)
    assert (moved and moved.chat) == FIRST
    assert kept.take_said(connection, made.id, NOON) == []


def test_each_group_forgets_what_was_said_there(connection: Connection, database: Database) -> None:
    """What goes from one stays in the other."""
    first, second = bound(connection, database, EVERYBODY, Bond(territory="Desio"))
    for number in (first, second):
        kept.remember_said(connection, number, [Said(7, NOON), Said(8, NOON + timedelta(days=1))])
    assert kept.take_said(connection, first, NOON) == [7]
    assert kept.take_said(connection, first, NOON) == []
    kept.hasten_said(connection, second, NOON)
    assert kept.take_said(connection, second, NOON) == [7, 8]
    kept.forget_group(connection, first, NOON)
    assert kept.find_group(connection, database.vault, first) is None


def test_topics_are_needed_where_somebody_talks(connection: Connection) -> None:
    """A house whose desks answer nobody has nothing to show."""
    desk = Desk("desio", "PUA Desio", "Desio", True, TODAY)
    for active, talks, needed in ((True, False, False), (False, True, False), (True, True, True)):
        save_desk(connection, replace(desk, active=active, talks=talks))
        assert kept.needs_topics(connection) == needed


def test_a_word_says_whose_group_it_makes(writer: Writer) -> None:
    """What was asked for at the terminal holds in the group where the word is written."""
    bond = Bond(territory="Desio")

    def job(unit: Unit) -> tuple[Bond | None, Bond | None]:
        word = kept.make_word(unit, NOON, bond)
        return kept.take_word(unit, "0", NOON), kept.take_word(unit, word, NOON)

    assert do(writer, job) == (None, bond)
