"""What regular work is done with: the one writer, the one delivery, the clock, the words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.clock import Clock
from bot.delivery import Delivery
from bot.delivery.sending import Caller
from bot.languages import Languages
from bot.settings import Settings
from bot.voices.booth import Booth
from bot.watch import Watch
from storage.unit import Unit
from storage.vault import Vault
from storage.writer import Writer

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Means:
    """Everything is made once, in the composition root, and handed on together."""

    caller: Caller
    writer: Writer
    delivery: Delivery
    vault: Vault
    languages: Languages
    clock: Clock
    watch: Watch
    settings: Settings
    booth: Booth = field(default_factory=Booth)

    async def done(self, job: Callable[[Unit], R]) -> R:
        """Do something in a transaction; its result comes after the commit."""
        return await asyncio.wrap_future(self.writer.submit(job))
