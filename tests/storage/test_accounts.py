"""Whose account it is in the group is bound by a word, once, and known without the account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from storage import accounts, offices, operators
from storage.database import Database
from storage.operators import Operator, Role
from storage.schema import operator as table
from tests.storage.factories import NOON, TODAY

ACCOUNT, OTHER = 4_821_773, 4_821_774


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction that may write."""
    with database.writing() as connection:
        yield connection


def hired(connection: Connection, name: str = "Anna") -> Operator:
    """A new operator."""
    office = offices.add_office(connection, f"Office of {name}", TODAY, duty=False)
    made = operators.add_operator(connection, name, office.key, Role.OPERATOR, TODAY)
    assert made is not None
    return made


def bind(
    connection: Connection, database: Database, word: str, account: int = ACCOUNT, minutes: int = 0
) -> str | None:
    """Who an account belongs to after a word was written."""
    now = NOON + timedelta(minutes=minutes)
    found = accounts.bind_telegram(connection, database.vault, word, account, now)
    return None if found is None else found.name


def whose(connection: Connection, database: Database, account: int = ACCOUNT) -> str | None:
    """The name of whoever an account belongs to."""
    found = accounts.find_by_telegram(connection, database.vault, account)
    return None if found is None else found.name


def test_a_word_links_an_account(connection: Connection, database: Database) -> None:
    """Whoever writes the word is known from then on, and the database does not hold the number."""
    anna = hired(connection)
    word = accounts.make_link(connection, anna.id, NOON)
    assert (len(word), word[4]) == (9, "-")
    assert bind(connection, database, f"  {word.replace('-', ' ')} ") == "Anna"
    assert whose(connection, database) == "Anna"
    found = operators.find_operator(connection, anna.id)
    assert found is not None
    assert found.linked
    assert str(ACCOUNT) not in repr(connection.execute(select(table)).all())
    assert database.vault.account(ACCOUNT) != database.vault.lookup(ACCOUNT)


def test_a_word_works_once_and_soon(connection: Connection, database: Database) -> None:
    """Spent, old, replaced, half or empty, it links nobody."""
    anna = hired(connection)
    first = accounts.make_link(connection, anna.id, NOON)
    word = accounts.make_link(connection, anna.id, NOON)
    for wrong in (first, "", "0000", word[:8], word + "0"):
        if wrong != word:
            assert bind(connection, database, wrong) is None
    assert bind(connection, database, word, minutes=15) is None
    assert bind(connection, database, word, minutes=14) == "Anna"
    assert bind(connection, database, word, OTHER) is None


def test_an_account_is_one_operators(connection: Connection, database: Database) -> None:
    """Who links an account that was somebody else's takes it from them."""
    anna, bruno = hired(connection), hired(connection, "Bruno")
    bind(connection, database, accounts.make_link(connection, anna.id, NOON))
    assert bind(connection, database, accounts.make_link(connection, bruno.id, NOON)) == "Bruno"
    assert whose(connection, database) == "Bruno"
    found = operators.find_operator(connection, anna.id)
    assert found is not None
    assert not found.linked


@pytest.mark.parametrize(
    "end", [operators.remove_operator, operators.reset_operator, accounts.unlink_telegram]
)
def test_who_left_is_nobody_in_the_group(
    end: object, connection: Connection, database: Database
) -> None:
    """Removed, begun anew or unlinked: the account is nobody's, and an open word is void."""
    anna = hired(connection)
    bind(connection, database, accounts.make_link(connection, anna.id, NOON))
    word = accounts.make_link(connection, anna.id, NOON)
    end(connection, anna.id)  # type: ignore[operator]
    assert whose(connection, database) is None
    assert bind(connection, database, word) is None


def test_words_that_are_out_can_be_made_void(connection: Connection, database: Database) -> None:
    """When somebody guesses, no word of now links anybody."""
    word = accounts.make_link(connection, hired(connection).id, NOON)
    accounts.void_links(connection)
    assert bind(connection, database, word) is None
