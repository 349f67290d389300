"""The order of delivery: strict within a chat, many chats at once, at the pace of Telegram."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from bot.delivery.flow import Flow
from bot.pace import Limits
from bot.telegram.client import TelegramClient
from tests.bot.bot_api import Answer, BotApi, refused
from tests.bot.delivery.rows import Memory, row
from tests.bot.delivery.running import delivering, empty, hand, texts_by_chat


async def test_every_chat_is_sent_everything_in_order(client: TelegramClient, api: BotApi) -> None:
    """A thousand rows of 40 chats, half stored before the start and half handed over."""
    rows = [row(n, n % 40 + 1) for n in range(1, 1001)]
    ledger = Memory(rows[:500])
    async with delivering(client, ledger) as delivery:
        hand(delivery, ledger, *rows[500:])
        await empty(ledger)
    assert dict(texts_by_chat(api)) == {
        chat: [str(n) for n in range(1, 1001) if n % 40 + 1 == chat] for chat in range(1, 41)
    }
    assert {fate for _, fate in ledger.fates} == {"sent"}


async def test_many_chats_are_under_way_at_once_and_no_more_than_allowed(
    client: TelegramClient, api: BotApi
) -> None:
    """A slow answer to one chat does not keep the others waiting."""
    held = asyncio.Event()
    api.on_call = lambda method, params: Answer(body={"ok": True, "result": {}}, hold=held)
    ledger = Memory([row(n, n) for n in range(1, 101)])
    async with delivering(client, ledger, flow=Flow(under_way=30, look_seconds=3600)) as delivery:
        await api.until(lambda: len(api.calls) == 30)
        assert delivery.under_way == 30
        held.set()
        await empty(ledger)
    assert len(api.calls) == 100


async def test_the_next_row_of_a_chat_waits_for_the_record_of_the_last(
    client: TelegramClient, api: BotApi
) -> None:
    """So that a crash can double one message of a chat at most."""
    ledger = Memory([row(1), row(2)])
    ledger.hold = asyncio.Event()
    async with delivering(client, ledger):
        await api.until(lambda: len(api.calls) == 1)
        await asyncio.sleep(0.02)
        assert len(api.calls) == 1
        ledger.hold.set()
        await empty(ledger)
    assert [params["text"] for params in api.asked("sendMessage")] == ["1", "2"]


async def test_a_429_of_one_chat_does_not_stop_the_others(
    client: TelegramClient, api: BotApi
) -> None:
    """The halted chat waits with all it has; everybody else is served meanwhile."""
    api.on_call = lambda method, params: (
        refused(429, "Too Many", retry_after=3600) if params["chat_id"] == 7 else None
    )
    ledger = Memory([row(n, n % 2 + 7) for n in range(1, 21)])
    async with delivering(client, ledger) as delivery:
        while len(ledger.results) < 10:
            await asyncio.sleep(0.001)
        hand(delivery, ledger, row(21, 7, method="deleteMessages", message_ids=[1, 2]))
        await api.until(lambda: len(api.asked("deleteMessages")) == 1)
    tried = [params["chat_id"] for params in api.asked("sendMessage")]
    assert (tried.count(7), tried.count(8)) == (1, 10)


async def test_a_group_that_moved_is_followed(client: TelegramClient, api: BotApi) -> None:
    """What waited goes to the new number, in order, and the new number is told."""
    moved: list[tuple[int, int]] = []

    async def tell(old: int, new: int) -> None:
        moved.append((old, new))

    api.on_call = lambda method, params: (
        refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100)
        if params["chat_id"] == -1
        else None
    )
    ledger = Memory([row(n, -1) for n in range(1, 6)])
    async with delivering(client, ledger, moved=tell):
        await empty(ledger)
    assert (moved, texts_by_chat(api)[-100]) == ([(-1, -100)], ["1", "2", "3", "4", "5"])


async def test_the_pace_of_telegram_is_kept(client: TelegramClient, api: BotApi) -> None:
    """A server that refuses the fifth message within its window never has to."""
    arrivals: list[float] = []
    loop = asyncio.get_running_loop()
    refusals = 0

    def strict(method: str, params: dict[str, Any]) -> Answer | None:
        nonlocal refusals
        now = loop.time()
        if sum(1 for one in arrivals if now - one < 1) >= 4:
            refusals += 1
        arrivals.append(now)
        return None

    api.on_call = strict
    limits = Limits(per_second=4, bulk_per_second=3, chat_seconds=0)
    ledger = Memory([row(n, n) for n in range(1, 10)])
    async with delivering(client, ledger, limits=limits):
        await empty(ledger)
    assert (len(arrivals), refusals) == (9, 0)


async def test_a_row_due_soon_goes_when_it_is_due(client: TelegramClient, api: BotApi) -> None:
    """Without anybody writing meanwhile."""
    due = datetime.fromtimestamp(datetime.now(UTC).timestamp() + 0.05, UTC)
    ledger = Memory()
    async with delivering(client, ledger) as delivery:
        hand(delivery, ledger, row(1, not_before=due), row(2))
        await empty(ledger)
    assert [params["text"] for params in api.asked("sendMessage")] == ["2", "1"]


async def test_rows_of_other_processes_are_found(client: TelegramClient, api: BotApi) -> None:
    """What nobody handed over is picked up by the next look."""
    ledger = Memory()
    async with delivering(client, ledger, flow=Flow(look_seconds=0.001)):
        ledger.rows[1] = row(1)
        await empty(ledger)
    assert len(api.calls) == 1
