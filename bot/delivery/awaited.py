"""Rows that are in no database, and what became of each: told to whoever waits for it."""

from __future__ import annotations

import asyncio
from itertools import count

from bot.delivery.sending import Fate, Sent
from storage.outbox import Outgoing, Row, Slot

FIRST = -(1 << 40)
"""Far below every number a database gives, and below the answers that are not kept either."""


class Awaited:
    """Makes rows that only live here. What they lead to is known as long as this process is."""

    def __init__(self) -> None:
        self._ids = count(FIRST, -1)
        self._waiting: dict[int, tuple[int | None, asyncio.Future[Sent]]] = {}

    def row_of(self, outgoing: Outgoing) -> tuple[Row, asyncio.Future[Sent]]:
        """A row for something to be sent, and its end to come."""
        row = Row(
            next(self._ids),
            outgoing.method,
            outgoing.params,
            outgoing.lane,
            outgoing.policy,
            outgoing.person_id,
            Slot.NONE,
            outgoing.wash_at,
            None,
        )
        future: asyncio.Future[Sent] = asyncio.get_running_loop().create_future()
        self._waiting[row.id] = outgoing.person_id, future
        return row, future

    def settle(self, row_id: int, sent: Sent) -> None:
        """A row has met its end."""
        _, future = self._waiting.pop(row_id, (None, None))
        if future is not None and not future.done():
            future.set_result(sent)

    def drop_person(self, person_id: int) -> None:
        """What waited for a person is not sent any more."""
        for row_id in [row for row, (whose, _) in self._waiting.items() if whose == person_id]:
            self.settle(row_id, Sent(Fate.UNREACHABLE))

    def close(self) -> None:
        """Nobody will ever know what becomes of the rest."""
        for row_id in list(self._waiting):
            self.settle(row_id, Sent(Fate.UNKNOWN))
