"""The reports as the running house has them: opened, and at hand for what the flows ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.clock import Clock
from bot.evidence.fetch import Fetcher
from bot.evidence.taking import SLOTS, WAITING, EvidenceTaker
from bot.reporting import Reporting
from bot.settings import Settings
from bot.telegram.client import TelegramClient
from bot.watch import Watch
from bot.workshop import Asker, Bench, Workshop
from flows.effects import Effect, Json
from flows.report_effects import (
    AddToReport,
    CutLine,
    DropEvidence,
    GiveCode,
    KeepCode,
    OpenByCode,
    SendReport,
    TakeEvidence,
    WithdrawReport,
)
from storage.database import Database
from storage.offices import find_recipients
from storage.reports import Reports
from storage.vault import FULL_EFFORT, Effort, Recipient

WRITING = (SendReport, GiveCode, KeepCode, AddToReport, WithdrawReport, CutLine)
WRITERS = 16  # they share commits: the more wait, the more go into one
WAITING_TO_OPEN = 20
TAKING_SECONDS = 20.0

At = Callable[[str], None]


def _nowhere(point: str) -> None:
    return None


class Archive:
    """Everything about reports that the composition root holds."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        clock: Clock,
        *,
        at: At = _nowhere,
        effort: Effort = FULL_EFFORT,
    ) -> None:
        self._database = database
        self._clock = clock
        self._at = at
        self.reports = Reports.open(
            settings.reports_url,
            data=settings.data,
            report_days=settings.report_days,
            effort=effort,
            at=at,
        )

    def start(self) -> None:
        """Begin: what a crash left is set right, and codes are made beforehand."""
        now = self._clock.now()
        self.reports.start(now)
        self.reports.reconcile(now)

    def close(self) -> None:
        """Let what is only in memory be written down or forgotten."""
        self.reports.close(self._clock.now())

    def recipients(self, province: str, excluded: Sequence[str]) -> list[Recipient]:
        """Whom a report of a province is sealed to."""
        with self._database.reading() as connection:
            return find_recipients(connection, province, excluded)

    def teach(self, workshop: Workshop, client: TelegramClient, watch: Watch) -> EvidenceTaker:
        """Tell the workshop who does what about reports, and with how many hands."""
        reporting = Reporting(self.reports, self.recipients, self._clock)

        def work(effect: Effect[Any], asker: Asker) -> Json:
            return reporting.perform(effect, asker.chat_id, careful=asker.careful)

        writing = Bench(WRITERS)
        for kind in WRITING:
            workshop.teach_work(kind, work, writing)
        # One hand: a derivation takes a second and 128 MB, whoever asks for it.
        opening = Bench(1, line=WAITING_TO_OPEN)
        workshop.teach_work(OpenByCode, work, opening, busy="wait")
        fetcher = Fetcher(client, self._clock, at=self._at)
        taker = EvidenceTaker(fetcher, self.reports, self._clock, watch)

        async def take(effect: Effect[Any], asker: Asker) -> Json:
            return await taker.perform(effect)

        # Telegram hands out a hundred updates at a time: none may hold up those behind for long.
        taking = Bench(SLOTS + WAITING, seconds=TAKING_SECONDS)
        workshop.teach(TakeEvidence, take, taking, busy="busy")
        workshop.teach(DropEvidence, take, taking)
        return taker
