"""Notes among colleagues: kept beside a report, and never on the way to the person.

This module is given one thing it can do with a report, to keep a note. It knows nothing of
replies, of sending or of the bot, and a test sees to it that it stays so: a note cannot be sent by
mistake, because nothing here could send it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.console.drafts import Drafts, Kind
from bot.console.reports.entrance import Entrance, do, reader
from bot.console.visit import Visit
from storage.audit import Action
from storage.reports import Reader

LONGEST_NOTE = 2_000

Keep = Callable[[Reader, str, str, datetime], bool]


class Noting:
    """The form of a note."""

    def __init__(self, entrance: Entrance, keep: Keep, drafts: Drafts) -> None:
        self._entrance = entrance
        self._keep = keep
        self._drafts = drafts

    async def keep(self, visit: Visit) -> web.StreamResponse:
        """Keep a note."""
        row = await self._entrance.entitled(visit)
        text = visit.value("note", longest=LONGEST_NOTE)
        if not text:
            return visit.go(f"/reports/{row.id}#notes")
        await visit.note(Action.NOTED, row.number)
        who, now = reader(visit), visit.room.now
        # Sealed to whoever writes it until it is kept: if keeping fails, the page has it still.
        self._drafts.keep(who.operator_id, who.key, row.id, Kind.NOTE, text, now)
        await do(self._keep, who, row.id, text, now)
        self._drafts.drop(who.operator_id, row.id, Kind.NOTE)
        return visit.go(f"/reports/{row.id}?done=noted#notes")
