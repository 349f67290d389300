"""Regular work of the house: washing chats, letting go of what is old, noting that it lives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from typing import TypeVar

from bot.clock import Clock
from bot.delivery import Delivery
from bot.settings import Settings
from bot.turn import Turns
from bot.turned import Washing
from bot.watch import Watch
from storage.database import Database
from storage.drafts import find_due, sweep
from storage.erase import MOST_PEOPLE, cut_log, purge, retain
from storage.unit import Unit
from storage.writer import Writer

R = TypeVar("R")
MOST_WASHED = 500
PURGE_AGAIN_SECONDS = 10.0
HEARTBEAT = "heartbeat"


class Keeping:
    """What is done again and again, whoever writes or does not."""

    def __init__(
        self,
        database: Database,
        writer: Writer,
        turns: Turns,
        delivery: Delivery,
        clock: Clock,
        watch: Watch,
        settings: Settings,
    ) -> None:
        self._database = database
        self._writer = writer
        self._turns = turns
        self._delivery = delivery
        self._clock = clock
        self._watch = watch
        self._settings = settings
        if not database.fleeting.survives:
            watch.note("memory_missing")

    async def wash(self) -> None:
        """Take from the chats what has been there for long enough."""
        now = self._clock.now()
        due = await self._done(lambda unit: unit.washable(now, MOST_WASHED))
        due.sort(key=lambda one: one.person_id)
        for person_id, messages in groupby(due, key=lambda one: one.person_id):
            together = list(messages)
            washing = Washing(person_id, together[0].chat_id, [one.message_id for one in together])
            job = self._turns.wash(washing, now)
            rows = await asyncio.wrap_future(self._writer.submit(job, chat=washing.chat_id))
            self._delivery.hand_over(rows)
        if due:
            self._watch.count("washed", len(due))
        await self._end_drafts(now)

    async def _end_drafts(self, now: datetime) -> None:
        """Take secret pages from the chats, and let go of what was begun and nobody went on with;
        also of what no key opens any more."""
        self._database.fleeting.turn(now)
        fleeting = self._database.fleeting
        due = await self._done(lambda unit: find_due(unit.reading(), fleeting, now))
        for person_id in due:
            job = self._turns.end_drafts(person_id, now)
            rows = await asyncio.wrap_future(self._writer.submit(job))
            self._delivery.hand_over(rows)
        # Not counted: a figure that moves would say that somebody began something.
        await self._done(lambda unit: sweep(unit.direct(), fleeting))
        # Where a reader is in the way, the next tick tries again.
        await asyncio.to_thread(cut_log, self._database)

    async def retain(self) -> None:
        """Let go of people who have been silent too long and of everything that is only kept
        for a while; then make sure that no byte of it is left in the files."""
        settings, now = self._settings, self._clock.now()
        days, talk_days = settings.retention_days, settings.talk_days
        gone = MOST_PEOPLE
        while gone == MOST_PEOPLE:
            gone = await self._done(lambda unit: retain(unit, now, days, talk_days))
            if gone:
                self._watch.count("people_expired", gone)
        await self.purge()

    async def purge(self) -> None:
        """Leave no byte of what was deleted in the files of the database, however long it takes."""
        while not await asyncio.to_thread(purge, self._database):
            self._watch.note("purge_failed")
            await asyncio.sleep(PURGE_AGAIN_SECONDS)

    async def is_writable(self) -> bool:
        """Whether the database takes a transaction now."""
        await self._done(lambda unit: unit.setting(HEARTBEAT))
        return True

    # -- the last contact with Telegram

    async def last(self) -> datetime | None:
        """When Telegram last answered."""
        kept = await self._done(lambda unit: unit.setting(HEARTBEAT))
        return None if kept is None else datetime.fromisoformat(kept)

    async def beat(self, at: datetime) -> None:
        """Note that Telegram answered."""
        await self._done(lambda unit: unit.set_setting(HEARTBEAT, at.isoformat()))

    async def tell_gap(self, since: datetime, until: datetime) -> None:
        """Antenna was away for so long that Telegram may have dropped updates: say so."""
        hours = int((until - since).total_seconds() // 3600)
        self._watch.note("intake_gap", hours=hours)

    async def _done(self, job: Callable[[Unit], R]) -> R:
        return await asyncio.wrap_future(self._writer.submit(job))
