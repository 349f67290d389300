"""A delivery at work over a real socket, and what its tests ask of it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.delivery.delivery import Delivery
from bot.delivery.flow import Flow
from bot.pace import Limits, Pace
from bot.telegram.client import TelegramClient
from storage.outbox import Row
from tests.bot.bot_api import BotApi
from tests.bot.delivery.rows import Memory

FREE = Limits(per_second=0, chat_seconds=0, group_per_minute=10_000)
SWIFT = Flow(retry_seconds=0.001, longest_retry_seconds=0.002, look_seconds=3600)
BUTTONS = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}


@asynccontextmanager
async def delivering(
    client: TelegramClient, ledger: Memory, limits: Limits = FREE, flow: Flow = SWIFT, **more: Any
) -> AsyncIterator[Delivery]:
    """A delivery at work."""
    delivery = Delivery(client, ledger, Pace(limits), flow=flow, **more)
    await delivery.start()
    try:
        yield delivery
    finally:
        ledger.failures.clear()
        await delivery.stop(5)


async def empty(ledger: Memory) -> None:
    """Wait until every row has met its end."""
    while ledger.rows:
        await asyncio.sleep(0.001)


def hand(delivery: Delivery, ledger: Memory, *rows: Row) -> None:
    """Rows are committed and handed over."""
    for one in rows:
        ledger.rows[one.id] = one
    delivery.hand_over(rows)


def texts_by_chat(api: BotApi) -> dict[int, list[str]]:
    """What each chat was sent, in order."""
    found: dict[int, list[str]] = defaultdict(list)
    for params in api.asked("sendMessage"):
        found[params["chat_id"]].append(params["text"])
    return found
