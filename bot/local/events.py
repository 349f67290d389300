"""Tells the open pages what has happened, as server-sent events."""

from __future__ import annotations

import asyncio
import json
from typing import Any

WAITING = 1_000


class Events:
    """The pages that listen, and the number of the last event."""

    def __init__(self) -> None:
        self.last = 0
        self.listeners: set[asyncio.Queue[str]] = set()

    def publish(self, kind: str, chat: int | None = None, **facts: Any) -> None:
        """Tell every listener; a page too slow to follow misses events and fetches the state."""
        self.last += 1
        if not self.listeners:
            return
        data = json.dumps({"type": kind, "chat": chat, **facts}, ensure_ascii=False)
        record = f"id: {self.last}\ndata: {data}\n\n"
        for queue in self.listeners:
            if not queue.full():
                queue.put_nowait(record)

    def listen(self) -> asyncio.Queue[str]:
        """Begin to listen."""
        queue: asyncio.Queue[str] = asyncio.Queue(WAITING)
        self.listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[str]) -> None:
        """Stop listening."""
        self.listeners.discard(queue)
