"""Who sees what: what the console, the host and each operator can read, and what nobody can."""

from __future__ import annotations

from aiohttp import web

from bot.console.visit import Access, Page, Visit, get


async def show(visit: Visit) -> web.StreamResponse:
    """The page that says it, the same for everybody; a welcome on the first day."""
    return visit.page("help.html", new=visit.request.query.get("new") == "1")


PAGES: tuple[Page, ...] = (get("/help", Access.ANTENNA, show),)
