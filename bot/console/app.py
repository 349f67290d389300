"""Puts the console together: pages, guard, headers, and the address it is served on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from aiohttp import hdrs, web, web_response

from bot.clock import Clock
from bot.console import (
    account,
    desks,
    entry,
    exchange,
    guide,
    joining,
    offices,
    operators,
    record,
    recovery,
    staffing,
)
from bot.console.agenda import ways as agenda
from bot.console.cases import ways as cases
from bot.console.courses import ways as courses
from bot.console.gate import Gate
from bot.console.guard import (
    FOR_YEARS,
    HEADERS,
    SECURE_COOKIE,
    Outdated,
    Refused,
    cookie_name,
    is_allowed,
    is_known_host,
    read_form,
    set_cookie,
    visit_of,
)
from bot.console.messages import ways as messages
from bot.console.pages import assets, render, sorry
from bot.console.room import ROOM, BusyError, Room
from bot.console.services import ways as services
from bot.console.sessions import Sessions
from bot.console.visit import Page, Visit
from bot.console.ways import Ways
from bot.languages import Languages
from bot.settings import Address, Settings
from bot.watch import Watch
from storage.database import Database

PAGES: tuple[Page, ...] = (
    *entry.PAGES,
    *joining.PAGES,
    *recovery.PAGES,
    *account.PAGES,
    *offices.PAGES,
    *operators.PAGES,
    *staffing.PAGES,
    *desks.PAGES,
    *record.PAGES,
    *guide.PAGES,
    *exchange.PAGES,
    *cases.PAGES,
    *courses.PAGES,
    *agenda.PAGES,
    *messages.PAGES,
    *services.PAGES,
)
"""Every page there is. Whoever adds one adds it here, and says who may open it."""

SWEEP_SECONDS = 15.0
VISIT = web.RequestKey("visit", Visit)

Next = Callable[[web.Request], Awaitable[web.StreamResponse]]


def make_room(
    settings: Settings,
    database: Database,
    languages: Languages,
    *,
    clock: Clock,
    watch: Watch,
    **more: Any,
) -> Room:
    """What the pages share, for one running console."""
    return Room(
        settings,
        database,
        clock,
        watch,
        languages,
        Sessions(clock.monotonic),
        Gate(clock.monotonic),
        render,
        **more,
    )


def create_console(room: Room, pages: Sequence[Page] = PAGES) -> web.Application:
    """The application of the console."""
    app = web.Application(middlewares=[guard])
    app[ROOM] = room
    room.ways = Ways(page.path for page in pages if page.method == hdrs.METH_GET)
    for page in pages:
        app.router.add_route(page.method, page.path, _answering(page))
    app.router.add_route(hdrs.METH_GET, "/static/{name}", static)
    app.on_response_prepare.append(dress)
    app.on_shutdown.append(closing)
    app.cleanup_ctx.append(sweeping)
    return app


async def serve(app: web.Application, address: Address) -> web.AppRunner:
    """Serve the console; the runner's `cleanup` ends it and forgets every key.

    Raises:
        OSError: the address is taken or not ours; nothing listens.
    """
    vars(web_response)["SERVER_SOFTWARE"] = ""  # also where no hook of ours is reached
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, address.host, address.port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner


async def sweeping(app: web.Application) -> AsyncIterator[None]:
    """Forget keys in time also where no request comes any more."""
    room = app[ROOM]

    async def sweep() -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            room.sessions.sweep()

    task = asyncio.create_task(sweep())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    room.close()


async def closing(app: web.Application) -> None:
    """Let go of the lines that pages hold open."""
    app[ROOM].closing.set()


def _answering(page: Page) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        visit = request[VISIT]
        if page.method == hdrs.METH_POST:
            try:
                visit.form = await read_form(visit)
            except Outdated as outdated:
                typed = _typed(page, outdated.form)
                if typed:
                    return _not_sent(visit, typed)
                raise
        if not is_allowed(page, visit):
            if visit.visitor is not None:
                raise web.HTTPForbidden
            if typed := _typed(page, visit.form):
                return _not_sent(visit, typed)
            return _to_sign_in(visit, page)
        if visit.session is not None and not page.asks_itself:
            visit.room.sessions.touch(visit.session)
        return await page.answer(visit)

    return answer


def _typed(page: Page, form: Mapping[str, str]) -> str:
    """Everything somebody wrote into a form, where its page says which fields are words."""
    return "\n\n".join(form[name] for name in page.typed if form.get(name, "").strip())


def _not_sent(visit: Visit, typed: str) -> web.Response:
    """Give back what was typed for a session that had ended: nothing of it was kept or sent."""
    back = visit.room.ways.safe(visit.request.path.rpartition("/")[0])
    return visit.page("unsent.html", status=409, typed=typed, back=back)


def _to_sign_in(visit: Visit, page: Page) -> web.Response:
    back = visit.request.path_qs if page.method == hdrs.METH_GET else ""
    safe = visit.room.ways.safe(back)
    return visit.go("/sign-in" if safe == "/" else f"/sign-in?next={quote(safe, safe='/')}")


@web.middleware
async def guard(request: web.Request, handler: Next) -> web.StreamResponse:
    """Let a request to its page, and answer in the look of the house whatever goes wrong."""
    room = request.app[ROOM]
    if not is_known_host(room, request):
        return web.Response(status=421, text="421")
    if request.path.startswith("/static/"):
        return await handler(request)
    visit = await visit_of(request)
    if visit.sets_cookie is not None and _comes_from_elsewhere(request):
        # The browser held our cookie back because the link stood on another site. Giving it a
        # new one now would sign her out: one step inside the house brings the old one along.
        visit.sets_cookie = None
        return visit.page("bounce.html", back=room.ways.safe(request.path_qs))
    request[VISIT] = visit
    response = await _answered(request, handler, visit)
    if visit.sets_cookie is not None:
        set_cookie(room, response, visit.sets_cookie)
    return response


def _comes_from_elsewhere(request: web.Request) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    return request.method == hdrs.METH_GET and site in ("cross-site", "same-site")


async def _answered(request: web.Request, handler: Next, visit: Visit) -> web.StreamResponse:
    room = visit.room
    try:
        return await handler(request)
    except BusyError:
        return sorry(visit, 503)
    except web.HTTPException as error:
        if isinstance(error, Refused):
            room.watch.note("console_refused")
        if error.status < 400:
            return error
        return sorry(visit, error.status)
    except Exception as error:  # whatever it is, nothing of it is shown
        room.watch.note("console_failed", error=type(error).__name__)
        return sorry(visit, 500)


async def static(request: web.Request) -> web.StreamResponse:
    """One of the packaged files, by its whole address: there is no folder behind it."""
    for asset in assets().values():
        if asset.address == request.path:
            return web.Response(
                body=asset.content,
                content_type=asset.kind,
                charset="utf-8",
                headers={hdrs.CACHE_CONTROL: "public, max-age=31536000, immutable"},
            )
    return web.Response(status=404, text="404")


async def dress(request: web.Request, response: web.StreamResponse) -> None:
    """The headers every answer leaves with."""
    response.headers.pop(hdrs.SERVER, None)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault(hdrs.CACHE_CONTROL, "no-store")
    if cookie_name(request.app[ROOM]) == SECURE_COOKIE:
        response.headers["Strict-Transport-Security"] = FOR_YEARS
