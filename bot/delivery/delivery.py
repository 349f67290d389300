"""The loop that empties the outbox: strictly in order within a chat, many chats at once.

A row is in the database before it comes here and leaves the database after Telegram has answered,
so a crash loses nothing. Between the answer and that commit lies the one window in which a message
can go out twice; the next row of a chat waits until it is closed.
"""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Awaitable, Callable, Iterable

from telegram.error import TelegramError

from bot.clock import Clock
from bot.delivery.awaited import Awaited
from bot.delivery.flow import Flow
from bot.delivery.ledger import Ledger, Result
from bot.delivery.living import LivingMessages
from bot.delivery.queue import Kind, Queue, Strand
from bot.delivery.recording import BackOff, Recorder
from bot.delivery.sending import RESULTS, Caller, Fate, Sender, Sent, topic_stays
from bot.delivery.stock import Stock
from bot.pace import Pace
from bot.watch import Silent, Watch
from storage.outbox import Outgoing, Policy, Row

Kill = Callable[[str], None]
Moved = Callable[[int, int], Awaitable[object]]

_LAST = frozenset(
    {Fate.SENT, Fate.NOT_NEEDED, Fate.LATER, Fate.REFUSED, Fate.UNREACHABLE, Fate.UNKNOWN}
)


def _no_kill(point: str) -> None:
    return None


def _is_asked(row: Row) -> bool:
    """Whether it is looked up, a moment before the call, if a row may still leave."""
    return row.policy is Policy.ONCE or row.notice is not None


async def _not_moved(old: int, new: int) -> None:
    return None


class Delivery:
    """Sends what the turns hand over and what the database still holds.

    `kill` is called at the named points of the fault tests: K5 before a call, K7 after its answer.
    """

    def __init__(
        self,
        caller: Caller,
        ledger: Ledger,
        pace: Pace,
        *,
        flow: Flow | None = None,
        clock: Clock | None = None,
        watch: Watch | None = None,
        moved: Moved = _not_moved,
        kill: Kill = _no_kill,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._caller = caller
        self._sender = Sender(caller)
        self._ledger = ledger
        self._pace = pace
        self._flow = flow or Flow()
        self._clock = clock or Clock()
        self._watch = watch or Silent()
        self._moved = moved
        self._kill = kill
        self._back_off = BackOff(self._flow.retry_seconds, self._flow.longest_retry_seconds, jitter)
        self._recorder = Recorder(ledger, self._back_off, self._watch, self._recorded)
        self._queue = Queue(pace)
        self._awaited = Awaited()
        self._stock = Stock(
            self._queue,
            ledger,
            self._clock,
            most=self._flow.rows,
            most_bulk=self._flow.bulk_rows,
        )
        self._living = LivingMessages(self._flow.chats_remembered)
        self._under_way = 0
        self._bulk_under_way = 0
        self._failures = 0
        self._answers = 0
        self._away = False
        self._stopping = False
        self._woken = False
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._quiet = asyncio.Event()

    def __len__(self) -> int:
        """How many rows are in memory."""
        return len(self._stock)

    @property
    def under_way(self) -> int:
        """How many calls are waiting for their answer."""
        return self._under_way

    def depths(self) -> dict[str, int]:
        """How many rows in memory wait in each lane."""
        return {lane.name.lower(): rows for lane, rows in self._queue.depths().items()}

    @property
    def away(self) -> bool:
        """Whether Telegram seems to be away."""
        return self._away

    async def start(self) -> None:
        """Settle what a crash left, load what waits, begin."""
        unknown = await self._ledger.settle()
        if unknown:
            self._watch.note("rows_unknown", rows=unknown)
        await self._stock.load()
        self._spawn(self._look())
        self._wake()

    def hand_over(self, rows: Iterable[Row]) -> None:
        """Take the rows of a turn that was committed just now."""
        for row in rows:
            self._living.forget_deleted(row)
            self._stock.hand_over((row,))
        self._wake()

    def send(self, outgoing: Outgoing) -> asyncio.Future[Sent]:
        """Send something that is kept nowhere, in the order and pace of everything else; its end
        comes back. What was not sent when the process ends is gone."""
        row, future = self._awaited.row_of(outgoing)
        self.hand_over((row,))
        return future

    def drop_person(self, person_id: int, chat_id: int | None = None) -> None:
        """Forget what waits for a person whose rows were deleted, and what is known of the chat."""
        self._drop(person_id)
        if chat_id is not None:
            self._living.forget(chat_id)

    async def landed(self, chat_id: int, at_most_seconds: float = 2.0) -> None:
        """Wait until it is written down which message a new living one of a chat became.

        Somebody can tap a button before Telegram's answer has told us of the message it hangs on:
        without this their tap would look like one on an old message.
        """
        await self._living.landed(chat_id, at_most_seconds)

    async def quiet(self) -> None:
        """Wait until nothing can be sent now: all is sent and written down, or has to wait."""
        self._wake()
        self._quiet.clear()
        await self._quiet.wait()

    async def stop(self, grace_seconds: float = 10.0) -> None:
        """Send what can go at once, wait for the answers under way, write them down, end.

        What is left is in the database and goes at the next start.
        """
        self._stopping = True
        try:
            async with asyncio.timeout(grace_seconds):
                await self.quiet()
        except TimeoutError:
            self._watch.note("delivery_cut_short", rows=self._under_way)
        if self._timer is not None:
            self._timer.cancel()
        tasks = [task for task in self._tasks if not task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._awaited.close()
        await self._recorder.close()

    # -- what starts

    def _wake(self) -> None:
        if not self._woken:
            self._woken = True
            asyncio.get_running_loop().call_soon(self._pump)

    def _pump(self) -> None:
        """Start whatever may start now, and set the clock for what may start later."""
        self._woken = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        now = self._clock.monotonic()
        self._stock.admit_due(now)
        wait = math.inf
        flow = self._flow
        while not self._away and len(self._recorder) < flow.unrecorded:
            if self._under_way >= flow.under_way:
                break
            bulk = self._bulk_under_way < flow.bulk_under_way and not self._stopping
            found = self._queue.next(now, bulk=bulk)
            if isinstance(found, float):
                wait = found
                break
            self._begin(found, now)
        self._end_overtaken()
        if self._stock.next_due is not None:
            wait = min(wait, self._stock.next_due - now)
        if wait < math.inf and not self._away:
            self._timer = asyncio.get_running_loop().call_later(wait, self._wake)
        if not self._under_way and not len(self._recorder):
            self._quiet.set()

    def _begin(self, strand: Strand, now: float) -> None:
        row = strand.send_out()
        self._under_way += 1
        if strand.kind is not Kind.QUICK:
            self._pace.start(strand.chat_id, now)
            if strand.kind is Kind.BULK:
                self._bulk_under_way += 1
        self._living.take_off(row)
        self._spawn(self._carry(strand, row))

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, strand: Strand, row: Row) -> None:
        began = self._clock.monotonic()
        try:
            sent = await self._attempt(row)
        finally:
            ended = self._clock.monotonic()
            self._under_way -= 1
            if strand.kind is not Kind.QUICK:
                self._pace.done(strand.chat_id, ended)
                if strand.kind is Kind.BULK:
                    self._bulk_under_way -= 1
        self._watch.called(row.method, RESULTS[sent.fate], ended - began)
        self._settle(strand, row, sent)
        self._wake()

    async def _attempt(self, row: Row) -> Sent:
        try:
            instead = await self._ledger.mark_sending(row) if _is_asked(row) else None
        except Exception as error:  # the database is away: nothing has left
            self._watch.note("mark_failed", error=type(error).__name__)
            return Sent(Fate.NOT_MARKED)
        if instead is not None:
            return Sent(instead)
        self._kill("K5")
        try:
            sent = await self._sender.send(row, self._living.of(row))
        except Exception as error:
            self._watch.note("sending_failed", error=type(error).__name__, method=row.method)
            return Sent(Fate.REFUSED)
        self._kill("K7")
        return sent

    # -- what became of it

    def _settle(self, strand: Strand, row: Row, sent: Sent) -> None:
        self._watch_the_wire(sent)
        self._living.remember(strand.chat_id, sent.living)
        if sent.fate is Fate.LOST and self._is_hopeless(strand):
            self._watch.note("row_given_up", method=row.method)
            sent = Sent(Fate.REFUSED)
        if sent.fate in _LAST:
            self._end(strand, row, sent)
            return
        now = self._clock.monotonic()
        not_before = None
        if sent.fate is Fate.WAIT:
            self._pace.halt(
                strand.chat_id,
                sent.seconds,
                now,
                message=strand.kind is not Kind.QUICK,
                bulk=strand.kind is Kind.BULK,
            )
        elif sent.fate is Fate.MIGRATED:
            strand.take_back()
            self._queue.move_chat(strand.chat_id, sent.chat_id)
            self._spawn(self._tell_moved(strand.chat_id, sent.chat_id))
        elif sent.trouble or sent.fate is Fate.NOT_MARKED:
            not_before = now + self._back_off.pause(strand.tries)
            strand.tries += 1
        if sent.fate is not Fate.AT_ONCE:
            self._living.land(row)
        if row.policy is Policy.ONCE and sent.fate is not Fate.NOT_MARKED:
            # It says "sending" in the database and is not. It leaves again only when that is
            # written: otherwise a crash then would find it waiting, and it would go twice.
            stays = None if sent.fate is Fate.MIGRATED else strand
            self._recorder.note(Result(row, Sent(Fate.RETRY), self._clock.now(), stays))
            if stays is not None:
                stays.wait_until(not_before)
                return
        strand.take_back()
        self._queue.enter(strand, not_before)

    def _end(self, strand: Strand, row: Row, sent: Sent) -> None:
        strand.take_first()
        if sent.fate is Fate.REFUSED:
            what = "topic_stays" if topic_stays(row, sent) else "row_refused"
            self._watch.note(what, method=row.method)
        if sent.fate is Fate.UNREACHABLE and row.person_id is not None:
            self._stock.withhold(row.person_id)
        self._awaited.settle(row.id, sent)
        self._recorder.note(Result(row, sent, self._clock.now(), strand))

    def _end_overtaken(self) -> None:
        for row in self._queue.take_overtaken():
            self._watch.count("row_overtaken")
            self._recorder.note(Result(row, Sent(Fate.NOT_NEEDED), self._clock.now()))

    def _is_hopeless(self, strand: Strand) -> bool:
        """Whether this row vanishes again and again while others get through."""
        if self._answers > strand.seen:
            strand.seen = self._answers
            strand.lost += 1
        return strand.lost >= self._flow.losses_until_given_up

    async def _tell_moved(self, old: int, new: int) -> None:
        self._watch.note("group_moved")
        try:
            await self._moved(old, new)
        except Exception as error:
            self._watch.note("moving_failed", error=type(error).__name__)

    # -- writing down

    def _recorded(self, results: list[Result]) -> None:
        for result in results:
            if result.sent.fate in _LAST:
                self._stock.release((result.row.id,))
            if result.sent.fate is Fate.UNREACHABLE and result.row.person_id is not None:
                self._drop(result.row.person_id)
            if result.strand is not None:
                self._living.land(result.row)
                result.strand.busy = False
                self._queue.enter(result.strand, result.strand.take_pause())
        if self._stock.wanting:
            self._spawn(self._load())
        self._wake()

    def _drop(self, person_id: int) -> None:
        self._stock.drop_person(person_id)
        self._awaited.drop_person(person_id)

    # -- the world outside

    def _watch_the_wire(self, sent: Sent) -> None:
        if not sent.trouble:
            self._answers += 1
            self._failures = 0
            return
        self._failures += 1
        if self._failures >= self._flow.failures_until_away and not self._away:
            self._away = True
            self._watch.note("telegram_away")
            self._spawn(self._wait_until_back())

    async def _wait_until_back(self) -> None:
        """Ask, ever more rarely, whether Telegram answers, before anything else is risked."""
        tries = 0
        while True:
            await asyncio.sleep(self._back_off.pause(tries))
            tries += 1
            try:
                await self._caller.call("getMe")
            except TelegramError:
                continue
            except Exception as error:
                self._watch.note("sending_failed", error=type(error).__name__, method="getMe")
                continue
            self._away, self._failures = False, 0
            self._watch.note("telegram_back")
            self._wake()
            return

    async def _look(self) -> None:
        """Look every few seconds for rows of other processes and rows that are near."""
        while True:
            await asyncio.sleep(self._flow.look_seconds)
            await self._load()

    async def _load(self) -> None:
        try:
            await self._stock.load()
        except Exception as error:
            self._watch.note("load_failed", error=type(error).__name__)
        self._wake()
