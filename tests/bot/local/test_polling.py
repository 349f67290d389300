"""Updates wait, are confirmed, repeat and conflict as they do at Telegram."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError, TelegramUnauthorizedError

from bot.local.updates import CALLBACK_SECONDS, MESSAGE_SECONDS
from tests.telegram import LocalTelegram, Phone


async def texts(telegram: LocalTelegram, **parameters: Any) -> list[str]:
    """Poll and give the texts of the messages."""
    answer = await telegram.call("getUpdates", **parameters)
    return [update["message"]["text"] for update in answer["result"]]


async def test_an_offset_confirms_what_lies_before_it(
    telegram: LocalTelegram, amina: Phone
) -> None:
    """Updates come again until a greater offset confirms them, and then never."""
    ids = [(await amina.send(text))["update_id"] for text in "abc"]
    first = await texts(telegram, limit=2)
    again = await texts(telegram, offset=ids[0])
    rest = await texts(telegram, offset=ids[2])
    assert (first, again, rest) == (["/start", "a"], ["a", "b", "c"], ["c"])
    assert await texts(telegram, offset=ids[0], limit=5) == ["c"]


async def test_a_negative_offset_keeps_the_last_ones(telegram: LocalTelegram, amina: Phone) -> None:
    """`offset=-1` forgets everything but the newest update."""
    for text in "abc":
        await amina.send(text)
    assert await texts(telegram, offset=-1) == ["c"]
    assert await texts(telegram, offset=1) == ["c"]


async def test_a_long_poll_answers_when_something_happens(
    bot: Bot, telegram: LocalTelegram
) -> None:
    """A poll waits and gives the update the moment it is there."""
    phone = await telegram.phone()
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await telegram.wait_until(lambda: telegram.state.updates.polled)
    await phone.send("now")
    assert [update.message.text for update in await poll if update.message] == ["now"]


async def test_the_older_of_two_pollers_is_told(bot: Bot, telegram: LocalTelegram) -> None:
    """A second instance makes the first fail with the well-known words."""
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await telegram.wait_until(lambda: telegram.state.updates.polled)
    second = asyncio.create_task(bot.get_updates(timeout=50))
    with pytest.raises(TelegramConflictError) as caught:
        await first
    assert caught.value.message == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    phone = await telegram.phone()
    await phone.send("hello")
    assert len(await second) == 1


async def test_while_a_webhook_is_set_there_is_no_polling(
    bot: Bot, telegram: LocalTelegram
) -> None:
    """getUpdates is refused with 409, and a waiting one ends, until the webhook is deleted."""
    waiting = asyncio.create_task(bot.get_updates(timeout=50))
    await telegram.wait_until(lambda: telegram.state.updates.polled)
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
        await waiting
    telegram.state.updates.conflict_from = 0.0  # not to wait out Telegram's pause
    with pytest.raises(TelegramConflictError) as caught:
        await bot.get_updates()
    assert caught.value.message == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await bot.delete_webhook()
    assert await bot.get_updates(offset=-1) == []


async def test_old_updates_expire(telegram: LocalTelegram, bot: Bot, amina: Phone) -> None:
    """A tap is kept 150 seconds, a message 24 hours."""
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "1"}]]}
    await telegram.call("sendMessage", chat_id=amina.chat_id, text="?", reply_markup=markup)
    await amina.tap("Go", wait=0)
    await telegram.advance(CALLBACK_SECONDS + 1)
    kinds = [update.event_type for update in await bot.get_updates(offset=1)]
    assert kinds == ["message"]
    await telegram.advance(MESSAGE_SECONDS)
    await amina.send("fresh")
    assert await texts(telegram, offset=2) == ["fresh"]


async def test_only_the_kinds_asked_for_are_kept(
    telegram: LocalTelegram, bot: Bot, amina: Phone
) -> None:
    """A list of kinds holds for later updates; an empty list brings the default back."""
    await bot.get_updates(offset=-1, allowed_updates=["callback_query"])
    assert (await amina.send("lost"))["update_id"] == 0
    info = await bot.get_webhook_info()
    assert info.allowed_updates == ["callback_query"]
    await bot.get_updates(offset=-1, allowed_updates=[])
    await amina.send("kept")
    assert await texts(telegram, offset=-1) == ["kept"]


async def test_a_wrong_token_is_unauthorized(telegram: LocalTelegram, bot: Bot) -> None:
    """Another token gets 401, an unknown method 404, both with Telegram's words."""
    url = f"{telegram.address}/bot1:wrong/getMe"
    async with telegram.session.get(url) as response:
        wrong = (response.status, await response.json())
    telegram.state.token = "1:other"  # the bot's own is wrong now
    with pytest.raises(TelegramUnauthorizedError):
        await bot.get_me()
    telegram.state.token = telegram.token
    assert wrong == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
    assert await telegram.call("getSomething") == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found: method not found",
    }


@pytest.mark.parametrize("form", ["query", "form", "json", "multipart"])
async def test_parameters_come_in_four_forms(
    telegram: LocalTelegram, amina: Phone, form: str
) -> None:
    """The same call as a query, a form, JSON or multipart has the same result."""
    url = f"{telegram.address}/bot{telegram.token}/SENDMESSAGE"
    values = {"chat_id": str(amina.chat_id), "text": "è & ü", "disable_notification": "true"}
    session = telegram.session
    if form == "query":
        request = session.get(url, params=values)
    elif form == "form":
        request = session.post(url, data=values)
    elif form == "json":
        request = session.post(url, json=values)
    else:
        parts = aiohttp.FormData(values, default_to_multipart=True)
        request = session.post(url, data=parts)
    async with request as response:
        answer = await response.json()
    shown = (await amina.chat())[-1]
    assert (answer["ok"], shown["text"], shown["silent"]) == (True, "è & ü", True)


async def test_confirmed_updates_come_again(telegram: LocalTelegram, amina: Phone) -> None:
    """A share of the confirmed updates is delivered once more, the same share for a seed."""
    last = [(await amina.send(str(n)))["update_id"] for n in range(20)][-1]
    await texts(telegram, offset=last + 1)
    counts = [(await telegram.sim("repeat", fraction=0.5, seed=7))["repeated"] for _ in "ab"]
    assert counts[0] == counts[1]
    assert 0 < counts[0] < 21
    assert len(await texts(telegram, offset=last + 2)) == sum(counts)
    assert await texts(telegram, offset=-1) == []


async def test_a_standing_share_goes_on_repeating(telegram: LocalTelegram, amina: Phone) -> None:
    """With a standing share of one, every update comes twice."""
    await telegram.sim("repeat", fraction=1, standing=True)
    sent = await amina.send("twice")
    first = await texts(telegram, offset=sent["update_id"])
    second = await texts(telegram, offset=sent["update_id"] + 1)
    assert (first, second) == (["/start", "twice"], ["twice"])


async def test_anything_can_be_injected(telegram: LocalTelegram) -> None:
    """An update of an unknown kind is delivered as it is; raw text need not even be JSON."""
    injected = await telegram.sim("update", surprise={"a": 1})
    await telegram.sim("update", raw='{"update_id": {update_id}, "message": 5}')
    answer = await telegram.call("getUpdates")
    number = injected["update_id"]
    assert answer["result"] == [
        {"update_id": number, "surprise": {"a": 1}},
        {"update_id": number + 1, "message": 5},
    ]
    await telegram.sim("update", raw="{not json")
    url = f"{telegram.address}/bot{telegram.token}/getUpdates?offset={number + 2}"
    async with telegram.session.get(url) as response:
        assert await response.text() == '{"ok":true,"result":[{not json]}'
