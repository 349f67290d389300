"""Asks Telegram for something until it is there: what a start needs and no start may wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from telegram.error import TelegramError

from bot.watch import Watch

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 300.0


async def until_done(call: Callable[[], Awaitable[object]], watch: Watch) -> None:
    """Try again, more and more seldom, for as long as Telegram is away."""
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            await call()
            return
        except TelegramError as error:
            watch.note("telegram_away", error=type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
