"""The two moments of a day at which the group is told: local times, as instants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.instants import instant

LATE = timedelta(hours=4)
"""A slot that was missed (Antenna was away) is made up for within so long; then the next one is
near enough, and it tells of everything."""


def latest(now: datetime, times: Sequence[time], zone: ZoneInfo) -> datetime:
    """The slot that is due now or was due last."""
    return max(slot for slot in _around(now, times, zone) if slot <= now)


def is_due(now: datetime, told: datetime, times: Sequence[time], zone: ZoneInfo) -> datetime | None:
    """The slot to be told of now, when the last one told of is that old."""
    slot = latest(now, times, zone)
    return slot if slot > told and now - slot <= LATE else None


def _around(now: datetime, times: Sequence[time], zone: ZoneInfo) -> Iterator[datetime]:
    today = now.astimezone(zone).date()
    for days in (-1, 0):
        for at in times:
            yield instant(today + timedelta(days=days), at, zone.key).at
