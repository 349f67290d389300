"""The composition root: everything is built here, once, and handed to what needs it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

from telegram import Bot

from bot.archive import Archive
from bot.clock import Clock
from bot.collector import spare_the_collector
from bot.commits import Commits
from bot.console.opening import open_console
from bot.console.room import Demo
from bot.console.words.rack import Rack
from bot.delivery import Delivery, StorageLedger
from bot.directory import begin_directory
from bot.entrance import Entrance
from bot.evidence.fetch import Fetcher
from bot.furniture import LOCALES as LOCALES
from bot.furniture import furnish as furnish
from bot.gauges import Gauges
from bot.group.door import Door
from bot.group.meanings import Proposing
from bot.group.room import Moves, Room
from bot.group.staff import StaffTurns
from bot.health import Health, health_application, listen
from bot.keeping import Keeping
from bot.languages import Languages
from bot.mass.masses import MASS_SECONDS, Masses, mass_render
from bot.meaning.interpreter import Interpreter
from bot.meaning.libretranslate import LibreTranslate, open_translator
from bot.meaning.listening import Listening, told_since
from bot.meaning.translator import Translator
from bot.means import Means
from bot.metrics import Metrics
from bot.offices import OFFICES_SECONDS, Offices
from bot.pace import Limits, Pace
from bot.pictures import Pictures
from bot.push import Pusher
from bot.quota import limit_reports
from bot.reception import Reception
from bot.relay.handoffs import Handoffs
from bot.relay.mirror import Mirror
from bot.relay.mirror_alarm import ALARM_SECONDS, MirrorAlarm
from bot.relay.news import News
from bot.reminders import Reminders
from bot.reminders.reminders import MORE_SECONDS, TICK_SECONDS
from bot.scheduler import Scheduler
from bot.settings import Address, Settings, SettingsError
from bot.telegram.client import AiohttpRequest, TelegramClient, Wire
from bot.telegram.contact import Contact
from bot.telegram.patience import until_done
from bot.telegram.profile import introduce
from bot.telegram.shapes import bot_number
from bot.turn import Turns
from bot.upkeep import Upkeep
from bot.voices.voices import VOICES_SECONDS, Voices
from bot.watchman import Watchman
from bot.wording.monthly import MONTHLY_SECONDS, Monthly
from bot.wording.refreshing import WORDINGS_SECONDS, Wordings
from bot.workshop import Workshop
from flows.calendar_model import Subject
from flows.registry import FLOWS
from storage.database import Database
from storage.locks import Lock, lock_instance
from storage.reports import Reports
from storage.vault import FULL_EFFORT, Effort
from storage.writer import Writer

BEAT_SECONDS = 10.0
LOCK_SECONDS = 5.0
BEATS = {"tick": timedelta(seconds=90)}
WASH_SECONDS = 15.0
FILE_SECONDS = 20.0
GROUP_SECONDS = 15.0
UPKEEP_SECONDS = 60.0
RETAIN_SECONDS = 3600.0
GAUGE_SECONDS = 30.0
WRITERS_ON_POSTGRESQL = 4

At = Callable[[str], None]


def _nowhere(point: str) -> None:
    return None


class Antenna:
    """The whole bot. `start` opens everything in order, `stop` closes it in the other order.

    `at` is called at the named points where the fault tests kill the process. `limits` are what
    Telegram allows; only who measures against a server of their own hands in others. `aloud`:
    a machine reads, where its programs are installed.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        at: At = _nowhere,
        limits: Limits | None = None,
        demo: tuple[Demo, ...] = (),
        effort: Effort = FULL_EFFORT,
        aloud: bool = True,
    ) -> None:
        self.settings = settings
        self._effort = effort
        self._aloud = aloud
        self.voices: Voices | None = None
        self._demo = demo
        self._limits = limits or Limits(per_second=settings.pace)
        self.clock = clock or Clock()
        self.metrics = Metrics()
        self.watch = Watchman(self.metrics)
        self.scheduler = Scheduler()
        self.workshop = Workshop()
        limit_reports(self.workshop, self.clock)
        self.address = settings.listen
        self.console = ""
        self.reports: Reports | None = None
        self.pusher: Pusher | None = None
        self.news = News()
        self.handoffs: Handoffs | None = None
        self.interpreter: Interpreter | None = None
        self._at = at
        self._open = AsyncExitStack()
        self.entrance = Entrance(settings, self.clock, self.watch, at)
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def name(self) -> str:
        """How the bot is called in Telegram; nothing as long as Telegram has not told it."""
        return self.entrance.name

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

    async def run(self) -> None:
        """Work until told to stop, or until receiving has become impossible.

        Raises:
            IntakeError, AlreadyRunningError: another instance receives, or has the database now, or
                the token is refused; everything is closed.
        """
        loop, stopped = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stopped.set)
        await self.start()
        spare_the_collector()
        waiting = asyncio.create_task(stopped.wait(), name="stop")
        try:
            await asyncio.wait({waiting, *self._tasks}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
            self.watch.note("stopping")
            failed = [task for task in self._tasks if task.done()]
            await self.stop()
        for task in failed:
            await task

    async def stop(self) -> None:
        """Receive no more, finish the turns, send what can go, close everything."""
        await self._open.aclose()
        self.watch.note("stopped")

    async def _start(self) -> None:
        settings, clock, watch = self.settings, self.clock, self.watch
        watch.note("starting")
        languages = Languages.load(LOCALES, drafts=settings.draft_languages)
        furniture = furnish(settings, languages)
        lock = lock_instance(settings.database_url)
        self._open.callback(lock.release)
        database = Database.open(settings.database_url, data=settings.data, memory=settings.memory)
        self._open.callback(database.close)
        if not database.ballast.keep():  # on a disk this full nobody could be erased any more
            watch.note("ballast_missing")
        await asyncio.to_thread(begin_directory, database, LOCALES, clock.now())
        offices = Offices(database, furniture)
        wordings = Wordings(database, languages, furniture)
        archive = Archive(settings, database, clock, at=self._at, effort=self._effort)
        self._open.callback(archive.close)
        self._open.callback(self.workshop.close)
        commits = Commits()
        writer = Writer(
            database, threads=WRITERS_ON_POSTGRESQL, on_done=commits.settle, at=self._at
        )
        self._open.push_async_callback(asyncio.to_thread, writer.close)

        wire = Wire(on_sent=None if self._at is _nowhere else self._has_left)
        await wire.open()
        self._open.push_async_callback(wire.close)
        token = settings.read_token()
        if token is None:
            raise SettingsError("ANTENNA_TELEGRAM_TOKEN: is missing; take one from @BotFather.")
        client = TelegramClient(wire, settings.telegram_api, token.get_secret_value())
        taker = archive.teach(self.workshop, client, watch)
        self._open.push_async_callback(taker.close)
        await asyncio.to_thread(archive.start)
        me = bot_number(token.get_secret_value())
        delivery = Delivery(
            Pictures(client, writer.submit, me),
            StorageLedger(writer.submit, self.news.tell, clock, late=self.metrics.time_late),
            Pace(self._limits),
            clock=clock,
            watch=watch,
            moved=Moves(writer, database.vault).follow,
            kill=self._at,
        )
        await delivery.start()
        self._open.push_async_callback(delivery.stop)
        means = Means(
            client,
            writer,
            delivery,
            database.vault,
            languages,
            clock,
            watch,
            settings,
            furniture.booth,
        )
        voices = self.voices = Voices(means, furniture, FLOWS, me, aloud=self._aloud)
        self._open.push_async_callback(voices.close)
        handoffs = self.handoffs = Handoffs(means, self.news)
        interpreter = self.interpreter = Interpreter(self._translator(), clock, watch)
        mirror = Mirror(means, self.news, self._limits, furniture.library)

        proposing = Proposing(means, interpreter) if interpreter.is_on else None
        if proposing is not None:
            self._open.push_async_callback(proposing.close)
        spoken = voices.taught(self.workshop, client)
        staff = StaffTurns(handoffs.deeds, languages, me, spoken, proposing)
        door = Door(database.vault, languages, staff)
        turns = Turns(FLOWS, languages, furniture, door)
        keeping = Keeping(database, writer, turns, delivery, clock, watch, settings)
        reception = Reception(
            turns,
            writer,
            commits,
            delivery,
            self.metrics,
            clock,
            keeping.purge,
            self.workshop,
            at=self._at,
            stirred=self.news.tell,
            speak=voices.speak,
        )
        probes = {"database": keeping.is_writable, "telegram": self.entrance.hears}
        health = Health(clock, probes, BEATS)
        contact = Contact(keeping, keeping.tell_gap, clock)
        web = health_application(health, self.metrics, settings)
        self.entrance.open(client, reception, contact, web, self._begin, self._open)
        served = await listen(web, settings)
        self._open.push_async_callback(served.cleanup)
        self.address = Address(*served.addresses[0][:2])
        self.scheduler.every(OFFICES_SECONDS, "offices", offices.refresh)
        self.scheduler.every(WORDINGS_SECONDS, "words", wordings.refresh)
        self.pusher = Pusher(means)
        self.console, rooms = await open_console(
            settings,
            database,
            languages,
            clock,
            watch,
            reports=archive.reports,
            send=self.pusher.push,
            changed=offices.refresh,
            purge=keeping.purge,
            handoffs=handoffs,
            fetch=Fetcher(client, clock, patience_seconds=FILE_SECONDS).fetch,
            library=furniture.library,
            interpreter=interpreter,
            rack=Rack(lambda: furniture.library, lambda: furniture.numbers, wordings.refresh),
            demo=self._demo,
        )
        self._open.push_async_callback(rooms.cleanup)
        gauges = Gauges(database, delivery, self.metrics, watch)
        upkeep = Upkeep(means, archive.reports)
        room = Room(means, archive.reports)
        self.reports = archive.reports
        reminders = Reminders(means, {Subject.MASS: mass_render(means)})
        masses = Masses(means, reminders.tick)
        self.scheduler.every(TICK_SECONDS, "notices", reminders.tick)
        self.scheduler.every(MORE_SECONDS, "more notices", reminders.more)
        self.scheduler.every(MASS_SECONDS, "messages to many", masses.tick)
        self.scheduler.every(GROUP_SECONDS, "group", room.tick)
        self.scheduler.every(VOICES_SECONDS, "voices", voices.tick)
        self.scheduler.every(UPKEEP_SECONDS, "upkeep", upkeep.tick)
        self.scheduler.every(ALARM_SECONDS, "topics", MirrorAlarm(means).tick)
        self.scheduler.every(MONTHLY_SECONDS, "digest", Monthly(means, furniture).tick)
        self._begin(mirror.run())
        now, machine = clock.now(), interpreter.translator
        elsewhere = "" if machine.is_local else machine.place
        told = await means.done(lambda unit: told_since(unit, elsewhere, now))
        if interpreter.is_on:
            self._begin(Listening(means, self.news, interpreter, now, told).run())
        self._tick(keeping, health, gauges)
        self._begin(self._stay_alone(lock))
        self._begin(keeping.purge(), ends=True)  # a crash may have come before it

        bot = Bot(
            token.get_secret_value(),
            base_url=f"{settings.telegram_api}/bot",
            base_file_url=f"{settings.telegram_api}/file/bot",
            request=AiohttpRequest(wire),
            get_updates_request=AiohttpRequest(wire),
        )
        self._begin(self.entrance.learn_name(client), ends=True)
        self._begin(self._introduce(bot, languages), ends=True)
        watch.note("ready")

    def _translator(self) -> Translator:
        made = open_translator(self.settings, self.clock)
        if isinstance(made, LibreTranslate):
            self._open.push_async_callback(made.close)
        return made

    def _has_left(self, method: str) -> None:
        if method != "getUpdates":
            self._at("K6")

    def _tick(self, keeping: Keeping, health: Health, gauges: Gauges) -> None:
        async def beat() -> None:
            health.beat("tick")

        health.beat("tick")
        scheduler = self.scheduler
        scheduler.every(BEAT_SECONDS, "beat", beat)
        scheduler.every(WASH_SECONDS, "wash", keeping.wash)
        scheduler.every(RETAIN_SECONDS, "retain", keeping.retain)
        scheduler.every(GAUGE_SECONDS, "gauges", gauges.show)
        scheduler.start()
        self._open.push_async_callback(scheduler.stop)

    async def _stay_alone(self, lock: Lock) -> None:
        """See that no other instance works on the database: on PostgreSQL a lock can get lost.

        Raises:
            AlreadyRunningError: another one does; this one has to stop.
        """
        while True:
            await asyncio.sleep(LOCK_SECONDS)
            await asyncio.to_thread(lock.keep)

    async def _introduce(self, bot: Bot, languages: Languages) -> None:
        """Tell Telegram what the bot says it is, as soon as Telegram is there."""
        words = [languages.words(code) for code in languages.codes]
        await until_done(lambda: introduce(bot, words), self.watch)

    def _begin(self, work: Coroutine[Any, Any, None], *, ends: bool = False) -> asyncio.Task[None]:
        """Let something run beside everything else; it is cancelled at the end."""
        task = asyncio.create_task(work)
        if not ends:
            self._tasks.append(task)

        async def end() -> None:
            task.cancel()
            await asyncio.wait({task})

        self._open.push_async_callback(end)
        return task


async def run(settings: Settings, demo: tuple[Demo, ...] = ()) -> None:
    """Run the bot until it is told to stop.

    Raises:
        StorageError, ContentError, LanguagesError, SettingsError, IntakeError: what is wrong and
            what to do; everything is closed.
    """
    await Antenna(settings, demo=demo).run()
