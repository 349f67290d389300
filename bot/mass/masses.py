"""The tick of messages to many: what has reached its end is said to be done."""

from __future__ import annotations

from bot.means import Means
from storage.errors import StorageError
from storage.mass.running import settle
from storage.unit import Unit

MASS_SECONDS = 5.0


class Masses:
    """Regular work about messages to many; the notices' own tick sends them."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def tick(self) -> None:
        """Say of those that have nobody left that they are done."""
        means = self._means
        now = means.clock.now()

        def job(unit: Unit) -> int:
            return len(settle(unit.direct(), now))

        try:
            done = await means.done(job)
        except StorageError as error:  # the database is away: the next tick comes
            means.watch.note("mass_failed", error=type(error).__name__)
            return
        if done:
            means.watch.note("mass_done", masses=done)
