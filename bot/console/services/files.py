"""The directory from a file and into one: what would change is seen before it does."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from aiohttp import web

from bot.console.exchange import MOST_SENT, MOST_SHOWN, NOTHING
from bot.console.visit import Visit
from bot.exchange.applying import Brought
from bot.exchange.mistakes import FileError, Mistake
from bot.exchange.service_columns import COLUMNS
from bot.exchange.services import bring_in_services, read_services, write_services
from flows.text import Text
from storage.audit import Action
from storage.audit import write as write_audit
from storage.database import Connection
from storage.services.finding import find_services


class _UndoneError(Exception):
    """A look at what would be: nothing of it stays."""

    def __init__(self, brought: Brought) -> None:
        super().__init__("undone")
        self.brought = brought


async def show(visit: Visit) -> web.StreamResponse:
    """Where a file is chosen, or its words are put."""
    return _page(visit)


def _page(
    visit: Visit,
    *,
    wrong: Text | None = None,
    mistakes: Sequence[Mistake] = (),
    brought: Brought | None = None,
) -> web.Response:
    return visit.page(
        "services/import.html",
        status=422 if wrong or mistakes else 200,
        wrong=wrong,
        mistakes=mistakes[:MOST_SHOWN],
        more=max(0, len(mistakes) - MOST_SHOWN),
        brought=brought,
        columns=COLUMNS,
        typed=visit.form,
        most=MOST_SENT,
    )


async def look(visit: Visit) -> web.StreamResponse:
    """Say what a file would change, or what is wrong in it; take it in where that was seen."""
    text = visit.form.get("file", "")
    if not text.strip():
        return _page(visit, wrong=NOTHING)
    keeps = visit.value("keep") == "1"
    try:
        brought = await _bring(visit, text, keeps=keeps)
    except FileError as error:
        return _page(visit, mistakes=error.mistakes)
    return visit.go("/services?done=imported") if keeps else _page(visit, brought=brought)


async def _bring(visit: Visit, text: str, *, keeps: bool) -> Brought:
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    drafts = await asyncio.to_thread(read_services, text.encode())

    def change(connection: Connection) -> Brought:
        brought = bring_in_services(connection, drafts, operator_id=who.id, now=now)
        if not keeps:
            raise _UndoneError(brought)
        write_audit(connection, vault, now, who.id, Action.SERVICES_IMPORTED)
        return brought

    try:
        return await visit.room.write(change)
    except _UndoneError as undone:
        return undone.brought


async def export(visit: Visit) -> web.StreamResponse:
    """The directory as a table that the import reads again."""
    found = await visit.room.read(find_services)
    return web.Response(
        body=write_services(found).encode("utf-8-sig"),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="antenna-services.csv"'},
    )
