"""The clock of the local Telegram: real time, plus whatever a test has asked it to skip."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import Clock


class SkippingClock(Clock):
    """A clock that runs with the one it is given and moves ahead only when told."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._skipped = timedelta()

    def now(self) -> datetime:
        """Now, with the skipped time added."""
        return self._clock.now() + self._skipped

    def monotonic(self) -> float:
        """The seconds of the clock underneath, with the skipped time added."""
        return self._clock.monotonic() + self._skipped.total_seconds()

    def advance(self, by: timedelta) -> None:
        """Skip some time."""
        self._skipped += by
