"""The composition root: everything is built here, once, and handed to what needs it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.content import load_library, load_numbers
from bot.delivery import Delivery, StorageLedger
from bot.flood import Brake
from bot.health import Health, health_application, listen
from bot.keeping import Keeping
from bot.languages import Languages
from bot.metrics import Metrics
from bot.pace import Limits, Pace
from bot.reception import Reception
from bot.scheduler import Scheduler
from bot.settings import Settings, SettingsError
from bot.telegram.client import AiohttpRequest, TelegramClient, Wire
from bot.telegram.contact import Contact
from bot.telegram.intake import Intake
from bot.telegram.profile import introduce
from bot.telegram.turnstile import Turnstile
from bot.telegram.webhook import Webhook, register
from bot.turn import Turns
from bot.watchman import Watchman
from bot.world import Furniture
from flows.model import House, Tongue
from flows.registry import FLOWS
from storage.database import Database
from storage.locks import lock_instance
from storage.writer import Writer

LOCALES = Path(__file__).resolve().parent.parent / "locales"
WEBHOOK_PATH = "/telegram"
BEATS = {"intake": timedelta(seconds=90), "tick": timedelta(seconds=90)}
WRITERS_ON_POSTGRESQL = 4

At = Callable[[str], None]


def _nowhere(point: str) -> None:
    return None


def furnish(settings: Settings, languages: Languages, locales: Path = LOCALES) -> Furniture:
    """What is the same for everybody, read and checked.

    Raises:
        ContentError: a card or a number is wrong; the message names every file and line.
    """
    tongues = tuple(
        Tongue(language.code, language.name, language.welcome)
        for language in languages.all
        if language.code in languages.codes
    )
    house = House(
        network=settings.network,
        storage_days_idle=settings.retention_days,
        wash_minutes=settings.wash_minutes,
        wash_hours=settings.wash_hours,
        tongues=tongues,
    )
    content = locales / "content"
    return Furniture(house, load_library(content), load_numbers(content))


class Antenna:
    """The whole bot. `start` opens everything in order, `stop` closes it in the other order.

    `at` is called at the named points where the fault tests kill the process.
    """

    def __init__(
        self, settings: Settings, *, clock: Clock | None = None, at: At = _nowhere
    ) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self.metrics = Metrics()
        self.watch = Watchman(self.metrics)
        self._at = at
        self._open = AsyncExitStack()
        self._receiving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Open the database, then what goes out, then what comes in.

        Raises:
            StorageError, ContentError, LanguagesError, SettingsError: what is wrong and what to
                do; nothing is left open.
        """
        try:
            await self._start()
        except BaseException:
            await self._open.aclose()
            raise

    async def _start(self) -> None:
        settings, clock, watch = self.settings, self.clock, self.watch
        languages = Languages.load(LOCALES)
        furniture = furnish(settings, languages)
        database = Database.open(settings.database_url, data=settings.data)
        self._open.callback(database.close)
        self._open.callback(lock_instance(database).release)
        writer = Writer(database, threads=WRITERS_ON_POSTGRESQL, at=self._at)
        self._open.callback(writer.close)

        wire = Wire(on_sent=lambda _method: self._at("K6"))
        await wire.open()
        self._open.push_async_callback(wire.close)
        token = settings.token()
        if token is None:
            raise SettingsError("ANTENNA_TELEGRAM_TOKEN: is missing; take one from @BotFather.")
        secret = token.get_secret_value()
        self.client = TelegramClient(wire, settings.telegram_api, secret)

        self.delivery = Delivery(
            self.client,
            StorageLedger(writer.submit),
            Pace(Limits(per_second=settings.pace)),
            clock=clock,
            watch=watch,
            kill=self._at,
        )
        await self.delivery.start()
        self._open.push_async_callback(self.delivery.stop)

        turns = Turns(FLOWS, languages, furniture)
        reception = Reception(turns, writer, self.delivery, self.metrics, clock)
        keeping = Keeping(
            database, writer, turns, self.delivery, self.metrics, clock, watch, settings
        )
        health = Health(clock, {"database": keeping.is_writable}, BEATS)
        contact = Contact(keeping, keeping.tell_gap, clock)
        turnstile = Turnstile(
            reception.take,
            reception.quarantine,
            answer_blank=reception.answer_blank,
            is_trouble=reception.is_trouble,
            brake=Brake(secrets.token_bytes(32)),
            notice=reception.slow_down,
            clock=clock,
            watch=watch,
        )
        me = await self.bot.get_me()
        await self._receive(turnstile, reception, contact, me.username or "")
        self._tick(keeping, health)
        await introduce(self.bot, [languages.words(code) for code in languages.codes])
        watch.note("ready")
