"""A polling loop over a real socket, and turns whose effects a test can count."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from bot.telegram.client import TelegramClient
from bot.telegram.incoming import Incoming
from bot.telegram.intake import (
    Intake,
    Polling,
)
from bot.telegram.turnstile import Turnstile

SWIFT = Polling(
    long_poll_seconds=1,
    patience_seconds=0.001,
    stuck_seconds=0.001,
    retry_seconds=0.001,
    longest_retry_seconds=0.002,
)


class World:
    """Turns with their effects, remembered as a database would: once per update id."""

    def __init__(self) -> None:
        self.effects: list[int] = []
        self.taken: list[int] = []
        self.quarantined: list[tuple[int, str]] = []
        self.holds: dict[int, asyncio.Event] = {}
        self.poison: set[int] = set()
        self.changed = asyncio.Event()

    async def take(self, incoming: Incoming) -> None:
        update_id = incoming.update_id
        self.taken.append(update_id)
        if update_id in self.holds:
            await self.holds[update_id].wait()
        if update_id in self.poison:
            raise ValueError
        if update_id not in self.effects:
            self.effects.append(update_id)
        self.changed.set()

    async def quarantine(self, incoming: Incoming) -> None:
        self.quarantined.append((incoming.update_id, incoming.kind.value))
        self.changed.set()

    async def until(self, reached: Callable[[], bool]) -> None:
        while not reached():
            self.changed.clear()
            await self.changed.wait()


async def at_once(seconds: float) -> None:
    """A pause that takes no time."""
    await asyncio.sleep(0)


def intake(client: TelegramClient, world: World, **more: Any) -> Intake:
    """An intake that does not idle."""
    gate = Turnstile(world.take, world.quarantine, sleep=at_once)
    more.setdefault("polling", SWIFT)
    return Intake(client, gate, world.quarantine, **more)


async def run_until(loop: Intake, reached: Awaitable[object]) -> None:
    """Run the loop until something has happened, then stop it in good order."""
    running = asyncio.create_task(loop.run())
    waiting = asyncio.ensure_future(reached)
    await asyncio.wait([running, waiting], return_when=asyncio.FIRST_COMPLETED)
    loop.stop()
    await running
    await waiting


class Book:
    """A heartbeat in memory."""

    def __init__(self, last: datetime | None) -> None:
        self.at = last
        self.beats = 0

    async def last(self) -> datetime | None:
        return self.at

    async def beat(self, at: datetime) -> None:
        self.at, self.beats = at, self.beats + 1
