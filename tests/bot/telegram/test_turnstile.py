"""The turnstile: one chat in order, chats side by side, a bad update set aside, nobody lost."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from typing import Any

import pytest

from bot.flood import Brake
from bot.telegram.incoming import Incoming, Wrote, read_update
from bot.telegram.turnstile import Patience, Turnstile
from storage.errors import BusyError, CommitUnknownError, DatabaseError
from tests.bot.bot_api import message, tap


def update(raw: dict[str, Any]) -> Incoming:
    """An update, read."""
    found = read_update(raw)
    assert found is not None
    return found


class Turns:
    """A turn: notes what was taken and fails when told to."""

    def __init__(self) -> None:
        self.taken: list[int] = []
        self.quarantined: list[int] = []
        self.answered: list[str] = []
        self.naps: list[float] = []
        self.failures: dict[int, list[Exception]] = {}
        self.holds: dict[int, asyncio.Event] = {}
        self.quarantine_failures: list[Exception] = []

    async def take(self, incoming: Incoming) -> None:
        self.taken.append(incoming.update_id)
        if incoming.update_id in self.holds:
            await self.holds[incoming.update_id].wait()
        await asyncio.sleep(0)
        if self.failures.get(incoming.update_id):
            raise self.failures[incoming.update_id].pop(0)

    async def quarantine(self, incoming: Incoming) -> None:
        if self.quarantine_failures:
            raise self.quarantine_failures.pop(0)
        self.quarantined.append(incoming.update_id)

    async def answer(self, query_id: str) -> None:
        self.answered.append(query_id)

    async def nap(self, seconds: float) -> None:
        self.naps.append(seconds)
        await asyncio.sleep(0)


def turnstile(turns: Turns, **more: Any) -> Turnstile:
    """A turnstile that never really sleeps."""
    return Turnstile(
        turns.take, turns.quarantine, answer_blank=turns.answer, sleep=turns.nap, **more
    )


async def test_each_chat_in_order_and_all_at_once() -> None:
    """A thousand updates of 25 chats: 25 strict orders, with turns of random length."""
    order: dict[int, list[int]] = defaultdict(list)
    inside: set[int] = set()
    most_inside = 0
    chance = random.Random(5)

    async def take(incoming: Incoming) -> None:
        nonlocal most_inside
        assert incoming.chat_id is not None
        assert incoming.chat_id not in inside
        inside.add(incoming.chat_id)
        most_inside = max(most_inside, len(inside))
        for _ in range(chance.randrange(5)):
            await asyncio.sleep(0)
        inside.discard(incoming.chat_id)
        order[incoming.chat_id].append(incoming.update_id)

    gate = Turnstile(take, Turns().quarantine)
    futures = [gate.admit(update(message(n, chat_id=n % 25 + 1))) for n in range(1000)]
    await asyncio.gather(*futures)
    assert [ids == sorted(ids) for ids in order.values()] == [True] * 25
    assert sum(map(len, order.values())) == 1000
    assert most_inside == 25
    assert len(gate) == 0


async def test_a_tap_and_a_message_of_one_chat_keep_their_order() -> None:
    """The order holds across kinds of update: a tap waits for the message before it."""
    turns = Turns()
    turns.holds[1] = asyncio.Event()
    gate = turnstile(turns)
    gate.admit(update(message(1)))
    last = gate.admit(update(tap(2)))
    await asyncio.sleep(0)
    assert turns.taken == [1]
    turns.holds[1].set()
    await last
    assert turns.taken == [1, 2]


async def test_a_slow_turn_holds_up_its_own_chat_only() -> None:
    """Others are through while one is still inside."""
    turns = Turns()
    turns.holds[1] = asyncio.Event()
    gate = turnstile(turns)
    slow = gate.admit(update(message(1, chat_id=1)))
    behind = gate.admit(update(message(2, chat_id=1)))
    await gate.admit(update(message(3, chat_id=2)))
    assert (slow.done(), behind.done()) == (False, False)
    turns.holds[1].set()
    await gate.drain()
    assert (slow.done(), behind.done(), turns.taken) == (True, True, [1, 3, 2])


async def test_the_same_update_twice_is_inside_once() -> None:
    """A repeat that comes while the first is inside waits for that one."""
    turns = Turns()
    turns.holds[1] = asyncio.Event()
    gate = turnstile(turns)
    first = gate.admit(update(message(1)))
    second = gate.admit(update(message(1)))
    turns.holds[1].set()
    await second
    assert (first is second, turns.taken) == (True, [1])


async def test_a_poison_update_is_tried_three_times_and_set_aside() -> None:
    """It never blocks the rest, not even of its own chat, and its pauses grow."""
    turns = Turns()
    turns.failures[1] = [ValueError("what she wrote")] * 9
    gate = turnstile(turns)
    await asyncio.gather(gate.admit(update(message(1))), gate.admit(update(message(2))))
    assert (turns.taken, turns.quarantined) == ([1, 1, 1, 2], [1])
    assert turns.naps == [0.2, 0.4]


async def test_an_update_that_fails_once_is_not_set_aside() -> None:
    """What a second try heals was never poison."""
    turns = Turns()
    turns.failures[1] = [ValueError(), ValueError()]
    await turnstile(turns).admit(update(message(1)))
    assert (turns.taken, turns.quarantined) == ([1, 1, 1], [])


@pytest.mark.parametrize("error", [BusyError("x"), CommitUnknownError("x"), DatabaseError("x")])
async def test_a_database_that_is_away_is_waited_for(error: Exception) -> None:
    """Its failures are not the update's: however long it takes, nobody is quarantined."""
    turns = Turns()
    turns.failures[1] = [error] * 40
    await turnstile(turns).admit(update(message(1)))
    assert (len(turns.taken), turns.quarantined) == (41, [])
    assert max(turns.naps) == Patience().longest_pause_seconds


async def test_a_quarantine_that_cannot_be_written_starts_over() -> None:
    """When even the quarantine fails the house is in trouble: the update gets new tries."""
    turns = Turns()
    turns.failures[1] = [ValueError()] * 4
    turns.quarantine_failures = [BusyError("x")]
    await turnstile(turns).admit(update(message(1)))
    assert (turns.taken, turns.quarantined) == ([1] * 5, [])


async def test_a_slow_tap_is_answered_blank() -> None:
    """The spinner ends although the turn goes on; the turn is not disturbed."""
    turns = Turns()
    turns.holds[1] = asyncio.Event()
    gate = turnstile(turns, patience=Patience(blank_answer_after_seconds=0))
    future = gate.admit(update(tap(1)))
    while not turns.answered:
        await asyncio.sleep(0)
    assert (turns.answered, future.done()) == (["q1"], False)
    turns.holds[1].set()
    await future
    assert turns.answered == ["q1"]


async def test_a_quick_tap_is_left_to_its_turn() -> None:
    """A turn in time answers by itself; nothing is sent beside it."""
    turns = Turns()
    await turnstile(turns).admit(update(tap(1)))
    assert turns.answered == []


async def test_a_blank_answer_that_fails_harms_nobody() -> None:
    """Telegram being away does not reach the turn."""
    turns = Turns()
    turns.holds[1] = asyncio.Event()
    tried = asyncio.Event()

    async def fail(query_id: str) -> None:
        tried.set()
        raise OSError

    patience = Patience(blank_answer_after_seconds=0)
    gate = Turnstile(turns.take, turns.quarantine, answer_blank=fail, patience=patience)
    future = gate.admit(update(tap(1)))
    await tried.wait()
    turns.holds[1].set()
    await future
    assert turns.taken == [1]


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 1, "poll": {}},
        {"update_id": 1, "message": []},
        message(1, **{"from": {"id": 9, "is_bot": True}}),
    ],
)
async def test_what_is_ignored_is_through_at_once(raw: dict[str, Any]) -> None:
    """Odd updates and other bots reach no turn and hold up nothing."""
    turns = Turns()
    future = turnstile(turns).admit(update(raw))
    assert (future.done(), turns.taken) == (True, [])


async def test_a_tap_that_means_nothing_is_answered() -> None:
    """Its spinner ends although there is no turn for it."""
    turns = Turns()
    raw = tap(1)
    del raw["callback_query"]["data"]
    await turnstile(turns).admit(update(raw))
    await asyncio.sleep(0)
    assert (turns.answered, turns.taken) == (["q1"], [])


async def test_a_flood_is_told_once_and_confirmed_unanswered() -> None:
    """Beyond the measure there is one notice and no turn; taps and a call for help still pass."""
    turns = Turns()
    noticed: list[int] = []

    async def notice(incoming: Incoming) -> None:
        noticed.append(incoming.update_id)

    gate = turnstile(turns, brake=Brake(b"0123456789abcdef", limit=3), notice=notice)
    for number in range(1, 8):
        await gate.admit(update(message(number)))
    await gate.admit(update(tap(8)))
    await gate.admit(update(message(9, text="/clean")))
    await gate.admit(update(message(10, chat_id=8)))
    assert (turns.taken, noticed) == ([1, 2, 3, 8, 9, 10], [4])


async def test_a_group_is_no_flood() -> None:
    """Many people write there at once, and what operators write is never thrown away."""
    turns = Turns()
    gate = turnstile(turns, brake=Brake(b"0123456789abcdef", limit=3))
    for number in range(1, 8):
        raw = message(number, chat_id=-5)
        raw["message"]["chat"]["type"] = "supergroup"
        await gate.admit(update(raw))
    assert turns.taken == list(range(1, 8))


async def test_abandoning_leaves_the_rest_unconfirmed() -> None:
    """Who was inside is not through: Telegram will bring it again."""
    turns = Turns()
    turns.holds[1] = asyncio.Event()
    gate = turnstile(turns)
    inside, behind = gate.admit(update(message(1))), gate.admit(update(message(2)))
    await asyncio.sleep(0)
    await gate.abandon()
    assert (inside.cancelled(), behind.cancelled(), len(gate)) == (True, True, 0)


async def test_content_reaches_the_turn() -> None:
    """What was written is what the turn is given."""
    seen: list[object] = []

    async def take(incoming: Incoming) -> None:
        seen.append(incoming.content)

    await Turnstile(take, take).admit(update(message(1, text="I need help")))
    assert seen == [Wrote("text", "I need help")]
