"""The one place where the time is looked up; everything else is given it."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """The time of the machine. Tests hand in a clock of their own."""

    def now(self) -> datetime:
        """Now, in UTC, aware of its zone."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back, for time-outs and paces."""
        return time.monotonic()
