"""Codes between desk and chat: one is made for a person, another is typed as they say it."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.console.cases.reading import opened
from bot.console.phone import square
from bot.console.visit import Visit
from bot.doctor.telegram import find_username
from bot.poster import USERNAME
from flows.report_code import grouped
from flows.text import Text, _
from storage.access import to_change
from storage.cases.model import Contact
from storage.database import Connection
from storage.handover import DIGITS, Whose, make_handover, take_at_desk

WRONG = _("This code does not work: it is another one, it was used, or it is older than a day.")


async def ask(visit: Visit) -> web.StreamResponse:
    """Ask for the digits that somebody brings."""
    return _asked(visit)


def _asked(visit: Visit, wrong: Text | None = None) -> web.Response:
    status = 422 if wrong else 200
    return visit.page("cases/code-asked.html", status=status, wrong=wrong, digits=DIGITS)


async def take(visit: Visit) -> web.StreamResponse:
    """Open what somebody told in the chat: they stand here and say their code."""
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    code = "".join(filter(str.isdecimal, visit.value("code", longest=40)))

    def change(connection: Connection) -> Contact | None:
        return take_at_desk(connection, vault, code, who, now)

    found = await visit.room.write(change) if len(code) == DIGITS else None
    if found is None:
        return _asked(visit, WRONG)
    return visit.go(f"/cases/{found.id}?done=joined")


async def make(visit: Visit) -> web.StreamResponse:
    """Make a code that joins the person's chat to the sheet; it is shown once, and kept nowhere."""
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    id_ = visit.id("contact")

    def change(connection: Connection) -> str:
        hand = to_change(connection, vault, who, id_, now)
        if hand is None or hand.contact.has_chat:
            raise web.HTTPNotFound
        return make_handover(connection, vault, Whose(contact_id=id_), who.id, now)

    code = await visit.room.write(change)
    file = await opened(visit)
    name = await asyncio.to_thread(find_username, visit.room.settings)
    link = ""
    if name is not None and USERNAME.fullmatch(name):
        link = f"https://t.me/{name}?start=go_{code}"
    return visit.page(
        "cases/code-made.html",
        contact=file.contact,
        code=grouped(code),
        bot="" if name is None else name,
        square=square(link) if link else None,
    )
