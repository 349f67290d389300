"""A small bot and the page seen in a browser: what the page's tests stand on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from playwright.async_api import Locator, Page, expect

TOKEN = "1:local"
HOME_KEYS = [
    [{"text": "Information", "callback_data": "info", "style": "primary"}],
    [{"text": "Emergency", "callback_data": "sos", "style": "danger"}],
    [{"text": "Thanks", "callback_data": "thanks"}],
    [{"text": "Clean", "callback_data": "clean"}],
]


@dataclass
class SmallBot:
    """A bot that greets, answers its four buttons, and can be told to wait before it answers."""

    session: aiohttp.ClientSession
    base: str
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    async def call(self, method: str, **params: Any) -> Any:
        """Make a Bot API call."""
        async with self.session.post(f"{self.base}/bot{TOKEN}/{method}", json=params) as answer:
            return (await answer.json()).get("result")

    async def act(self, what: str, **wish: Any) -> Any:
        """Act as the people do."""
        async with self.session.post(f"{self.base}/sim/{what}", json=wish) as answer:
            return await answer.json()

    async def serve(self) -> None:
        """Answer updates until cancelled."""
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20) or ():
                offset = update["update_id"] + 1
                if "message" in update and update["message"]["chat"]["type"] == "private":
                    await self._greet(update["message"]["chat"]["id"])
                elif "callback_query" in update:
                    await self._answer(update["callback_query"])

    async def _greet(self, chat: int) -> None:
        await self.call(
            "sendMessage",
            chat_id=chat,
            text="<b>Welcome</b>, what do you need?",
            parse_mode="HTML",
            reply_markup={"inline_keyboard": HOME_KEYS},
        )

    async def _answer(self, query: dict[str, Any]) -> None:
        await self.may_answer.wait()
        chat, message = query["message"]["chat"]["id"], query["message"]["message_id"]
        words: dict[str, Any] = {}
        if query["data"] == "info":
            keys = {"inline_keyboard": HOME_KEYS}
            text = "Your rights at work"
            await self.call(
                "editMessageText", chat_id=chat, message_id=message, text=text, reply_markup=keys
            )
        elif query["data"] == "sos":
            words = {"text": "Call 112, day and night", "show_alert": True}
        elif query["data"] == "thanks":
            words = {"text": "Thank you"}
        elif query["data"] == "clean":
            await self.call("deleteMessage", chat_id=chat, message_id=message)
        await self.call("answerCallbackQuery", callback_query_id=query["id"], **words)


@dataclass
class Seen:
    """The page in a browser, and whatever the browser complained about."""

    page: Page
    complaints: list[str]

    def phone(self, name: str) -> Locator:
        """Find a person's phone by its caption."""
        return self.page.get_by_role("region", name=f"{name} · phone in")


async def started(seen: Seen, name: str = "Joseph") -> Locator:
    """Tap Start on a phone and wait for the bot's greeting."""
    phone = seen.phone(name)
    await phone.locator(".wide").click()
    await expect(phone.locator(".message.incoming")).to_contain_text("Welcome, what do you need?")
    return phone
