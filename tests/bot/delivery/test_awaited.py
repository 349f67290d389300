"""What is sent without being kept: its end comes back, whatever it is."""

from __future__ import annotations

import asyncio

import pytest

from bot.delivery.delivery import Delivery
from bot.delivery.flow import Flow
from bot.delivery.sending import Fate
from bot.pace import Pace
from bot.telegram.client import TelegramClient
from storage.outbox import Lane, Outgoing, Policy
from tests.bot.bot_api import Answer, BotApi, refused
from tests.bot.delivery.rows import Memory, row
from tests.bot.delivery.running import FREE, delivering, hand

HELLO = Outgoing("sendMessage", {"chat_id": 7, "text": "hello"}, Lane.ALERT, Policy.ONCE)
HERS = Outgoing("sendMessage", {"chat_id": 7, "text": "hi"}, policy=Policy.ONCE, person_id=7)

ENDS = {
    "sent": (Answer(body={"ok": True, "result": {"message_id": 12}}), Fate.SENT, (12,)),
    "refused": (refused(400, "Bad Request: message is too long"), Fate.REFUSED, ()),
    "thrown out": (refused(403, "Forbidden: bot was kicked from the group"), Fate.REFUSED, ()),
    "no answer": (Answer(status=502), Fate.UNKNOWN, ()),
}


@pytest.mark.parametrize("name", ENDS)
async def test_the_end_of_a_row_comes_back(name: str, client: TelegramClient, api: BotApi) -> None:
    """Sent with the number of the message, refused, or unknown; tried once in every case."""
    answer, fate, ids = ENDS[name]
    api.script("sendMessage", answer)
    async with delivering(client, Memory()) as delivery:
        sent = await delivery.send(HELLO)
        assert (sent.fate, sent.message_ids) == (fate, ids)
        assert [params["text"] for params in api.asked("sendMessage")] == ["hello"]


async def test_a_pause_is_waited_out(client: TelegramClient, api: BotApi) -> None:
    """A 429 is no end: it is sent afterwards, once."""
    api.script("sendMessage", refused(429, "x", retry_after=0))
    async with delivering(client, Memory()) as delivery:
        assert (await delivery.send(HELLO)).fate is Fate.SENT
        assert len(api.asked("sendMessage")) == 2


async def test_somebody_who_blocked_is_known(client: TelegramClient, api: BotApi) -> None:
    """What goes to a person and is refused with 403 comes back as unreachable."""
    api.script("sendMessage", refused(403, "Forbidden: bot was blocked by the user"))
    async with delivering(client, Memory()) as delivery:
        assert (await delivery.send(HERS)).fate is Fate.UNREACHABLE


async def test_nothing_waits_for_somebody_forgotten(client: TelegramClient, api: BotApi) -> None:
    """What had not left when its person was forgotten is not sent, and says so."""
    held = asyncio.Event()
    api.script("sendMessage", Answer(body={"ok": True, "result": {}}, hold=held))
    async with delivering(client, Memory()) as delivery:
        first, second = delivery.send(HERS), delivery.send(HERS)
        await api.until(lambda: len(api.calls) == 1)
        delivery.drop_person(7, 7)
        assert (await second).fate is Fate.UNREACHABLE
        held.set()
        assert (await first).fate in (Fate.SENT, Fate.UNREACHABLE)
        assert len(api.calls) == 1


async def test_what_is_not_kept_has_room_when_there_is_none(
    client: TelegramClient, api: BotApi
) -> None:
    """With more rows in the database than in memory, it is not left to the database."""
    ledger = Memory([row(number, number) for number in range(1, 8)])
    held = asyncio.Event()
    api.on_call = lambda method, params: Answer(
        body={"ok": True, "result": {"message_id": 1}},
        hold=None if params.get("chat_id") == 7_000 else held,
    )
    flow = Flow(rows=3, look_seconds=3600)
    async with delivering(client, ledger, flow=flow) as delivery:
        outgoing = Outgoing("sendMessage", {"chat_id": 7_000, "text": "x"}, Lane.ALERT)
        assert (await delivery.send(outgoing)).fate is Fate.SENT
        held.set()


async def test_who_waits_is_told_when_the_house_closes(client: TelegramClient, api: BotApi) -> None:
    """A row under way at the end is unknown; nobody waits for ever."""
    forever = asyncio.Event()
    api.on_call = lambda method, params: Answer(hold=forever, body={})
    delivery = Delivery(client, Memory(), Pace(FREE))
    await delivery.start()
    waiting = delivery.send(HELLO)
    await api.until(lambda: len(api.calls) == 1)
    await delivery.stop(0.01)
    forever.set()
    assert (await waiting).fate is Fate.UNKNOWN


async def test_the_order_of_a_chat_holds_around_it(client: TelegramClient, api: BotApi) -> None:
    """While one row of a chat is under way, what is not kept goes right after it."""
    held = asyncio.Event()
    api.script("sendMessage", Answer(body={"ok": True, "result": {}}, hold=held))
    ledger = Memory()
    async with delivering(client, ledger) as delivery:
        hand(delivery, ledger, row(1), row(2))
        await api.until(lambda: len(api.calls) == 1)
        sent = delivery.send(HELLO)
        held.set()
        await sent
        await delivery.quiet()
        assert [params["text"] for params in api.asked("sendMessage")] == ["1", "hello", "2"]
