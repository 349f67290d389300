"""A local Telegram, and aiogram as an independent client that accepts nothing it does not know."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import Response, TelegramMethod
from pydantic import BaseModel

from tests.telegram import LocalTelegram, Phone, local_telegram


def unknown_fields(value: Any, path: str = "") -> list[str]:
    """List every field, however deep, that aiogram's models do not know."""
    if isinstance(value, BaseModel):
        found = [f"{path}.{name}" for name in value.model_extra or {}]
        for name in type(value).model_fields:
            found += unknown_fields(getattr(value, name), f"{path}.{name}")
        return found
    if isinstance(value, list | tuple):
        return [name for item in value for name in unknown_fields(item, path + "[]")]
    return []


def plain(model: BaseModel | None) -> Any:
    """Give what was set in a model, as JSON, to compare it by."""
    return None if model is None else model.model_dump(mode="json", exclude_unset=True)


class StrictSession(AiohttpSession):
    """aiogram's own session; an answer with a field the Bot API does not have fails the test."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[Any], status_code: int, content: str
    ) -> Response[Any]:
        response = super().check_response(bot, method, status_code, content)
        assert unknown_fields(response.result, type(method).__name__) == []
        return response


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with local_telegram() as running:
        yield running


@pytest.fixture
async def bot(telegram: LocalTelegram) -> AsyncIterator[Bot]:
    server = TelegramAPIServer.from_base(telegram.address)
    async with Bot(telegram.token, session=StrictSession(api=server)) as client:
        yield client


@pytest.fixture
async def amina(telegram: LocalTelegram) -> Phone:
    phone = await telegram.phone("Amina", language="ar")
    await phone.send("/start")
    return phone
