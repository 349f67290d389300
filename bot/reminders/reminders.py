"""The tick of everything that is told at a moment: it looks what is due, and hands it over.

Nothing is remembered here. Whatever was missed, however often the process was killed and however
many of it run: the next look finds in the database what is to be done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.means import Means
from bot.reminders.message import Render, Renderer
from flows.calendar_model import Subject
from flows.reminding import DAY, Reach
from storage.courses.offers import offer_free
from storage.errors import StorageError
from storage.notices.claiming import LIMIT, Claimed, claim
from storage.notices.replanning import RESTORED, replan_all, settle_restored
from storage.outbox import Row
from storage.unit import Unit

TICK_SECONDS = 20.0
MORE_SECONDS = 2.0
"""While there is more than fits, it is looked for so often."""

ROUNDS = 20
"""So many portions at most are handed over in one look."""


class Reminders:
    """Called by two ticks: one that looks, and one that goes on while there is more."""

    def __init__(
        self, means: Means, others: Mapping[Subject, Render] | None = None, hours: Reach = DAY
    ) -> None:
        self._means = means
        self._hours = hours
        washed = timedelta(hours=means.settings.wash_hours)
        self._render = Renderer(means.languages, washed, others or {}, means.booth)
        self._more = False
        self._begun = False

    async def tick(self) -> None:
        """Hand over what is due, and offer seats that are free."""
        try:
            await self._begin()
            await self._offer()
            await self._look()
        except StorageError as error:  # the database is away: the next tick comes
            self._means.watch.note("notices_failed", error=type(error).__name__)

    async def more(self) -> None:
        """Go on, where the last look left something."""
        if not self._more:
            return
        try:
            await self._look()
        except StorageError as error:
            self._means.watch.note("notices_failed", error=type(error).__name__)

    async def _begin(self) -> None:
        """Once in a process: what new rules of the clocks, or a restored backup, ask for."""
        if self._begun:
            return
        means, now = self._means, self._means.clock.now()

        def restored(unit: Unit) -> int:
            if not unit.setting(RESTORED):
                return 0
            unit.set_setting(RESTORED, "")
            return settle_restored(unit.direct(), unit.vault, now)

        await means.done(restored)
        *jobs, noted = await means.done(lambda unit: replan_all(unit, now)) or (None,)
        failed = 0
        for job in jobs:
            try:
                await means.done(job)
            except StorageError:
                raise
            except Exception as error:  # one event costs nobody else their reminders
                failed += 1
                means.watch.note("replanning_failed", error=type(error).__name__)
        if noted is not None and not failed:  # otherwise all is done once more at the next start
            await means.done(noted)
        self._begun = True

    async def _offer(self) -> None:
        now = self._means.clock.now()
        offered = await self._means.done(lambda unit: offer_free(unit.direct(), unit.vault, now))
        if offered:
            self._means.watch.count("seats_offered", offered)

    async def _look(self) -> None:
        means = self._means
        for _round in range(ROUNDS):
            found, rows = await means.done(self._claim_at(means.clock.now()))
            means.delivery.hand_over(rows)
            for event, count in (
                ("notices_handed", found.handed),
                ("notices_missed", found.missed),
            ):
                if count:
                    means.watch.count(event, count)
            if found.failed:
                means.watch.note("notice_failed", rows=found.failed)
            self._more = found.more
            if not found.more or not found.handed:
                return

    def _claim_at(self, now: datetime) -> Callable[[Unit], tuple[Claimed, list[Row]]]:
        def job(unit: Unit) -> tuple[Claimed, list[Row]]:
            found = claim(unit, now, self._render, LIMIT, self._hours)
            return found, list(unit.sent)

        return job
