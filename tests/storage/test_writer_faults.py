"""The writer when the database is locked, full, or gone for a moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from storage import writer as writing
from storage.database import Database
from storage.errors import BusyError
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.batches import together
from tests.storage.conftest import Place
from tests.storage.factories import CHAT, do, message, someone


class TestSqlite:
    """Faults of the one file."""

    @pytest.fixture
    def engine(self) -> str:
        """Only SQLite."""
        return "sqlite"

    def test_a_locked_database_is_waited_for(
        self, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A lock that goes away is waited out, and the job then has its effect once."""
        database = place.open(busy_seconds=0.01)
        pauses = iter(range(100))
        monkeypatch.setattr(writing, "PAUSES_SECONDS", (0.0,) * 3)
        with database.writing() as connection:
            connection.execute(text("SELECT 1"))
            monkeypatch.setattr(
                threading.Event,
                "wait",
                _releasing(threading.Event.wait, pauses, 1, connection.rollback),
            )
            writer = Writer(database)
            writer.submit(lambda unit: unit.set_setting("a", "1")).result(30)
        monkeypatch.undo()
        assert do(writer, lambda unit: unit.setting("a")) == "1"
        writer.close()
        database.close()

    def test_a_lock_that_stays_fails_the_jobs(
        self, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """When the lock outlasts the patience, every job fails with what to do, and none holds."""
        monkeypatch.setattr(writing, "PAUSES_SECONDS", (0.0, 0.0))
        database = place.open(busy_seconds=0.01)
        writer = Writer(database)
        with database.writing() as connection:
            connection.execute(text("SELECT 1"))
            errors = [
                writer.submit(lambda unit: unit.set_setting("a", "1")).exception(30)
                for _ in range(2)
            ]
        assert [type(error) for error in errors] == [BusyError, BusyError]
        assert do(writer, lambda unit: unit.setting("a")) is None
        writer.close()
        database.close()

    def test_a_full_disk_fails_the_jobs_and_is_survived(
        self, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """On a full disk jobs fail, nothing of them holds, and with room again all goes on."""
        monkeypatch.setattr(writing, "PAUSES_SECONDS", (0.0,))
        database = place.open()
        with _full(database) as make_room:
            writer = Writer(database)
            big = "x" * 400_000
            error = writer.submit(lambda unit: unit.set_setting("a", big)).exception(30)
            assert isinstance(error, BusyError)
            make_room()
            do(writer, lambda unit: unit.set_setting("b", big))
            assert do(writer, lambda unit: unit.setting("a")) is None
            writer.close()
        database.close()

    def test_on_a_full_disk_who_must_be_erased_goes_first(
        self, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An erasure gets the room that was kept for it, and others in its batch do not."""
        monkeypatch.setattr(writing, "PAUSES_SECONDS", ())
        database = place.open()
        writer = Writer(database)
        person = someone(writer)
        assert database.ballast.keep()
        big = "x" * 400_000

        def erase(unit: Unit) -> bool:
            unit.set_setting("room", big)  # an erasure that needs room, as it does on a full disk
            return unit.delete_person(person.id) is not None

        with _full(database) as make_room:
            spent = database.ballast.__class__.spend

            def spend(ballast: Any) -> bool:
                make_room()
                return spent(ballast)

            monkeypatch.setattr(database.ballast.__class__, "spend", spend)
            results = together(writer, [lambda unit: unit.set_setting("a", big), erase])
        assert results[1] is True
        assert do(writer, lambda unit: unit.person(CHAT)) is None
        assert database.ballast.spend() is False
        writer.close()
        database.close()


def _releasing(
    wait: Callable[..., bool], calls: Iterator[int], at: int, release: Callable[[], None]
) -> Callable[..., bool]:
    """`Event.wait` that lets the lock go at the second pause of the writer."""

    def waiting(event: threading.Event, timeout: float | None = None) -> bool:
        if timeout == 0.0 and next(calls) == at:
            release()
        return wait(event, timeout)

    return waiting


@contextmanager
def _full(database: Database) -> Iterator[Callable[[], None]]:
    """A disk with a few pages left, as SQLite sees it, until room is made."""
    from sqlalchemy import event

    limits = [60]

    def limit(connection: Any, record: object, proxy: object = None) -> None:
        connection.execute(f"PRAGMA max_page_count={limits[0]}").close()

    event.listen(database.engine, "checkout", limit)
    yield lambda: limits.__setitem__(0, 1_000_000)
    event.remove(database.engine, "checkout", limit)


class TestPostgresql:
    """Faults of a server."""

    @pytest.fixture
    def engine(self) -> str:
        """Only PostgreSQL."""
        return "postgresql"

    def test_a_restarted_server_is_survived(self, place: Place, writer: Writer) -> None:
        """When the server ends every session, the next job still has its effect, once."""
        do(writer, lambda unit: unit.set_setting("a", "1"))
        with psycopg.connect(place.url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        do(writer, lambda unit: unit.set_setting("a", f"{unit.setting('a')}2"))
        assert do(writer, lambda unit: unit.setting("a")) == "12"

    def test_threads_that_meet_in_many_chats_do_not_block_each_other(
        self, database: Database
    ) -> None:
        """Turns of many chats and marks of the delivery at the same time all get through."""
        writer = Writer(database, threads=3)
        people = [someone(writer, chat=chat) for chat in range(30)]

        def turn(n: int) -> Callable[[Unit], None]:
            def job(unit: Unit) -> None:
                person = unit.person(n % 30)
                assert person is not None
                unit.save_conversation(person.id, {"n": n})

            return job

        from storage.outbox import Slot
        from tests.storage.factories import NOON

        rows = [do(writer, lambda u, p=p: u.send(message("x", p, slot=Slot.NEW))) for p in people]
        futures = [writer.submit(turn(n), chat=n % 30) for n in range(300)]
        futures += [
            writer.submit(lambda unit, row=row, n=n: unit.mark_sent(row, n + 1, NOON))
            for n, row in enumerate(rows)
        ]
        for future in futures:
            future.result(60)
        livings = [do(writer, lambda unit, p=p: unit.conversation(p.id)) for p in people]
        writer.close()
        assert livings == [({"n": 270 + n}, n + 1) for n in range(30)]
