"""What every side of the reports stands on: their rows, their files, one transaction at a time."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError

from flows.effects import Json
from flows.report_model import Box
from storage.reports.database import ReportsDatabase
from storage.reports.files import ORIGINAL, Files
from storage.reports.marks import ALERT_MARK, LINE_MARK, REPORT_MARK, mark
from storage.reports.sealing import ID_BYTES, Opening
from storage.reports_schema import (
    alert,
    evidence,
    line,
    line_key,
    mailbox,
    monday_of,
    note,
    report,
    sealed_key,
    tally,
    week_after,
    word,
)
from storage.trouble import PAUSES_SECONDS, is_full, passes, said
from storage.vault import Purpose

R = TypeVar("R")

REPORT_DAYS = 90
MOST_JOBS = 64
_BELOW = (line_key, line, mailbox, sealed_key, word, note, evidence)


@dataclass(slots=True, eq=False)
class _Job:
    """Something to be done in a transaction, and what came of it."""

    work: Callable[[Connection], Any]
    erases: bool = False
    value: Any = None
    error: Exception | None = None
    is_done: bool = False

    def run(self, connection: Connection) -> None:
        """Do it, so that a refusal of its own leaves no trace and is nobody else's."""
        self.value = self.error = None
        inner = connection.begin_nested()
        try:
            self.value = self.work(connection)
            inner.commit()
        except DBAPIError:
            raise
        except Exception as error:
            inner.rollback()
            self.error = error

    def fail(self, error: Exception) -> None:
        """Nothing of it holds."""
        self.value, self.error, self.is_done = None, error, True


class Store:
    """The open reports: in this process one writes at a time, whoever reads does so beside it.

    `at` is called at the named points where fault tests kill: K3 before a commit, K4 after it,
    K8 before a file is written, K9 between its last byte and its name.
    """

    def __init__(
        self,
        database: ReportsDatabase,
        *,
        report_days: int = REPORT_DAYS,
        at: Callable[[str], None] | None = None,
    ) -> None:
        self.database = database
        self._days = report_days
        self._at = at or _nowhere
        self._files = Files(database.data, self._at)
        self._one = threading.RLock()
        self._waiting: deque[_Job] = deque()
        self._patience = threading.Event()
        self._stirred = True
        self._alert_key = database.salt.derive(Purpose.ALERT)
        self._mark_key = database.salt.derive(Purpose.MARK)
        self._code_salt = database.salt.derive(Purpose.CODE).bytes[:ID_BYTES]

    # -- one transaction

    def _write(self, job: Callable[[Connection], R], *, erases: bool = False) -> R:
        """Run a job in a transaction, which it may share with others; it may be run twice.

        Who comes while a commit is under way waits for it, and then all who wait are committed
        together. What erases gets the room that is kept for it when the disk is full.

        Raises: what the job raised; BusyError, RefusedError, CommitUnknownError: nothing of it
        holds, or for the last, nobody knows; doing it again is safe.
        """
        mine = _Job(job, erases)
        self._waiting.append(mine)
        with self._one:
            if not mine.is_done:
                jobs = [self._waiting.popleft() for _ in range(min(MOST_JOBS, len(self._waiting)))]
                if len(jobs) == 1 or not self._together(jobs):
                    for one in jobs:
                        self._alone_again(one)
            if not mine.is_done:  # the line was longer than one transaction takes
                with suppress(ValueError):
                    self._waiting.remove(mine)
                self._alone_again(mine)
        if mine.error is not None:
            raise mine.error
        return cast(R, mine.value)

    def _together(self, jobs: Sequence[_Job]) -> bool:
        """Commit several jobs at once; False where none of it holds."""
        try:
            self._transact(jobs)
        except Exception:  # whatever it was: each alone finds out whether it was its own
            return False
        return True

    def _alone_again(self, job: _Job) -> None:
        """Commit one job, again after trouble that passes."""
        collided = spent = False
        for pause in (0.0, *PAUSES_SECONDS, None):
            try:
                self._transact([job])
                return
            except DBAPIError as error:
                if isinstance(error, IntegrityError) and not collided:
                    collided = True  # another process was first: now its rows are seen
                    continue
                if is_full(error) and job.erases and not spent:
                    spent = self.database.ballast.spend()
                    if spent:
                        continue
                if pause is None or not passes(error):
                    job.fail(said(error))
                    return
                self._patience.wait(pause)
            except Exception as error:
                job.fail(error)
                return

    def _transact(self, jobs: Sequence[_Job]) -> None:
        with self.database.writing() as connection:
            for job in jobs:
                job.run(connection)
            self._at("K3")
        self._at("K4")
        self._stirred = True
        for job in jobs:
            job.is_done = True

    # -- reports

    def _row(self, connection: Connection, id_: bytes, *, lock: bool = False) -> Row[Any] | None:
        query = select(report).where(report.c.id == id_)
        return connection.execute(query.with_for_update() if lock else query).first()

    def _own(self, connection: Connection, opening: Opening, *, lock: bool = True) -> Any:
        """The report's row, for somebody who has its key; None where it is gone."""
        row = self._row(connection, opening.id, lock=lock)
        return row if row is not None and opening.opens(row.label) else None

    def _stir(self, connection: Connection, row: Any, today: date, **values: Any) -> None:
        """Something happened to a report: it is kept for longer, and a warning is taken back."""
        until = max(row.until, week_after(today, self._days))
        changed = {"until": until, "warned": False, **values}
        connection.execute(update(report).where(report.c.id == row.id).values(changed))

    def _remove(self, connection: Connection, row: Any, today: date, what: str) -> list[str]:
        """Delete a report and all that hangs on it; its files are to go after the commit."""
        self._erased(REPORT_MARK, row.id, today)
        query = select(evidence.c.id).where(evidence.c.report_id == row.id)
        names = [id_.hex() for id_ in connection.execute(query).scalars()]
        connection.execute(delete(alert).where(alert.c.id == self._alert_id(row.id)))
        for table in _BELOW:
            connection.execute(delete(table).where(table.c.report_id == row.id))
        connection.execute(delete(report).where(report.c.id == row.id))
        self._count(connection, today, row.level, what)
        return [*names, *(name + ORIGINAL for name in names)]

    def _cut(self, connection: Connection, id_: bytes, today: date) -> bool:
        """Forget how to write to whoever sent a report; whether that was known."""
        known = connection.execute(select(line.c.report_id).where(line.c.report_id == id_)).first()
        if known is None:
            return False
        self._erased(LINE_MARK, id_, today)
        connection.execute(delete(line_key).where(line_key.c.report_id == id_))
        connection.execute(delete(line).where(line.c.report_id == id_))
        return True

    def _count(self, connection: Connection, today: date, level: int, what: str) -> None:
        make = postgresql.insert if self.database.is_postgresql else sqlite.insert
        values = {"month": f"{today:%Y-%m}", "level": int(level), "what": what, "count": 1}
        connection.execute(
            make(tally)
            .values(values)
            .on_conflict_do_update(
                index_elements=[tally.c.month, tally.c.level, tally.c.what],
                set_={"count": tally.c.count + 1},
            )
        )

    # -- what is added to them

    def _add(
        self,
        connection: Connection,
        table: Table,
        opening: Opening,
        value: dict[str, Json],
        *,
        once: bool = False,
    ) -> bool:
        """Add words or a note; with `once`, the same again are not added. Whether they were."""
        kind = table.name.encode()
        id_ = opening.id_of(value, kind) if once else os.urandom(ID_BYTES)
        if once and connection.execute(select(table.c.id).where(table.c.id == id_)).first():
            return False
        mine = table.c.report_id == opening.id
        place = connection.execute(select(func.count()).select_from(table).where(mine)).scalar()
        sealed = opening.seal_words(kind, value | {"n": place})
        values = {"id": id_, "report_id": opening.id, "sealed": sealed}
        connection.execute(insert(table).values(values))
        return True

    def _all(self, connection: Connection, table: Table, opening: Opening) -> list[dict[str, Any]]:
        """Words or notes of a report in their order, which only its key tells."""
        kind = table.name.encode()
        query = select(table.c.sealed).where(table.c.report_id == opening.id)
        found = [opening.open_words(kind, sealed) for sealed in connection.execute(query).scalars()]
        return sorted(found, key=lambda one: int(one["n"]))

    # -- what only the house can tell

    def _erased(self, what: bytes, id_: bytes, today: date) -> None:
        """Write into the ledger, first, what no backup may bring back."""
        # The ledger first: if the commit fails, a later restore deletes it all the same.
        self.database.ledger.add(mark(self._mark_key, what, id_), monday_of(today))

    def _alert_id(self, id_: bytes) -> bytes:
        return mark(self._mark_key, ALERT_MARK, id_)


def box_of(opening: Opening) -> Box:
    """The report as a flow carries it."""
    return Box(opening.id.hex(), opening.key.bytes.hex())


def _nowhere(point: str) -> None:
    """Where nothing is to be killed."""
