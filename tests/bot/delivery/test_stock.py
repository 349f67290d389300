"""The stock: what is in memory is always the beginning of what is in the database."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import Clock
from bot.delivery.queue import Queue, Strand, chat_of
from bot.delivery.stock import Stock
from bot.pace import Limits, Pace
from storage.outbox import Lane, Row
from tests.bot.delivery.rows import Memory, row

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FREE = Limits(per_second=0, chat_seconds=0, group_per_minute=10_000)


class Still(Clock):
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return 1000.0 + self.seconds


class Shelf:
    """A stock, its queue, and a ledger that loses what is sent."""

    def __init__(self, rows: list[Row], *, most: int = 1000, most_bulk: int = 1000) -> None:
        self.ledger = Memory(rows)
        self.queue = Queue(Pace(FREE))
        self.clock = Still()
        self.stock = Stock(self.queue, self.ledger, self.clock, most=most, most_bulk=most_bulk)
        self.gone: list[Row] = []

    def written(self, *rows: Row) -> None:
        """Rows are committed and handed over."""
        for one in rows:
            self.ledger.rows[one.id] = one
        self.stock.hand_over(rows)

    def send(self, most: int = 10**6) -> list[int]:
        """Send what is in the queue, at most so many."""
        gone: list[int] = []
        while len(gone) < most and isinstance(found := self.queue.next(1000.0), Strand):
            one = found.take_first()
            gone.append(one.id)
            self.gone.append(one)
            self.ledger.rows.pop(one.id, None)
            self.stock.release((one.id,))
            self.queue.enter(found)
        return gone


async def test_everything_that_waits_is_loaded_and_new_rows_follow() -> None:
    """After a start the old rows go, then those handed over, each once."""
    shelf = Shelf([row(1), row(2)])
    await shelf.stock.load()
    shelf.written(row(3))
    await shelf.stock.load()
    assert (shelf.send(), len(shelf.stock)) == ([1, 2, 3], 0)


async def test_rows_handed_over_before_the_load_are_not_lost() -> None:
    """They are in the database, and the load finds them."""
    shelf = Shelf([row(1)])
    shelf.written(row(2))
    await shelf.stock.load()
    assert shelf.send() == [1, 2]


async def test_rows_handed_over_during_the_load_are_not_lost() -> None:
    """What arrives while the database is being read is read in another look."""
    shelf = Shelf([row(n) for n in range(1, 1200)], most=5000)
    loading = asyncio.create_task(shelf.stock.load())
    await asyncio.sleep(0)
    shelf.written(row(1200))
    await loading
    assert shelf.send() == list(range(1, 1201))


async def test_a_row_that_left_during_a_look_is_not_taken_again() -> None:
    """The look saw it, but it was sent before the look came back."""
    shelf = Shelf([row(1), row(2)])
    await shelf.stock.load()
    looking = asyncio.create_task(shelf.stock.load())
    await asyncio.sleep(0)  # the look is under way
    found = await shelf.ledger.pending(10, 0, bulk=False, before=NOW)
    sent = shelf.send()
    for one in found:
        shelf.ledger.rows[one.id] = one  # a snapshot from before: it still shows them
    await looking
    assert (sent, shelf.send()) == ([1, 2], [])


@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.booleans(), st.integers(0, 4)), min_size=1, max_size=80
    ),
    st.integers(2, 12),
    st.integers(0, 30),
)
@settings(max_examples=120, deadline=None)
def test_with_more_rows_than_room_order_holds_and_nothing_is_lost(
    wishes: list[tuple[int, bool, int]], most: int, stored: int
) -> None:
    """However small the memory, each chat's rows go in order, each once, broadcasts apart."""
    rows = [
        row(n, chat, lane=Lane.BULK if bulk else Lane.REPLY)
        for n, (chat, bulk, _) in enumerate(wishes, 1)
    ]

    async def story() -> list[Row]:
        shelf = Shelf(rows[:stored], most=most, most_bulk=most)
        await shelf.stock.load()
        for one, (_, _, sendings) in zip(rows[stored:], wishes[stored:], strict=True):
            shelf.written(one)
            shelf.send(sendings)
            assert len(shelf.stock) <= 2 * most
            if shelf.stock.wanting:
                await shelf.stock.load()
        for _ in range(2 * len(rows)):
            await shelf.stock.load()
            shelf.send()
        return shelf.gone

    gone = asyncio.run(story())
    assert sorted(one.id for one in gone) == [one.id for one in rows]
    order: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for one in gone:
        order[chat_of(one), one.lane is Lane.BULK].append(one.id)
    assert [ids for ids in order.values() if ids != sorted(ids)] == []


async def test_a_row_goes_at_its_time_and_not_before() -> None:
    """What is due soon waits in memory, without holding up its chat."""
    shelf = Shelf([])
    await shelf.stock.load()
    shelf.written(row(1, not_before=NOW + timedelta(seconds=30)), row(2))
    assert (shelf.send(), shelf.stock.next_due) == ([2], 1030.0)
    shelf.clock.seconds = 31
    shelf.stock.admit_due(shelf.clock.monotonic())
    assert (shelf.send(), shelf.stock.next_due) == ([1], None)


async def test_a_row_for_much_later_is_left_to_the_database() -> None:
    """It takes no memory until a look finds it near."""
    shelf = Shelf([])
    await shelf.stock.load()
    shelf.written(row(1, not_before=NOW + timedelta(hours=3)))
    before = len(shelf.stock)
    shelf.clock.seconds = 3 * 3600 + 1
    await shelf.stock.load()
    assert (before, shelf.send()) == (0, [1])


async def test_who_is_dropped_has_nothing_left_here() -> None:
    """Rows that wait and rows for later are gone; those of others stay."""
    shelf = Shelf([])
    await shelf.stock.load()
    soon = NOW + timedelta(seconds=30)
    shelf.written(row(1, 7), row(2, 7, not_before=soon), row(3, 8))
    shelf.stock.drop_person(7)
    shelf.clock.seconds = 31
    shelf.stock.admit_due(shelf.clock.monotonic())
    assert (len(shelf.stock), shelf.send()) == (1, [3])


async def test_who_is_withheld_is_not_loaded_again() -> None:
    """Between the refusal and its commit a look still sees the rows, and leaves them."""
    shelf = Shelf([row(1, 7), row(2, 7), row(3, 8)])
    await shelf.stock.load()
    shelf.stock.withhold(7)
    await shelf.stock.load()
    sent = shelf.send()
    shelf.stock.drop_person(7)
    assert (sent, len(shelf.stock)) == ([3], 0)
