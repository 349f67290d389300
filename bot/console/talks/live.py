"""Tells an open page that something has changed, and no more: the page then looks by itself.

One line of server-sent events for a page in sight. Nothing of what changed is in it, so there is
nothing in it that anybody could not see.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, nullcontext

from aiohttp import hdrs, web

from bot.console.talks.desk import Talks, find_talk
from bot.console.visit import Visit, number_of
from bot.relay.news import Ear

LOOK_SECONDS = 2.0
PING_SECONDS = 15.0
MOST_STREAMS = 150
HEADERS = {
    hdrs.CONTENT_TYPE: "text/event-stream",
    hdrs.CACHE_CONTROL: "no-store",
    "X-Accel-Buffering": "no",
}
CHANGED = b"event: changed\ndata: 1\n\n"
OVER = b"event: over\ndata: 1\n\n"
PING = b": \n\n"


class Live:
    """The lines that are open."""

    def __init__(self, talks: Talks) -> None:
        self._talks = talks
        self._open = 0

    async def stream(self, visit: Visit) -> web.StreamResponse:
        """Hold a line open until its page is left, its session is over or the house closes.

        Raises:
            web.HTTPNotFound: the conversation is not there for whoever asks.
            web.HTTPServiceUnavailable: too many are open; the page looks now and then instead.
        """
        written = visit.request.query.get("talk", "")
        talk = None
        if written:
            number = number_of(written)
            if number is None:
                raise web.HTTPNotFound
            talk = (await find_talk(visit, number)).id
        if self._open >= MOST_STREAMS:
            raise web.HTTPServiceUnavailable
        self._open += 1
        presence, me = self._talks.presence, visit.operator.id
        here = nullcontext() if talk is None else presence.looking(talk, me)
        try:
            async with AsyncExitStack() as stack:
                ears = [
                    await stack.enter_async_context(news.listen())
                    for news in (self._talks.handoffs.news, presence.news)
                ]
                response = web.StreamResponse(headers=HEADERS)
                await response.prepare(visit.request)
                with here:
                    await self._tell(visit, response, ears, talk)
            return response
        finally:
            self._open -= 1

    async def _tell(
        self, visit: Visit, response: web.StreamResponse, ears: list[Ear], talk: int | None
    ) -> None:
        clock, sessions = visit.room.clock, visit.room.sessions
        pinged = clock.monotonic()
        try:
            # The page was made before the line was open: what came between is not to be missed.
            await response.write(b"retry: 1500\n\n" + CHANGED)
            while not is_left(visit) and not visit.room.closing.is_set():
                if sessions.find(visit.cookie) is not visit.session:
                    await response.write(OVER)
                    return
                is_news = await _is_news(ears, talk)
                self._talks.presence.sweep(clock.monotonic())
                if is_news:
                    await response.write(CHANGED)
                elif clock.monotonic() - pinged >= PING_SECONDS:
                    await response.write(PING)
                    pinged = clock.monotonic()
        except (ConnectionError, RuntimeError):  # the browser has gone
            return


def is_left(visit: Visit) -> bool:
    """Whether the browser has gone."""
    transport = visit.request.transport
    return transport is None or transport.is_closing()


async def _is_news(ears: list[Ear], talk: int | None) -> bool:
    """Wait a while for news; whether there is any that concerns the page."""
    tasks = [asyncio.ensure_future(ear.take()) for ear in ears]
    try:
        done, _rest = await asyncio.wait(
            tasks, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
    finally:
        for task in tasks:
            task.cancel()
    told = [task.result() for task in done]
    return any(talk is None or not ids or talk in ids for ids in told)
