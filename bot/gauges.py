"""Brings the figures of what waits and what is kept up to date, now and then."""

from __future__ import annotations

import asyncio

from bot.delivery import Delivery
from bot.metrics import Metrics
from bot.watch import Watch
from storage.counting import count_kept
from storage.database import Database
from storage.errors import StorageError


class Gauges:
    """What is counted where it lies, not where it happens: the outbox, people, conversations."""

    def __init__(
        self, database: Database, delivery: Delivery, metrics: Metrics, watch: Watch
    ) -> None:
        self._database = database
        self._delivery = delivery
        self._metrics = metrics
        self._watch = watch

    async def show(self) -> None:
        """Count; where the database cannot be asked, its last figures stay."""
        self._metrics.show_outbox(self._delivery.depths())
        try:
            kept = await asyncio.to_thread(count_kept, self._database)
        except StorageError as error:
            self._watch.note("counting_failed", error=type(error).__name__)
            return
        self._metrics.show_people(kept.people, kept.conversations)
