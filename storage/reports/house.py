"""What the house does with the reports, without opening one: retention, order, and counting."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, select, text, update
from sqlalchemy.exc import DBAPIError

from flows.report_model import Level, Status
from storage.erase import LEDGER_DAYS
from storage.offices import RECOVERY_ID
from storage.reports.files import ORIGINAL
from storage.reports.marks import RECIPIENT_MARK, number_bytes
from storage.reports.model import Alert, Leaving, Open, Reconciled
from storage.reports.office import Office
from storage.reports.sealing import from_json
from storage.reports_schema import (
    alert,
    evidence,
    line,
    line_key,
    metadata,
    monday_of,
    report,
    sealed_key,
    tally,
)
from storage.vault import open_padded

WARNING_DAYS = 14
_UNANSWERED = (Status.RECEIVED.value, Status.READ.value)


class House(Office):
    """The house's own work. None of it needs a key that opens a report."""

    def start(self, now: datetime) -> None:
        """Begin: no code outlives a restart that nobody confirmed, and a stock of new ones is
        made."""
        self._files.clear_parts()
        self.database.clear_copy()
        self.void_codes(now)
        self._expire(now)
        self.database.ballast.keep()
        self.mailboxes.start()

    def close(self, now: datetime) -> None:
        """Stop: what is only in memory is written down or forgotten."""
        self.mailboxes.close()
        self.settle(now)
        self.database.close()

    def tick(self, now: datetime) -> None:
        """Every few minutes: let go of codes, note what was opened, mix what came."""
        self.void_codes(now)
        self.settle(now)
        if self._stirred:
            self.shuffle()

    def night(self, now: datetime) -> int:
        """Once a day: let go of what is over, and set rows and files right; how many went."""
        gone = self.retain(now)
        self.reconcile(now)
        self.shuffle()
        self._mix_files(now.date())
        self.database.ballast.keep()
        return gone

    # -- retention

    def retain(self, now: datetime) -> int:
        """Delete the reports and cut the lines whose time is over; how many reports went.

        Once a day: an alert that nobody was told of goes at the second time.
        """

        def job(connection: Connection) -> None:
            connection.execute(delete(alert).where(alert.c.aged))
            connection.execute(update(alert).values(aged=True))

        self._write(job)
        return self._expire(now)

    def _expire(self, now: datetime) -> int:
        today, week = now.date(), monday_of(now.date())

        def job(connection: Connection) -> tuple[int, list[str]]:
            over = select(report).where(report.c.until <= week)
            rows = connection.execute(over).all()
            names = [n for row in rows for n in self._remove(connection, row, today, "expired")]
            cut = select(line.c.report_id).where(line.c.until <= week)
            for id_ in connection.execute(cut).scalars().all():
                self._cut_off(connection, bytes(id_), today)
            return len(rows), names

        count, names = self._write(job, erases=True)
        self._files.delete(names)
        self._files.clear_waiting(today)
        self.database.ledger.prune(monday_of(today) - timedelta(days=LEDGER_DAYS))
        return count

    def leaving(self, now: datetime) -> list[Leaving]:
        """Reports that are deleted in two weeks unless something happens, and were not told of."""
        query = select(report.c.number, report.c.level, report.c.until).where(_goes_soon(now))
        with self.database.reading() as connection:
            rows = connection.execute(query).all()
        found = (Leaving(number, Level(level), until) for number, level, until in rows)
        return sorted(found, key=lambda one: (one.goes, one.number))

    def leaving_told(self, numbers: Sequence[str], now: datetime) -> None:
        """Note that these were told of; one that stays after all is told of again in its time."""
        told = report.c.number.in_(numbers) & _goes_soon(now)

        def job(connection: Connection) -> None:
            connection.execute(update(report).where(told).values(warned=True))

        if numbers:
            self._write(job)

    def remove_recipient(self, operator_id: int, now: datetime) -> int:
        """Take a removed operator's keys out of every report; how many reports have none left."""

        def job(connection: Connection) -> int:
            self._erased(RECIPIENT_MARK, number_bytes(operator_id), now.date())
            for table in (sealed_key, line_key):
                connection.execute(delete(table).where(table.c.operator_id == operator_id))
            return self._alone(connection)

        return self._write(job, erases=True)

    def alone(self) -> int:
        """How many reports no operator can open: only the recovery sheet still does."""
        with self.database.reading() as connection:
            return self._alone(connection)

    def _alone(self, connection: Connection) -> int:
        readers = select(sealed_key.c.report_id).where(sealed_key.c.operator_id != RECOVERY_ID)
        query = select(func.count()).where(report.c.id.not_in(readers))
        return connection.execute(query.select_from(report)).scalar_one()

    # -- rows and files

    def reconcile(self, now: datetime) -> Reconciled:
        """Set right what a crash left between rows and files, in both directions."""
        # Nobody commits meanwhile: a report that is being sent finds its files again after that.
        with self._one:
            return self._reconcile(now)

    def _reconcile(self, now: datetime) -> Reconciled:
        with self.database.reading() as connection:
            rows = {id_.hex(): lost for id_, lost in connection.execute(_FILED)}
        kept = self._files.kept_names()
        for name in rows.keys() - kept:
            self._files.keep(name)
            self._files.keep(name + ORIGINAL)
        found = self._files.kept_names()
        missing = [bytes.fromhex(name) for name in rows.keys() - found]
        back = [bytes.fromhex(name) for name, lost in rows.items() if lost and name in found]
        stray = [name for name in found if name.removesuffix(ORIGINAL) not in rows]
        self._files.forget(stray)
        if missing or back:
            self._write(lambda there: _mark_lost(there, missing, back))
        self._files.clear_waiting(now.date())
        new = [one for one in missing if not rows[one.hex()]]
        return Reconciled(len(stray), len((rows.keys() - kept) & found), len(new))

    # -- order

    def shuffle(self) -> bool:
        """Write every table anew in an order of chance, and leave no byte of what was deleted.

        False where it could not be done now; the tables are as they were.
        """
        with self._one:
            self._stirred = False
            try:
                done = self._shuffle_postgresql() if self.database.is_postgresql else self._vacuum()
            except (DBAPIError, sqlite3.Error):
                done = False
            self._stirred = self._stirred or not done
        return done

    def purge(self) -> bool:
        """Clean what deleted rows leave behind in the files; False where it must be tried again."""
        return not self._stirred or self.shuffle()

    def _vacuum(self) -> bool:
        # The tables have no row ids and random keys: written anew, they lie in the keys' order.
        with closing(sqlite3.connect(str(self.database.file), isolation_level=None)) as raw:
            raw.execute("PRAGMA secure_delete=ON")
            raw.execute("PRAGMA synchronous=EXTRA")
            raw.execute("PRAGMA temp_store=MEMORY")
            raw.execute("VACUUM")
        return True

    def _shuffle_postgresql(self) -> bool:
        names = [table.name for table in metadata.sorted_tables]
        together = ", ".join(names)
        with self.database.writing(alone=True) as connection:
            for name in names:
                aside = f"CREATE TEMPORARY TABLE mixed_{name} ON COMMIT DROP AS TABLE {name}"
                connection.execute(text(aside))
            connection.execute(text(f"TRUNCATE {together}"))
            for name in names:
                back = f"INSERT INTO {name} SELECT * FROM mixed_{name} ORDER BY random()"  # noqa: S608 (our own names)
                connection.execute(text(back))
        return True

    def _mix_files(self, today: date) -> None:
        """Write the files of this week and the last anew, so that the disk tells no order."""
        for week in (monday_of(today), monday_of(today) - timedelta(days=7)):
            query = select(evidence.c.id).join(report).where(report.c.week == week)
            with self.database.reading() as connection:
                names = [id_.hex() for id_ in connection.execute(query).scalars()]
            kept = self._files.kept_names()
            both = [one for name in names for one in (name, name + ORIGINAL) if one in kept]
            self._files.mix(both, week)

    # -- counting

    def tally(self, month: str) -> dict[tuple[Level, str], int]:
        """Of a month (2026-11): how many of each level were sent, withdrawn, expired."""
        query = select(tally.c.level, tally.c.what, tally.c.count).where(tally.c.month == month)
        with self.database.reading() as connection:
            return {(Level(level), what): n for level, what, n in connection.execute(query)}

    def count(self) -> int:
        """How many reports there are."""
        with self.database.reading() as connection:
            return connection.execute(select(func.count()).select_from(report)).scalar_one()

    def unanswered(self) -> list[Open]:
        """The reports that nobody has answered yet, from what stands open in their rows."""
        query = select(report.c.number, report.c.level, report.c.week).where(
            report.c.status.in_(_UNANSWERED)
        )
        with self.database.reading() as connection:
            rows = connection.execute(query).all()
        return sorted(
            (Open(number, Level(level), week) for number, level, week in rows),
            key=lambda one: (-one.level, one.week, one.number),
        )

    def alerts_waiting(self) -> list[Alert]:
        """What the operators' group is still to be told of, the gravest first."""
        with self.database.reading() as connection:
            rows = connection.execute(select(alert.c.id, alert.c.sealed)).all()
        found = [self._alert(bytes(id_), sealed) for id_, sealed in rows]
        return sorted(found, key=lambda one: (-one.level, one.number))

    def alert_sent(self, numbers: Sequence[str]) -> None:
        """Forget alerts that were told; numbers nobody knows are no error."""

        def job(connection: Connection) -> None:
            for id_, sealed in connection.execute(select(alert.c.id, alert.c.sealed)).all():
                if self._alert(bytes(id_), sealed).number in numbers:
                    connection.execute(delete(alert).where(alert.c.id == id_))

        if numbers:
            self._write(job)

    def _alert(self, id_: bytes, sealed: bytes) -> Alert:
        found: dict[str, Any] = from_json(open_padded(sealed, self._alert_key, b"alert" + id_))
        return Alert(found["number"], Level(found["level"]), found["sector"], found["province"])


def _goes_soon(now: datetime) -> ColumnElement[bool]:
    week = monday_of(now.date() + timedelta(days=WARNING_DAYS))
    return (report.c.until <= week) & ~report.c.warned


_FILED = select(evidence.c.id, evidence.c.lost)


def _mark_lost(connection: Connection, missing: list[bytes], back: list[bytes]) -> None:
    for ids, lost in ((missing, True), (back, False)):
        if ids:
            connection.execute(update(evidence).where(evidence.c.id.in_(ids)).values(lost=lost))
