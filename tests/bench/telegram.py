"""A Bot API server for measuring: it answers, counts, and lets simulated people tap.

It keeps no messages and checks nothing; the local Telegram does that. Of Telegram's behaviour it
keeps what decides the speed of a bot: long polls, confirmation by offset, one update at a time for
who asks again too soon, and the distance when one is set.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import deque
from typing import Any

from tests.bench.people import Crowd
from tests.bench.wire import Answer, Connection

BATCH = 100
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_TRUE = b'{"ok":true,"result":true}'
_ME = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Bench","username":"bench_bot"}}'
_NONE = b'{"ok":true,"result":[]}'


class Telegram:
    """The server's whole state."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.crowd = Crowd(self.push, self.loop.time)
        self.delay_seconds = 0.0
        self.muted: deque[Answer] | None = None
        self.calls: dict[str, int] = {}
        self._pending: deque[tuple[int, bytes]] = deque()
        # Above those of every server before it: a database remembers what it has handled.
        self._last_id = int(self.loop.time() * 10_000)
        self._poll: tuple[Answer, int, asyncio.TimerHandle] | None = None
        self._woken = False
        self._asked: tuple[int, float] = (-1, -1.0)
        self._messages = 0
        self._open: asyncio.TimerHandle | None = None

    # -- updates

    def push(self, kind: str, body: dict[str, Any]) -> None:
        """Something happened in a chat."""
        self._last_id += 1
        update = {"update_id": self._last_id, kind: body}
        self._pending.append((self._last_id, _encode(update).encode()))
        if self._poll is not None and not self._woken:
            # What happens in this same moment goes with it.
            self._woken = True
            self.loop.call_soon(self._wake)

    def _wake(self) -> None:
        self._woken = False
        if self._poll is not None:
            answer, limit, timer = self._poll
            timer.cancel()
            self._poll = None
            self._hand_out(answer, limit)

    def _hand_out(self, answer: Answer, limit: int) -> None:
        some = [encoded for _, (_, encoded) in zip(range(limit), self._pending, strict=False)]
        answer(b'{"ok":true,"result":[' + b",".join(some) + b"]}")

    def _get_updates(self, params: dict[str, Any], answer: Answer) -> None:
        offset, limit = params.get("offset", 0), min(params.get("limit", BATCH), BATCH)
        seconds = params.get("timeout", 0)
        now, (last, at) = self.loop.time(), self._asked
        if offset == last:  # as Telegram treats those who ask the same again
            seconds = max(seconds, 3) if now < at + 3 else seconds
            limit = 1 if now < at + 0.5 else limit
        self._asked = offset, now
        while self._pending and self._pending[0][0] < offset:
            self._pending.popleft()
        if self._pending or seconds == 0:
            self._hand_out(answer, limit)
            return
        self._poll = answer, limit, self.loop.call_later(seconds, self._wake)

    # -- calls

    def handle(self, path: str, body: bytes, answer: Answer) -> None:
        """Answer one request."""
        method = path.rsplit("/", 1)[-1]
        if path.startswith("/bench/"):
            answer(_encode(self._wish(method, json.loads(body or b"{}"))).encode())
            return
        self.calls[method] = self.calls.get(method, 0) + 1
        params = json.loads(body) if body else {}
        if method == "getUpdates":
            self._get_updates(params, answer)
        elif method in ("sendMessage", "editMessageText"):
            if self.muted is not None:
                self.muted.append(answer)
                return
            answer(self._message(params))
        elif method == "getMe":
            answer(_ME)
        elif method.startswith("getMy"):
            answer(_NONE)
        else:
            if method == "answerCallbackQuery":
                self.crowd.open_queries.discard(params.get("callback_query_id"))
            answer(_TRUE)

    def _message(self, params: dict[str, Any]) -> bytes:
        message_id = params.get("message_id")
        if message_id is None:
            self._messages += 1
            message_id = 1_000_000 + self._messages
        chat_id, markup = params["chat_id"], params.get("reply_markup")
        if isinstance(markup, str):
            markup = json.loads(markup)
        message = {
            "message_id": message_id,
            "from": {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"},
            "chat": {"id": chat_id, "type": "private", "first_name": "Somebody"},
            "date": 1_790_000_000,
            "text": params["text"],
        }
        if markup:
            message["reply_markup"] = markup
        self.crowd.sees(chat_id, message_id, markup)
        return b'{"ok":true,"result":' + _encode(message).encode() + b"}"

    # -- what the benchmark wishes

    def _wish(self, name: str, wish: dict[str, Any]) -> Any:
        crowd = self.crowd
        if name == "arrive":
            crowd.arrive(wish["first"], wish["count"])
        elif name == "meet":
            crowd.meet(wish["first"], wish["count"], wish["message_id"])
        elif name == "write":
            crowd.write(wish["chat_id"], wish["words"])
        elif name == "walk":
            crowd.walk()
        elif name == "trickle":
            self._trickle(wish["per_second"], self.loop.time())
        elif name == "rest":
            self._rest()
        elif name == "clear":
            crowd.clear()
            self.calls = {}
        elif name == "delay":
            self.delay_seconds = wish["seconds"]
        elif name == "mute":
            self.muted = deque() if wish["on"] else None
        return self._counts()

    def _counts(self) -> dict[str, Any]:
        crowd = self.crowd
        return {
            "now": self.loop.time(),
            "answered": len(crowd.latencies),
            "latencies": crowd.latencies,
            "waiting": crowd.waiting(),
            "extra": crowd.extra,
            "strays": crowd.strays,
            "spinning": len(crowd.open_queries),
            "first_answer": crowd.first_answer,
            "muted": 0 if self.muted is None else len(self.muted),
            "pending": len(self._pending),
            "calls": self.calls,
        }

    def _rest(self) -> None:
        self.crowd.rest()
        if self._open is not None:
            self._open.cancel()
            self._open = None

    def _trickle(self, per_second: float, due: float) -> None:
        """Let one of those who wait for nothing tap, at an even pace."""
        idle = self.crowd.idle()
        if idle:
            # Whoever tapped longest ago: `people` keeps the order of the last tap.
            person = idle[0]
            self.crowd.people[person.chat_id] = self.crowd.people.pop(person.chat_id)
            self.crowd.tap(person)
        due += 1 / per_second
        self._open = self.loop.call_at(due, self._trickle, per_second, due)


async def serve() -> None:
    """Listen on a free port, print it, and stay until the one who started us is gone."""
    telegram = Telegram()
    server = await telegram.loop.create_server(
        lambda: Connection(telegram.handle, lambda: telegram.delay_seconds), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    gone = asyncio.Event()
    telegram.loop.add_reader(sys.stdin.fileno(), gone.set)
    await gone.wait()


if __name__ == "__main__":
    asyncio.run(serve())
