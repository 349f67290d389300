"""The writer: many jobs, one commit, and a job that fails takes nobody along."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import Any

import pytest
from sqlalchemy import insert, text

from storage import writer as writing
from storage.database import Database
from storage.errors import CommitUnknownError, RefusedError, StorageError
from storage.schema import setting
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.batches import held, together
from tests.storage.conftest import Place
from tests.storage.factories import CHAT, TODAY, do, message, someone


class OopsError(Exception):
    """A job's own failure."""


@pytest.fixture
def points(database: Database) -> Iterator[tuple[Writer, list[str]]]:
    """A writer that notes the kill points it passes, on one thread."""
    passed: list[str] = []
    writer = Writer(database, at=passed.append)
    yield writer, passed
    writer.close()


def test_waiting_jobs_share_one_commit(points: tuple[Writer, list[str]]) -> None:
    """Fifty jobs that wait are one transaction, and each kill point is passed once for it."""
    writer, passed = points
    results = together(writer, [lambda unit, n=n: n for n in range(50)])
    assert results == list(range(50))
    writer.close()
    assert passed == ["K3", "K4"] * 2  # the job that held the thread, and the batch


def test_a_batch_has_a_limit(points: tuple[Writer, list[str]]) -> None:
    """More jobs than the limit are more than one transaction."""
    writer, passed = points
    together(writer, [lambda unit: None] * (writing.MOST_JOBS + 1))
    writer.close()
    assert passed == ["K3", "K4"] * 3


def test_jobs_of_one_batch_see_each_other_in_order(writer: Writer) -> None:
    """Each job of a chat sees what those before it did, though nothing is committed yet."""
    person = someone(writer, chat=3)

    def step(unit: Unit) -> list[int]:
        state = unit.conversation(person.id).state
        assert state is not None
        steps: list[int] = [*state.get("steps", []), len(state.get("steps", []))]
        unit.save_conversation(person.id, {"steps": steps})
        return steps

    results = together(writer, [step] * 20, chat=3)
    assert results == [list(range(n + 1)) for n in range(20)]


def test_a_failing_job_leaves_no_trace(writer: Writer) -> None:
    """A job that raises fails alone: nothing it did holds, all that others did does."""
    person = someone(writer)

    def good(unit: Unit) -> int:
        unit.mark_handled(1, TODAY)
        unit.save_conversation(person.id, {"at": "good"})
        return unit.send(message("good", person)).id

    def bad(unit: Unit) -> None:
        unit.mark_handled(2, TODAY)
        unit.save_conversation(person.id, {"at": "bad"}, living=9)
        unit.create_person(99, "it", TODAY)
        unit.send(message("bad", person))
        unit.set_setting("bad", "bad")
        raise OopsError

    def look(unit: Unit) -> list[object]:
        return [
            unit.handled(1),
            unit.handled(2),
            unit.conversation(person.id),
            unit.person(99),
            unit.setting("bad"),
        ]

    first, error, seen = together(writer, [good, bad, look], chat=CHAT)
    assert isinstance(error, OopsError)
    assert seen == [True, False, ({"at": "good"}, None), None, None]
    assert do(writer, look) == seen
    assert [row.id for row in do(writer, lambda unit: unit.pending_rows(9))] == [first]


def test_a_failing_job_takes_back_what_it_executed_itself(writer: Writer) -> None:
    """Statements of its own are rolled back too, with what it and nobody else wanted written."""

    def good(unit: Unit) -> None:
        unit.set_setting("good", "yes")

    def bad(unit: Unit) -> None:
        unit.set_setting("bad", "buffered")
        unit.direct().execute(insert(setting).values(key="worse", value="direct"))
        unit.set_setting("worst", "after")
        raise OopsError

    def good_too(unit: Unit) -> None:
        unit.direct().execute(insert(setting).values(key="too", value="yes"))

    def look(unit: Unit) -> list[str | None]:
        return [unit.setting(key) for key in ("good", "bad", "worse", "worst", "too")]

    results = together(writer, [good, bad, good_too, look])
    assert results[3] == ["yes", None, None, None, "yes"]
    assert do(writer, look) == results[3]


def test_a_job_the_database_refuses_fails_alone(writer: Writer) -> None:
    """A statement that breaks a rule of the tables fails its own job and no other."""

    def refused(unit: Unit) -> None:
        unit.direct().execute(insert(setting).values(key=None, value="x"))

    results = together(
        writer, [lambda unit: unit.set_setting("a", "1"), refused, lambda unit: unit.setting("a")]
    )
    assert isinstance(results[1], RefusedError)
    assert (results[0], results[2]) == (None, "1")


def test_a_job_that_cannot_be_written_fails_alone(writer: Writer) -> None:
    """What only shows at the end, when all is written, still fails the one job it belongs to."""

    def unwritable(unit: Unit) -> None:
        unit.count_useful("card", "it", "2026-11", None)  # type: ignore[arg-type]

    results = together(
        writer,
        [lambda unit: unit.set_setting("a", "1"), unwritable, lambda unit: unit.setting("a")],
    )
    assert isinstance(results[1], RefusedError)
    assert (results[0], results[2]) == (None, "1")


def test_results_come_after_the_commit(database: Database) -> None:
    """When a future is done another connection sees its effect; before the commit none does."""
    seen: list[object] = []
    gate = threading.Event()

    def look(point: str) -> None:
        gate.wait(30)
        with database.reading() as connection:
            found = connection.execute(text("SELECT value FROM setting WHERE key = 'a'")).scalar()
        seen.append((point, found, future.done()))

    writer = Writer(database, at=look)
    future = writer.submit(lambda unit: unit.set_setting("a", "1"))
    gate.set()
    future.result(30)
    writer.close()
    assert seen == [("K3", None, False), ("K4", "1", False)]


def test_the_shell_is_called_once_a_batch(database: Database) -> None:
    """`on_done` gets all futures of a batch at once, each with its result already."""
    batches: list[list[object]] = []

    def note(futures: Sequence[Future[Any]]) -> None:
        batches.append([future.result() for future in futures])

    writer = Writer(database, on_done=note)
    results = together(writer, [lambda unit, n=n: n for n in range(5)])
    writer.close()
    assert results == [0, 1, 2, 3, 4]
    assert batches == [[None], [0, 1, 2, 3, 4]]


def test_a_cancelled_job_is_not_run(writer: Writer) -> None:
    """A job cancelled while it waits has no effect."""
    with held(writer):
        future = writer.submit(lambda unit: unit.set_setting("a", "1"))
        assert future.cancel()
    assert do(writer, lambda unit: unit.setting("a")) is None


def test_closing_finishes_what_was_submitted(database: Database) -> None:
    """Everything submitted before is committed; afterwards nothing is taken."""
    writer = Writer(database, threads=3)
    futures = [
        writer.submit(lambda unit, n=n: unit.set_setting(str(n), "x"), n) for n in range(300)
    ]
    writer.close()
    assert [future.result(0) for future in futures] == [None] * 300
    assert writer.waiting() == 0
    with pytest.raises(StorageError, match="closed"):
        writer.submit(lambda unit: None)


def test_a_connection_lost_in_the_commit_is_told_as_unknown(database: Database) -> None:
    """Where nobody knows whether a commit holds, every job says so and none is done again."""
    from sqlalchemy import event
    from sqlalchemy.exc import OperationalError

    ran: list[int] = []

    def lost(connection: object) -> None:
        raise OperationalError("COMMIT", None, OSError(), connection_invalidated=True)

    writer = Writer(database)
    event.listen(database.engine, "commit", lost)

    def job(unit: Unit, n: int) -> None:
        ran.append(n)
        unit.set_setting(str(n), "x")

    results = [writer.submit(lambda unit, n=n: job(unit, n)).exception(60) for n in range(2)]
    event.remove(database.engine, "commit", lost)
    writer.close()
    assert ([type(error) for error in results], ran) == ([CommitUnknownError] * 2, [0, 1])


def test_two_writers_make_one_person_of_a_chat(place: Place, database: Database) -> None:
    """When two processes meet the same new chat at once, they agree on one person."""
    other = place.open()
    one, two = Writer(database), Writer(other)
    futures = [
        writer.submit(lambda unit: unit.create_person(CHAT, "it", TODAY), CHAT)
        for _ in range(20)
        for writer in (one, two)
    ]
    people = {future.result(60).id for future in futures}
    for writer in (one, two):
        writer.close()
    other.close()
    assert len(people) == 1


def test_two_writers_handle_an_update_once(place: Place, database: Database) -> None:
    """The same update given to two processes at once has its effect once."""
    other = place.open()
    one, two = Writer(database), Writer(other)

    def turn(update_id: int) -> Callable[[Unit], bool]:
        def job(unit: Unit) -> bool:
            if unit.handled(update_id):
                return False
            unit.mark_handled(update_id, TODAY)
            unit.send(message(str(update_id)))
            return True

        return job

    futures = [
        writer.submit(turn(n), CHAT, update_id=n) for n in range(60) for writer in (one, two)
    ]
    taken = [future.result(60) for future in futures]
    rows = do(one, lambda unit: unit.pending_rows(1000))
    for writer in (one, two):
        writer.close()
    other.close()
    assert sum(taken) == 60
    assert sorted(int(row.params["text"]) for row in rows) == list(range(60))


def test_chats_in_several_threads_keep_their_order(writer: Writer) -> None:
    """Whatever thread a chat is in, its rows leave in the order of its jobs."""
    people = {chat: someone(writer, chat=chat) for chat in range(1, 8)}
    futures = [
        writer.submit(
            lambda unit, chat=chat, n=n: unit.send(message(str(n), people[chat])), chat=chat
        )
        for n in range(30)
        for chat in people
    ]
    for future in futures:
        future.result(60)
    rows = do(writer, lambda unit: unit.pending_rows(1000))
    orders = {
        chat: [int(row.params["text"]) for row in rows if row.person_id == person.id]
        for chat, person in people.items()
    }
    assert orders == {chat: list(range(30)) for chat in people}


def test_a_job_finds_ids_above_those_of_another_process(place: Place, database: Database) -> None:
    """Two processes that take turns with a chat never give a later message a lower id."""
    other = place.open()
    writers = [Writer(database), Writer(other)]
    person = someone(writers[0])

    def turn(unit: Unit) -> int:
        known = unit.person(CHAT)
        assert known == person
        return unit.send(message("x", known)).id

    ids = [do(writers[n % 2], turn, chat=CHAT if n % 3 else None) for n in range(12)]
    for writer in writers:
        writer.close()
    other.close()
    assert ids == sorted(set(ids))
