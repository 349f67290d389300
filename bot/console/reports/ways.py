"""Every address of the reports, and who may open it: operators, each what is sealed to them."""

from __future__ import annotations

from aiohttp import web

from bot.console.drafts import Kind
from bot.console.reports.desk import Desk
from bot.console.reports.entrance import reader
from bot.console.reports.handling import Handling
from bot.console.reports.meaning import Meaning
from bot.console.reports.noting import Noting
from bot.console.reports.queue import Queue
from bot.console.reports.reading import Reading
from bot.console.reports.replying import Replying
from bot.console.reports.taking import Taking
from bot.console.visit import Access, Page, Visit, get, post


def report_pages(desk: Desk) -> tuple[Page, ...]:
    """The pages of the reports."""
    queue, reading, handling = Queue(desk), Reading(desk), Handling(desk)
    replying, taking = Replying(desk, reading), Taking(desk)
    meaning = Meaning(desk, reading)
    noting = Noting(desk.entrance, desk.reports.note, desk.drafts)

    async def keep_draft(visit: Visit) -> web.StreamResponse:
        """Keep what somebody is typing, sealed to themselves."""
        row = await desk.entrance.entitled(visit)
        kind = Kind.NOTE if visit.value("kind") == Kind.NOTE else Kind.REPLY
        key, me, now = reader(visit).key, visit.operator.id, visit.room.now
        desk.drafts.sweep(now)
        desk.drafts.keep(me, key, row.id, kind, visit.form.get("text", ""), now)
        return web.Response(status=204)

    who, one = Access.OPERATOR, "/reports/{report}"
    return (
        get("/reports", who, queue.show),
        get("/reports-news", who, queue.news, asks_itself=True),
        get(one, who, reading.show),
        get(f"{one}/evidence/{{evidence}}", who, reading.evidence),
        post(f"{one}/meaning", who, meaning.show),
        post(f"{one}/reply", who, replying.take, typed="text"),
        post(f"{one}/notes", who, noting.keep, typed="note"),
        post(f"{one}/draft", who, keep_draft),
        post(f"{one}/status", who, handling.set_status),
        post(f"{one}/assign", who, handling.assign),
        post(f"{one}/hand", who, handling.hand_on),
        post(f"{one}/doubt", who, handling.doubt),
        post(f"{one}/line", who, handling.cut_line),
        post(f"{one}/leaving", who, taking.take),
    )
