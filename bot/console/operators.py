"""The operators, for whoever administers: invite one, begin anew with one, let one go."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from aiohttp import web

from bot.console.sessions import Ended
from bot.console.visit import Access, Page, Visit, get, post
from flows.text import Text, _
from storage import operators
from storage.audit import Action
from storage.audit import write as write_audit
from storage.cases.work import Load, workload
from storage.database import Connection
from storage.desks import Desk, all_desks
from storage.offices import Listed, all_offices, find_office
from storage.operators import LONGEST_NAME, Operator, Role

NO_NAME = _("An operator needs a name of two letters or more.")
TAKEN = _("Somebody signs in by this name already. Add a letter or the surname.")
NO_OFFICE = _("Choose an office that is open.")
YOURSELF = _("You cannot remove or reset yourself: ask another administrator.")
ROLE_NAMES: dict[Role, Text] = {
    Role.ANTENNA: _("antenna"),
    Role.OPERATOR: _("operator"),
    Role.COORDINATOR: _("coordinator"),
    Role.ADMINISTRATOR: _("administrator"),
}
ROLES: dict[Role, Text] = {
    Role.ANTENNA: _("Antenna: begins sheets and hands them on, reads nothing afterwards"),
    Role.OPERATOR: _("Operator: talks with people, carries cases, reads reports"),
    Role.COORDINATOR: _("Coordinator: also gives the work of a territory to others"),
    Role.ADMINISTRATOR: _("Administrator: also looks after offices, desks and operators"),
}
CHANGED = _("It is changed.")


async def show(visit: Visit) -> web.StreamResponse:
    """Every operator, by office; for a coordinator those of the territory."""
    done = CHANGED if visit.request.query.get("done") == "changed" else None
    return await page(visit, done=done)


async def page(
    visit: Visit, *, done: Text | None = None, wrong: Text | None = None
) -> web.Response:
    """The list of those whom somebody looks after, with how much each has to do."""
    today, desks = visit.room.now.date(), await visit.room.read(all_desks)
    seen = offices_seen(visit.operator, desks)

    def look(connection: Connection) -> tuple[list[Listed], list[Operator], dict[int, Load]]:
        loads = {one.operator.id: one for one in workload(connection, today)}
        return all_offices(connection), operators.all_operators(connection), loads

    listed, readers, loads = await visit.room.read(look)
    groups = [
        (one, [reader for reader in readers if reader.office == one.office.key])
        for one in listed
        if seen is None or one.office.key in seen
    ]
    return visit.page(
        "operators.html",
        status=422 if wrong else 200,
        groups=groups,
        loads=loads,
        roles=ROLES,
        role_names=ROLE_NAMES,
        territories=sorted({one.territory for one in desks if one.territory}),
        open_offices=[one for one in listed if one.active],
        today=today,
        done=done,
        wrong=wrong,
    )


def offices_seen(who: Operator, desks: Iterable[Desk]) -> set[str] | None:
    """The offices whose people somebody looks after; None: all of them."""
    if who.is_administrator:
        return None
    near = {one.office for one in desks if who.territory and one.territory == who.territory}
    return {who.office} | near


async def add(visit: Visit) -> web.StreamResponse:
    """Add an operator and show the link, once."""
    name = " ".join(visit.value("name", longest=LONGEST_NAME).split())
    role = role_of(visit)
    key = visit.value("office", longest=40)
    if len(name) < 2:
        return await page(visit, wrong=NO_NAME)
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
        return await page(visit, wrong=made)
    return _link(visit, *made)


def role_of(visit: Visit) -> Role:
    """The role that was chosen; what is none is an operator's."""
    written = visit.value("role")
    return next((one for one in Role if one.value == written), Role.OPERATOR)


def _link(visit: Visit, operator: Operator, token: str) -> web.Response:
    link = f"{visit.room.address}/join/{token}"
    return visit.page("link.html", invited=operator, link=link)


async def found(visit: Visit) -> Operator:
    """The operator of the address, who is here.

    Raises:
        web.HTTPNotFound: there is none, or they left.
    """
    number = visit.id("id")
    one = await visit.room.read(lambda connection: operators.find_operator(connection, number))
    if one is None or not one.active:
        raise web.HTTPNotFound
    return one


async def reset(visit: Visit) -> web.StreamResponse:
    """Forget passphrase, phone and key of an operator and show a new link, once."""
    one, who = await found(visit), visit.operator
    if one.id == who.id:
        return await page(visit, wrong=YOURSELF)
    vault, now = visit.room.database.vault, visit.room.now

    def change(connection: Connection) -> str:
        operators.reset_operator(connection, one.id)
        write_audit(connection, vault, now, who.id, Action.OPERATOR_RESET, one.name)
        return operators.invite(connection, one.id, now)

    token = await visit.room.write(change)
    await cut_off(visit, one)
    return _link(visit, one, token)


async def cut_off(visit: Visit, operator: Operator) -> None:
    """End what the operator had open, and take what was sealed to the old key away."""
    room = visit.room
    room.sessions.end_all(operator.id, Ended.CUT)
    if room.reports is not None:
        await asyncio.to_thread(room.reports.remove_recipient, operator.id, room.now)
    await room.on_offices_changed()


PAGES: tuple[Page, ...] = (
    get("/operators", Access.COORDINATOR, show),
    post("/operators", Access.ADMINISTRATOR, add),
    post("/operators/{id}/reset", Access.ADMINISTRATOR, reset),
)
