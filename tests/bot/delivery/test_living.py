"""The living message of a chat: edited while it is there, sent anew when it is gone."""

from __future__ import annotations

import asyncio

from bot.telegram.client import TelegramClient
from storage.outbox import Lane, Slot
from tests.bot.bot_api import Answer, BotApi, refused
from tests.bot.delivery.rows import Memory, row
from tests.bot.delivery.running import BUTTONS, delivering, empty, hand


async def test_the_living_message_is_known_before_the_database_knows_it(
    client: TelegramClient, api: BotApi
) -> None:
    """Two turns in a row: the second was written before the first was sent, and edits it."""
    ledger = Memory()
    async with delivering(client, ledger) as delivery:
        hand(
            delivery,
            ledger,
            row(1, text="hello", slot=Slot.EDIT, reply_markup=BUTTONS),
            row(2, text="again", slot=Slot.EDIT, reply_markup=BUTTONS),
            row(3, text="done", slot=Slot.RETIRE),
            row(4, text="new", slot=Slot.EDIT, living=1001),
        )
        await empty(ledger)
    assert [(method, params.get("message_id"), params["text"]) for method, params in api.calls] == [
        ("sendMessage", None, "hello"),
        ("editMessageText", 1001, "again"),
        ("editMessageText", 1001, "done"),
        ("sendMessage", None, "new"),
    ]
    assert [one.sent.living for one in ledger.results] == [1001, 1001, None, 1002]


async def test_an_edit_of_a_message_that_is_gone_is_sent(
    client: TelegramClient, api: BotApi
) -> None:
    """The person sees the words; the row is one and ends once."""
    api.script("editMessageText", refused(400, "Bad Request: message to edit not found"))
    ledger = Memory([row(1, slot=Slot.EDIT, living=55), row(2, slot=Slot.EDIT, living=55)])
    async with delivering(client, ledger):
        await empty(ledger)
    assert [(method, params.get("message_id")) for method, params in api.calls] == [
        ("editMessageText", 55),
        ("sendMessage", None),
        ("editMessageText", 1001),
    ]
    assert ledger.fates == [(1, "sent"), (2, "sent")]


async def test_what_is_about_to_be_deleted_is_not_edited(
    client: TelegramClient, api: BotApi
) -> None:
    """A cleaned chat gets a new message, not the old one that is being deleted."""
    ledger = Memory([row(1, slot=Slot.NEW)])
    async with delivering(client, ledger) as delivery:
        await empty(ledger)
        hand(
            delivery,
            ledger,
            row(2, method="deleteMessages", lane=Lane.CLEAN, message_ids=[900, 1001]),
            row(3, slot=Slot.EDIT),
        )
        await empty(ledger)
    methods = [method for method, _ in api.calls]
    assert sorted(methods) == ["deleteMessages", "sendMessage", "sendMessage"]


async def test_a_tap_waits_until_its_message_has_landed(
    client: TelegramClient, api: BotApi
) -> None:
    """The answer that tells the message's number, and its record, come before the tap's turn."""
    held = asyncio.Event()
    api.script("sendMessage", Answer(body={"ok": True, "result": {"message_id": 5}}, hold=held))
    ledger = Memory([row(1, slot=Slot.EDIT)])
    async with delivering(client, ledger) as delivery:
        await api.until(lambda: len(api.calls) == 1)
        landing = asyncio.create_task(delivery.landed(7, 60))
        await delivery.landed(8)
        await asyncio.sleep(0.01)
        assert not landing.done()
        held.set()
        await landing
        assert ledger.fates == [(1, "sent")]
        hand(delivery, ledger, row(2, slot=Slot.EDIT))
        await delivery.landed(7)
        await empty(ledger)
