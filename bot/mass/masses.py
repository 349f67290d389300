"""The tick of messages to many: one that was let go goes at once, one that is over is done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.mass.message import MassRender
from bot.means import Means
from storage.errors import StorageError
from storage.mass.running import find_running, settle
from storage.unit import Unit

MASS_SECONDS = 2.0


def mass_render(means: Means) -> MassRender:
    """What makes the messages, for the tick that sends everything that is due."""
    return MassRender(means.languages, timedelta(hours=means.settings.wash_hours), means.booth)


class Masses:
    """Regular work about messages to many; it is the notices' own tick, `look`, that sends them."""

    def __init__(self, means: Means, look: Callable[[], Awaitable[None]]) -> None:
        self._means = means
        self._look = look
        self._going: frozenset[int] = frozenset()

    async def tick(self) -> None:
        """Begin with those that are new, and say of those that have nobody left that they end."""
        means = self._means
        now = means.clock.now()

        def job(unit: Unit) -> tuple[int, frozenset[int]]:
            done = len(settle(unit.direct(), now))
            return done, frozenset(one.id for one in find_running(unit.reading()))

        try:
            done, going = await means.done(job)
        except StorageError as error:  # the database is away: the next tick comes
            means.watch.note("mass_failed", error=type(error).__name__)
            return
        if done:
            means.watch.note("mass_done", masses=done)
        is_new, self._going = bool(going - self._going), going
        if is_new:
            await self._look()
