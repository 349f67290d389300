"""Updates by webhook: Telegram calls, and is told 200 only when the turn is committed.

Until then it keeps the update and calls again. Nothing of a request is read before its secret was
compared, in constant time; without a secret there is no webhook.
"""

from __future__ import annotations

import asyncio
import hmac
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from aiohttp import web

from bot.clock import Clock
from bot.telegram.contact import Contact
from bot.telegram.errors import UnreadableAnswerError, parse_json
from bot.telegram.incoming import ALLOWED_UPDATES, Incoming, Kind, read_update
from bot.telegram.intake import AnotherInstanceError
from bot.telegram.turnstile import Turnstile
from bot.watch import Silent, Watch

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
BODY_BYTES: Final = 1_048_576
BODY_SECONDS: Final = 10.0
TURN_SECONDS: Final = 50.0
SHORTEST_SECRET: Final = 16
STRANGE_ADDRESSES: Final = 3
RECENT_SECONDS: Final = 600

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class WebhookSecretError(Exception):
    """The webhook has no secret worth the name: everybody could write in anybody's place."""


class Caller(Protocol):
    """`TelegramClient`."""

    async def call(self, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """Call a method of the Bot API."""


class Webhook:
    """The route Telegram calls.

    Raises:
        WebhookSecretError: when built without a secret of 16 to 256 characters `A-Za-z0-9_-`.
    """

    def __init__(
        self,
        turnstile: Turnstile,
        quarantine: Callable[[Incoming], Awaitable[object]],
        secret: str,
        *,
        watch: Watch | None = None,
        body_bytes: int = BODY_BYTES,
        body_seconds: float = BODY_SECONDS,
        turn_seconds: float = TURN_SECONDS,
    ) -> None:
        if len(secret) < SHORTEST_SECRET or _SECRET.fullmatch(secret) is None:
            raise WebhookSecretError(
                "A webhook needs a secret, or anybody who finds the address can write as anybody. "
                "Set ANTENNA_WEBHOOK_SECRET to 16 to 256 letters, digits, _ and -."
            )
        self._turnstile = turnstile
        self._quarantine = quarantine
        self._secret = secret.encode()
        self.bot_name = ""  # as soon as Telegram has told it
        self._watch = watch or Silent()
        self._body_bytes = body_bytes
        self._body_seconds = body_seconds
        self._turn_seconds = turn_seconds
        self._closed = False

    def __repr__(self) -> str:
        return "<Webhook>"

    def route(self, path: str) -> web.RouteDef:
        """The route to be added to the application."""
        return web.post(path, self.handle)

    def close(self) -> None:
        """Take nothing more; Telegram keeps it for the next start."""
        self._closed = True

    async def handle(self, request: web.Request) -> web.Response:
        """One call of Telegram's: 200 when its update is through, 500 when it has to call again."""
        said = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(said, self._secret):
            self._watch.count("webhook_refused")
            return web.Response(status=403)
        if self._closed:
            return web.Response(status=503)
        status, body = await self._body(request)
        if status != 200:
            return web.Response(status=status)
        return web.Response(status=await self._let_through(body))

    async def _body(self, request: web.Request) -> tuple[int, bytes]:
        if "Content-Encoding" in request.headers:  # Telegram sends none; it can hide gigabytes
            return 415, b""
        if (request.content_length or 0) > self._body_bytes:
            return 413, b""
        body = bytearray()
        try:
            async with asyncio.timeout(self._body_seconds):
                async for chunk in request.content.iter_any():
                    body += chunk
                    if len(body) > self._body_bytes:
                        return 413, b""
        except TimeoutError:
            return 408, b""
        return 200, bytes(body)

    async def _let_through(self, body: bytes) -> int:
        try:
            incoming = read_update(parse_json(body), self.bot_name)
        except UnreadableAnswerError as error:
            return await self._set_aside(error.update_id)
        if incoming is None:
            return 400
        self._watch.count("update_received")
        future = self._turnstile.admit(incoming)
        try:
            # Shielded: when Telegram hangs up, the turn goes on and its repeat finds it.
            async with asyncio.timeout(self._turn_seconds):
                await asyncio.shield(future)
        except TimeoutError:
            self._watch.count("webhook_slow")
            return 500
        except asyncio.CancelledError:
            if future.cancelled():
                return 500
            raise
        return 200

    async def _set_aside(self, update_id: int | None) -> int:
        """An update that cannot be read would be sent again for a day: note its id, say yes."""
        if update_id is None:
            return 400
        try:
            await self._quarantine(Incoming(update_id, Kind.IGNORED, why="unreadable"))
        except Exception as error:
            self._watch.note("quarantine_failed", error=type(error).__name__)
            return 500
        self._watch.note("update_quarantined", kind="unreadable")
        return 200


async def register(caller: Caller, url: str, secret: str, *, connections: int = 40) -> None:
    """Tell Telegram where to call. What waits there stays.

    Raises:
        TelegramError: Telegram did not take it; nothing has changed.
    """
    await caller.call(
        "setWebhook",
        {
            "url": url,
            "secret_token": secret,
            "max_connections": connections,
            "allowed_updates": list(ALLOWED_UPDATES),
            "drop_pending_updates": False,
        },
    )


async def unregister(caller: Caller) -> None:
    """Tell Telegram to keep the updates for whoever polls. What waits there stays.

    Raises:
        TelegramError: Telegram did not take it; nothing has changed.
    """
    await caller.call("deleteWebhook", {"drop_pending_updates": False})


async def keep_watch(
    caller: Caller,
    url: str,
    contact: Contact,
    *,
    every_seconds: float = 60.0,
    clock: Clock | None = None,
    watch: Watch | None = None,
) -> None:
    """Ask again and again whether Telegram still calls us, and note the contact.

    A quiet night is no gap: what counts is that Telegram knows our address and gets through.

    Raises:
        AnotherInstanceError: three times in a row the address was not ours.
    """
    clock, watch = clock or Clock(), watch or Silent()
    strange = 0
    while strange < STRANGE_ADDRESSES:
        try:
            info = await caller.call("getWebhookInfo")
            strange = 0 if info.get("url") == url else strange + 1
            if strange:
                watch.note("webhook_is_strange", tries=strange)
            elif _gets_through(info, clock.now()):
                await contact.made()
        except Exception as error:
            watch.note("heartbeat_failed", error=type(error).__name__)
        await asyncio.sleep(every_seconds)
    raise AnotherInstanceError(
        "Another instance has taken over the updates of this bot: Telegram does not call this one "
        "any more. This one has stopped. Stop the other one first, or use another token."
    )


def _gets_through(info: Mapping[str, Any], now: datetime) -> bool:
    failed = info.get("last_error_date")
    if not info.get("pending_update_count") or type(failed) is not int:
        return True
    return now.timestamp() - failed > RECENT_SECONDS
