"""What is written down of each fate, in a real database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.ledger import Result, StorageLedger
from bot.delivery.sending import Fate, Sent
from storage.outbox import Lane, Outgoing, Policy, Row, Slot, State, count_by_state
from storage.unit import Unit
from storage.writer import Writer
from tests.ready import ready_database

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


class House:
    """A database with one person, and a ledger over it."""

    def __init__(self, folder: Path) -> None:
        self.database = ready_database(folder)
        self.writer = Writer(self.database)
        self.ledger = StorageLedger(self.writer.submit)
        self.person_id: int = self.do(lambda unit: unit.create_person(7, "it", NOW.date())).id
        self.do(lambda unit: unit.save_conversation(self.person_id, {}, 40))

    def do(self, job: Callable[[Unit], Any]) -> Any:
        return self.writer.submit(job).result()

    def send(self, slot: Slot = Slot.NONE, **more: Any) -> Row:
        """A row in the outbox."""
        params = {"chat_id": 7, "text": "x"}
        outgoing = Outgoing("sendMessage", params, person_id=self.person_id, slot=slot, **more)
        row: Row = self.do(lambda unit: unit.send(outgoing))
        return row

    def record(self, *results: tuple[Row, Sent]) -> None:
        """Write down what became of rows."""
        asyncio.run(self.ledger.record([Result(row, sent, NOW) for row, sent in results]))

    @property
    def states(self) -> dict[State, int]:
        """How many rows there are of each state."""
        found: dict[State, int] = self.do(lambda unit: count_by_state(unit.direct()))
        return found

    @property
    def living(self) -> int | None:
        """The living message."""
        found: int | None = self.do(lambda unit: unit.conversation(self.person_id).living)
        return found

    @property
    def shown(self) -> list[int]:
        """What the chat is known to show."""
        found: list[int] = self.do(lambda unit: unit.messages_to_clean(self.person_id, NOW))
        return found


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house, closed afterwards."""
    house = House(tmp_path)
    yield house
    house.writer.close()
    house.database.close()


@pytest.mark.parametrize(
    ("slot", "sent", "living", "shown"),
    [
        (Slot.NONE, Sent(Fate.SENT, (50,)), 40, [50]),
        (Slot.NONE, Sent(Fate.SENT, (50, 51, 52)), 40, [50, 51, 52]),
        (Slot.NONE, Sent(Fate.SENT), 40, []),
        (Slot.NEW, Sent(Fate.SENT, (50,), 50), 50, [50]),
        (Slot.EDIT, Sent(Fate.SENT, living=40), 40, [40]),
        (Slot.EDIT, Sent(Fate.SENT, (50,), 50), 50, [50]),
        (Slot.RETIRE, Sent(Fate.SENT, living=None), None, []),
        (Slot.RETIRE, Sent(Fate.NOT_NEEDED, living=None), None, []),
        (Slot.EDIT, Sent(Fate.NOT_NEEDED), 40, []),
        (Slot.EDIT, Sent(Fate.REFUSED), 40, []),
    ],
)
def test_a_row_that_met_its_end_is_gone_and_the_chat_is_known(
    house: House, slot: Slot, sent: Sent, living: int | None, shown: list[int]
) -> None:
    """No body is left; the living message and what can be deleted follow what happened."""
    house.record((house.send(slot), sent))
    assert (house.states, house.living, house.shown) == ({}, living, shown)


def test_an_unknown_row_stays_as_unknown(house: House) -> None:
    """It can be counted, and is never given out again."""
    house.record((house.send(policy=Policy.ONCE), Sent(Fate.UNKNOWN)))
    pending = asyncio.run(house.ledger.pending(10, 0, bulk=False, before=NOW))
    assert (house.states, pending) == ({State.UNKNOWN: 1}, [])


def test_a_row_marked_and_taken_back_waits_again(house: House) -> None:
    """After a 429 a crash finds it waiting; without that it would be unknown."""
    row = house.send(policy=Policy.ONCE)
    asyncio.run(house.ledger.mark_sending(row))
    marked = house.states
    house.record((row, Sent(Fate.RETRY)))
    assert (marked, house.states) == ({State.SENDING: 1}, {State.NEW: 1})


def test_a_row_half_sent_at_the_start_is_unknown(house: House) -> None:
    """Nobody knows whether it went out before the crash."""
    asyncio.run(house.ledger.mark_sending(house.send(policy=Policy.ONCE)))
    assert (asyncio.run(house.ledger.settle()), house.states) == (1, {State.UNKNOWN: 1})


def test_somebody_unreachable_has_nothing_waiting(house: House) -> None:
    """Their rows go, whatever is recorded beside it, and they are marked."""
    first, second, third = house.send(), house.send(), house.send()
    house.record((first, Sent(Fate.SENT, (50,))), (second, Sent(Fate.UNREACHABLE)))
    assert third.id > second.id
    assert house.states == {}
    assert house.do(lambda unit: unit.reachable(house.person_id)) is False


def test_rows_are_given_out_by_kind_and_time(house: House) -> None:
    """Broadcasts apart, in order, from behind a row on, and not before their time."""
    rows = [
        house.send(lane=lane, not_before=at)
        for lane, at in [
            (Lane.REPLY, None),
            (Lane.BULK, None),
            (Lane.REPLY, NOW + timedelta(hours=1)),
            (Lane.ALERT, NOW - timedelta(seconds=1)),
        ]
    ]

    def given(after: int = 0, *, bulk: bool = False, hours: int = 0) -> list[int]:
        before = NOW + timedelta(hours=hours)
        found = asyncio.run(house.ledger.pending(10, after, bulk=bulk, before=before))
        return [one.id for one in found]

    first, second, third, fourth = (row.id for row in rows)
    assert (given(), given(bulk=True), given(first), given(hours=2)) == (
        [first, fourth],
        [second],
        [fourth],
        [first, third, fourth],
    )


def test_a_row_for_nobody_known_leaves_no_trace(house: House) -> None:
    """What goes to a group is sent, and no chat is remembered."""
    row = replace(house.send(), person_id=None)
    house.record((row, Sent(Fate.SENT, (50, 51))))
    assert (house.states, house.shown) == ({}, [])
