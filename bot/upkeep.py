"""The regular work on the reports: codes let go, retention, and the night in which all is mixed.

Everything here may be done twice, and late; what must be known of it afterwards is a setting.
"""

from __future__ import annotations

import asyncio
import secrets
from datetime import date, datetime, time, timedelta
from typing import Protocol

from bot.languages import ROME
from bot.means import Means
from storage.errors import StorageError
from storage.instants import instant

NIGHT = "reports night"
MIXED = "reports mixed"
FIRST = time(3, 30)
LAST = time(5)
LATE = timedelta(minutes=30)
TOO_LONG = timedelta(days=2)


class Kept(Protocol):
    """The reports, as far as the house's own work goes; it opens none of them."""

    def tick(self, now: datetime) -> None:
        """Let go of codes nobody confirmed, note what was opened, mix what came."""

    def night(self, now: datetime) -> int:
        """Let go of what is over, set rows and files right, mix; how many reports went."""

    def purge(self) -> bool:
        """Leave no byte of what was deleted; False where it must be tried again."""


class Upkeep:
    """Done by two ticks: one of a minute, one that asks whether it is night."""

    def __init__(self, means: Means, reports: Kept) -> None:
        self._means = means
        self._reports = reports

    async def tick(self) -> None:
        """What is due every minute, and at night what is due then."""
        now, reports = self._means.clock.now(), self._reports
        try:
            await asyncio.to_thread(reports.tick, now)
            if not await asyncio.to_thread(reports.purge):
                self._means.watch.note("purge_failed")
            await self._night(now)
        except StorageError as error:  # the reports' database is away: the next tick comes
            self._means.watch.note("upkeep_failed", error=type(error).__name__)

    async def _night(self, now: datetime) -> None:
        planned = await self._moment(NIGHT)
        if planned is None:
            await self._plan(now)
            return
        if now < planned:
            return
        over = now - instant(planned.astimezone(ROME).date(), LAST, ROME.key).at > LATE
        if over and not await self._is_overdue(now):
            await self._plan(now)  # Antenna slept through it; one night more or less
            return
        gone = await asyncio.to_thread(self._reports.night, now)
        self._means.watch.note("night_done", rows=gone)
        await self._remember(MIXED, now)
        await self._plan(now)

    async def _is_overdue(self, now: datetime) -> bool:
        """Whether the order of the reports has stood for so long that night or day is the same."""
        last = await self._moment(MIXED)
        return last is None or now - last >= TOO_LONG

    async def _plan(self, now: datetime) -> None:
        """Choose a minute of the next night by chance: nobody can wait for it."""
        await self._remember(NIGHT, next_night(now, secrets.randbelow(1 << 30)))

    async def _moment(self, key: str) -> datetime | None:
        value = await self._means.done(lambda unit: unit.setting(key))
        return None if value is None else datetime.fromisoformat(value)

    async def _remember(self, key: str, moment: datetime) -> None:
        await self._means.done(lambda unit: unit.set_setting(key, moment.isoformat()))


def next_night(now: datetime, chance: int) -> datetime:
    """A minute between half past three and five of the next night in Italy."""
    day = now.astimezone(ROME).date()
    if now >= _begins(day):
        day += timedelta(days=1)
    minutes = (LAST.hour - FIRST.hour) * 60 + LAST.minute - FIRST.minute
    return _begins(day) + timedelta(minutes=chance % minutes)


def _begins(day: date) -> datetime:
    return instant(day, FIRST, ROME.key).at
