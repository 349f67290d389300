"""The `/sim/` interface: scripts, tests and the page act as people and look at what happened."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.local import people, rooms
from bot.local.files import content_of
from bot.local.guard import Handler
from bot.local.incoming import ContentError
from bot.local.people import WishError
from bot.local.state import Json
from bot.local.telegram import Telegram
from bot.local.transcript import transcript
from bot.local.view import chat_view, message_view, notification_view, state_view
from bot.local.wire import to_json

PULSE_SECONDS = 15.0
Wish = Callable[[Telegram, Json], Any | Awaitable[Any]]


def _reply(value: Any, status: int = 200) -> web.Response:
    return web.Response(body=to_json(value), status=status, content_type="application/json")


class Sim:
    """The handlers of `/sim/`."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.closing = asyncio.Event()

    def wish(self, carry_out: Wish) -> Handler:
        """Make a handler of a function that carries out a wish."""

        async def handler(request: web.Request) -> web.StreamResponse:
            try:
                body = await request.json() if request.body_exists else {}
                if not isinstance(body, dict):
                    raise WishError("the body must be a JSON object")
                result = carry_out(self.telegram, body)
                if inspect.isawaitable(result):
                    result = await result
            except WishError as error:
                return _reply({"error": str(error), **error.facts}, error.status)
            except (ContentError, ValueError, TypeError, KeyError) as error:
                return _reply({"error": f"{type(error).__name__}: {error}"}, 400)
            return _reply(result)

        return handler

    def _chat(self, request: web.Request) -> Any:
        try:
            return self.telegram.chats[int(request.query["chat"])]
        except (KeyError, ValueError):
            raise web.HTTPNotFound(text='{"error": "no such chat"}') from None

    async def people(self, _request: web.Request) -> web.StreamResponse:
        """List the people."""
        shown = [
            {**person.as_user(), "label": person.label, "blocked": person.blocked}
            for person in self.telegram.people.values()
        ]
        return _reply(shown)

    async def transcript(self, request: web.Request) -> web.StreamResponse:
        """Give a chat as a text."""
        thread = request.query.get("thread")
        text = transcript(
            self.telegram,
            self._chat(request),
            thread=int(thread) if thread and thread.isdigit() else None,
            taps=request.query.get("taps", "1") != "0",
        )
        body = text.encode("utf-8", "replace")
        return web.Response(body=body, content_type="text/plain", charset="utf-8")

    async def chat(self, request: web.Request) -> web.StreamResponse:
        """Give the messages of a chat as they stand."""
        chat = self._chat(request)
        thread = request.query.get("thread")
        messages = [
            message_view(chat, message)
            for message in chat.messages.values()
            if not thread or str(message.thread_id or 1) == thread
        ]
        return _reply({**chat_view(self.telegram, chat, 1), "messages": messages})

    async def calls(self, request: web.Request) -> web.StreamResponse:
        """Give the calls of the bot after a number."""
        since = int(request.query.get("since") or 0)
        wanted = request.query.get("method", "").lower()
        shown = [
            {
                "n": call.n,
                "method": call.method,
                "params": call.params,
                "status": call.status,
                "error_code": call.error_code,
                "description": call.description,
                "at": call.at,
            }
            for call in self.telegram.calls
            if call.n > since and (not wanted or call.method.lower() == wanted)
        ]
        return _reply(shown)

    async def notifications(self, request: web.Request) -> web.StreamResponse:
        """Give the lines a person's locked screen has shown."""
        person = people.find_person(self.telegram, dict(request.query), "person")
        return _reply([notification_view(one) for one in person.notifications])

    async def state(self, request: web.Request) -> web.StreamResponse:
        """Give everything."""
        return _reply(state_view(self.telegram, int(request.query.get("limit") or 200)))

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Give a file to the page."""
        wanted = request.match_info["unique_id"]
        for file in self.telegram.files.values():
            if file.unique_id == wanted:
                headers = {"Content-Type": file.mime_type, "X-Content-Type-Options": "nosniff"}
                if not file.mime_type.startswith(("image/", "audio/", "video/")) or (
                    "svg" in file.mime_type
                ):
                    headers["Content-Type"] = "application/octet-stream"
                    headers["Content-Disposition"] = "attachment"
                return web.Response(body=content_of(file), headers=headers)
        raise web.HTTPNotFound

    async def faults(self, _request: web.Request) -> web.StreamResponse:
        """List the faults that are on."""
        return _reply([fault.as_json() for fault in self.telegram.faults.active.values()])

    async def end_faults(self, request: web.Request) -> web.StreamResponse:
        """Switch off one fault or all."""
        number = request.match_info.get("id")
        removed = self.telegram.faults.remove(int(number) if number else None)
        self.telegram.events.publish("fault")
        return _reply({"removed": removed}, 200 if removed or not number else 404)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Stream what happens, as server-sent events."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        events = self.telegram.events
        queue = events.listen()
        closing = asyncio.ensure_future(self.closing.wait())
        try:
            await response.prepare(request)
            await response.write(f"retry: 1000\nid: {events.last}\n\n".encode())
            while not closing.done():
                waiting = asyncio.ensure_future(queue.get())
                await asyncio.wait(
                    (waiting, closing),
                    timeout=PULSE_SECONDS,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                if waiting.done():
                    await response.write(waiting.result().encode())
                else:
                    waiting.cancel()
                    await response.write(b": still here\n\n")
        except (ConnectionError, asyncio.CancelledError):
            pass  # the page was closed
        finally:
            closing.cancel()
            events.leave(queue)
        return response


async def _reset(t: Telegram, _wish: Json) -> Json:
    await t.reset()
    return {"ok": True}


def _add_person(t: Telegram, wish: Json) -> Json:
    person = t.add_person(wish)
    t.events.publish("person", person.id)
    return {**person.as_user(), "label": person.label}


def _add_fault(t: Telegram, wish: Json) -> Json:
    fault = t.faults.add(wish)
    t.events.publish("fault", None, id=fault.id)
    return fault.as_json()


def _update(t: Telegram, wish: Json) -> Json:
    raw = wish.get("raw")
    if raw is not None:
        return {"update_id": t.updates.inject(None, str(raw), 0)}
    return {"update_id": t.updates.inject(wish.get("update") or wish, None, 0)}


def _repeat(t: Telegram, wish: Json) -> Json:
    share, seed = float(wish.get("fraction", 1)), int(wish.get("seed", 0))
    return {"repeated": t.updates.repeat(share, seed, standing=bool(wish.get("standing")))}


def _shuffle(t: Telegram, wish: Json) -> Json:
    t.webhook.shuffle(int(wish.get("window", 1)), int(wish.get("seed", 0)))
    return {"window": t.webhook.window}


def _clock(t: Telegram, wish: Json) -> Json:
    seconds = float(wish.get("advance_seconds") or 0)
    if seconds < 0:
        raise WishError("the clock goes forward only")
    t.clock.advance(timedelta(seconds=seconds))
    return {"now": t.time()}


_WISHES: dict[str, Wish] = {
    "reset": _reset,
    "people": _add_person,
    "group": rooms.found_group,
    "topic": rooms.change_topic,
    "migrate": rooms.migrate,
    "disband": rooms.disband,
    "send": people.send,
    "tap": people.tap,
    "press": people.press,
    "edit": people.edit,
    "react": people.react,
    "block": people.block,
    "delete": people.delete,
    "join": people.join,
    "update": _update,
    "repeat": _repeat,
    "shuffle": _shuffle,
    "faults": _add_fault,
    "clock": _clock,
}


def add_sim(
    application: web.Application, telegram: Telegram, guard: Callable[[Handler], Handler]
) -> Sim:
    """Add the routes of `/sim/`, every one of them for this machine only."""
    sim = Sim(telegram)
    router = application.router
    for name, carry_out in _WISHES.items():
        router.add_post(f"/sim/{name}", guard(sim.wish(carry_out)))
    router.add_get("/sim/people", guard(sim.people))
    router.add_get("/sim/transcript", guard(sim.transcript))
    router.add_get("/sim/chat", guard(sim.chat))
    router.add_get("/sim/calls", guard(sim.calls))
    router.add_get("/sim/notifications", guard(sim.notifications))
    router.add_get("/sim/state", guard(sim.state))
    router.add_get("/sim/events", guard(sim.events))
    router.add_get("/sim/file/{unique_id}", guard(sim.file))
    router.add_get("/sim/faults", guard(sim.faults))
    router.add_delete("/sim/faults", guard(sim.end_faults))
    router.add_delete("/sim/faults/{id:[0-9]+}", guard(sim.end_faults))

    async def close(_application: web.Application) -> None:
        sim.closing.set()

    application.on_shutdown.append(close)
    return sim
