"""The offices, for whoever administers: add one, change what is said of it, close it."""

from __future__ import annotations

import re

from aiohttp import web

from bot.console.visit import Access, Page, Visit, get, post
from flows.report_model import Office
from flows.text import Text, _
from storage import offices
from storage.audit import Action
from storage.audit import write as write_audit
from storage.database import Connection
from storage.offices import Listed

LONGEST_NAME = 60
LONGEST_HOURS = 80
PROVINCE = re.compile(r"[A-Z]{2}")
NO_NAME = _("An office needs a name: people read it before they send a report.")
NO_PROVINCE = _("A province is two letters, like MB. Leave it empty for all of them.")
DONE = {
    "added": _("The office is there. Now it needs operators."),
    "changed": _("What people read of this office has changed."),
    "closed": _("The office is closed: it gets no new reports. What it has, it keeps."),
    "opened": _("The office is open again."),
}


async def show(visit: Visit) -> web.StreamResponse:
    """Every office."""
    return await _list(visit, done=DONE.get(visit.request.query.get("done", "")))


async def _list(
    visit: Visit, *, done: Text | None = None, wrong: Text | None = None
) -> web.Response:
    listed = await visit.room.read(offices.all_offices)
    return visit.page(
        "offices.html", status=422 if wrong else 200, listed=listed, done=done, wrong=wrong
    )


async def add(visit: Visit) -> web.StreamResponse:
    """Add an office."""
    given, wrong = _given(visit, "")
    if given is None:
        return await _list(visit, wrong=wrong)
    operator, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def change(connection: Connection) -> None:
        offices.add_office(
            connection,
            given.name,
            now.date(),
            duty=given.duty,
            province=given.province,
            hours=given.hours,
        )
        write_audit(connection, vault, now, operator.id, Action.OFFICE_ADDED, given.name)

    await visit.room.write(change)
    return visit.go("/offices?done=added")


def _given(visit: Visit, key: str) -> tuple[Office | None, Text | None]:
    """The office as the form says it, or what is missing. Only these fields are looked at."""
    name = " ".join(visit.value("name", longest=LONGEST_NAME).split())
    province = visit.value("province", longest=8).upper()
    if not name:
        return None, NO_NAME
    if province and not PROVINCE.fullmatch(province):
        return None, NO_PROVINCE
    hours = " ".join(visit.value("hours", longest=LONGEST_HOURS).split())
    return Office(key, name, visit.value("duty") == "yes", province, hours), None


async def _found(visit: Visit) -> Listed:
    key = visit.request.match_info["key"]
    found = await visit.room.read(lambda connection: offices.find_office(connection, key))
    if found is None:
        raise web.HTTPNotFound
    return found


async def one(visit: Visit) -> web.StreamResponse:
    """One office, to be changed."""
    return visit.page("office.html", one=await _found(visit), wrong=None)


async def change(visit: Visit) -> web.StreamResponse:
    """Change what is said of an office."""
    found = await _found(visit)
    given, wrong = _given(visit, found.office.key)
    if given is None:
        return visit.page("office.html", status=422, one=found, wrong=wrong)
    operator, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def save(connection: Connection) -> None:
        offices.save_office(connection, given)
        write_audit(connection, vault, now, operator.id, Action.OFFICE_CHANGED, given.name)

    await visit.room.write(save)
    await visit.room.on_offices_changed()
    return visit.go("/offices?done=changed")


async def close(visit: Visit) -> web.StreamResponse:
    """Close an office, or open it again."""
    found = await _found(visit)
    is_open = not found.active
    operator, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    action = Action.OFFICE_OPENED if is_open else Action.OFFICE_CLOSED

    def save(connection: Connection) -> None:
        offices.set_office_open(connection, found.office.key, is_open=is_open)
        write_audit(connection, vault, now, operator.id, action, found.office.name)

    await visit.room.write(save)
    await visit.room.on_offices_changed()
    return visit.go(f"/offices?done={'opened' if is_open else 'closed'}")


PAGES: tuple[Page, ...] = (
    get("/offices", Access.ADMINISTRATOR, show),
    post("/offices", Access.ADMINISTRATOR, add),
    get("/offices/{key}", Access.ADMINISTRATOR, one),
    post("/offices/{key}", Access.ADMINISTRATOR, change),
    post("/offices/{key}/close", Access.ADMINISTRATOR, close),
)
