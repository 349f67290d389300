"""A LibreTranslate server for tests: speaks its protocol, errors included, and knows few words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

CODES = ("en", "it", "ar", "ur", "zh-Hans", "pt", "pt-BR", "tl")


@dataclass
class StandIn:
    """What it answers with, and what it was asked.

    `words` are its translations, by words and target; anything else comes back with the target
    before it. `fails` is a status to answer with, `raw` an answer as it is, `waits` holds it back.
    """

    codes: tuple[str, ...] = CODES
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    key: str = ""
    finds: str = "ar"
    confidence: Any = 92.0
    fails: int = 0
    raw: bytes | None = None
    waits: asyncio.Event | None = None
    listed: int = 0
    asked: list[Mapping[str, Any]] = field(default_factory=list)
    url: str = ""

    async def languages(self, _request: web.Request) -> web.Response:
        """`GET /languages`."""
        self.listed += 1
        found = [
            {"code": code, "name": code, "targets": [one for one in self.codes if one != code]}
            for code in self.codes
        ]
        return web.json_response(found)

    async def translate(self, request: web.Request) -> web.Response:
        """`POST /translate`, in the order in which the real one looks at a request."""
        given = await request.json()
        self.asked.append(given)
        if self.waits is not None:
            await self.waits.wait()
        if self.raw is not None:
            return web.Response(body=self.raw, content_type="application/json")
        if self.fails:
            headers = {"Location": "http://127.0.0.1:1/elsewhere"} if self.fails == 307 else None
            return web.json_response({"error": given["q"]}, status=self.fails, headers=headers)
        if self.key and given.get("api_key") != self.key:
            return web.json_response({"error": "Invalid API key"}, status=403)
        for name in ("q", "source", "target"):
            if not given.get(name):
                words = f"Invalid request: missing {name} parameter"
                return web.json_response({"error": words}, status=400)
        known = (*self.codes, "auto")
        if given["source"] not in known or given["target"] not in self.codes:
            return web.json_response({"error": "xx is not supported"}, status=400)
        said = self.words.get((given["q"], given["target"]), f"{given['target']}: {given['q']}")
        answer: dict[str, Any] = {"translatedText": said}
        if given["source"] == "auto":
            found = {"language": self.finds, "confidence": self.confidence}
            answer["detectedLanguage"] = found
        return web.json_response(answer)


@asynccontextmanager
async def serving(stand_in: StandIn) -> AsyncIterator[StandIn]:
    """The server, listening on this machine."""
    application = web.Application()
    application.add_routes(
        [
            web.get("/languages", stand_in.languages),
            web.post("/translate", stand_in.translate),
        ]
    )
    server = TestServer(application)
    await server.start_server()
    stand_in.url = str(server.make_url("/")).rstrip("/")
    try:
        yield stand_in
    finally:
        if stand_in.waits is not None:
            stand_in.waits.set()
        await server.close()
