"""Which rows of the outbox are in memory: all of them as a rule, the oldest when there are many.

Rows come from the turns, just committed, and from the database: at the start, what other processes
wrote, what is due only now, and what did not fit. So that a chat's order holds, what is in memory
is always the beginning of what is in the database: while it is not everything, new rows are left
there until their turn comes.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.delivery.ledger import Ledger
from bot.delivery.queue import Queue
from storage.outbox import Lane, Row

HORIZON = timedelta(minutes=2)
"""Rows that are due later than this are left in the database until they are near."""


@dataclass(slots=True)
class _Share:
    """Broadcasts, or everything else."""

    most: int
    held: int = 0
    last: int = 0
    whole: bool = False  # everything that is in the database is in memory
    passed_over: bool = False  # a row was left to the database since the last look there


class Stock:
    """The rows that wait, each once, on their way into the queue."""

    def __init__(
        self, queue: Queue, ledger: Ledger, clock: Clock, *, most: int, most_bulk: int
    ) -> None:
        self._queue = queue
        self._ledger = ledger
        self._clock = clock
        self._shares = {False: _Share(most), True: _Share(most_bulk)}
        self._ids: dict[int, bool] = {}
        self._gone: set[int] = set()
        self._loading = False
        self._withheld: dict[int, list[int]] = {}
        self._later: list[tuple[float, int, Row]] = []

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def wanting(self) -> bool:
        """Whether there is more in the database and room for it here."""
        return any(
            not share.whole and share.held * 2 < share.most for share in self._shares.values()
        )

    @property
    def next_due(self) -> float | None:
        """When the next row that is here becomes due, on the monotonic clock."""
        return self._later[0][0] if self._later else None

    def hand_over(self, rows: Iterable[Row]) -> None:
        """Take rows whose transaction was committed just now."""
        for row in rows:
            share = self._shares[row.lane is Lane.BULK]
            if row.id < 0:  # it is in no database, so it cannot be left there
                self._keep(row)
            elif not share.whole or share.held >= share.most:
                share.whole, share.passed_over = False, True
            else:
                self._keep(row)

    def release(self, row_ids: Iterable[int]) -> None:
        """These have met their end."""
        for row_id in row_ids:
            bulk = self._ids.pop(row_id, None)
            if bulk is not None:
                self._shares[bulk].held -= 1
                if self._loading:  # a look at the database under way may still see it
                    self._gone.add(row_id)

    def admit_due(self, now: float) -> None:
        """Let rows whose time has come into the queue."""
        while self._later and self._later[0][0] <= now:
            row = heapq.heappop(self._later)[2]
            if row.id in self._ids:
                self._queue.add(row)

    def withhold(self, person_id: int) -> None:
        """Send nothing more to a person; the database still has it and is about to drop it."""
        rows = self._queue.drop_person(person_id)
        self._withheld.setdefault(person_id, []).extend(row.id for row in rows)

    def drop_person(self, person_id: int) -> None:
        """Forget what waits for a person; the database has dropped it already."""
        self.release(self._withheld.pop(person_id, ()))
        self.release([row.id for row in self._queue.drop_person(person_id)])
        self.release([row.id for _, _, row in self._later if row.person_id == person_id])

    async def load(self) -> None:
        """Read the database until everything is here or there is no more room."""
        if self._loading:
            return
        self._loading = True
        try:
            for bulk, share in self._shares.items():
                await self._load_share(share, bulk)
        finally:
            self._loading = False
            self._gone.clear()

    async def _load_share(self, share: _Share, bulk: bool) -> None:
        after = 0 if share.whole else share.last
        while (room := share.most - share.held) > 0:
            share.passed_over = False
            limit = min(room, 500)
            before = self._clock.now() + HORIZON
            rows = await self._ledger.pending(limit, after, bulk=bulk, before=before)
            for row in rows:
                after = row.id
                if row.id not in self._gone:
                    self._keep(row)
            if len(rows) < limit and not share.passed_over:
                share.whole, share.last = True, 0
                return
        share.whole, share.last = False, after

    def _keep(self, row: Row) -> None:
        if row.id in self._ids:
            return
        wait = 0.0
        if row.not_before is not None:
            until = row.not_before - self._clock.now()
            if until > HORIZON:
                return
            wait = until.total_seconds()
        bulk = row.lane is Lane.BULK
        self._ids[row.id] = bulk
        self._shares[bulk].held += 1
        if wait > 0:
            heapq.heappush(self._later, (self._clock.monotonic() + wait, row.id, row))
        else:
            self._queue.add(row)
