"""The operators, for whoever administers: invite one, begin anew with one, let one go."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.console.sessions import Ended
from bot.console.visit import Access, Page, Visit, get, post
from flows.text import Text, _
from storage import operators
from storage.audit import Action
from storage.audit import write as write_audit
from storage.database import Connection
from storage.offices import all_offices, find_office
from storage.operators import LONGEST_NAME, Operator, Role

NO_NAME = _("An operator needs a name of two letters or more.")
TAKEN = _("Somebody signs in by this name already. Add a letter or the surname.")
NO_OFFICE = _("Choose an office that is open.")
YOURSELF = _("You cannot remove or reset yourself: ask another administrator.")
REMOVED = _("The operator is removed: signed out everywhere, and no new report is sealed to them.")


async def show(visit: Visit) -> web.StreamResponse:
    """Every operator, by office."""
    done = REMOVED if visit.request.query.get("done") == "removed" else None
    return await _list(visit, done=done)


async def _list(
    visit: Visit, *, done: Text | None = None, wrong: Text | None = None
) -> web.Response:
    def look(connection: Connection) -> tuple[list[object], list[object]]:
        readers = operators.all_operators(connection)
        listed = all_offices(connection)
        groups: list[object] = [
            {"office": one, "readers": [r for r in readers if r.office == one.office.key]}
            for one in listed
        ]
        return groups, [one for one in listed if one.active]

    groups, open_offices = await visit.room.read(look)
    given = {"groups": groups, "open_offices": open_offices, "done": done, "wrong": wrong}
    return visit.page("operators.html", status=422 if wrong else 200, **given)


async def add(visit: Visit) -> web.StreamResponse:
    """Add an operator and show the link, once."""
    name = " ".join(visit.value("name", longest=LONGEST_NAME).split())
    role = Role.ADMINISTRATOR if visit.value("role") == "administrator" else Role.OPERATOR
    key = visit.value("office", longest=40)
    if len(name) < 2:
        return await _list(visit, wrong=NO_NAME)
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def change(connection: Connection) -> tuple[Operator, str] | Text:
        office = find_office(connection, key)
        if office is None or not office.active:
            return NO_OFFICE
        made = operators.add_operator(connection, name, key, role, now.date())
        if made is None:
            return TAKEN
        write_audit(connection, vault, now, who.id, Action.OPERATOR_ADDED, made.name)
        return made, operators.invite(connection, made.id, now)

    made = await visit.room.write(change)
    if isinstance(made, Text):
        return await _list(visit, wrong=made)
    return _link(visit, *made)


def _link(visit: Visit, operator: Operator, token: str) -> web.Response:
    link = f"{visit.room.address}/join/{token}"
    return visit.page("link.html", invited=operator, link=link)


async def _found(visit: Visit) -> Operator:
    written = visit.request.match_info["id"]
    number = int(written) if written.isascii() and written.isdecimal() else 0
    found = None
    if 0 < number < 1 << 63:
        found = await visit.room.read(
            lambda connection: operators.find_operator(connection, number)
        )
    if found is None or not found.active:
        raise web.HTTPNotFound
    return found


async def reset(visit: Visit) -> web.StreamResponse:
    """Forget passphrase, phone and key of an operator and show a new link, once."""
    found, who = await _found(visit), visit.operator
    if found.id == who.id:
        return await _list(visit, wrong=YOURSELF)
    vault, now = visit.room.database.vault, visit.room.now

    def change(connection: Connection) -> str:
        operators.reset_operator(connection, found.id)
        write_audit(connection, vault, now, who.id, Action.OPERATOR_RESET, found.name)
        return operators.invite(connection, found.id, now)

    token = await visit.room.write(change)
    await _gone(visit, found)
    return _link(visit, found, token)


async def remove(visit: Visit) -> web.StreamResponse:
    """Let an operator in no more."""
    found, who = await _found(visit), visit.operator
    if found.id == who.id:
        return await _list(visit, wrong=YOURSELF)
    vault, now = visit.room.database.vault, visit.room.now

    def change(connection: Connection) -> None:
        operators.remove_operator(connection, found.id)
        write_audit(connection, vault, now, who.id, Action.OPERATOR_REMOVED, found.name)

    await visit.room.write(change)
    await _gone(visit, found)
    return visit.go("/operators?done=removed")


async def _gone(visit: Visit, operator: Operator) -> None:
    """End what the operator had open, and take what was sealed to the old key away."""
    room = visit.room
    room.sessions.end_all(operator.id, Ended.CUT)
    if room.reports is not None:
        await asyncio.to_thread(room.reports.remove_recipient, operator.id, room.now)
    await room.on_offices_changed()


PAGES: tuple[Page, ...] = (
    get("/operators", Access.ADMINISTRATOR, show),
    post("/operators", Access.ADMINISTRATOR, add),
    post("/operators/{id}/reset", Access.ADMINISTRATOR, reset),
    post("/operators/{id}/remove", Access.ADMINISTRATOR, remove),
)
