"""What changes for an operator: what they may do, when they are away, and how they leave."""

from __future__ import annotations

from datetime import date

from aiohttp import web

from bot.console import operators as pages
from bot.console.visit import Access, Page, Visit, get, post
from flows.text import Text, _
from storage import operators
from storage.access import Reach
from storage.audit import Action
from storage.audit import write as write_audit
from storage.cases.work import Moved, hand_over_work, off_board, workload
from storage.database import Connection
from storage.desks import all_desks
from storage.operators import Operator, Role

LAST_ONE = _("Somebody has to look after the others: first make another administrator.")
NO_DAYS = _("From when to when? The first day is not after the last one.")
LONGEST_TERRITORY = 60


async def set_role(visit: Visit) -> web.StreamResponse:
    """Keep what an operator may do. Who becomes an antenna reads nothing more, and hands over."""
    found, who = await pages.found(visit), visit.operator
    vault, now = visit.room.database.vault, visit.room.now
    role = pages.role_of(visit)
    territory = visit.value("territory", longest=LONGEST_TERRITORY)

    def change(connection: Connection) -> Text | None:
        rest = [one for one in operators.all_operators(connection) if one.id != found.id]
        if role is not Role.ADMINISTRATOR and not any(one.is_administrator for one in rest):
            return LAST_ONE
        operators.set_role(connection, found.id, role, territory)
        write_audit(connection, vault, now, who.id, Action.OPERATOR_CHANGED, found.name)
        if role is Role.ANTENNA and found.role is not Role.ANTENNA:
            hand_over_work(connection, vault, found, None, now, who.id)
        return None

    wrong = await visit.room.write(change)
    if wrong is not None:
        return await pages.page(visit, wrong=wrong)
    if role is Role.ANTENNA:
        await pages.cut_off(visit, found)
    return visit.go("/operators?done=changed")


async def set_away(visit: Visit) -> web.StreamResponse:
    """Keep when a colleague is not here."""
    found, desks = await pages.found(visit), await visit.room.read(all_desks)
    seen = pages.offices_seen(visit.operator, desks)
    if seen is not None and found.office not in seen:
        raise web.HTTPNotFound
    wrong = await keep_away(visit, found)
    if wrong is not None:
        return await pages.page(visit, wrong=wrong)
    return visit.go("/operators?done=changed")


async def keep_away(visit: Visit, whose: Operator) -> Text | None:
    """Keep the days that were chosen; why not, where they are none."""
    try:
        since, until = _day(visit, "since"), _day(visit, "until")
    except ValueError:
        return NO_DAYS
    if until is not None and (since is None or until < since):
        return NO_DAYS
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def change(connection: Connection) -> None:
        operators.set_away(connection, whose.id, since, until)
        write_audit(connection, vault, now, who.id, Action.OPERATOR_CHANGED, whose.name)

    await visit.room.write(change)
    return None


def _day(visit: Visit, name: str) -> date | None:
    written = visit.value(name)
    return date.fromisoformat(written) if written else None


# -- somebody leaves


async def leaving(visit: Visit) -> web.StreamResponse:
    """What a colleague who leaves still has, and who takes it."""
    return await _leaving(visit, await pages.found(visit))


async def _leaving(visit: Visit, found: Operator, wrong: Text | None = None) -> web.Response:
    today = visit.room.now.date()
    loads = await visit.room.read(lambda connection: workload(connection, today))
    able = [
        one
        for one in loads
        if one.operator.office == found.office
        and one.operator.id != found.id
        and Reach(one.operator).helps
    ]
    load = next((one for one in loads if one.operator.id == found.id), None)
    return visit.page(
        "leaving.html",
        status=422 if wrong else 200,
        leaver=found,
        load=load,
        able=able,
        wrong=wrong,
    )


async def remove(visit: Visit) -> web.StreamResponse:
    """Hand over what an operator has, and let them in no more: one deed, and nothing is stuck."""
    found, who = await pages.found(visit), visit.operator
    if found.id == who.id:
        return await pages.page(visit, wrong=pages.YOURSELF)
    vault, now, id_ = visit.room.database.vault, visit.room.now, visit.number("to")

    def change(connection: Connection) -> Moved | Text:
        to = None if id_ is None else operators.find_operator(connection, id_)
        return off_board(connection, vault, found, to, now, who.id)

    moved = await visit.room.write(change)
    if isinstance(moved, Text):
        return await _leaving(visit, found, moved)
    await pages.cut_off(visit, found)
    return visit.page("left.html", leaver=found, moved=moved)


PAGES: tuple[Page, ...] = (
    post("/operators/{id}/role", Access.ADMINISTRATOR, set_role),
    post("/operators/{id}/away", Access.COORDINATOR, set_away),
    get("/operators/{id}/leave", Access.ADMINISTRATOR, leaving),
    post("/operators/{id}/remove", Access.ADMINISTRATOR, remove),
)
