"""Remembers for a while who has a report open, so that two do not work on it without knowing.

In memory only: after a restart nobody has been here. What stays is in the audit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

WARM = timedelta(minutes=30)
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Seen:
    """A colleague who opened the same report a short while ago."""

    operator_id: int
    minutes: int


class Presence:
    """Who opened what, when, in the last half hour."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int], datetime] = {}

    def note(self, report: str, operator_id: int, now: datetime) -> None:
        """Somebody has a report open now."""
        self._seen.pop((report, operator_id), None)
        self._seen[report, operator_id] = now
        while self._seen and (len(self._seen) > MOST or self._is_cold(now)):
            del self._seen[next(iter(self._seen))]

    def others(self, report: str, operator_id: int, now: datetime) -> tuple[Seen, ...]:
        """Colleagues who opened the report lately, the latest first."""
        found = [
            Seen(who, int((now - at).total_seconds() // 60))
            for (what, who), at in reversed(self._seen.items())
            if what == report and who != operator_id and now - at <= WARM
        ]
        return tuple(found)

    def _is_cold(self, now: datetime) -> bool:
        return now - next(iter(self._seen.values())) > WARM
