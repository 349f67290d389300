"""The last contact with Telegram: after more than a day of silence messages are lost for good.

Telegram keeps what people write for 24 hours. When Antenna was away for longer, or nearly, that is
said to the operators and nothing is claimed about what may have been written meanwhile.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.clock import Clock

GAP: Final = timedelta(hours=23)
BEAT: Final = timedelta(minutes=1)

OnGap = Callable[[datetime, datetime], Awaitable[object]]


class Heartbeat(Protocol):
    """Where the time of the last contact is kept."""

    async def last(self) -> datetime | None:
        """The last contact that was written down."""

    async def beat(self, at: datetime) -> None:
        """Write down a contact."""


class Contact:
    """Notices gaps. `on_gap` is told the two ends of one before the heart beats again."""

    def __init__(self, heartbeat: Heartbeat, on_gap: OnGap, clock: Clock) -> None:
        self._heartbeat = heartbeat
        self._on_gap = on_gap
        self._clock = clock
        self._last: datetime | None = None
        self._known = False

    async def made(self) -> None:
        """Telegram answered just now."""
        now = self._clock.now()
        if not self._known:
            self._last = await self._heartbeat.last()
            self._known = True
        if self._last is not None and now - self._last < BEAT:
            return
        if self._last is not None and now - self._last > GAP:
            await self._on_gap(self._last, now)
        await self._heartbeat.beat(now)
        self._last = now
