"""What delivery writes down and reads back, each batch as one job of the writer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from bot.clock import Clock
from bot.delivery.queue import Strand
from bot.delivery.sending import Fate, Same, Sent, topic_stays
from flows.reminding import DAY, Reach
from storage.group import group_of_chat
from storage.handoffs.left import Topic, leave_undeleted
from storage.handoffs.lines import find_handoff_id
from storage.handoffs.safe import wait_for_her
from storage.notices.checking import Gate, lateness, may_go
from storage.outbox import Policy, Row, Slot, begin_sending, settle_sending
from storage.unit import Unit

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Result:
    """The end of a row, or its return to the start (`RETRY`), with when that was."""

    row: Row
    sent: Sent
    at: datetime
    strand: Strand | None = None  # waits until this is written down


class Ledger(Protocol):
    """Where rows come from and results go."""

    async def settle(self) -> int:
        """At the start: rows a crash left half sent become unknown. How many they were."""

    async def pending(self, limit: int, after: int, *, bulk: bool, before: datetime) -> list[Row]:
        """Rows that are due before a moment, by id, broadcasts or the others."""

    async def mark_sending(self, row: Row) -> Fate | None:
        """Commit that an at-most-once row is about to be sent; else what became of it instead."""

    async def record(self, results: Sequence[Result]) -> None:
        """Commit what became of rows."""


class Submit(Protocol):
    """`Writer.submit`."""

    def __call__(self, job: Callable[[Unit], R], /) -> Future[R]:
        """Run a job in a transaction."""


def _nobody_listens(*handoff_ids: int) -> None:
    return None


def _nobody_counts(seconds: float) -> None:
    return None


class StorageLedger:
    """The ledger in the database. `stirred` is told whose lines have met their end, `late` by how
    many seconds what was due at a moment came after it. Nobody is told anything out of `hours`."""

    def __init__(
        self,
        submit: Submit,
        stirred: Callable[..., None] = _nobody_listens,
        clock: Clock | None = None,
        *,
        late: Callable[[float], None] = _nobody_counts,
        hours: Reach = DAY,
    ) -> None:
        self._submit = submit
        self._late = late
        self._hours = hours
        self._stirred = stirred
        self._clock = clock or Clock()

    async def settle(self) -> int:
        """Rows a crash left half sent become unknown."""
        return await self._done(lambda unit: settle_sending(unit.direct()))

    async def pending(self, limit: int, after: int, *, bulk: bool, before: datetime) -> list[Row]:
        """Rows that are due."""
        return await self._done(
            lambda unit: unit.pending_rows(limit, after, bulk=bulk, before=before)
        )

    async def mark_sending(self, row: Row) -> Fate | None:
        """Commit the intention, where a row may go at most once. A line of an operator, or a
        reminder, can have been taken back a moment ago, and the hour at which it may come can be
        over: then it waits for the next one."""
        now = self._clock.now()

        def job(unit: Unit) -> Fate | None:
            if row.line is not None:
                comes = not row.method.startswith("edit")
                if comes and wait_for_her(unit.direct(), row.id, row.line, now):
                    return Fate.LATER
                if not begin_sending(unit.direct(), row.id):
                    return Fate.NOT_NEEDED
            if row.notice is not None:
                gate = may_go(unit.direct(), row.notice, row.id, now, self._hours)
                if gate is not Gate.OPEN:
                    return Fate.LATER if gate is Gate.LATER else Fate.NOT_NEEDED
                once = row.policy is Policy.ONCE
                if once and not begin_sending(unit.direct(), row.id):
                    return Fate.NOT_NEEDED  # it was stopped, and begun anew in another row
            if row.policy is Policy.ONCE:
                unit.mark_sending(row)
            return None

        return await self._done(job)

    async def record(self, results: Sequence[Result]) -> None:
        """Commit the results."""

        lines = {result.row.line for result in results if result.row.line is not None}
        told = {
            result.row.notice: result.at
            for result in results
            if result.row.notice is not None and result.sent.fate is Fate.SENT
        }

        def job(unit: Unit) -> tuple[set[int | None], list[float]]:
            for result in results:
                write_down(unit, result)
            stirred = {find_handoff_id(unit.reading(), line) for line in lines}
            return stirred, lateness(unit.reading(), told) if told else []

        stirred, late = await self._done(job)
        self._stirred(*(one for one in stirred if one is not None))
        for seconds in late:
            self._late(seconds)

    def _done(self, job: Callable[[Unit], R]) -> asyncio.Future[R]:
        return asyncio.wrap_future(self._submit(job))


def write_down(unit: Unit, result: Result) -> None:
    """What one result means for what is kept."""
    row, sent = result.row, result.sent
    if sent.fate is Fate.LATER:
        return  # that it waits is written down already
    if sent.fate is Fate.UNKNOWN:
        unit.mark_unknown(row, result.at)
    elif sent.fate is Fate.RETRY:
        unit.mark_retry(row, result.at)
    elif sent.fate is Fate.UNREACHABLE and row.person_id is not None:
        unit.set_unreachable(row.person_id, result.at, row)
    elif sent.fate is Fate.SENT or row.slot is Slot.RETIRE:
        _write_down_sent(unit, result)
    else:
        unit.mark_failed(row, result.at)
        if topic_stays(row, sent):
            _remember_topic(unit, row)


def _remember_topic(unit: Unit, row: Row) -> None:
    """A topic with people's words that Telegram does not delete is tried again."""
    chat, topic = row.params.get("chat_id"), row.params.get("message_thread_id")
    if type(chat) is int and type(topic) is int:
        group = group_of_chat(unit.direct(), unit.vault, chat)
        if group is not None:
            leave_undeleted(unit.direct(), Topic(group.id, topic))


def _write_down_sent(unit: Unit, result: Result) -> None:
    row, sent = result.row, result.sent
    first = sent.message_ids[0] if sent.message_ids else None
    if row.slot in (Slot.EDIT, Slot.NEW) and sent.living is not Same.SAME:
        first = sent.living  # an edit makes no message, and the living one is what it was
    unit.mark_sent(row, first, result.at)
    if row.person_id is not None:
        for message_id in sent.message_ids[1:]:  # the rest of an album
            unit.remember_message(row.person_id, message_id, result.at, row.wash_at, incoming=False)
