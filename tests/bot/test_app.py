"""The bot as it is put together: what starts with it, and what it finds out by itself."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.app import Antenna
from bot.settings import Address, Settings
from storage.vault import LIGHT_EFFORT
from tests.acceptance.town import TownClock, open_town
from tests.bot.test_metrics import figures
from tests.telegram import LocalTelegram, local_telegram


def antenna(telegram: LocalTelegram, data: Path) -> Antenna:
    """The whole bot, on the local Telegram."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        telegram_token=SecretStr(telegram.token),
        telegram_api=telegram.address,
        data=data,
        listen=Address("127.0.0.1", 0),
        console=Address("127.0.0.1", 0),
    )
    return Antenna(settings, clock=TownClock(), effort=LIGHT_EFFORT, aloud=False)


async def test_a_command_for_another_bot_is_only_words(tmp_path: Path) -> None:
    """The bot asks how it is called, and from then on knows which commands are its own."""
    async with open_town(tmp_path / "data") as town:
        await town.until(lambda: town.antenna.name != "")
        amina = await town.resident()
        home = amina.screen.text
        await amina.sends("/help@another_bot")
        assert "112" not in amina.screen.text
        await amina.sends("/menu")
        assert amina.screen.text == home


async def test_the_start_does_not_wait_for_telegram(tmp_path: Path) -> None:
    """While Telegram is down everything else opens; what has to be asked is asked when it is up."""
    async with local_telegram() as telegram:
        await telegram.fault("500")
        bot = antenna(telegram, tmp_path / "data")
        await bot.start()
        assert bot.name == ""
        await telegram.end_faults()
        await telegram.wait_until(lambda: bot.name != "", 30)
        assert bot.name == (await telegram.call("getMe"))["result"]["username"]
        await bot.stop()


async def test_people_are_counted_for_the_figures(tmp_path: Path) -> None:
    """The ticker shows how many are kept, rounded: six are ten."""
    async with open_town(tmp_path / "data") as town:
        for number in range(6):
            person = await town.newcomer(f"Person {number}")
            await person.sends("/start")
        town.clock.advance(timedelta(seconds=30))
        await town.antenna.scheduler.do("gauges")
        assert figures(town.antenna.metrics, "people") == {"": 10.0}
