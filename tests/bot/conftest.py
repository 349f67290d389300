"""What the tests of the shell share: a Bot API server and a client of it, on real sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.telegram.client import TelegramClient, Wire
from tests.bot.bot_api import TOKEN, BotApi


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server."""
    async with BotApi() as server:
        yield server


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    """A wire, closed afterwards."""
    wire = Wire(connect_seconds=5, answer_seconds=5)
    yield wire
    await wire.close()


@pytest.fixture
def client(api: BotApi, wire: Wire) -> TelegramClient:
    """A client of the server."""
    return TelegramClient(wire, api.address, TOKEN)
