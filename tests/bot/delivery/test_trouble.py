"""Delivery with everything going wrong that can: nothing lost, order kept, nothing risked."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.delivery.delivery import Delivery
from bot.delivery.flow import Flow
from bot.pace import Pace
from bot.telegram.client import TelegramClient
from storage.outbox import Policy
from tests.bot.bot_api import Answer, BotApi, refused
from tests.bot.delivery.rows import Memory, row
from tests.bot.delivery.running import FREE, delivering, empty, hand, texts_by_chat


@pytest.mark.parametrize(
    "trouble",
    [
        refused(429, "Too Many Requests", retry_after=0),
        refused(500, "Internal Server Error"),
        Answer(502, raw=b"<html>"),
        Answer(200, raw=b"<html>"),
        refused(401, "Unauthorized"),
        Answer(cut=True),
    ],
)
async def test_trouble_on_the_way_costs_nothing_and_keeps_the_order(
    client: TelegramClient, api: BotApi, trouble: Answer
) -> None:
    """Every third answer is trouble: all arrive, each chat in order."""
    turn = 0

    def answer(method: str, params: dict[str, Any]) -> Answer | None:
        nonlocal turn
        turn += 1
        return trouble if turn % 3 == 0 and method == "sendMessage" else None

    api.on_call = answer
    ledger = Memory([row(n, n % 5 + 1) for n in range(1, 61)])
    async with delivering(client, ledger):
        await empty(ledger)
    assert sorted(number for number, _ in ledger.fates) == list(range(1, 61))
    assert {fate for _, fate in ledger.fates} == {"sent"}
    for chat, texts in texts_by_chat(api).items():
        once = list(dict.fromkeys(texts))
        assert (chat, once) == (chat, sorted(once, key=int))


async def test_telegram_away_and_back_loses_nothing(client: TelegramClient, api: BotApi) -> None:
    """While nobody listens only one question is asked again and again; then all goes, in order."""
    await api.down()
    ledger = Memory()
    async with delivering(client, ledger) as delivery:
        hand(delivery, ledger, *[row(n, n % 7 + 1) for n in range(1, 71)])
        while not delivery.away:
            await asyncio.sleep(0.001)
        hand(delivery, ledger, *[row(n, n % 7 + 1) for n in range(71, 141)])
        assert ledger.fates == []
        await api.up()
        await empty(ledger)
        assert not delivery.away
    assert api.calls[0][0] == "getMe"
    assert dict(texts_by_chat(api)) == {
        chat: [str(n) for n in range(1, 141) if n % 7 + 1 == chat] for chat in range(1, 8)
    }


async def test_at_most_once_rows_are_not_risked_while_telegram_is_away(
    client: TelegramClient, api: BotApi
) -> None:
    """Three answers that are none close the gate: of ten such rows at most three are unknown."""
    api.on_call = lambda method, params: refused(500, "x") if method == "sendMessage" else None
    ledger = Memory([row(n, n, policy=Policy.ONCE) for n in range(1, 11)])
    flow = Flow(under_way=1, look_seconds=3600, retry_seconds=3600, longest_retry_seconds=3600)
    delivery = Delivery(client, ledger, Pace(FREE), flow=flow)
    await delivery.start()
    while not delivery.away:
        await asyncio.sleep(0.001)
    await delivery.quiet()
    assert ledger.fates == [(1, "unknown"), (2, "unknown"), (3, "unknown")]
    await delivery.stop(1)
    assert sorted(ledger.rows) == [4, 5, 6, 7, 8, 9, 10]


async def test_an_at_most_once_row_is_marked_before_and_never_repeated(
    client: TelegramClient, api: BotApi
) -> None:
    """The mark is committed first; a cut connection makes it unknown, sent once."""
    seen: list[list[int]] = []
    ledger = Memory([row(1, policy=Policy.ONCE), row(2)])

    def answer(method: str, params: dict[str, Any]) -> Answer | None:
        seen.append(list(ledger.marked))
        return Answer(cut=True) if params.get("text") == "1" else None

    api.on_call = answer
    async with delivering(client, ledger):
        await empty(ledger)
    assert (seen, ledger.fates) == ([[1], [1]], [(1, "unknown"), (2, "sent")])


async def test_an_at_most_once_row_that_was_not_taken_is_unmarked_and_goes_again(
    client: TelegramClient, api: BotApi
) -> None:
    """After a 429 the database is told that it is not being sent, so a crash loses nothing."""
    api.script("sendMessage", refused(429, "x", retry_after=0))
    ledger = Memory([row(1, policy=Policy.ONCE)])
    async with delivering(client, ledger):
        await empty(ledger)
    assert (ledger.fates, ledger.marked) == ([(1, "retry"), (1, "sent")], [1, 1])


async def test_an_at_most_once_row_goes_again_only_when_it_is_written_that_it_waits(
    client: TelegramClient, api: BotApi
) -> None:
    """As long as that is not written the next call is not made: a crash after it would find the
    row waiting, and send it twice."""
    api.script("sendMessage", refused(429, "x", retry_after=0))
    ledger = Memory([row(1, policy=Policy.ONCE)])
    ledger.hold = asyncio.Event()
    async with delivering(client, ledger):
        while not api.calls:
            await asyncio.sleep(0.001)
        for _ in range(50):
            await asyncio.sleep(0.001)
        assert (len(api.calls), ledger.marked, ledger.fates) == (1, [1], [])
        ledger.hold.set()
        await empty(ledger)
    assert (ledger.fates, len(api.calls)) == ([(1, "retry"), (1, "sent")], 2)


async def test_a_mark_that_cannot_be_written_sends_nothing(
    client: TelegramClient, api: BotApi
) -> None:
    """With the database away an at-most-once row waits; Telegram is not blamed."""
    ledger = Memory([row(1, policy=Policy.ONCE)])
    ledger.failures = [OSError() for _ in range(5)]
    async with delivering(client, ledger) as delivery:
        while ledger.failures:
            assert api.calls == []
            await asyncio.sleep(0.001)
        await empty(ledger)
        assert not delivery.away
    assert (ledger.fates, len(api.calls)) == ([(1, "sent")], 1)


async def test_results_that_cannot_be_written_are_kept_and_sending_stops(
    client: TelegramClient, api: BotApi
) -> None:
    """While the database is away no more is sent than can be doubled by a crash."""
    ledger = Memory([row(n, n) for n in range(1, 101)])
    ledger.hold = asyncio.Event()
    flow = Flow(unrecorded=10, under_way=5, look_seconds=3600, retry_seconds=0.001)
    async with delivering(client, ledger, flow=flow) as delivery:
        while delivery.under_way or len(api.calls) < 10:
            await asyncio.sleep(0.001)
        sent_meanwhile = len(api.calls)
        ledger.failures = [OSError(), OSError()]
        ledger.hold.set()
        await empty(ledger)
    assert 10 <= sent_meanwhile < 15
    assert (len(api.calls), len(ledger.results)) == (100, 100)


async def test_who_blocked_the_bot_is_tried_once_and_left_alone(
    client: TelegramClient, api: BotApi
) -> None:
    """One 403 ends all that waits for them; the others do not notice."""
    api.on_call = lambda method, params: (
        refused(403, "Forbidden: bot was blocked by the user") if params["chat_id"] == 7 else None
    )
    ledger = Memory([row(n, 7 if n % 2 else 8) for n in range(1, 21)])
    async with delivering(client, ledger):
        await empty(ledger)
    tried = [params["chat_id"] for params in api.asked("sendMessage")]
    assert (tried.count(7), tried.count(8)) == (1, 10)
    assert [fate for number, fate in ledger.fates if number % 2] == ["unreachable"]


async def test_a_message_telegram_will_never_take_is_dropped(
    client: TelegramClient, api: BotApi
) -> None:
    """The one behind it goes."""
    api.script("sendMessage", refused(400, "Bad Request: can't parse entities"))
    ledger = Memory([row(1), row(2)])
    async with delivering(client, ledger):
        await empty(ledger)
    assert ledger.fates == [(1, "refused"), (2, "sent")]


async def test_a_row_that_always_vanishes_is_given_up(client: TelegramClient, api: BotApi) -> None:
    """When others get through again and again and it does not, it is the row."""
    api.on_call = lambda method, params: (
        Answer(cut=True) if params.get("text") == "poison" else None
    )
    flow = Flow(
        retry_seconds=0.0, look_seconds=3600, losses_until_given_up=4, failures_until_away=10**6
    )
    ledger = Memory([row(1, 7, "poison"), row(2, 7)])
    async with delivering(client, ledger, flow=flow) as delivery:
        for number in range(3, 2000):
            if 1 not in ledger.rows:
                break
            hand(delivery, ledger, row(number, 8))
            await asyncio.sleep(0.001)
        await empty(ledger)
    tries = sum(1 for params in api.asked("sendMessage") if params["text"] == "poison")
    fates = dict(ledger.fates)
    assert (fates[1], fates[2], tries >= 4) == ("refused", "sent", True)


async def test_a_row_alone_is_tried_for_as_long_as_it_takes(
    client: TelegramClient, api: BotApi
) -> None:
    """With nobody else getting through, fifty losses are no reason to give up."""
    api.script("sendMessage", *[Answer(cut=True)] * 50)
    ledger = Memory([row(1)])
    async with delivering(client, ledger):
        await empty(ledger)
    assert ledger.fates == [(1, "sent")]


async def test_a_mistake_of_our_own_does_not_stop_the_others(
    client: TelegramClient, api: BotApi
) -> None:
    """A row nobody can make a call of is dropped."""
    ledger = Memory([row(1, 7, bad={1, 2}), row(2, 7)])
    async with delivering(client, ledger):
        await empty(ledger)
    assert ledger.fates == [(1, "refused"), (2, "sent")]
