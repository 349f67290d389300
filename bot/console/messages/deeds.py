"""What is done with a message to many: agreed to, stopped, gone on with, ended, thrown away."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from bot.console.messages.reading import mark_of
from bot.console.visit import Visit
from flows.calendar_model import MassState
from storage import audit
from storage.audit import Action
from storage.database import Connection
from storage.mass import drafting, running
from storage.mass.model import Mass
from storage.mass.rights import mass_for_operator, may_agree

Deed = Callable[[Connection, Mass], str]


async def _do(visit: Visit, action: Action, deed: Deed, done: str) -> web.Response:
    """Do something with the message of the address, and write it down where it was done."""
    operator, mass_id = visit.operator, visit.id("mass")
    vault, now = visit.room.database.vault, visit.room.now

    def change(connection: Connection) -> str | None:
        found = mass_for_operator(connection, operator, mass_id)
        if found is None:
            return None
        said = deed(connection, found)
        if said == done:
            audit.write(connection, vault, now, operator.id, action, str(mass_id))
        return said

    said = await visit.room.write(change)
    if said is None:
        raise web.HTTPNotFound
    return visit.go(
        f"/messages?done={said}" if said == "dropped" else f"/messages/{mass_id}?done={said}"
    )


async def agree(visit: Visit) -> web.StreamResponse:
    """Let it go, as it was looked at a moment ago and not otherwise."""
    operator, now, mark = visit.operator, visit.room.now, visit.value("seen")

    def deed(connection: Connection, mass: Mass) -> str:
        if mass.state is not MassState.DRAFT:
            return "late"
        fresh = drafting.refresh(connection, mass, now)
        if fresh is None:
            return "late"
        if not may_agree(connection, operator, fresh):
            return "refused"
        if mark_of(fresh) != mark:
            return "changed"
        return "late" if running.let_go(connection, fresh, operator.id, now) is None else "sent"

    return await _do(visit, Action.MASS_SENT, deed, "sent")


async def stop(visit: Visit) -> web.StreamResponse:
    """Stop it at once."""

    def deed(connection: Connection, mass: Mass) -> str:
        return "stopped" if running.stop(connection, mass.id) else "late"

    return await _do(visit, Action.MASS_STOPPED, deed, "stopped")


async def resume(visit: Visit) -> web.StreamResponse:
    """Go on with it."""
    now = visit.room.now

    def deed(connection: Connection, mass: Mass) -> str:
        return "resumed" if running.resume(connection, mass.id, now) else "late"

    return await _do(visit, Action.MASS_RESUMED, deed, "resumed")


async def end(visit: Visit) -> web.StreamResponse:
    """Leave it at those who were told."""
    now = visit.room.now

    def deed(connection: Connection, mass: Mass) -> str:
        return "ended" if running.give_up(connection, mass.id, now) else "late"

    return await _do(visit, Action.MASS_ENDED, deed, "ended")


async def drop(visit: Visit) -> web.StreamResponse:
    """Throw a draft away."""

    def deed(connection: Connection, mass: Mass) -> str:
        return "dropped" if drafting.drop(connection, mass) else "late"

    return await _do(visit, Action.MASS_DROPPED, deed, "dropped")
