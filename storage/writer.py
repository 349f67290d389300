"""Group commit: all waiting jobs run in one transaction, and one fsync pays for them all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from storage.batch import Batch
from storage.database import Database
from storage.errors import CommitUnknownError, StorageError
from storage.trouble import PAUSES_SECONDS, commit, is_full, passes, said
from storage.unit import Unit

R = TypeVar("R")

MOST_JOBS = 256


@dataclass(slots=True, eq=False)
class _Job:
    run: Callable[[Unit], Any]
    chat: int | None
    update_id: int | None
    future: Future[Any]
    value: Any = None
    error: BaseException | None = None
    erases: bool = False


class Writer:
    """Runs jobs in writer threads: one on SQLite, a few on PostgreSQL, each chat always in one.

    `on_done` is called once per batch, in the writer's thread, with the futures that just got
    their results. `at` is called at the named points where fault tests kill: K3 before the
    commit, K4 after it and before the futures.
    """

    def __init__(
        self,
        database: Database,
        *,
        threads: int = 1,
        on_done: Callable[[Sequence[Future[Any]]], None] | None = None,
        at: Callable[[str], None] | None = None,
    ) -> None:
        self._database = database
        self._on_done = on_done
        self._at = at or _nowhere
        self._wake = threading.Event()
        self._closed = False
        count = threads if database.is_postgresql else 1
        self._queues: list[SimpleQueue[_Job | None]] = [SimpleQueue() for _ in range(count)]
        self._threads = [
            threading.Thread(target=self._work, args=(queue,), name=f"writer-{n}", daemon=True)
            for n, queue in enumerate(self._queues)
        ]
        for thread in self._threads:
            thread.start()

    def submit(
        self,
        job: Callable[[Unit], R],
        chat: int | None = None,
        update_id: int | None = None,
    ) -> Future[R]:
        """Run a job in the next transaction; its result comes after the commit.

        Jobs of one chat run in the order given. Saying chat and update lets the writer read them
        for all jobs at once. The future raises what the job raised, `BusyError` where nothing
        could be committed, `RefusedError` where the tables do not take it, or
        `CommitUnknownError`. A job can be run again before its future is done, so it has no
        effect but on its unit.
        """
        if self._closed:
            raise StorageError("The writer was closed: nothing more is written.")
        future: Future[R] = Future()
        self._queue(chat).put(_Job(job, chat, update_id, future))
        return future

    def waiting(self) -> int:
        """How many jobs wait for a transaction."""
        return sum(queue.qsize() for queue in self._queues)

    def close(self) -> None:
        """Finish what was submitted, then stop."""
        if self._closed:
            return
        self._closed = True
        for queue in self._queues:
            queue.put(None)
        for thread in self._threads:
            thread.join()

    def _queue(self, chat: int | None) -> SimpleQueue[_Job | None]:
        if len(self._queues) == 1:
            return self._queues[0]
        if chat is None:
            return self._queues[0]  # what the delivery writes down keeps its order
        return self._queues[chat % len(self._queues)]

    def _work(self, queue: SimpleQueue[_Job | None]) -> None:
        while True:
            jobs, last = _take(queue)
            jobs = [job for job in jobs if job.future.set_running_or_notify_cancel()]
            if jobs:
                self._settle(jobs)
            if last:
                return

    def _settle(self, jobs: list[_Job]) -> None:
        self._commit(jobs)
        self._at("K4")
        for job in jobs:
            if job.error is None:
                job.future.set_result(job.value)
            else:
                job.future.set_exception(job.error)
        if self._on_done is not None:
            self._on_done([job.future for job in jobs])

    def _commit(self, jobs: list[_Job]) -> None:
        """Commit these jobs, again after failures that pass, apart where one spoils the rest."""
        collided = False
        for pause in (0.0, *PAUSES_SECONDS, None):
            try:
                self._transact(jobs)
                return
            except CommitUnknownError as error:
                _fail(jobs, error)
                return
            except Exception as error:
                if isinstance(error, IntegrityError) and not collided:
                    collided = True  # another process was first: next time its rows are seen
                    continue
                if is_full(error) and self._give_up_ballast(jobs):
                    return
                if pause is None or not passes(error):
                    self._commit_apart(jobs, error)
                    return
                self._wake.wait(pause)

    def _commit_apart(self, jobs: list[_Job], error: Exception) -> None:
        """Each job in a transaction of its own, so that the one that spoils them fails alone."""
        if len(jobs) == 1 or passes(error):
            _fail(jobs, said(error))
            return
        for job in jobs:
            self._commit([job])

    def _give_up_ballast(self, jobs: list[_Job]) -> bool:
        """On a full disk use the room kept for it for those who must be erased, alone and first."""
        erasing = [job for job in jobs if job.erases]
        if not erasing or not self._database.ballast.spend():
            return False
        self._commit(erasing)
        others = [job for job in jobs if not job.erases]
        if others:
            self._commit(others)
        return True

    def _transact(self, jobs: list[_Job]) -> None:
        database = self._database
        with database.writing() as connection:
            batch = Batch(
                connection,
                database.statements,
                database.vault,
                database.fleeting,
                database.ledger,
            )
            batch.prefetch(
                [job.chat for job in jobs if job.chat is not None],
                [job.update_id for job in jobs if job.update_id is not None],
            )
            for job in jobs:
                _run(job, batch)
            batch.flush()
            self._at("K3")
            commit(connection)


def _run(job: _Job, batch: Batch) -> None:
    unit = Unit(batch)
    job.value = job.error = None
    try:
        job.value = job.run(unit)
        job.erases = unit.erases
        unit.keep()
    except Exception as error:
        unit.drop()
        job.erases = unit.erases
        if batch.broken is not None or _breaks(error, unit):
            raise
        job.error = said(error)


def _breaks(error: Exception, unit: Unit) -> bool:
    """Whether an error in a job leaves the whole transaction in doubt.

    A refused statement in a savepoint does not; a full disk does, SQLite then ends it by itself.
    """
    if not isinstance(error, DBAPIError):
        return False
    return not unit.in_savepoint or not isinstance(error, IntegrityError | DataError)


def _take(queue: SimpleQueue[_Job | None]) -> tuple[list[_Job], bool]:
    """All waiting jobs, and whether they are the last ones."""
    first = queue.get()
    if first is None:
        return [], True
    jobs = [first]
    try:
        while len(jobs) < MOST_JOBS:
            job = queue.get_nowait()
            if job is None:
                return jobs, True
            jobs.append(job)
    except Empty:
        pass
    return jobs, False


def _fail(jobs: list[_Job], error: Exception) -> None:
    for job in jobs:
        job.value, job.error = None, error


def _nowhere(point: str) -> None:
    """Where nothing is to be killed."""
