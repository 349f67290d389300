"""Whoever guesses is slowed down, whoever mistyped is not locked out; memory has an end (82)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.console import gate as gate_module
from bot.console.entry import BUSY
from bot.console.gate import (
    FREE_FOR_ACCOUNT,
    FREE_FOR_NETWORK,
    LONGEST_SECONDS,
    MOST_AT_ONCE,
    Gate,
    TooManyAtOnceError,
)
from tests.bot.console.house import Console, HandClock


class Waiting:
    """A gate whose waits are only noted."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.waits: list[float] = []
        self.gate = Gate(self.clock.monotonic, self._pause)

    async def _pause(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def fails(self, account: str, network: str = "1.2.3.0/24") -> float:
        """Try and fail; how long the try had to wait."""
        self.waits.clear()
        async with self.gate.trying(account, network):
            self.gate.failed(account, network)
        return sum(self.waits)


async def test_each_failure_makes_the_next_try_wait_longer() -> None:
    """The first tries are free, then the wait doubles up to some seconds, and no further."""
    waiting = Waiting()
    waits = [await waiting.fails("anna", f"10.0.{number}.0/24") for number in range(9)]
    assert waits == [0.0] * FREE_FOR_ACCOUNT + [1.0, 2.0, 4.0, 8.0, 8.0, 8.0]


async def test_a_network_is_slowed_down_whatever_names_it_tries() -> None:
    """Trying one passphrase with many names does not help."""
    waiting = Waiting()
    waits = [await waiting.fails(f"name {number}") for number in range(FREE_FOR_NETWORK + 4)]
    assert waits == [0.0] * FREE_FOR_NETWORK + [1.0, 2.0, 4.0, 8.0]


async def test_others_do_not_wait_for_whoever_guesses() -> None:
    """Another name from another network waits for nothing, after a thousand failures."""
    waiting = Waiting()
    for _ in range(1000):
        await waiting.fails("anna")
    assert await waiting.fails("bea", "192.0.2.0/24") == 0.0


async def test_nobody_is_locked_out(console: Console) -> None:
    """After a hundred failures the right three still open, after some seconds at most."""
    anna = console.reader()
    for _ in range(100):
        console.room.gate.failed("anna", "10.0.0.0/24")
    answer = await console.browser().sign_in(anna, console.clock.now())
    assert (answer.status, console.waits) == (303, [LONGEST_SECONDS])


async def test_failures_are_forgotten_after_a_while_or_when_it_was_right() -> None:
    """A quarter of an hour later, or after signing in, everything is as before."""
    waiting = Waiting()
    for _ in range(9):
        await waiting.fails("anna", "10.0.0.0/24")
    waiting.gate.succeeded("anna")
    assert await waiting.fails("anna", "10.0.1.0/24") == 0.0
    for _ in range(9):
        await waiting.fails("bea", "10.0.0.0/24")
    waiting.clock.go(timedelta(minutes=15))
    assert await waiting.fails("bea", "10.0.0.0/24") == 0.0


async def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand made-up names take no more room than the limit."""
    monkeypatch.setattr(gate_module, "MOST_KNOWN", 100)
    waiting = Waiting()
    for number in range(10_000):
        waiting.gate.failed(f"name {number}", f"10.{number // 250}.{number % 250}.0/24")
    assert len(waiting.gate) == 100


async def test_names_and_addresses_are_not_kept() -> None:
    """What is remembered of failures says neither who nor from where."""
    waiting = Waiting()
    await waiting.fails("anna colombo", "192.0.2.0/24")
    kept = b"".join(waiting.gate._failures)
    assert b"anna" not in kept
    assert b"192" not in kept


async def test_a_network_cannot_fill_the_door() -> None:
    """Only some tries of one network are under way at once; another network still comes in."""
    clock, held = HandClock(), asyncio.Event()
    gate = Gate(clock.monotonic)
    entered: list[str] = []

    async def stand(name: str, network: str) -> None:
        async with gate.trying(name, network):
            entered.append(name)
            await held.wait()

    tasks = [asyncio.create_task(stand(str(n), "a")) for n in range(MOST_AT_ONCE)]
    tasks.append(asyncio.create_task(stand("other", "b")))
    await asyncio.sleep(0)
    with pytest.raises(TooManyAtOnceError):
        async with gate.trying("one more", "a"):
            entered.append("one more")
    held.set()
    await asyncio.gather(*tasks)
    assert entered == [*map(str, range(MOST_AT_ONCE)), "other"]


async def test_too_many_passphrases_at_once_are_turned_away(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the queue the door says so in words, and nothing is tried (82)."""
    anna = console.reader()
    monkeypatch.setattr(console.room, "_waiting", 20)
    browser = console.browser()
    answer = await browser.sign_in(anna, console.clock.now())
    assert (answer.status, BUSY.source in browser.text) == (503, True)
    monkeypatch.setattr(console.room, "_waiting", 0)
    answer = await browser.sign_in(anna, console.clock.now())
    assert answer.status == 303
