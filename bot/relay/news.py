"""Tells whoever shows conversations that one of them has changed: topics, and open pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST_WAITING = 512
"""Of so many conversations at once a listener is told only that much has changed."""

EVERYTHING: frozenset[int] = frozenset()
"""Told instead of ids: more has changed than could be kept, so look at all of them."""


class Ear:
    """What one listener has not taken yet: each conversation once, however often it changed."""

    def __init__(self) -> None:
        self._ids: set[int] = set()
        self._overflown = False
        self._told = asyncio.Event()

    def tell(self, handoff_ids: tuple[int, ...]) -> None:
        """Keep these until they are taken."""
        self._ids.update(handoff_ids)
        if len(self._ids) > MOST_WAITING:
            self._ids.clear()
            self._overflown = True
        self._told.set()

    async def take(self) -> frozenset[int]:
        """Wait for news: which conversations changed, or `EVERYTHING`. Safe to be cancelled."""
        await self._told.wait()
        ids = EVERYTHING if self._overflown else frozenset(self._ids)
        self._ids.clear()
        self._overflown = False
        self._told.clear()
        return ids


class News:
    """Spreads word within this process. Whoever must miss nothing looks into the database too."""

    def __init__(self) -> None:
        self._ears: set[Ear] = set()

    def tell(self, *handoff_ids: int) -> None:
        """These conversations have changed, and it is committed. Only in the event loop."""
        if handoff_ids:
            for ear in self._ears:
                ear.tell(handoff_ids)

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[Ear]:
        """Hear what is told from now on, until the end of the block."""
        ear = Ear()
        self._ears.add(ear)
        try:
            yield ear
        finally:
            self._ears.discard(ear)
