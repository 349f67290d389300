"""What an operator decides about herself: language, passphrase, phone, where she is signed in."""

from __future__ import annotations

from typing import Any, cast

from aiohttp import web

from bot.console import passphrase
from bot.console.entry import BUSY
from bot.console.gate import TooManyAtOnceError
from bot.console.guard import network_of
from bot.console.joining import WRONG_CODE
from bot.console.operators import ROLE_NAMES
from bot.console.phone import phone_for
from bot.console.room import BusyError
from bot.console.sessions import Ended
from bot.console.sheet import generated
from bot.console.staffing import keep_away
from bot.console.visit import Access, Page, Visit, get, post
from flows.text import Text, _
from storage.accounts import make_link, unlink_telegram
from storage.audit import Action
from storage.audit import write as write_audit
from storage.database import Connection
from storage.offices import find_office
from storage.operators import (
    Language,
    end_sessions,
    find_credentials,
    set_language,
    set_totp,
    set_wrapped,
    sign_in_name,
)
from storage.vault import PrivateKey, new_totp_secret, totp_matches, unwrap, wrap

DRAFT = "second factor"
NOT_YOURS = _("The passphrase of now is another one. Nothing was changed.")
CHANGED = _("Your passphrase is changed. Everywhere else you were signed out.")
RENEWED = _("From now on the new entry on your phone gives the digits. Delete the old one there.")
SPOKEN = _("From now on the console speaks this language with you.")
UNLINKED = _("Your Telegram account is no longer linked.")
AWAY = _("Colleagues see when you are away.")
DONE = {
    "away": AWAY,
    "passphrase": CHANGED,
    "phone": RENEWED,
    "language": SPOKEN,
    "unlinked": UNLINKED,
}


async def show(visit: Visit) -> web.StreamResponse:
    """The account, and what was just done to it."""
    return await _account(visit, done=DONE.get(visit.request.query.get("done", "")))


async def _account(
    visit: Visit, *, done: Text | None = None, wrong: Text | None = None, word: str = ""
) -> web.Response:
    operator, sessions = visit.operator, visit.room.sessions
    office = await visit.room.read(lambda connection: find_office(connection, operator.office))
    open_now = [
        {"began": one.began, "here": one is visit.session} for one in sessions.of(operator.id)
    ]
    given: dict[str, Any] = {"done": done, "wrong": wrong, "open_now": open_now}
    given["office"] = "" if office is None else office.office.name
    given["role"] = ROLE_NAMES[operator.role]
    given["offered"] = generated()
    given["word"] = word
    return visit.page("account.html", status=422 if wrong else 200, **given)


async def speak(visit: Visit) -> web.StreamResponse:
    """Keep the language of the console."""
    chosen = visit.value("language")
    if chosen not in tuple(Language):
        raise web.HTTPBadRequest
    operator = visit.operator
    await visit.room.write(
        lambda connection: set_language(connection, operator.id, Language(chosen))
    )
    return visit.go("/account?done=language")


async def go_away(visit: Visit) -> web.StreamResponse:
    """Keep when whoever is signed in is not here."""
    wrong = await keep_away(visit, visit.operator)
    return visit.go("/account?done=away") if wrong is None else await _account(visit, wrong=wrong)


async def change_passphrase(visit: Visit) -> web.StreamResponse:
    """Lock the key with another passphrase; the key stays the same, so every report stays open."""
    given = visit.form.get("passphrase", "")
    wrong = passphrase.trouble(given, [visit.operator.name])
    if wrong is None and given != visit.form.get("again", ""):
        wrong = passphrase.DIFFERENT
    if wrong is not None:
        return await _account(visit, wrong=wrong)
    try:
        key = await _opened(visit)
        if key is None:
            return await _account(visit, wrong=NOT_YOURS)
        room = visit.room
        wrapped = await room.derive(wrap, key, given, room.effort)
    except (BusyError, TooManyAtOnceError):
        return await _account(visit, wrong=BUSY)
    operator, vault, now = visit.operator, room.database.vault, room.now

    def change(connection: Connection) -> None:
        set_wrapped(connection, operator.id, wrapped)
        end_sessions(connection, operator.id)
        write_audit(connection, vault, now, operator.id, Action.PASSPHRASE_CHANGED)

    await room.write(change)
    here = visit.signed_in
    here.epoch = operator.epoch + 1
    for session in room.sessions.of(operator.id):
        if session is not here:
            room.sessions.end(session, Ended.CUT)
    return visit.go("/account?done=passphrase")


async def _opened(visit: Visit) -> PrivateKey | None:
    """The key, if the passphrase of now was typed right; guessing is as slow as at the door."""
    room, operator = visit.room, visit.operator
    account, network = sign_in_name(operator.name), network_of(room, visit.request)
    kept = await room.read(lambda connection: find_credentials(connection, operator.id))
    if kept is None:
        raise web.HTTPForbidden
    typed = visit.form.get("current", "")[: passphrase.MOST_SIGNS]
    async with room.gate.trying(account, network):
        key = await room.derive(unwrap, kept.wrapped, typed)
    if key is None:
        room.gate.failed(account, network)
    return key


async def link(visit: Visit) -> web.StreamResponse:
    """Show, once, the word that links the account with which she writes in the group."""
    operator, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def change(connection: Connection) -> str:
        write_audit(connection, vault, now, operator.id, Action.LINK_MADE)
        return make_link(connection, operator.id, now)

    return await _account(visit, word=await visit.room.write(change))


async def unlink(visit: Visit) -> web.StreamResponse:
    """From now on nobody writes in the group as she."""
    operator, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def change(connection: Connection) -> None:
        unlink_telegram(connection, operator.id)
        write_audit(connection, vault, now, operator.id, Action.UNLINKED)

    await visit.room.write(change)
    return visit.go("/account?done=unlinked")


async def show_phone(visit: Visit) -> web.StreamResponse:
    """Show a new secret for the second factor."""
    return _phone(visit)


def _phone(visit: Visit, wrong: Text | None = None) -> web.Response:
    secret = cast(bytes, visit.signed_in.drafts.setdefault(DRAFT, new_totp_secret()))
    phone = phone_for(visit.operator.name, visit.room.settings.network, secret)
    return visit.page("phone.html", status=422 if wrong else 200, phone=phone, wrong=wrong)


async def renew_phone(visit: Visit) -> web.StreamResponse:
    """Take the new secret in place of the old one, with the passphrase and its first code."""
    secret = visit.signed_in.drafts.get(DRAFT)
    if not isinstance(secret, bytes):
        return visit.go("/account/phone")
    step = totp_matches(secret, "".join(visit.value("code").split()), visit.room.now)
    if step is None:
        return _phone(visit, WRONG_CODE)
    try:
        if await _opened(visit) is None:
            return _phone(visit, NOT_YOURS)
    except (BusyError, TooManyAtOnceError):
        return _phone(visit, BUSY)
    operator, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def change(connection: Connection) -> None:
        set_totp(connection, vault, operator.id, secret, step)
        write_audit(connection, vault, now, operator.id, Action.TOTP_RENEWED)

    await visit.room.write(change)
    visit.signed_in.drafts.pop(DRAFT, None)
    return visit.go("/account?done=phone")


PAGES: tuple[Page, ...] = (
    get("/account", Access.ANTENNA, show),
    post("/account/language", Access.ANTENNA, speak),
    post("/account/away", Access.ANTENNA, go_away),
    post("/account/passphrase", Access.ANTENNA, change_passphrase),
    post("/account/telegram", Access.OPERATOR, link),
    post("/account/telegram/unlink", Access.OPERATOR, unlink),
    get("/account/phone", Access.ANTENNA, show_phone),
    post("/account/phone", Access.ANTENNA, renew_phone),
)
