"""No row of the audit can be altered, dropped, added or moved without being found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from storage import audit
from storage.audit import Action
from storage.database import Database
from storage.schema import audit as table
from storage.schema import setting
from storage.vault import Key, Vault
from tests.storage.factories import NOON

ROWS = 6
ACTIONS = (Action.SIGNED_IN, Action.QUEUE_READ, Action.REPORT_READ, Action.REPLIED)
CHANGES: dict[str, list[Any]] = {
    "at": [NOON - timedelta(days=1), NOON + timedelta(milliseconds=1)],
    "operator_id": [0, 8],
    "action": ["signed out", "", "signed in "],
    "object": ["", "report 7F3K ", "report 7F3L"],
    "previous": [bytes(32), b"", b"\x01" * 32],
    "hash": [bytes(32), b"", b"\x01" * 32],
}


@pytest.fixture
def filled(database: Database) -> Database:
    """A log of some rows."""
    with database.writing() as connection:
        for number in range(ROWS):
            at = NOON + timedelta(seconds=number, microseconds=123_456)
            action = ACTIONS[number % len(ACTIONS)]
            audit.write(connection, database.vault, at, 7 + number, action, f"report {number}")
        connection.commit()
    return database


def verdict(database: Database) -> audit.Verdict:
    """What the check says."""
    with database.reading() as connection:
        return audit.verify(connection, database.vault)


def rows(database: Database) -> list[dict[str, Any]]:
    """Every row as it is kept."""
    with database.reading() as connection:
        found = connection.execute(select(table).order_by(table.c.seq))
        return [dict(row._mapping) for row in found]


def put(database: Database, kept: list[dict[str, Any]]) -> None:
    """Have exactly these rows in the log."""
    with database.writing() as connection:
        connection.execute(delete(table))
        if kept:
            connection.execute(insert(table), kept)
        connection.commit()


def alterations(kept: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every single change somebody with the database alone could make."""
    for place, row in enumerate(kept):
        for column, values in CHANGES.items():
            for value in values:
                if row[column] != value:
                    changed = [dict(one) for one in kept]
                    changed[place][column] = value
                    yield f"{column} of {place + 1}", changed
        dropped = kept[:place] + kept[place + 1 :]
        yield f"dropped {place + 1}", dropped
        closed = [one | {"seq": number} for number, one in enumerate(dropped, 1)]
        yield f"dropped {place + 1} and numbered anew", closed
        yield f"number of {place + 1}", [*dropped, row | {"seq": 99}]
        yield f"copied {place + 1} to the end", [*kept, row | {"seq": len(kept) + 1}]
    for order in permutations(range(len(kept))):
        if order != tuple(range(len(kept))):
            moved = [kept[old] | {"seq": new} for new, old in enumerate(order, 1)]
            yield f"order {order}", moved
    yield "emptied", []


def test_a_log_as_it_was_written_is_found_sound(filled: Database) -> None:
    """All rows are counted and nothing is said to be broken; an empty log is sound too."""
    found = verdict(filled)
    assert (found.rows, found.broken) == (ROWS, None)


def test_an_empty_log_is_sound(database: Database) -> None:
    """Before anybody did anything there is nothing to find."""
    assert verdict(database) == audit.Verdict(0, bytes(32).hex())


def test_every_single_alteration_is_found(filled: Database) -> None:
    """Of all single changes, drops, copies and orders of the rows, the check finds every one."""
    kept = rows(filled)
    made = list(alterations(kept))
    missed = []
    for name, changed in made:
        put(filled, changed)
        if verdict(filled).broken is None:
            missed.append(name)
    put(filled, kept)
    assert (len(made) > 800, missed, verdict(filled).broken) == (True, [], None)


def test_the_first_row_that_is_wrong_is_named(filled: Database) -> None:
    """The check says from which row on the log cannot be trusted; 0 is its missing end."""
    kept = rows(filled)
    put(filled, kept[:-1])
    assert verdict(filled).broken == 0
    put(filled, [kept[0], kept[1] | {"object": "report 9"}, *kept[2:]])
    assert verdict(filled).broken == 2


def test_the_database_alone_is_not_enough_to_forge(filled: Database) -> None:
    """Whoever writes the whole log anew with another key is found: the host's key is needed."""
    stranger = Vault(Key(bytes(32)))
    with filled.writing() as connection:
        connection.execute(delete(table))
        connection.execute(delete(setting).where(setting.c.key == audit.HEAD))
        for number in range(ROWS):
            audit.write(connection, stranger, NOON, number, Action.SIGNED_IN)
        connection.commit()
    assert verdict(filled).broken == 1


def test_a_forged_head_is_found(filled: Database) -> None:
    """An end that was cut off cannot be covered by changing what is said of the end."""
    with filled.writing() as connection:
        connection.execute(delete(table).where(table.c.seq == ROWS))
        connection.execute(
            update(setting).where(setting.c.key == audit.HEAD).values(value="00" * 32)
        )
        connection.commit()
    assert verdict(filled).broken == 0


def test_a_noted_hash_is_found_again_as_long_as_its_row_is_there(filled: Database) -> None:
    """A head that was written down on paper tells whether an older database was put back."""
    head = verdict(filled).head
    with filled.reading() as connection:
        assert audit.has_head(connection, head)
        assert not audit.has_head(connection, "00" * 32)
        assert not audit.has_head(connection, "not a hash")
    put(filled, rows(filled)[:-1])
    with filled.reading() as connection:
        assert not audit.has_head(connection, head)


def test_rows_are_read_newest_first_and_in_pieces(filled: Database) -> None:
    """The page shows the latest first, as many as asked for, and those of one operator alone."""
    with filled.reading() as connection:
        found = audit.find_entries(connection, limit=2, skip=1)
        mine = audit.find_entries(connection, limit=9, operator_id=7)
        count = audit.count_entries(connection)
        own = audit.count_entries(connection, operator_id=7)
    assert [one.seq for one in found] == [ROWS - 1, ROWS - 2]
    assert [(one.seq, one.action, one.object) for one in mine] == [(1, "signed in", "report 0")]
    assert (count, own) == (ROWS, 1)
