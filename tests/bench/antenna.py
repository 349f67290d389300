"""Runs the whole bot as it runs for real, but without Telegram's limits on what may be sent.

The limits are handed in here and are no setting, so nobody can switch them off against Telegram.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from pydantic import SecretStr

from bot.app import Antenna
from bot.logs import start_logging
from bot.pace import Limits
from bot.settings import Address, LogForm, LogLevel, Settings

TOKEN = "123456:benchmark-token-that-opens-nothing"
NO_LIMITS = Limits(per_second=0, chat_seconds=0.0)


def settings_of(data: Path, api: str) -> Settings:
    """Settings for a bot that talks to a server of ours and to nobody else."""
    assert api.startswith("http://127.0.0.1:")
    return Settings(
        telegram_token=SecretStr(TOKEN),
        telegram_api=api,
        data=data,
        listen=Address("127.0.0.1", 0),
        console=Address("127.0.0.1", 0),
    )


async def run(settings: Settings) -> None:
    """Run until told to stop."""
    await Antenna(settings, limits=NO_LIMITS).run()


if __name__ == "__main__":
    start_logging(LogLevel.WARNING, LogForm.JSON)
    asyncio.run(run(settings_of(Path(sys.argv[1]), sys.argv[2])))
