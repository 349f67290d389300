"""The webhook over a real socket: no secret, no entrance; 200 only when the turn is through."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.clock import Clock
from bot.telegram.client import TelegramClient
from bot.telegram.contact import Contact
from bot.telegram.intake import AnotherInstanceError
from bot.telegram.turnstile import Turnstile
from bot.telegram.webhook import (
    HEADER,
    Webhook,
    WebhookSecretError,
    keep_watch,
    register,
    unregister,
)
from tests.bot.bot_api import BotApi, message, ok, refused, tap
from tests.bot.telegram.receiving import Book, World, at_once

SECRET = "a-secret-of-sixteen-or-more"


class Front:
    """A webhook that listens, and a caller who knows the secret."""

    def __init__(self, world: World, **more: Any) -> None:
        self.world = world
        gate = Turnstile(world.take, world.quarantine, sleep=at_once)
        self.webhook = Webhook(gate, world.quarantine, SECRET, **more)
        self.url = ""
        self.session = aiohttp.ClientSession()

    async def post(self, body: object, secret: str | None = SECRET, **more: Any) -> int:
        """Call as Telegram does; the status of the answer."""
        headers = {} if secret is None else {HEADER: secret}
        headers.update(more.pop("headers", {}))
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with self.session.post(self.url, data=data, headers=headers, **more) as answer:
            return answer.status


@asynccontextmanager
async def listening(world: World, **more: Any) -> AsyncIterator[Front]:
    """A front on a loopback port."""
    front = Front(world, **more)
    app = web.Application()
    app.add_routes([front.webhook.route("/hook")])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    front.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield front
    finally:
        await front.session.close()
        await runner.cleanup()


@pytest.mark.parametrize("secret", ["", "short", "with spaces in it, many", "x" * 257, "ü" * 20])
def test_without_a_secret_there_is_no_webhook(secret: str) -> None:
    """It cannot even be built, and the message names the setting."""
    world = World()
    with pytest.raises(WebhookSecretError, match="ANTENNA_WEBHOOK_SECRET"):
        Webhook(Turnstile(world.take, world.quarantine), world.quarantine, secret)


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "\u00fc"])
async def test_who_does_not_know_the_secret_is_not_heard(secret: str | None) -> None:
    """403, and nothing of the body is looked at."""
    async with listening(World()) as front:
        status = await front.post(message(1), secret)
        assert (status, front.world.taken) == (403, [])


async def test_an_update_is_taken_and_answered() -> None:
    """200 after the turn."""
    async with listening(World()) as front:
        assert (await front.post(message(1)), front.world.effects) == (200, [1])


async def test_nothing_is_answered_before_the_commit() -> None:
    """While the turn is inside there is no answer."""
    world = World()
    world.holds[1] = asyncio.Event()
    async with listening(world) as front:
        call = asyncio.create_task(front.post(message(1)))
        while not world.taken:
            await asyncio.sleep(0.001)
        assert not call.done()
        world.holds[1].set()
        assert await call == 200


async def test_a_turn_that_takes_too_long_is_asked_for_again() -> None:
    """500 makes Telegram call again; the repeat finds the turn under way and takes its answer."""
    world = World()
    world.holds[1] = asyncio.Event()
    async with listening(world, turn_seconds=0.01) as front:
        first = await front.post(message(1))
        world.holds[1].set()
        assert (first, await front.post(message(1)), world.effects) == (500, 200, [1])


async def test_whoever_hangs_up_does_not_stop_the_turn() -> None:
    """A connection that breaks leaves the turn running to its end."""
    world = World()
    world.holds[1] = asyncio.Event()
    async with listening(world) as front:
        call = asyncio.create_task(front.post(message(1)))
        while not world.taken:
            await asyncio.sleep(0.001)
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        world.holds[1].set()
        await world.until(lambda: world.effects == [1])
        assert await front.post(message(2, chat_id=8)) == 200


async def test_the_calls_of_one_chat_keep_their_order() -> None:
    """A tap that arrives while its chat's message is inside waits for it."""
    world = World()
    world.holds[1] = asyncio.Event()
    async with listening(world) as front:
        calls = [asyncio.create_task(front.post(message(1)))]
        while not world.taken:
            await asyncio.sleep(0.001)
        calls.append(asyncio.create_task(front.post(tap(2))))
        assert await front.post(message(3, chat_id=8)) == 200
        assert world.taken == [1, 3]
        world.holds[1].set()
        assert await asyncio.gather(*calls) == [200, 200]
        assert world.effects == [3, 1, 2]


async def test_a_poison_update_is_set_aside_and_not_sent_for_a_day() -> None:
    """200 after the quarantine."""
    world = World()
    world.poison = {1}
    async with listening(world) as front:
        assert (await front.post(message(1)), world.quarantined) == (200, [(1, "message")])


@pytest.mark.parametrize(
    ("body", "more", "status"),
    [
        (b"x" * 2000, {}, 413),
        (b"not json", {}, 400),
        (b"", {}, 400),
        (b"[]", {}, 400),
        (b'{"update_id": "x"}', {}, 400),
        (b"[" * 900, {}, 400),
        (b"\xff\xfe", {}, 400),
        (gzip.compress(b"x" * 100_000), {"headers": {"Content-Encoding": "gzip"}}, 415),
    ],
)
async def test_bodies_nobody_should_send_are_refused(
    body: bytes, more: dict[str, Any], status: int
) -> None:
    """Too big, not JSON, not an update, or packed: refused before anything is made of it."""
    async with listening(World(), body_bytes=1000) as front:
        assert await front.post(body, **more) == status
        assert front.world.taken == []


async def test_a_body_of_unknown_length_is_cut_off_too() -> None:
    """A stream that does not end is not read to its end."""

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(10_000):
            yield b"x" * 100

    async with listening(World(), body_bytes=1000) as front:
        headers = {HEADER: SECRET}
        async with front.session.post(front.url, data=endless(), headers=headers) as answer:
            assert answer.status == 413


async def test_a_body_that_dribbles_is_given_up() -> None:
    """Who sends one byte and then none does not hold a place for ever."""
    never = asyncio.Event()

    async def dribble() -> AsyncIterator[bytes]:
        yield b"{"
        await never.wait()

    async with listening(World(), body_seconds=0.01) as front:
        headers = {HEADER: SECRET}
        async with front.session.post(front.url, data=dribble(), headers=headers) as answer:
            assert answer.status == 408
        never.set()


async def test_an_update_nested_beyond_reading_is_set_aside() -> None:
    """It would come again for a day: its number is noted and Telegram is told yes."""
    body = b'{"update_id": 9, "message": ' + b"[" * 100_000
    async with listening(World()) as front:
        assert (await front.post(body), front.world.quarantined) == (200, [(9, "ignored")])


async def test_a_closed_door_says_come_back() -> None:
    """While the process ends, Telegram keeps what it has."""
    async with listening(World()) as front:
        front.webhook.close()
        assert (await front.post(message(1)), front.world.taken) == (503, [])


async def test_the_address_is_told_with_everything_it_needs(
    client: TelegramClient, api: BotApi
) -> None:
    """Secret, types and connections are named; what waits at Telegram's is never dropped."""
    await register(client, "https://a.example/hook", SECRET, connections=9)
    await unregister(client)
    assert api.calls == [
        (
            "setWebhook",
            {
                "url": "https://a.example/hook",
                "secret_token": SECRET,
                "max_connections": 9,
                "allowed_updates": [
                    "message",
                    "edited_message",
                    "callback_query",
                    "my_chat_member",
                ],
                "drop_pending_updates": False,
            },
        ),
        ("deleteWebhook", {"drop_pending_updates": False}),
    ]


NOW = datetime(2026, 11, 22, tzinfo=UTC)
LATELY = int(NOW.timestamp()) - 60


@pytest.mark.parametrize(
    ("info", "beats"),
    [
        ({"pending_update_count": 0}, 1),
        ({"pending_update_count": 0, "last_error_date": LATELY}, 1),
        ({"pending_update_count": 5, "last_error_date": LATELY}, 0),
        ({"pending_update_count": 5, "last_error_date": LATELY - 6000}, 1),
    ],
)
async def test_contact_means_that_telegram_gets_through(
    client: TelegramClient, api: BotApi, info: dict[str, Any], beats: int
) -> None:
    """A quiet night is contact; an address Telegram cannot reach is none. A taken one ends it."""

    class Still(Clock):
        def now(self) -> datetime:
            return NOW

    async def on_gap(start: datetime, end: datetime) -> None:
        """Nobody is told."""

    book = Book(None)
    strange = ok({"url": "https://elsewhere.example"})
    api.script(
        "getWebhookInfo", ok({"url": "https://a", **info}), refused(500, "x"), *[strange] * 3
    )
    with pytest.raises(AnotherInstanceError):
        await keep_watch(
            client, "https://a", Contact(book, on_gap, Still()), every_seconds=0, clock=Still()
        )
    assert book.beats == beats
