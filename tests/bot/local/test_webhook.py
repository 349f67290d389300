"""Webhooks are called in order where Telegram keeps order, and again until they answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiohttp import web

from tests.telegram import LocalTelegram, Phone


class Hook:
    """A webhook that remembers, and answers as it is told."""

    def __init__(self) -> None:
        self.url = ""
        self.seen: list[dict[str, Any]] = []
        self.headers: list[str | None] = []
        self.answers: list[web.Response] = []
        self.gate: asyncio.Event | None = None
        self.inside = 0
        self.most_inside = 0

    async def take(self, request: web.Request) -> web.Response:
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        self.seen.append(await request.json())
        self.headers.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if self.gate is not None:
            await self.gate.wait()
        self.inside -= 1
        return self.answers.pop(0) if self.answers else web.Response()

    def texts(self) -> list[str]:
        """The texts of the messages, in the order they came."""
        return [one["message"]["text"] for one in self.seen if "message" in one]


@asynccontextmanager
async def listening() -> AsyncIterator[Hook]:
    """Serve a hook on a free port."""
    hook = Hook()
    application = web.Application()
    application.router.add_post("/hook", hook.take)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield hook
    finally:
        await runner.cleanup()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    async with listening() as running:
        yield running


async def test_updates_are_posted_with_the_secret(
    telegram: LocalTelegram, bot: Bot, amina: Phone, hook: Hook
) -> None:
    """What waited comes first, each post carries the secret, and what is answered is gone."""
    await bot.set_webhook(hook.url, secret_token="s3cret_-")
    await amina.send("hello")
    await telegram.wait_until(lambda: hook.texts() == ["/start", "hello"])
    assert set(hook.headers) == {"s3cret_-"}
    await telegram.wait_until(lambda: telegram.state.webhook.waiting == 0)
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.max_connections) == (hook.url, 0, 40)


async def test_one_chat_waits_for_itself_but_not_for_others(
    telegram: LocalTelegram, bot: Bot, amina: Phone, hook: Hook
) -> None:
    """Messages of a chat go one at a time; another chat and a tap of the same person overtake."""
    other = await telegram.phone("Bo")
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "1"}]]}
    await telegram.call("sendMessage", chat_id=amina.chat_id, text="?", reply_markup=markup)
    await bot.get_updates(offset=-1)
    await bot.set_webhook(hook.url, drop_pending_updates=True)
    hook.gate = asyncio.Event()
    await amina.send("one")
    await amina.send("two")
    await other.send("other")
    await amina.tap("Go", wait=0)
    await telegram.wait_until(lambda: len(hook.seen) == 3)
    kinds = sorted(next(iter(set(one) - {"update_id"})) for one in hook.seen)
    assert (kinds, hook.most_inside) == (["callback_query", "message", "message"], 3)
    assert sorted(hook.texts()) == ["one", "other"]
    hook.gate.set()
    await telegram.wait_until(lambda: len(hook.seen) == 4)
    assert hook.texts()[-1] == "two"


async def test_max_connections_holds(
    telegram: LocalTelegram, bot: Bot, amina: Phone, hook: Hook
) -> None:
    """With two connections never more than two posts are on their way."""
    await bot.get_updates(offset=-1)
    await bot.set_webhook(hook.url, max_connections=2, drop_pending_updates=True)
    hook.gate = asyncio.Event()
    for number in range(6):
        await (await telegram.phone(f"P{number}")).send("hi")
    await telegram.wait_until(lambda: len(hook.seen) == 2)
    hook.gate.set()
    await telegram.wait_until(lambda: len(hook.seen) == 6)
    assert hook.most_inside == 2


async def test_a_failing_webhook_is_called_again(
    telegram: LocalTelegram, bot: Bot, amina: Phone, hook: Hook
) -> None:
    """Until it answers 2xx the same update comes again, and the last error is shown."""
    hook.answers = [web.Response(status=500), web.Response(status=502)]
    await bot.set_webhook(hook.url)
    await telegram.wait_until(lambda: len(hook.seen) == 3)
    assert [one["update_id"] for one in hook.seen] == [hook.seen[0]["update_id"]] * 3
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 502 Bad Gateway"


async def test_retry_after_is_obeyed(
    telegram: LocalTelegram, bot: Bot, amina: Phone, hook: Hook
) -> None:
    """A webhook that asks for an hour is left alone; deleting it frees the update for a poll."""
    hook.answers = [web.Response(status=503, headers={"Retry-After": "7200"})]
    await bot.set_webhook(hook.url)
    await telegram.wait_until(lambda: telegram.state.webhook.last_error)
    assert telegram.state.webhook.pauses == [3600.0]
    await bot.delete_webhook()
    updates = await bot.get_updates(offset=0)
    assert [one.message.text for one in updates if one.message] == ["/start"]


async def test_a_webhook_may_answer_with_a_method(
    telegram: LocalTelegram, bot: Bot, amina: Phone, hook: Hook
) -> None:
    """A method in the answer is carried out."""
    answer = {"method": "sendMessage", "chat_id": amina.chat_id, "text": "by the way"}
    hook.answers = [web.json_response(answer)]
    await bot.set_webhook(hook.url)
    await amina.wait_for("BOT   by the way")


async def test_order_can_be_mixed(
    telegram: LocalTelegram, bot: Bot, amina: Phone, hook: Hook
) -> None:
    """Within a window the order is shuffled the same way for a seed, and nothing is lost."""
    await bot.get_updates(offset=-1)
    await bot.set_webhook(hook.url, drop_pending_updates=True)
    await telegram.sim("shuffle", window=8, seed=3)
    sent = [str(n) for n in range(8)]
    for text in sent:
        await amina.send(text)
    await telegram.wait_until(lambda: len(hook.seen) == 8)
    assert hook.texts() != sent
    assert sorted(hook.texts()) == sent


@pytest.mark.parametrize(
    ("url", "secret", "expected"),
    [
        ("nonsense", "", "Bad Request: invalid webhook URL specified"),
        ("https://127.0.0.1/", "a b", "Bad Request: secret token contains unallowed characters"),
        ("https://127.0.0.1/", "x" * 257, "Bad Request: secret token is too long"),
        (
            "https://a.it/",
            "",
            "Bad Request: bad webhook: the local Telegram calls loopback addresses only",
        ),
    ],
)
async def test_a_wrong_webhook_is_refused(bot: Bot, url: str, secret: str, expected: str) -> None:
    """An address or secret that Telegram would refuse is refused, and polling goes on."""
    with pytest.raises(TelegramBadRequest) as caught:
        await bot.set_webhook(url, secret_token=secret)
    assert caught.value.message == expected
    assert await bot.get_updates(offset=-1) == []
