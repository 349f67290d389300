"""Rows of the outbox as the tests of the delivery need them, and a ledger in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.delivery.ledger import Result
from bot.delivery.sending import Fate
from storage.outbox import Lane, Policy, Row, Slot


def row(
    number: int,
    chat_id: int = 7,
    text: str | None = None,
    *,
    method: str = "sendMessage",
    lane: Lane = Lane.REPLY,
    policy: Policy = Policy.AGAIN,
    slot: Slot = Slot.NONE,
    living: int | None = None,
    person_id: int | None = None,
    not_before: datetime | None = None,
    **params: Any,
) -> Row:
    """A row; its text says its number unless told otherwise."""
    given: dict[str, Any] = {"chat_id": chat_id, **params}
    if method == "sendMessage":
        given.setdefault("text", str(number) if text is None else text)
    return Row(
        number,
        method,
        given,
        lane,
        policy,
        chat_id if person_id is None else person_id,
        slot,
        None,
        not_before,
        living=living,
    )


class Memory:
    """A ledger that keeps everything where a test can see it."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self.rows = {one.id: one for one in rows}
        self.results: list[Result] = []
        self.marked: list[int] = []
        self.taken_back: set[int] = set()
        self.failures: list[Exception] = []
        self.looks = 0
        self.hold: asyncio.Event | None = None

    @property
    def fates(self) -> list[tuple[int, str]]:
        """What became of which row, in the order it was written down."""
        return [(one.row.id, one.sent.fate.value) for one in self.results]

    async def settle(self) -> int:
        return 0

    async def pending(self, limit: int, after: int, *, bulk: bool, before: datetime) -> list[Row]:
        self.looks += 1
        await asyncio.sleep(0)
        found = [
            one
            for number, one in sorted(self.rows.items())
            if number > after
            and (one.lane is Lane.BULK) == bulk
            and (one.not_before is None or one.not_before < before)
        ]
        return found[:limit]

    async def mark_sending(self, row: Row) -> Fate | None:
        if self.failures:
            raise self.failures.pop(0)
        self.marked.append(row.id)
        return Fate.NOT_NEEDED if row.id in self.taken_back else None

    async def record(self, results: Sequence[Result]) -> None:
        if self.hold is not None:
            await self.hold.wait()
        await asyncio.sleep(0)
        if self.failures:
            raise self.failures.pop(0)
        for result in results:
            self.results.append(result)
            if result.sent.fate.value != "retry":
                self.rows.pop(result.row.id, None)
            if result.sent.fate.value == "unreachable":
                for number in [
                    n for n, one in self.rows.items() if one.person_id == result.row.person_id
                ]:
                    del self.rows[number]
