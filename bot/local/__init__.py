"""The local Telegram: a Bot API server and its page, for trying the bot and for its tests."""

from __future__ import annotations

from bot.local.server import TELEGRAM, create_local_telegram

__all__ = ["TELEGRAM", "create_local_telegram"]
