"""Whoever was stopped is told when it goes on, at whatever moment their row comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlalchemy import Connection, select

from flows.calendar_model import NoticeState
from storage.calendar_schema import notice
from storage.database import Database
from storage.mass import running
from storage.notices import checking
from storage.notices.checking import Gate, may_go
from storage.notices.claiming import claim
from storage.notices.model import Notice
from storage.outbox import Lane, Outgoing, Policy, Row
from storage.schema import outbox
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.conftest import Place
from tests.storage.factories import NOON, do
from tests.storage.mass.test_running import going

SOON = 2.0
"""Another process is given so many seconds to come in between; where it must wait, it waits."""


def render(unit: Unit, one: Notice, now: datetime) -> Outgoing:
    """The words are nothing here."""
    params = {"chat_id": 1, "text": ""}
    return Outgoing("sendMessage", params, Lane.BULK, Policy.ONCE, one.person_id)


def handed(writer: Writer) -> list[Row]:
    """What is in the outbox after a look for what is due."""
    do(writer, lambda unit: claim(unit, NOON, render))
    rows: list[Row] = do(writer, lambda unit: unit.pending_rows(100))
    return rows


def states(database: Database) -> list[str]:
    """What became of each."""
    with database.reading() as connection:
        return sorted(connection.execute(select(notice.c.state)).scalars())


def each(writer: Writer, rows: list[Row], deed: Callable[[Unit, Row], None]) -> None:
    """The same is written down of each row, in one commit."""

    def job(unit: Unit) -> None:
        for row in rows:
            deed(unit, row)

    do(writer, job)


def leaving(writer: Writer, mass_id: int) -> list[Row]:
    """Rows that were being sent when all was stopped, and that Telegram asked to wait."""
    rows = handed(writer)
    each(writer, rows, Unit.mark_sending)
    do(writer, lambda unit: running.stop(unit.direct(), mass_id))
    each(writer, rows, lambda unit, row: unit.mark_retry(row, NOON))
    return rows


@contextmanager
def another(place: Place) -> Iterator[Database]:
    """The database as another process has it."""
    other = place.open(busy_seconds=30.0, migrate=False)
    try:
        yield other
    finally:
        other.close()


def resumed(other: Database, mass_id: int) -> bool:
    """The console goes on with it."""
    with other.writing() as connection:
        done = running.resume(connection, mass_id, NOON)
        connection.commit()
        return done


def asked(connection: Connection, row: Row) -> Gate:
    """What delivery is told a moment before the call."""
    assert row.notice is not None
    return may_go(connection, row.notice, row.id, NOON)


def test_it_goes_on_while_a_row_is_being_stopped(
    place: Place, writer: Writer, database: Database
) -> None:
    """Rows come back from a pause, are found stopped, and before that is written somebody goes on
    with the message: all of them are told, each in one row."""
    mass, people = going(database)
    rows = leaving(writer, mass.id)
    with another(place) as other, ThreadPoolExecutor(1) as pool:
        with database.writing() as connection:
            assert [asked(connection, row) for row in rows] == [Gate.SHUT] * len(people)
            done: Future[bool] = pool.submit(resumed, other, mass.id)
            wait([done], SOON)
            connection.commit()
        assert done.result(60)
    assert states(database) == [NoticeState.WAITING] * len(people)
    again = handed(writer)
    assert sorted(str(row.person_id) for row in again) == sorted(map(str, people))
    each(writer, rows, lambda unit, row: unit.mark_failed(row, NOON))
    assert states(database) == [NoticeState.HANDED] * len(people)


@pytest.mark.parametrize("engine", ["postgresql"])
def test_it_goes_on_after_a_row_was_found_stopped(
    place: Place, writer: Writer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes on between the look and what follows from it: the row leaves after all."""
    mass, people = going(database)
    rows = leaving(writer, mass.id)
    look = checking.runs
    with another(place) as other:

        def looked(connection: Connection, mass_id: int) -> bool:
            found = look(connection, mass_id)
            if not found:
                assert resumed(other, mass.id)
            return found

        monkeypatch.setattr(checking, "runs", looked)
        with database.writing() as connection:
            assert [asked(connection, row) for row in rows] == [Gate.OPEN] * len(people)
            connection.commit()
    assert states(database) == [NoticeState.HANDED] * len(people)


def test_a_row_that_was_stopped_is_not_left_behind(writer: Writer, database: Database) -> None:
    """The process ends before it has written down what became of the row: from then on there is
    only the new one."""
    mass, _people = going(database)
    rows = leaving(writer, mass.id)
    gates = do(writer, lambda unit: [asked(unit.direct(), row) for row in rows])
    assert gates == [Gate.SHUT] * len(rows)
    do(writer, lambda unit: running.resume(unit.direct(), mass.id, NOON))
    again = handed(writer)
    assert not {row.id for row in rows} & {row.id for row in again}
    with database.reading() as connection:
        found = connection.execute(select(outbox.c.notice)).scalars().all()
    assert len(found) == len(set(found)) == len(rows)
