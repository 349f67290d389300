"""What the tests of the shell share: a Bot API server, a client of it, and an empty terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.commands import line
from bot.setting_rows import setting_rows
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


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, no settings of the machine, and the log left as it is."""
    for row in setting_rows():
        monkeypatch.delenv(row.variable, raising=False)
    monkeypatch.setattr(line, "start_logging", lambda *_given: None)
    monkeypatch.chdir(tmp_path)
    return tmp_path
