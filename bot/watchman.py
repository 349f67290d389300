"""Where the loops' counts and events go: to the figures, and through the allow-list to the log."""

from __future__ import annotations

import structlog

from bot.events import TROUBLE
from bot.metrics import Metrics


class Watchman:
    """Counts and notes what the loops of the shell tell."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._log = structlog.get_logger()

    def count(self, event: str, amount: int = 1) -> None:
        """Add to the figure of an event."""
        self._metrics.count_event(event, amount)

    def note(self, event: str, **fields: int | float | str) -> None:
        """Count an event and log it; a field that is not on the list is dropped."""
        self._metrics.count_event(event, 1)
        say = self._log.warning if event in TROUBLE else self._log.info
        say(event, **fields)

    def called(self, method: str, result: str, seconds: float) -> None:
        """Add a call of the Bot API to the figures."""
        self._metrics.count_call(method, result, seconds)
