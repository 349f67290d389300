"""A Bot API server small enough to be read at a glance, for the tests of the network parts.

It speaks HTTP on a loopback socket. What it answers can be scripted method by method; without a
script it does what Telegram does.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "123456:a-token-nobody-may-see"


@dataclass
class Answer:
    """One scripted answer. `cut` closes the connection instead; `hold` waits for an event first."""

    status: int = 200
    body: Any = None
    raw: bytes | None = None
    cut: bool = False
    hold: asyncio.Event | None = None


def ok(result: Any) -> Answer:
    """A success."""
    return Answer(body={"ok": True, "result": result})


def refused(code: int, description: str, **parameters: Any) -> Answer:
    """A refusal as Telegram words it."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Answer(code, body)


@dataclass
class BotApi:
    """The server. `calls` is what was asked of it, in order, as (method, parameters)."""

    scripts: dict[str, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    address: str = ""
    message_id: int = 1000
    on_call: Callable[[str, dict[str, Any]], Answer | None] | None = None
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    runner: web.AppRunner | None = None
    port: int = 0

    async def __aenter__(self) -> BotApi:
        await self.up()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.down()

    async def up(self) -> None:
        """Listen, on the same port as before when there was one."""
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self.runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self.runner.addresses[0][1]
        self.address = f"http://127.0.0.1:{self.port}"

    async def down(self) -> None:
        """Stop listening."""
        if self.runner is not None:
            await self.runner.cleanup()
            self.runner = None

    def script(self, method: str, *answers: Answer) -> None:
        """Answer the next calls of a method with these."""
        self.scripts[method].extend(answers)

    def asked(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every call of a method."""
        return [params for name, params in self.calls if name == method]

    async def until(self, reached: Callable[[], bool]) -> None:
        """Wait for calls until something is true."""
        while not reached():
            self.arrived.clear()
            await self.arrived.wait()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params = await self._params(request)
        self.calls.append((method, params))
        self.arrived.set()
        answer = self.on_call(method, params) if self.on_call is not None else None
        if answer is None:
            script = self.scripts[method]
            answer = script.popleft() if script else await self._default(method, params)
        if answer.hold is not None:
            await answer.hold.wait()
        if answer.cut:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        raw = answer.raw if answer.raw is not None else json.dumps(answer.body).encode()
        return web.Response(status=answer.status, body=raw, content_type="application/json")

    async def _params(self, request: web.Request) -> dict[str, Any]:
        if request.content_type == "application/json":
            found = await request.json()
            return dict(found)
        params: dict[str, Any] = {}
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                self.files[name] = value.file.read()
                params[name] = f"file:{value.filename}"
            else:
                params[name] = value
        return params

    async def _default(self, method: str, params: dict[str, Any]) -> Answer:
        if method == "getUpdates":
            return ok(await self._updates(params))
        if method == "getMe":
            return ok({"id": 1, "is_bot": True, "first_name": "A", "username": "ant_bot"})
        if method.startswith(("send", "copy")):
            self.message_id += 1
            return ok({"message_id": self.message_id, "date": 1, "chat": {"id": 1}})
        return ok(True)

    async def _updates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        offset = int(params.get("offset", 0))
        if offset > 0:
            self.updates = [u for u in self.updates if u.get("update_id", offset) >= offset]
        if not self.updates and int(params.get("timeout", 0)) > 0:
            await asyncio.sleep(0.02)
        return self.updates[: int(params.get("limit", 100))]


def message(update_id: int, chat_id: int = 7, text: str = "hello", **more: Any) -> dict[str, Any]:
    """An update with a text message of a person."""
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 1_764_000_000,
            "chat": {"id": chat_id, "type": "private"},
            "from": {"id": chat_id, "is_bot": False, "first_name": "A", "language_code": "bn"},
            "text": text,
            **more,
        },
    }


def tap(update_id: int, chat_id: int = 7, data: str = "a:1:yes") -> dict[str, Any]:
    """An update with a tap on a button."""
    sent = message(update_id, chat_id)["message"]
    return {
        "update_id": update_id,
        "callback_query": {
            "id": f"q{update_id}",
            "from": sent["from"],
            "chat_instance": "1",
            "data": data,
            "message": sent,
        },
    }
