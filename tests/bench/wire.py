"""As little HTTP as a Bot API server needs, so that what is measured is the bot and not the server.

The local Telegram speaks HTTP through aiohttp and checks everything; that costs more a request
than the bot spends on an update. This one reads a head, a body, and writes an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "


class Answer(Protocol):
    """Where an answer goes, now or later."""

    def __call__(self, body: bytes, /) -> None:
        """Send it."""


Handle = Callable[[str, bytes, Answer], None]


class Connection(asyncio.Protocol):
    """One connection; `handle` gets path and body of a request, and where the answer goes."""

    def __init__(self, handle: Handle, delay_seconds: Callable[[], float]) -> None:
        self._handle = handle
        self._delay_seconds = delay_seconds
        self._waiting = bytearray()
        self._transport: asyncio.Transport | None = None
        self._loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is there."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        """A client is gone; late answers go nowhere."""
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Take every whole request out of what has come."""
        waiting = self._waiting
        waiting += data
        while (end := waiting.find(b"\r\n\r\n")) >= 0:
            head = bytes(waiting[:end])
            start = head.lower().find(b"content-length:")
            length = int(head[start + 15 :].split(b"\r\n", 1)[0]) if start >= 0 else 0
            if len(waiting) < end + 4 + length:
                return
            body = bytes(waiting[end + 4 : end + 4 + length])
            del waiting[: end + 4 + length]
            self._arrive(head.split(b" ", 2)[1].decode("ascii"), body)

    def _arrive(self, path: str, body: bytes) -> None:
        delay = 0.0 if path.startswith("/bench/") else self._delay_seconds()
        if delay:
            self._loop.call_later(delay, self._handle, path, body, self._answer_in(delay))
        else:
            self._handle(path, body, self._answer)

    def _answer_in(self, seconds: float) -> Answer:
        def later(body: bytes) -> None:
            self._loop.call_later(seconds, self._answer, body)

        return later

    def _answer(self, body: bytes) -> None:
        if self._transport is not None:
            self._transport.write(_HEAD + str(len(body)).encode() + b"\r\n\r\n" + body)
