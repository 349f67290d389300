"""Notes among colleagues: kept beside a report, and never on the way to the person.

This module knows nothing of replies, of sending or of the bot, and a test sees to it that it stays
so: a note cannot be sent by mistake, because nothing here could send it.
"""

from __future__ import annotations

from aiohttp import web

from bot.console.reports.desk import Desk, reader
from bot.console.reports.drafts import Kind
from bot.console.visit import Visit
from storage.audit import Action

LONGEST_NOTE = 2_000


class Noting:
    """The form of a note."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def keep(self, visit: Visit) -> web.StreamResponse:
        """Keep a note."""
        row = await self._desk.entitled(visit)
        text = visit.value("note", longest=LONGEST_NOTE)
        if text:
            await visit.note(Action.NOTED, row.number)
            # Sealed to whoever writes it until it is kept: if keeping fails, the page has it still.
            key, me, now = reader(visit).key, visit.operator.id, visit.room.now
            self._desk.drafts.keep(me, key, row.id, Kind.NOTE, text, now)
            await self._desk.ask(self._desk.reports.note, reader(visit), row.id, text, now)
            self._desk.drafts.drop(visit.operator.id, row.id, Kind.NOTE)
        return visit.go(f"/reports/{row.id}?done=noted#notes")
