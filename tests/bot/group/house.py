"""A house with a group and reports that are only numbers, over a small Bot API and a real database.

async with house(tmp_path, client) as here:
    here.reports.fresh.append(Fresh("7F3K", Level.DANGER))
    await here.alerts.tick()
    assert here.texts == […]
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import LOCALES
from bot.clock import Clock
from bot.delivery import Delivery, StorageLedger
from bot.group.alerts import Alerts
from bot.group.care import Care
from bot.group.room import Moves
from bot.languages import Languages
from bot.means import Means
from bot.pace import Pace
from bot.settings import Settings
from bot.telegram.client import TelegramClient
from flows.report_model import Level
from storage import group as kept
from storage.group import Group
from storage.writer import Writer
from tests.bot.delivery.running import FREE, SWIFT
from tests.ready import ready_database

SUPERGROUP = -1_001_000_000_001
MONDAY = "2026-11-23T08:00+00:00"  # nine o'clock in Italy
LANGUAGES = Languages.load(LOCALES)


@dataclass(frozen=True, slots=True)
class Fresh:
    """A report nobody was told of."""

    number: str
    level: Level
    sector: str = "care"
    province: str = "MB"


@dataclass(frozen=True, slots=True)
class Open:
    """A report without an answer."""

    number: str
    level: Level
    week: date = date(2026, 11, 23)


@dataclass
class Reports:
    """Reports as far as the group hears of them."""

    fresh: list[Fresh] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    going: list[Fresh] = field(default_factory=list)

    def alerts_waiting(self) -> Sequence[Fresh]:
        return tuple(self.fresh)

    def alert_sent(self, numbers: Sequence[str]) -> object:
        self.told += numbers
        self.fresh = [one for one in self.fresh if one.number not in numbers]
        return None

    def unanswered(self) -> Sequence[Open]:
        return tuple(self.open)

    def leaving(self, now: datetime) -> Sequence[Fresh]:
        return tuple(self.going)

    def leaving_told(self, numbers: Sequence[str], now: datetime) -> object:
        self.going = [one for one in self.going if one.number not in numbers]
        return None

    def comes(self, number: str, level: Level) -> None:
        """Somebody sends a report."""
        self.fresh.append(Fresh(number, level))
        self.open.append(Open(number, level))


class HandClock(Clock):
    """A clock that is set by hand."""

    def __init__(self, moment: str) -> None:
        self.moment = datetime.fromisoformat(moment)

    def now(self) -> datetime:
        return self.moment

    def passes(self, **time: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**time)


class Ears:
    """Hears what is told to the log and the figures."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def count(self, event: str, amount: int = 1) -> None:
        self.events.append(event)

    def note(self, event: str, **fields: int | float | str) -> None:
        self.events.append(event)

    def called(self, method: str, result: str, seconds: float) -> None:
        """Not asked."""


@dataclass
class House:
    """Everything a test of the group needs."""

    means: Means
    clock: HandClock
    ears: Ears
    reports: Reports
    alerts: Alerts
    care: Care

    async def group(self) -> Group | None:
        """What is kept of the group."""
        every = await self.groups()
        return every[0] if every else None

    async def groups(self) -> list[Group]:
        """What is kept of every group."""
        vault = self.means.vault
        return await self.means.done(lambda unit: kept.all_groups(unit.direct(), vault))

    async def binds(self, chat: int = SUPERGROUP, **more: Any) -> Group:
        """Bind a group."""
        vault, now = self.means.vault, self.clock.now()
        known = [one for one in await self.groups() if one.chat == chat]
        made = known or [
            await self.means.done(lambda unit: kept.add_group(unit.direct(), vault, chat, now))
        ]
        given = {"checked": True, "is_forum": True, "may_topics": True, **more}
        group = replace(made[0], **given)
        await self.means.done(lambda unit: kept.keep_group(unit.direct(), vault, group))
        return group

    async def setting(self, key: str) -> str | None:
        """What is remembered under a key."""
        return await self.means.done(lambda unit: unit.setting(key))

    def restarts(self) -> None:
        """What was only in memory is gone."""
        self.alerts = Alerts(self.means, self.reports)


@asynccontextmanager
async def house(
    data: Path, client: TelegramClient, *, at: str = MONDAY, **settings: Any
) -> AsyncIterator[House]:
    """A house whose clock stands still."""
    clock, ears, reports = HandClock(at), Ears(), Reports()
    database = ready_database(data)
    writer = Writer(database)
    delivery = Delivery(
        client,
        StorageLedger(writer.submit),
        Pace(FREE),
        flow=SWIFT,
        watch=ears,
        moved=Moves(writer, database.vault).follow,
    )
    await delivery.start()
    given = Settings(
        _env_file=None,  # type: ignore[call-arg]
        telegram_token=f"123456:{'a' * 30}",  # type: ignore[arg-type]
        data=data,
        **settings,
    )
    means = Means(client, writer, delivery, database.vault, LANGUAGES, clock, ears, given)
    alerts = Alerts(means, reports)
    try:
        yield House(means, clock, ears, reports, alerts, Care(means))
    finally:
        await delivery.stop(5)
        writer.close()
        database.close()
