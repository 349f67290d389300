"""A town to try Antenna in: the local Telegram, the whole bot beside it, a clock, and phones.

    async def test_something(town):
        amina = await town.newcomer(language="it")
        await amina.sends("/start")
        await amina.taps("Italiano")
        await town.passes(timedelta(minutes=11))
        assert amina.screen == ...

Time stands still unless a test lets it pass. After every deed of a person the town waits until
nothing is under way any more: every update confirmed, every row of the outbox sent and recorded.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import Antenna
from bot.clock import Clock
from bot.local.state import Message
from bot.local.transcript import words
from bot.pace import Limits
from bot.settings import Address, Settings
from storage.backup import back_up
from storage.database import Database
from storage.vault import LIGHT_EFFORT, Vault, open_key
from tests.acceptance.ears import Ears, listening
from tests.acceptance.judge import Judge
from tests.ready import make_ready
from tests.telegram import TOKEN, LocalTelegram, Phone, local_telegram

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PATIENCE_SECONDS = 30.0
STEP = timedelta(minutes=10)
READING = timedelta(seconds=5)
Json = dict[str, Any]


class TownClock(Clock):
    """The date stands still until it is told to go on; pauses for the network's sake are real."""

    def __init__(self) -> None:
        self._now = MONDAY

    def now(self) -> datetime:
        """The date and time of the town."""
        return self._now

    def monotonic(self) -> float:
        """Seconds that pass by themselves, and with the date."""
        return time.monotonic() + (self._now - MONDAY).total_seconds()

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by


@dataclass(frozen=True, slots=True)
class Screen:
    """The last message of the bot that has buttons: its words, and the buttons in rows."""

    message_id: int
    text: str
    rows: tuple[tuple[str, ...], ...]
    data: tuple[str, ...]

    @property
    def labels(self) -> list[str]:
        """Every button, in order."""
        return [label for row in self.rows for label in row]


class Town:
    """The local Telegram with the bot running beside it."""

    def __init__(
        self,
        telegram: LocalTelegram,
        judge: Judge,
        ears: Ears,
        clock: TownClock,
        data: Path,
        limits: Limits | None = None,
        aloud: bool = False,
        **settings: Any,
    ) -> None:
        self.telegram = telegram
        self.judge = judge
        self.ears = ears
        self.clock = clock
        self.data = data
        self.limits = limits
        self.aloud = aloud
        self.expected: set[str] = set()
        self.settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            telegram_token=SecretStr(telegram.token),
            telegram_api=telegram.address,
            data=data,
            listen=Address("127.0.0.1", 0),
            console=Address("127.0.0.1", 0),
            **settings,
        )
        self._eye: sqlite3.Connection | None = None
        self.antenna = self._bot()

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.data / "antenna.db"

    async def opens(self) -> None:
        """Start the bot and wait until it has told Telegram who it is."""
        await self.antenna.start()
        await self.until(lambda: len(self.judge.of("getMyDescription")) >= 3)
        await self.settles()

    async def restarts(self) -> None:
        """Stop the bot and start it again on the same data."""
        await self.stops()
        self.antenna = self._bot()
        await self.antenna.start()

    async def stops(self) -> None:
        """Stop the bot; nobody else has its database open then."""
        if self._eye is not None:
            self._eye.close()
            self._eye = None
        await self.antenna.stop()

    def _bot(self) -> Antenna:
        return Antenna(
            self.settings,
            clock=self.clock,
            effort=LIGHT_EFFORT,
            limits=self.limits,
            aloud=self.aloud,
        )

    async def newcomer(self, name: str = "Amina", *, language: str = "en", **more: Any) -> Person:
        """Give somebody a phone who has never written to the bot."""
        phone = await self.telegram.phone(name, language=language, **more)
        return Person(self, phone)

    async def resident(
        self, name: str = "Amina", *, language: str = "English", careful: bool = False, **more: Any
    ) -> Person:
        """Give somebody a phone who has been through the first minute and is at home."""
        person = await self.newcomer(name, language="en", **more)
        await person.sends("/start")
        await person.taps(language)
        italian = language == "Italiano"
        await person.taps("➡️ Avanti" if italian else "➡️ Next")
        await person.taps("👍 Ho capito" if italian else "👍 I understand")
        shared = person.screen.labels[1 if careful else 0]
        await person.taps(shared)
        return person

    async def passes(self, by: timedelta, *, step: timedelta = STEP) -> None:
        """Let time pass; the regular work of the house is done all along."""
        until = self.clock.now() + by
        while self.clock.now() < until:
            self.clock.advance(min(step, until - self.clock.now()))
            await self.ticks()

    async def ticks(self) -> None:
        """Telegram is heard of and what is due is washed."""
        await self.telegram.sim("update", update={})
        await self.settles()
        await self.antenna.scheduler.do("wash")
        await self.settles()

    async def settles(self) -> None:
        """Wait until nothing is under way."""
        await self.until(self.is_quiet)

    def is_quiet(self) -> bool:
        """Whether every update is confirmed and every row of the outbox is sent."""
        updates = self.telegram.state.updates
        if updates.pending or updates.again:
            return False
        if self._eye is None:
            self._eye = sqlite3.connect(self.database, isolation_level=None)
        return self._eye.execute("SELECT count(*) FROM outbox").fetchall() == [(0,)]

    async def until(self, reached: Callable[[], bool | Awaitable[bool]]) -> None:
        """Wait for something, up to a limit only a failing test meets."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                held = reached()
                if held if isinstance(held, bool) else await held:
                    return
                await asyncio.sleep(0.003)

    def add_desk(self, key: str, name: str) -> None:
        """Put a desk on the list, as the command does."""
        self.query(
            "INSERT INTO desk (key, name, territory, active, created) "
            "VALUES (?, ?, 'Brianza', 1, '2026-01-01')",
            key,
            name,
        )

    def query(self, statement: str, *values: Any) -> list[Any]:
        """Look into the database, as anybody with the file could."""
        with closing(sqlite3.connect(self.database, isolation_level=None)) as raw:
            return raw.execute(statement, values).fetchall()

    def backs_up(self, target: Path) -> None:
        """Make a backup while the bot is at work, as the command does."""
        database = Database.open(self.settings.database_url, data=self.data)
        try:
            back_up(database, target, self.clock.now())
        finally:
            database.close()

    def vault(self) -> Vault:
        """What opens what is sealed."""
        return Vault(open_key(self.settings.key_path, create=False))


class Person:
    """Somebody with a phone; every deed ends when the town is quiet."""

    def __init__(self, town: Town, phone: Phone) -> None:
        self.town = town
        self.phone = phone

    @property
    def chat_id(self) -> int:
        """The number of their chat."""
        return self.phone.chat_id

    async def sends(self, text: str | None = None, **what: Any) -> Json:
        """Write, or send anything else."""
        self.town.clock.advance(READING)
        sent = await self.phone.send(text, **what)
        await self.town.settles()
        return sent

    async def taps(self, label: str | None = None, **what: Any) -> Json:
        """Tap a button; its spinner is ended, or the test fails."""
        self.town.clock.advance(READING)
        tapped = await self.phone.tap(label, **what)
        await self.town.settles()
        assert tapped["answered"], f"[{label or what}] was not answered"
        return tapped

    async def goes(self, *labels: str) -> None:
        """Tap one button after the other."""
        for label in labels:
            await self.taps(label)

    @property
    def messages(self) -> list[Message]:
        """What the chat shows."""
        chat = self.town.telegram.state.chats.get(self.chat_id)
        return [] if chat is None else list(chat.messages.values())

    @property
    def screen(self) -> Screen:
        """The screen they have before them."""
        return self.screens[-1]

    @property
    def screens(self) -> list[Screen]:
        """Every message of the bot that has buttons; one, when all is well."""
        return [_screen(one) for one in self.messages if one.mine and "reply_markup" in one.body]

    @property
    def said(self) -> list[str]:
        """The words of every message of the bot."""
        return [words(one.body) for one in self.messages if one.mine]

    @property
    def wrote(self) -> list[str]:
        """The words of every message of their own that is still there."""
        return [words(one.body) for one in self.messages if not one.mine]

    @property
    def popups(self) -> list[str]:
        """The short words that came up over the chat."""
        chat = self.town.telegram.state.chats[self.chat_id]
        return [line.text for line in chat.lines if line.kind == "popup"]

    def state(self) -> Json | None:
        """What the bot keeps of the conversation, opened with the key."""
        vault = self.town.vault()
        found = self.town.query(
            "SELECT person.id, state FROM person JOIN conversation ON person_id = id "
            "WHERE lookup = ?",
            vault.lookup(self.chat_id),
        )
        if not found or found[0][1] is None:
            return None
        state: Json = json.loads(vault.open_state(found[0][1], found[0][0]))
        return state

    def place(self) -> list[Any]:
        """Where in the conversation they are: the open flows, their answers, what is set aside."""
        state = self.state() or {}
        open_flows = [*state.get("s", ()), *([state["p"]] if "p" in state else [])]
        return [(flow["f"], flow.get("a"), flow.get("l", [])) for flow in open_flows]


def _screen(message: Message) -> Screen:
    rows = message.body["reply_markup"]["inline_keyboard"]
    return Screen(
        message.id,
        words(message.body),
        tuple(tuple(button["text"] for button in row) for row in rows),
        tuple(button["callback_data"] for row in rows for button in row),
    )


@asynccontextmanager
async def open_town(data: Path, *, token: str = TOKEN, **settings: Any) -> AsyncIterator[Town]:
    """Run a town; whatever happened in it is judged at the end."""
    clock, judge = TownClock(), Judge()
    make_ready(data)
    with listening() as ears:
        async with local_telegram(token=token, clock=clock, listener=judge.listen) as telegram:
            town = Town(telegram, judge, ears, clock, data, **settings)
            await town.opens()
            try:
                yield town
            finally:
                await town.telegram.end_faults()
                # Asked twice for the same, Telegram takes its time; nobody comes after us.
                await town.telegram.fault("500", "getUpdates")
                await town.stops()
        assert judge.faults == [], "\n".join(judge.faults)
        assert judge.unanswered == set()
        assert ears.troubles - town.expected == set(), ears.troubles
