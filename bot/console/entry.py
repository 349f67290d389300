"""The door: sign in, sign out, come back after the lock."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.gate import TooManyAtOnceError
from bot.console.guard import network_of
from bot.console.passphrase import MOST_SIGNS
from bot.console.room import BusyError, Room
from bot.console.sessions import Ended
from bot.console.visit import Access, Page, Visit, get, post
from flows.text import Text, _
from storage.access import Reach
from storage.audit import Action
from storage.audit import write as write_audit
from storage.database import Connection
from storage.desks import all_desks
from storage.operators import (
    Operator,
    end_sessions,
    find_by_name,
    find_credentials,
    sign_in_name,
    use_step,
)
from storage.vault import PrivateKey, totp_matches, totp_step, unwrap

WRONG = _("This name, passphrase and code do not belong together. Check all three.")
BUSY = _("Many people are signing in at the moment. Wait some seconds, then try again.")
WHY = {
    Ended.IDLE: _(
        "You were away for half an hour. Your key was forgotten. Sign in again to go on where you "
        "were."
    ),
    Ended.OVER: _("You were signed in for ten hours. Your key was forgotten. Sign in again."),
    Ended.CUT: _("You were signed out everywhere. Your key was forgotten."),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a try is checked against; for a name that nobody has, as much work with no result."""

    operator: Operator | None
    wrapped: bytes
    totp: bytes
    used_step: int


async def home(visit: Visit) -> web.StreamResponse:
    """The first page, where one's work waits: the conversations for who talks with people, else
    the reports, or what there is."""
    who, ways = visit.operator, visit.room.ways
    if Access.of(who) is Access.ANTENNA:
        return visit.go("/cases/new")
    talks = await visit.room.read(lambda c: any(map(Reach(who).answers_at, all_desks(c))))
    for path in (*(["/talks"] if talks else []), "/reports"):
        if ways.safe(path) == path:
            return visit.go(path)
    return visit.go("/account")


async def show_sign_in(visit: Visit) -> web.StreamResponse:
    """Ask for name, passphrase and code; also where a page goes that nobody looked at."""
    back = visit.room.ways.safe(visit.request.query.get("next"))
    if visit.session is not None:
        return visit.go(back)
    ended = visit.room.sessions.why_ended(visit.cookie)
    return _door(visit, back, why=WHY.get(ended) if ended else None)


def _door(
    visit: Visit,
    back: str,
    *,
    name: str = "",
    why: Text | None = None,
    wrong: Text | None = None,
    status: int = 200,
) -> web.Response:
    given = {"next": back, "name": name, "why": why, "wrong": wrong}
    return visit.page("sign-in.html", status=status, demo=visit.room.demo_door(), **given)


async def sign_in(visit: Visit) -> web.StreamResponse:
    """Let in whoever knows all three; whatever is wrong, the answer and its time are the same."""
    room = visit.room
    name, back = visit.value("name", longest=60), room.ways.safe(visit.form.get("next"))
    account, network = sign_in_name(name), network_of(room, visit.request)
    try:
        async with room.gate.trying(account, network):
            operator, key = await _try(visit, name)
    except (TooManyAtOnceError, BusyError):
        return _door(visit, back, name=name, wrong=BUSY, status=503)
    if operator is None or key is None:
        room.gate.failed(account, network)
        room.watch.note("sign_in_refused")
        return _door(visit, back, name=name, wrong=WRONG, status=403)
    room.gate.succeeded(account)
    for one in room.demo:
        if one.name == operator.name:
            one.used_step = max(one.used_step + 1, totp_step(room.now))
    if visit.session is not None:
        room.sessions.end(visit.session)
    visit.sets_cookie = room.sessions.begin(operator, key, room.now)
    return visit.go(back)


async def _try(visit: Visit, name: str) -> tuple[Operator | None, PrivateKey | None]:
    """Check all three, each of them whatever the others are, and use the code up."""
    room = visit.room
    known = await _known(room, name)
    passphrase = visit.form.get("passphrase", "")[:MOST_SIGNS]
    code = "".join(visit.value("code").split())
    key = await room.derive(unwrap, known.wrapped, passphrase)
    step = totp_matches(known.totp, code, room.now, known.used_step)
    operator, vault, now = known.operator, room.database.vault, room.now
    # Every refusal ends here, after the same work: nothing is written of it.
    if operator is None or key is None or step is None:
        return None, None
    tries = room.gate.failures(sign_in_name(name))

    def settle(connection: Connection) -> bool:
        good = use_step(connection, operator.id, step)
        if good:
            told = str(tries) if tries else ""
            write_audit(connection, vault, now, operator.id, Action.SIGNED_IN, told)
        return good

    return (operator, key) if await room.write(settle) else (None, None)


async def _known(room: Room, name: str) -> Known:
    """What a name is checked against."""
    nobody = await room.nobody()

    def look(connection: Connection) -> Known:
        operator = find_by_name(connection, name)
        kept = None if operator is None else find_credentials(connection, operator.id)
        if operator is None or kept is None:
            return Known(None, nobody, b"\0" * 20, 0)
        totp = room.database.vault.open_operator(kept.totp, operator.id)
        return Known(operator, kept.wrapped, totp, kept.used_step)

    return await room.read(look)


async def sign_out(visit: Visit) -> web.StreamResponse:
    """Forget the key and everything the browser kept."""
    await visit.note(Action.SIGNED_OUT)
    visit.room.sessions.end(visit.signed_in)
    return left(visit)


async def sign_out_everywhere(visit: Visit) -> web.StreamResponse:
    """End every session of this operator, this one too."""
    operator_id, vault, now = visit.operator.id, visit.room.database.vault, visit.room.now

    def change(connection: Connection) -> None:
        end_sessions(connection, operator_id)
        write_audit(connection, vault, now, operator_id, Action.SIGNED_OUT_EVERYWHERE)

    await visit.room.write(change)
    visit.room.sessions.end_all(operator_id, Ended.CUT)
    return left(visit)


def left(visit: Visit) -> web.Response:
    """The way out: nothing of the console stays in the browser."""
    response = visit.go("/sign-in")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


async def still_here(visit: Visit) -> web.StreamResponse:
    """The operator is there although no page is asked for: she writes, or said so."""
    return web.Response(status=204)


PAGES: tuple[Page, ...] = (
    get("/", Access.ANTENNA, home),
    get("/sign-in", Access.ANYBODY, show_sign_in),
    get("/still-here", Access.ANTENNA, still_here),
    post("/sign-in", Access.ANYBODY, sign_in),
    post("/sign-out", Access.ANTENNA, sign_out),
    post("/sign-out-everywhere", Access.ANTENNA, sign_out_everywhere),
)
