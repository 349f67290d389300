"""Notes among colleagues beside a conversation, and never on the way to the person.

This module is given one thing it can do, to keep a note. It knows nothing of answers, of sending
or of the bot, and a test sees to it that it stays so.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.console.visit import Visit
from storage.operators import Operator

LONGEST_NOTE = 2_000

Keep = Callable[[Operator, int, str], Awaitable[bool]]
"""Keep a note of an operator beside a conversation; whether it was kept."""

Find = Callable[[Visit], Awaitable[int]]
Back = Callable[[Visit, int, bool], web.StreamResponse]


class Noting:
    """The form of a note."""

    def __init__(self, find: Find, keep: Keep, back: Back) -> None:
        self._find = find
        self._keep = keep
        self._back = back

    async def keep(self, visit: Visit) -> web.StreamResponse:
        """Keep a note."""
        talk = await self._find(visit)
        kept = await self._keep(visit.operator, talk, visit.value("note", longest=LONGEST_NOTE))
        return self._back(visit, talk, kept)
