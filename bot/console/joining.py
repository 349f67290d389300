"""An operator's first visit: the link, a passphrase, a phone for the second factor, the key."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from aiohttp import web

from bot.console import passphrase
from bot.console.entry import BUSY
from bot.console.phone import Phone, phone_for
from bot.console.room import BusyError
from bot.console.sheet import generated
from bot.console.visit import Access, Page, Visit, get, post
from flows.text import Text, _
from storage.audit import Action
from storage.audit import write as write_audit
from storage.database import Connection
from storage.offices import find_office, find_recovery_key
from storage.operators import (
    Language,
    Operator,
    find_invited,
    find_operator,
    set_credentials,
    set_language,
    use_invitation,
)
from storage.vault import PrivateKey, make_pair, new_totp_secret, totp_matches, wrap

KEPT_FOR = timedelta(minutes=15)
MOST_JOINING = 50
WRONG_CODE = _("These are not the digits of now. Wait for the next ones and type them here.")


@dataclass(slots=True)
class Joining:
    """Somebody between the link and the first sign-in; kept in memory, for a quarter of an hour."""

    token: str = field(repr=False)
    operator: Operator
    began: float
    key: PrivateKey = field(repr=False)
    wrapped: bytes = field(repr=False)
    totp: bytes = field(repr=False)


async def begin(visit: Visit) -> web.StreamResponse:
    """Greet whoever has a link that works, and ask for a passphrase."""
    operator, office = await _invited(visit)
    return _ask(visit, operator, office)


async def _invited(visit: Visit) -> tuple[Operator, str]:
    """Whom the link lets in and the name of their office. Raises: web.HTTPGone."""
    token, now = visit.request.match_info["token"], visit.room.now

    def look(connection: Connection) -> tuple[Operator, str] | None:
        operator = find_invited(connection, token, now)
        if operator is None:
            return None
        office = find_office(connection, operator.office)
        return operator, "" if office is None else office.office.name

    found = await visit.room.read(look)
    if found is None:
        raise web.HTTPGone
    return found


def _ask(
    visit: Visit, operator: Operator, office: str, wrong: Text | None = None, status: int = 200
) -> web.Response:
    return visit.page(
        "join.html",
        status=status,
        invited=operator,
        office=office,
        offered=generated(),
        wrong=wrong,
        fewest_signs=passphrase.FEWEST_SIGNS,
    )


async def choose(visit: Visit) -> web.StreamResponse:
    """Take the passphrase and make the key it locks."""
    operator, office = await _invited(visit)
    given = visit.form.get("passphrase", "")
    wrong = passphrase.trouble(given, [operator.name, office])
    if wrong is None and given != visit.form.get("again", ""):
        wrong = passphrase.DIFFERENT
    if wrong is not None:
        return _ask(visit, operator, office, wrong, 422)
    key = make_pair()
    try:
        wrapped = await visit.room.derive(wrap, key, given, visit.room.effort)
    except BusyError:
        return _ask(visit, operator, office, BUSY, 503)
    joinings = visit.room.joinings
    joinings[visit.cookie] = Joining(
        visit.request.match_info["token"],
        operator,
        visit.room.clock.monotonic(),
        key,
        wrapped,
        new_totp_secret(),
    )
    while len(joinings) > MOST_JOINING:
        joinings.popitem(last=False)
    return visit.go("/join/phone")


def _joining(visit: Visit) -> Joining:
    """What this browser has begun. Raises: web.HTTPGone."""
    found = visit.room.joinings.get(visit.cookie)
    if found is None:
        raise web.HTTPGone
    if visit.room.clock.monotonic() - found.began >= KEPT_FOR.total_seconds():
        del visit.room.joinings[visit.cookie]
        raise web.HTTPGone
    return found


async def show_phone(visit: Visit) -> web.StreamResponse:
    """Show the secret of the second factor, as a picture and as letters."""
    return _show(visit, _joining(visit))


def _show(visit: Visit, joining: Joining, wrong: Text | None = None) -> web.Response:
    phone: Phone = phone_for(joining.operator.name, visit.room.settings.network, joining.totp)
    return visit.page("join-phone.html", status=422 if wrong else 200, phone=phone, wrong=wrong)


async def confirm(visit: Visit) -> web.StreamResponse:
    """Take the first code, use the link up, keep the key, and let her in."""
    joining, room = _joining(visit), visit.room
    step = totp_matches(joining.totp, "".join(visit.value("code").split()), room.now)
    if step is None:
        return _show(visit, joining, WRONG_CODE)
    vault, now, language = room.database.vault, room.now, Language(visit.words.code)

    def change(connection: Connection) -> tuple[Operator | None, bool]:
        operator = use_invitation(connection, joining.token, now)
        if operator is None or operator.id != joining.operator.id:
            return None, False
        set_credentials(
            connection,
            vault,
            operator.id,
            public_key=joining.key.public.bytes,
            wrapped=joining.wrapped,
            totp=joining.totp,
            step=step,
        )
        set_language(connection, operator.id, language)
        write_audit(connection, vault, now, operator.id, Action.SIGNED_UP)
        is_first = operator.is_administrator and find_recovery_key(connection) is None
        return find_operator(connection, operator.id), is_first

    operator, is_first = await room.write(change)
    del room.joinings[visit.cookie]
    if operator is None:
        raise web.HTTPGone
    await room.on_offices_changed()
    visit.sets_cookie = room.sessions.begin(operator, joining.key, now)
    return visit.go("/recovery-sheet" if is_first else "/help?new=1")


PAGES: tuple[Page, ...] = (
    get("/join/phone", Access.ANYBODY, show_phone),
    post("/join/phone", Access.ANYBODY, confirm),
    get("/join/{token}", Access.ANYBODY, begin),
    post("/join/{token}", Access.ANYBODY, choose),
)
