"""Notes among colleagues beside a conversation, and never on the way to the person.

This module is given one thing it can do, to keep a note. It knows nothing of answers, of sending
or of the bot, and a test sees to it that it stays so.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.console.visit import Visit

LONGEST_NOTE = 2_000

Keep = Callable[[Visit, int, str], Awaitable[web.StreamResponse]]
"""Keep a note beside a conversation, and go back to its page."""

Find = Callable[[Visit], Awaitable[int]]
"""The conversation of an address, for whoever takes part in it."""


class Noting:
    """The form of a note."""

    def __init__(self, find: Find, keep: Keep) -> None:
        self._find = find
        self._keep = keep

    async def keep(self, visit: Visit) -> web.StreamResponse:
        """Keep a note."""
        talk = await self._find(visit)
        return await self._keep(visit, talk, visit.value("note", longest=LONGEST_NOTE))
