"""The operators' group as the house keeps it: its care and its alerts, one tick for both."""

from __future__ import annotations

import asyncio

from bot.group.alerts import Alerts
from bot.group.care import Care
from bot.group.desk_news import DeskPosts
from bot.group.services_due import DueServices
from bot.group.source import Source
from bot.means import Means
from storage import group as kept
from storage.vault import Vault
from storage.writer import Writer


class Moves:
    """Follows a group that became a supergroup: whoever sends is told its new id first."""

    def __init__(self, writer: Writer, vault: Vault) -> None:
        self._writer = writer
        self._vault = vault

    async def follow(self, old: int, new: int) -> None:
        """Keep the new id, if the group is ours."""
        job = self._writer.submit(
            lambda unit: kept.move_group(unit.direct(), self._vault, old, new)
        )
        await asyncio.wrap_future(job)


class Room:
    """Everything regular about the group."""

    def __init__(self, means: Means, source: Source) -> None:
        self._care = Care(means)
        self._alerts = Alerts(means, source)
        self._news = DeskPosts(means)
        self._services = DueServices(means)

    async def tick(self) -> None:
        """See that the group is in order, then tell of reports, of meetings, of old services."""
        await self._care.tick()
        await self._alerts.tick()
        await self._news.tick()
        await self._services.tick()
