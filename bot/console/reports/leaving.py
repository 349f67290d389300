"""Lets one report leave the console only when two people say so: one asks, another agrees.

What waits is kept in memory only: a restart means asking again. The audit keeps every step. Each
agreement is for one report, one person, one hour and one time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

ASKED_FOR = timedelta(hours=24)
AGREED_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Leave:
    """A wish to take a report out: who asks and why; who agreed, once somebody has."""

    report: str
    asked_by: int
    reason: str
    until: datetime
    agreed_by: int | None = None


class Leaving:
    """The wishes of the day. At most one stands for a report and whoever asks."""

    def __init__(self) -> None:
        self._wishes: dict[tuple[str, int], Leave] = {}

    def ask(self, report: str, operator_id: int, reason: str, now: datetime) -> Leave:
        """Wish to take a report out; an earlier wish of the same person is forgotten."""
        wish = Leave(report, operator_id, reason, now + ASKED_FOR)
        self._wishes[report, operator_id] = wish
        return wish

    def agree(self, report: str, asked_by: int, operator_id: int, now: datetime) -> bool:
        """Agree to a colleague's wish; False to one's own, to none, and to one agreed to."""
        wish = self.find(report, asked_by, now)
        if wish is None or operator_id == asked_by or wish.agreed_by is not None:
            return False
        self._wishes[report, asked_by] = replace(
            wish, agreed_by=operator_id, until=now + AGREED_FOR
        )
        return True

    def refuse(self, report: str, asked_by: int) -> bool:
        """Take a wish away: a colleague says no, or whoever asked thinks better of it."""
        return self._wishes.pop((report, asked_by), None) is not None

    def use(self, report: str, operator_id: int, now: datetime) -> Leave | None:
        """Use an agreement up, once; None where two people have not said so."""
        wish = self.find(report, operator_id, now)
        if wish is None or wish.agreed_by is None:
            return None
        return self._wishes.pop((report, operator_id))

    def find(self, report: str, asked_by: int, now: datetime) -> Leave | None:
        """A wish that still stands."""
        wish = self._wishes.get((report, asked_by))
        return wish if wish is not None and now < wish.until else None

    def of(self, report: str, now: datetime) -> tuple[Leave, ...]:
        """Every wish that stands for a report; those of other days are let go."""
        self._wishes = {key: wish for key, wish in self._wishes.items() if now < wish.until}
        return tuple(wish for wish in self._wishes.values() if wish.report == report)
