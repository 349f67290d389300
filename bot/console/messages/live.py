"""Tells an open page that a message to many has come further, and no more: the page looks itself.

What goes out changes many times a second, wherever it is sent from; the database is asked at the
pace of eyes.
"""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.console.talks.live import CHANGED, HEADERS, MOST_STREAMS, OVER, PING, PING_SECONDS, is_left
from bot.console.visit import Visit, number_of
from storage.database import Connection
from storage.mass.rights import mass_for_operator, masses_for_operator
from storage.mass.running import UNDER_WAY, figures_of

LOOK_SECONDS = 1.0
MOST_SHOWN = 20
State = tuple[object, ...]


async def stream(visit: Visit) -> web.StreamResponse:
    """Hold a line open until its page is left, its session is over or the house closes.

    Raises:
        web.HTTPServiceUnavailable: too many are open; the page looks now and then instead.
    """
    room = visit.room
    if room.lines >= MOST_STREAMS:
        raise web.HTTPServiceUnavailable
    room.lines += 1
    try:
        response = web.StreamResponse(headers=HEADERS)
        await response.prepare(visit.request)
        await _tell(visit, response)
        return response
    finally:
        room.lines -= 1


async def _tell(visit: Visit, response: web.StreamResponse) -> None:
    room, clock = visit.room, visit.room.clock
    mass_id = number_of(visit.request.query.get("mass", ""))
    pinged, seen = clock.monotonic(), None
    try:
        await response.write(b"retry: 1500\n\n")
        while not is_left(visit) and not room.closing.is_set():
            if room.sessions.find(visit.cookie) is not visit.session:
                await response.write(OVER)
                return
            state = await _state(visit, mass_id)
            if state != seen:
                seen = state
                await response.write(CHANGED)
            elif clock.monotonic() - pinged >= PING_SECONDS:
                await response.write(PING)
                pinged = clock.monotonic()
            await _pause(room.closing, LOOK_SECONDS)
    except (ConnectionError, RuntimeError):  # the browser has gone
        return


async def _pause(closing: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await closing.wait()
    except TimeoutError:
        return


async def _state(visit: Visit, mass_id: int | None) -> State:
    """All that an open page could show otherwise now: of one message, or of the list."""
    operator = visit.operator

    def look(connection: Connection) -> State:
        if mass_id is None:
            found = masses_for_operator(connection, operator, MOST_SHOWN)
        else:
            one = mass_for_operator(connection, operator, mass_id)
            found = [] if one is None else [one]
        under_way = [one for one in found if one.state in UNDER_WAY]
        figures = figures_of(connection, under_way)
        states = ((key, sorted(one.states.items())) for key, one in figures.items())
        return (*((one.id, one.version, one.state) for one in found), *map(repr, states))

    return await visit.room.read(look)
