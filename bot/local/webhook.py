"""Calls the bot's webhook: one update at a time in each line, many lines at once."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections import deque
from collections.abc import Awaitable, Callable
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.local import errors
from bot.local.errors import refused
from bot.local.updates import Pending, Updates

USUAL_CONNECTIONS = 40
LONGEST_PAUSE_SECONDS = 60.0
LONGEST_RETRY_AFTER_SECONDS = 3600
ANSWER_SECONDS = 60
SHUFFLE_PAUSE_SECONDS = 0.05
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Webhook:
    """Where updates go while a webhook is set, and what its last trouble was."""

    def __init__(
        self,
        updates: Updates,
        now: Callable[[], float],
        execute: Callable[[dict[str, Any]], Awaitable[object]],
        *,
        pause_seconds: float,
    ) -> None:
        self._updates = updates
        self._now = now
        self._execute = execute
        self._pause_seconds = pause_seconds
        self.url = ""
        self.secret = ""
        self.connections = 0
        self.last_error: tuple[int, str] | None = None
        self.pauses: list[float] = []  # those between the attempts, newest last
        self.window = 1
        self._dice = random.Random(0)  # noqa: S311 - repeatable, not secret
        self._shuffled: list[Pending] = []
        self._lines: dict[int, deque[Pending]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(USUAL_CONNECTIONS)
        self._session: aiohttp.ClientSession | None = None

    def check(self, url: str, secret: str) -> None:
        """Look whether a webhook could be set.

        Raises: ApiError when its address or its secret is not acceptable.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("https", "http") or not parts.hostname:
            raise refused(errors.WEBHOOK_URL_INVALID)
        if parts.hostname not in LOOPBACK:
            raise refused(errors.WEBHOOK_FOREIGN)
        if len(secret) > 256:
            raise refused(errors.WEBHOOK_SECRET_LONG)
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise refused(errors.WEBHOOK_SECRET_BAD)

    def open(self, url: str, secret: str, connections: int) -> None:
        """Begin to deliver; what was waiting for a poll goes first."""
        self.url, self.secret, self.connections = url, secret, connections
        self.last_error = None
        self._places = asyncio.Semaphore(connections)
        self._updates.close_poll()
        self._updates.hand_over = self._hand_over
        waiting = [*self._updates.again, *self._updates.pending]
        self._updates.again.clear()
        self._updates.pending.clear()
        for update in waiting:
            self._hand_over(update)

    async def close(self) -> None:
        """Stop delivering; what was not delivered waits for a poll."""
        self.url, self.secret, self.connections = "", "", 0
        self._updates.hand_over = None
        tasks, self._tasks = self._tasks, set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        left = [update for line in self._lines.values() for update in line] + self._shuffled
        self._lines.clear()
        self._shuffled = []
        self._updates.pending.extend(sorted(left))
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    @property
    def waiting(self) -> int:
        """How many updates have not been delivered."""
        return sum(map(len, self._lines.values())) + len(self._shuffled)

    def shuffle(self, window: int, seed: int) -> None:
        """From now on, mix the order of so many neighbouring updates."""
        self.window = max(window, 1)
        self._dice = random.Random(seed)  # noqa: S311 - repeatable, not secret

    def _hand_over(self, update: Pending) -> None:
        if self.window <= 1:
            self._queue(update.line, update)
            return
        self._shuffled.append(update)
        if len(self._shuffled) >= self.window:
            self._mix()
        elif len(self._shuffled) == 1:
            asyncio.get_running_loop().call_later(SHUFFLE_PAUSE_SECONDS, self._mix)

    def _mix(self) -> None:
        mixed, self._shuffled = self._shuffled, []
        self._dice.shuffle(mixed)
        for update in mixed:
            self._queue(0, update)

    def _queue(self, line: int, update: Pending) -> None:
        queue = self._lines.get(line)
        if queue is not None:
            queue.append(update)
            return
        self._lines[line] = deque((update,))
        task = asyncio.get_running_loop().create_task(self._work(line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, line: int) -> None:
        """Deliver one line, in order, until it is empty."""
        queue = self._lines[line]
        failures = 0
        while queue:
            update = queue[0]
            if update.expires <= self._now():
                queue.popleft()
                continue
            async with self._places:
                pause = await self._deliver(update)
            if pause is None:
                failures = 0
                queue.popleft()
                self._updates.confirm(update)
                continue
            failures += 1
            backed_off = min(self._pause_seconds * 2 ** (failures - 1), LONGEST_PAUSE_SECONDS)
            self.pauses = [*self.pauses[-99:], pause or backed_off]
            await asyncio.sleep(pause or backed_off)
        if self._lines.get(line) is queue:
            del self._lines[line]

    async def _deliver(self, update: Pending) -> float | None:
        """Post an update; nothing when it was taken, else the pause asked for (0: none)."""
        if self._session is None:
            limit = aiohttp.TCPConnector(limit=0)
            timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
            self._session = aiohttp.ClientSession(connector=limit, timeout=timeout)
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        try:
            async with self._session.post(
                self.url, data=update.encoded, headers=headers, allow_redirects=False
            ) as response:
                if 200 <= response.status < 300:
                    await self._obey(await response.read())
                    return None
                words = f"Wrong response from the webhook: {response.status} {response.reason}"
                pause = _retry_after(response.headers.get("Retry-After", ""), self._now())
        except (aiohttp.ClientError, TimeoutError) as error:
            words = (
                "Read timeout expired"
                if isinstance(error, TimeoutError)
                else (
                    "Connection refused"
                    if isinstance(error, aiohttp.ClientConnectorError)
                    else "Connection closed"
                )
            )
            pause = 0.0
        self.last_error = (int(self._now()), words)
        return pause

    async def _obey(self, body: bytes) -> None:
        """A bot may answer a webhook with a method to call."""
        if not body.startswith(b"{"):
            return
        try:
            wish = json.loads(body)
        except ValueError:
            return
        if isinstance(wish, dict) and isinstance(wish.get("method"), str):
            await self._execute(wish)

    def info(self) -> dict[str, Any]:
        """Give what `getWebhookInfo` shows."""
        info: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending) + self.waiting,
        }
        if self.url:
            info["max_connections"] = self.connections
            info["ip_address"] = "127.0.0.1"
            if self.last_error is not None:
                info["last_error_date"], info["last_error_message"] = self.last_error
        if self._updates.named is not None:
            info["allowed_updates"] = self._updates.named
        return info


def _retry_after(header: str, now: float) -> float:
    """Read the pause a refusing webhook asks for, an hour at most."""
    if header.isdigit():
        return float(min(int(header), LONGEST_RETRY_AFTER_SECONDS))
    try:
        seconds = parsedate_to_datetime(header).timestamp() - now
    except (TypeError, ValueError):
        return 0.0
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER_SECONDS)
