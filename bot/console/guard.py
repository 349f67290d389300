"""Stands before every page: right host, right origin, right token, right size, right headers."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from aiohttp import hdrs, web

from bot.console.room import ROOM, Room
from bot.console.sessions import Ended, Session, new_id
from bot.console.visit import Access, Notice, Page, Visit
from bot.settings import is_loopback
from flows.text import _
from storage.database import Connection
from storage.offices import find_recovery_key
from storage.operators import Operator, find_operator

SECURE_COOKIE = "__Host-antenna"
PLAIN_COOKIE = "antenna-console"
"""On this machine in plain http: a browser keeps no `__Host-` cookie that came without TLS."""

MOST_BYTES = 64 * 1024
MOST_FIELDS = 160
"""A whole contact sheet, with every box ticked."""
BODY_SECONDS = 20.0
LONGEST_COOKIE = 64
FORM = "application/x-www-form-urlencoded"
TOKEN_FIELD = "token"  # noqa: S105 - the name of a field, not a secret

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-DNS-Prefetch-Control": "off",
}
FOR_YEARS = "max-age=63072000"


SHEET_MISSING = Notice(
    _("The recovery sheet is not printed yet: a forgotten passphrase would lose reports."),
    "/recovery-sheet",
    _("Print it now"),
)


class Refused(web.HTTPForbidden):
    """A request that did not come from one of our pages."""


class Outdated(Refused):
    """A form of ours from before another sign-in: nothing is done, but nothing typed is lost."""

    def __init__(self, form: Mapping[str, str]) -> None:
        super().__init__()
        self.form = form


def origin_of(room: Room, request: web.Request) -> str:
    """The address this console has for browsers, without a path."""
    url = room.settings.console_url
    if url is None:
        return f"http://{request.headers.get(hdrs.HOST, '')}"
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def is_known_host(room: Room, request: web.Request) -> bool:
    """Whether the browser asked for a name that is ours: another would be somebody's trick."""
    given = request.headers.getall(hdrs.HOST, [])
    if len(given) != 1:
        return False
    url = room.settings.console_url
    if url is not None:
        return given[0].lower() == urlsplit(url).netloc.lower()
    try:
        return is_loopback(urlsplit(f"//{given[0]}").hostname or "")
    except ValueError:
        return False


def is_from_here(room: Room, request: web.Request) -> bool:
    """Whether a form was sent by one of our own pages, as the browser itself says it.

    Where no referrer is sent a browser writes `null` for its own origin, too; then only what it
    says of the site counts, which no page can forge.
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get(hdrs.ORIGIN)
    if origin == origin_of(room, request):
        return site in (None, "same-origin")
    return origin == "null" and site == "same-origin"


def network_of(room: Room, request: web.Request) -> str:
    """Where a request comes from, as a network: what is slowed down when it guesses.

    A forwarded address counts only where the connection itself is the configured proxy's.
    """
    address = request.remote or ""
    proxy = room.settings.console_proxy
    if proxy is not None and address == str(proxy):
        forwarded = request.headers.getall("X-Forwarded-For", [])
        if forwarded:  # the last one is what our own proxy wrote; those before it are only claimed
            address = forwarded[-1].rpartition(",")[2].strip()
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "?"
    bits = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network((found, bits), strict=False))


def cookie_name(room: Room) -> str:
    """How our cookie is called: with TLS, the name that binds it to this host alone."""
    url = room.settings.console_url
    return SECURE_COOKIE if url is not None and url.startswith("https:") else PLAIN_COOKIE


def set_cookie(room: Room, response: web.StreamResponse, id_: str) -> None:
    """Give the browser its id: for this host, for no script, for no request from elsewhere."""
    response.set_cookie(
        cookie_name(room),
        id_,
        path="/",
        secure=cookie_name(room) == SECURE_COOKIE,
        httponly=True,
        samesite="Strict",
    )


async def visit_of(request: web.Request) -> Visit:
    """Who asks, before any page sees it."""
    room = request.app[ROOM]
    cookie = request.cookies.get(cookie_name(room), "")
    if len(cookie) > LONGEST_COOKIE:
        cookie = ""
    session = room.sessions.find(cookie)
    operator, needs_sheet = (None, False)
    if session is not None:
        operator, needs_sheet = await operator_of(room, session)
    if operator is None:
        session = None
    visit = Visit(
        request,
        room,
        room.languages.words(language_of(request, operator)),
        cookie,
        session,
        operator,
    )
    if needs_sheet and request.path != "/recovery-sheet":
        visit.notices.append(SHEET_MISSING)
    if not cookie:
        visit.sets_cookie = new_id()
    return visit


async def operator_of(room: Room, session: Session) -> tuple[Operator | None, bool]:
    """The operator of a session as they are now, who was removed is nobody at once; and whether
    they should print the recovery sheet."""

    def look(connection: Connection) -> tuple[Operator | None, bool]:
        found = find_operator(connection, session.operator_id)
        is_missing = found is not None and found.is_administrator
        return found, is_missing and find_recovery_key(connection) is None

    found, needs_sheet = await room.read(look)
    if found is None or not found.active or not found.ready or found.epoch != session.epoch:
        room.sessions.end(session, Ended.CUT)
        return None, False
    return found, needs_sheet


def language_of(request: web.Request, operator: Operator | None) -> str:
    """Italian or English: as the operator chose, before that as the browser says."""
    if operator is not None:
        return operator.language.value
    best, weight = "it", 0.0
    for part in request.headers.get(hdrs.ACCEPT_LANGUAGE, "")[:200].split(","):
        tag, _, quality = part.strip().partition(";q=")
        code = tag.strip().lower().partition("-")[0]
        try:
            value = float(quality) if quality else 1.0
        except ValueError:
            continue
        if code in ("it", "en") and value > weight:
            best, weight = code, value
    return best


async def read_form(visit: Visit) -> Mapping[str, str]:
    """The fields of a form, each once, from one of our own pages.

    Raises:
        web.HTTPException: it is too large, of another kind, from elsewhere, or without its token.
    """
    request, room = visit.request, visit.room
    if not is_from_here(room, request):
        raise Refused
    if request.content_type != FORM or hdrs.CONTENT_ENCODING in request.headers:
        raise web.HTTPUnsupportedMediaType
    body = await read_body(request)
    try:
        fields = parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            strict_parsing=True,
            max_num_fields=MOST_FIELDS,
            errors="strict",
        )
    except ValueError:
        raise web.HTTPBadRequest from None
    form = dict(fields)
    if len(form) != len(fields) or any("\0" in value for value in form.values()):
        raise web.HTTPBadRequest
    if not room.sessions.is_token(visit.cookie or None, form.pop(TOKEN_FIELD, "")):
        raise Outdated(form)
    return form


async def read_body(request: web.Request) -> bytes:
    """A body that is not too large and does not come drop by drop."""
    if (request.content_length or 0) > MOST_BYTES:
        raise web.HTTPRequestEntityTooLarge(MOST_BYTES, request.content_length or 0)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.content.iter_chunked(16 * 1024):
                body += piece
                if len(body) > MOST_BYTES:
                    raise web.HTTPRequestEntityTooLarge(MOST_BYTES, len(body))
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    return bytes(body)


def is_allowed(page: Page, visit: Visit) -> bool:
    """Whether this visitor may open this page."""
    if page.access is Access.ANYBODY:
        return True
    if visit.visitor is None or visit.session is None or visit.session.key is None:
        return False
    return page.access <= Access.of(visit.visitor)
