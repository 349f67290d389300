"""Courses from files and for other programs: import with a look before, export, addresses."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict

from aiohttp import web

from bot.console.guard import origin_of
from bot.console.visit import Access, Page, Visit, get, post
from bot.exchange.applying import Brought, Defaults, bring_in, form_of, read_file
from bot.exchange.columns import COLUMNS
from bot.exchange.mistakes import FileError, Mistake
from bot.exchange.table import write_table
from flows.calendar_model import CourseKind
from flows.course_words import KINDS
from flows.text import Text, _
from storage.audit import Action
from storage.audit import write as write_audit
from storage.courses.finding import find_courses
from storage.database import Connection
from storage.desks import Desk, all_desks
from storage.feeds import Feed, ask_feed, events_of, find_feed, find_feeds, make_feed, revoke_feed
from storage.ics import ics

MOST_SHOWN = 60
MOST_SENT = 60_000
"""Of a form, as a browser writes it; `guard.MOST_BYTES` with room for the rest."""

NOTHING = _("Choose a file, or put its words into the field.")
ENDED = _("The address works no more.")
LIST = "/courses"


class _UndoneError(Exception):
    """A look at what would be: nothing of it stays."""

    def __init__(self, brought: Brought) -> None:
        super().__init__("undone")
        self.brought = brought


async def show(visit: Visit) -> web.StreamResponse:
    """Where a file is chosen, or its words are put."""
    return await _import_page(visit)


async def _import_page(
    visit: Visit,
    *,
    wrong: Text | None = None,
    mistakes: Sequence[Mistake] = (),
    brought: Brought | None = None,
) -> web.Response:
    return visit.page(
        "exchange/import.html",
        status=422 if wrong or mistakes else 200,
        wrong=wrong,
        mistakes=mistakes[:MOST_SHOWN],
        more=max(0, len(mistakes) - MOST_SHOWN),
        brought=brought,
        desks=await visit.room.read(lambda connection: _desks(visit, connection)),
        kinds=KINDS,
        columns=COLUMNS,
        typed=visit.form,
        most=MOST_SENT,
    )


def _desks(visit: Visit, connection: Connection) -> list[Desk]:
    """The desks where courses of this office may be."""
    mine = ("", visit.operator.office)
    return [one for one in all_desks(connection) if one.active and one.office in mine]


def _defaults(visit: Visit) -> Defaults:
    kind, seats = visit.value("subject"), visit.number("seats")
    return Defaults(
        visit.operator.office,
        visit.value("desk"),
        CourseKind(kind) if kind in tuple(CourseKind) else None,
        seats if seats is not None and seats < 10_000 else None,
        visit.value("opens") == "1",
    )


async def look(visit: Visit) -> web.StreamResponse:
    """Say what a file would change, or what is wrong in it; take it in where that was seen."""
    text = visit.form.get("file", "")
    if not text.strip():
        return await _import_page(visit, wrong=NOTHING)
    keeps = visit.value("keep") == "1"
    try:
        brought = await _bring(visit, text, keeps=keeps)
    except FileError as error:
        return await _import_page(visit, mistakes=error.mistakes)
    if keeps:
        return visit.go(f"{LIST}?done=imported")
    return await _import_page(visit, brought=brought)


async def _bring(visit: Visit, text: str, *, keeps: bool) -> Brought:
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    defaults = _defaults(visit)
    drafts = await asyncio.to_thread(read_file, text.encode())  # conversations go on meanwhile

    def change(connection: Connection) -> Brought:
        brought = bring_in(connection, vault, drafts, defaults, operator_id=who.id, now=now)
        if not keeps:
            raise _UndoneError(brought)
        write_audit(connection, vault, now, who.id, Action.COURSES_IMPORTED, who.office)
        return brought

    try:
        return await visit.room.write(change)
    except _UndoneError as undone:
        return undone.brought


async def export(visit: Visit) -> web.StreamResponse:
    """The office's courses as a table that the import reads again."""
    office = visit.operator.office
    found = await visit.room.read(lambda connection: find_courses(connection, office=office))
    table = write_table([asdict(form_of(one)) for one in found])
    return _file(table.encode("utf-8-sig"), "text/csv", "antenna-courses.csv")


async def addresses(visit: Visit) -> web.StreamResponse:
    """The addresses at which calendars read the office's courses."""
    done = ENDED if visit.request.query.get("done") == "ended" else None
    return await _addresses(visit, done=done)


async def _addresses(visit: Visit, *, address: str = "", done: Text | None = None) -> web.Response:
    office = visit.operator.office

    def find(connection: Connection) -> tuple[list[Feed], list[Desk]]:
        return find_feeds(connection, office), _desks(visit, connection)

    feeds, desks = await visit.room.read(find)
    return visit.page(
        "exchange/addresses.html",
        feeds=feeds,
        desks=desks,
        names={one.key: one.name for one in desks},
        address=address,
        done=done,
    )


async def make(visit: Visit) -> web.StreamResponse:
    """Make an address; it is shown now, and never again."""
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    desk = visit.value("desk")

    def change(connection: Connection) -> str | None:
        if desk and desk not in {one.key for one in _desks(visit, connection)}:
            return None
        made = make_feed(
            connection, office=who.office, desk=desk, operator_id=who.id, today=now.date()
        )
        write_audit(connection, vault, now, who.id, Action.FEED_MADE, who.office)
        return made

    secret = await visit.room.write(change)
    if secret is None:
        raise web.HTTPNotFound
    return await _addresses(
        visit, address=f"{origin_of(visit.room, visit.request)}/calendars/{secret}.ics"
    )


async def end(visit: Visit) -> web.StreamResponse:
    """Let an address work no more."""
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    mark = visit.value("mark")

    def change(connection: Connection) -> bool:
        ended = revoke_feed(connection, who.office, mark)
        if ended:
            write_audit(connection, vault, now, who.id, Action.FEED_ENDED, who.office)
        return ended

    if not await visit.room.write(change):
        raise web.HTTPNotFound
    return visit.go("/calendars/addresses?done=ended")


async def calendar(visit: Visit) -> web.StreamResponse:
    """What a program reads at a secret address: courses, and nothing of who comes to them."""
    secret, now = visit.request.match_info["secret"], visit.room.now

    known = await visit.room.read(lambda connection: find_feed(connection, secret))
    if known is None:
        raise web.HTTPNotFound
    if known.asked != now.date():
        await visit.room.write(lambda connection: ask_feed(connection, secret, now.date()))
    feed = known
    events = await visit.room.read(lambda connection: events_of(connection, feed, now))
    # Made where it holds up nobody: neither who writes to the database, nor conversations.
    found = await asyncio.to_thread(lambda: ics(events, name="Antenna", now=now))
    return _file(found, "text/calendar", "antenna.ics")


def _file(content: bytes, kind: str, name: str) -> web.Response:
    return web.Response(
        body=content,
        content_type=kind,
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


PAGES: tuple[Page, ...] = (
    get("/calendars/import", Access.OPERATOR, show),
    post("/calendars/import", Access.OPERATOR, look, typed="file"),
    get("/calendars/courses.csv", Access.OPERATOR, export),
    get("/calendars/addresses", Access.OPERATOR, addresses),
    post("/calendars/addresses", Access.OPERATOR, make),
    post("/calendars/addresses/end", Access.OPERATOR, end),
    get("/calendars/{secret}.ics", Access.ANYBODY, calendar),
)
