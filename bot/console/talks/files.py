"""Shows what a person sent: fetched from Telegram into memory, made harmless, kept nowhere."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.console.talks.desk import Talks
from bot.console.visit import Visit
from bot.evidence.serve import headers_for, name_of
from bot.evidence.verdict import Refusal
from bot.relay.cargo import FILES
from flows.handoff_model import LineKind
from storage.audit import Action
from storage.handoffs import Handoff, Line
from storage.handoffs.lines import find_by_number

AT_A_TIME = 3
CLEANED = frozenset({LineKind.PHOTO, LineKind.VOICE})
"""Shown in the page, as a copy made anew. What is asked for as it came leaves it as a download."""


class Files:
    """Hands out the files of a conversation."""

    def __init__(self, talks: Talks) -> None:
        self._talks = talks
        self._places = asyncio.Semaphore(AT_A_TIME)

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Give one file.

        Raises:
            web.HTTPNotFound: there is none, or Telegram does not have it any more.
            web.HTTPServiceUnavailable: Telegram cannot be reached.
        """
        handoff = await self._talks.known(visit)
        line = await self._line(visit, handoff)
        await visit.note(Action.TALK_FILE_READ, f"{handoff.designation} {line.number}")
        as_it_came = line.kind not in CLEANED or visit.request.query.get("original") == "1"
        try:
            async with self._places:
                content = await self._talks.fetch(line.file_id, 0)
                type_ = ""
                if not as_it_came:
                    made = await asyncio.to_thread(self._talks.sandbox.clean, content)
                    content, type_ = made.content, made.type
        except Refusal as refusal:
            if refusal.word == "busy":
                raise web.HTTPServiceUnavailable from None
            raise web.HTTPNotFound from None
        name = name_of(handoff.designation.replace(" ", ""), line.number, type_)
        return web.Response(body=content, headers=headers_for(type_, name, original=as_it_came))

    async def _line(self, visit: Visit, handoff: Handoff) -> Line:
        number, vault = visit.id("number"), visit.room.database.vault
        found = await visit.room.read(lambda c: find_by_number(c, vault, handoff.id, number))
        if found is None or found.kind not in FILES or not found.file_id:
            raise web.HTTPNotFound
        return found
