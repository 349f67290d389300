"""When reports came, as far as this process saw it: in memory only, never finer than it must be.

A report is kept with its week and no more. What came before the last start is therefore reckoned
from the Monday of its week: rather over time too early than too late.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time

from bot.group.source import Fresh, Open
from bot.group.words import Count
from flows.report_model import Level
from flows.workdays import Service, is_over


class Arrivals:
    """The local time at which each report was first heard of."""

    def __init__(self) -> None:
        self._came: dict[str, datetime] = {}

    def note(self, fresh: Iterable[Fresh], local: datetime) -> None:
        """These are here now; whichever was not before has just come."""
        for one in fresh:
            self._came.setdefault(one.number, local)

    def counts(self, every: Iterable[Open], local: datetime, service: Service) -> list[Count]:
        """How many wait by level, the most urgent first, and how many for too long."""
        waiting, over = Counter[Level](), Counter[Level]()
        known: dict[str, datetime] = {}
        for one in every:
            came = self._came.get(one.number)
            if came is None:
                came = datetime.combine(one.week, time())
            else:
                known[one.number] = came
            waiting[one.level] += 1
            over[one.level] += is_over(one.level, came, local, service)
        self._came = known  # whoever was answered is not remembered
        return [Count(level, waiting[level], over[level]) for level in sorted(Level, reverse=True)]
