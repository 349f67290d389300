"""How updates come in: asked for, or called with, as the settings say."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

from aiohttp.web import Application

from bot.clock import Clock
from bot.flood import Brake
from bot.reception import Reception
from bot.settings import Settings
from bot.telegram.client import TelegramClient
from bot.telegram.contact import Contact
from bot.telegram.intake import Intake
from bot.telegram.patience import until_done
from bot.telegram.turnstile import Turnstile
from bot.telegram.webhook import Webhook, keep_watch, register
from bot.watch import Watch

WEBHOOK_PATH = "/telegram"
GRACE_SECONDS = 15.0

Begin = Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]]


class Entrance:
    """The one way in, opened late and closed early."""

    def __init__(
        self, settings: Settings, clock: Clock, watch: Watch, at: Callable[[str], None]
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._watch = watch
        self._at = at
        self._receiver: Intake | Webhook | None = None

    @property
    def name(self) -> str:
        """How the bot is called in Telegram; nothing as long as Telegram has not told it."""
        return "" if self._receiver is None else self._receiver.bot_name

    def open(
        self,
        client: TelegramClient,
        reception: Reception,
        contact: Contact,
        web: Application,
        begin: Begin,
        closing: AsyncExitStack,
    ) -> None:
        """Begin to receive; `begin` starts what runs beside, `closing` ends it."""
        turnstile = self._turnstile(reception)
        reception.waits_behind = turnstile.waits_behind
        if self._settings.public_url is None:
            self._poll(client, turnstile, reception, contact, begin, closing)
        else:
            self._be_called(client, turnstile, reception, contact, web, begin, closing)

    async def hears(self) -> bool:
        """Whether Telegram answers when it is asked for updates; a webhook is asked elsewhere."""
        receiver = self._receiver
        return not isinstance(receiver, Intake) or receiver.receiving

    async def learn_name(self, client: TelegramClient) -> None:
        """Ask how the bot is called: a command addressed to another bot is then only words."""

        async def ask() -> None:
            me = await client.call("getMe")
            name = me.get("username") if isinstance(me, dict) else None
            if self._receiver is not None and isinstance(name, str):
                self._receiver.bot_name = name

        await until_done(ask, self._watch)

    def _turnstile(self, reception: Reception) -> Turnstile:
        return Turnstile(
            reception.take,
            reception.quarantine,
            answer_blank=reception.answer_blank,
            is_trouble=reception.is_trouble,
            brake=Brake(secrets.token_bytes(32)),
            notice=reception.slow_down,
            clock=self._clock,
            watch=self._watch,
            at=self._at,
        )

    def _poll(
        self,
        client: TelegramClient,
        turnstile: Turnstile,
        reception: Reception,
        contact: Contact,
        begin: Begin,
        closing: AsyncExitStack,
    ) -> None:
        intake = Intake(
            client,
            turnstile,
            reception.quarantine,
            contact=contact,
            clock=self._clock,
            watch=self._watch,
        )
        self._receiver = intake
        receiving = begin(intake.run())

        async def stop() -> None:
            intake.stop()
            await asyncio.wait({receiving}, timeout=GRACE_SECONDS)

        closing.push_async_callback(stop)

    def _be_called(
        self,
        client: TelegramClient,
        turnstile: Turnstile,
        reception: Reception,
        contact: Contact,
        web: Application,
        begin: Begin,
        closing: AsyncExitStack,
    ) -> None:
        given = self._settings.webhook_secret
        secret = given.get_secret_value() if given else ""
        webhook = Webhook(turnstile, reception.quarantine, secret, watch=self._watch)
        self._receiver = webhook
        web.router.add_routes([webhook.route(WEBHOOK_PATH)])
        url = f"{self._settings.public_url}{WEBHOOK_PATH}"
        closing.push_async_callback(turnstile.drain)
        closing.callback(webhook.close)

        async def answer() -> None:
            await until_done(lambda: register(client, url, secret), self._watch)
            await keep_watch(client, url, contact, clock=self._clock, watch=self._watch)

        begin(answer())
