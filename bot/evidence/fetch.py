"""Fetches what a person sent from Telegram, into memory and nowhere else.

The link to a file holds the bot's token and is good for an hour; it is asked for, used and
forgotten here. Telegram gives a bot 20 MB at most: what is larger is refused before a byte of it
is fetched, and cut off where the announced size was a lie.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.clock import Clock
from bot.evidence.verdict import Refusal
from bot.telegram.client import TelegramClient
from bot.telegram.errors import FileGoneError, TooLargeError

LARGEST_BYTES = 20 * 1024 * 1024
PATIENCE_SECONDS = 60.0
LINKS = 2
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 8.0

At = Callable[[str], None]
Sleep = Callable[[float], Awaitable[None]]


def _nowhere(point: str) -> None:
    return None


class Fetcher:
    """Gets files by their id. `at` is called with K8 for every piece that has come in."""

    def __init__(
        self,
        client: TelegramClient,
        clock: Clock,
        *,
        at: At = _nowhere,
        sleep: Sleep = asyncio.sleep,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._client = client
        self._clock = clock
        self._at = at
        self._sleep = sleep
        self._patience_seconds = patience_seconds

    async def fetch(self, file_id: str, size_bytes: int) -> bytes:
        """The bytes of a file; `size_bytes` is what was said of it.

        Raises:
            Refusal: `big`, `gone`, or `busy` when Telegram could not be reached in time.
        """
        if size_bytes > LARGEST_BYTES:
            raise Refusal("big")
        until = self._clock.monotonic() + self._patience_seconds
        pause, links = _FIRST_PAUSE_SECONDS, 0
        while True:
            try:
                return await self._once(file_id, until)
            except FileGoneError:
                links += 1
                if links == LINKS:
                    raise Refusal("gone") from None
                continue
            except TooLargeError:
                raise Refusal("big") from None
            except BadRequest as error:
                raise Refusal("big" if "too big" in error.message else "gone") from None
            except RetryAfter as error:
                wait = max(float(error.retry_after), pause)  # type: ignore[arg-type]
            except NetworkError:
                wait = pause
            except TelegramError:
                raise Refusal("busy") from None
            if self._clock.monotonic() + wait >= until:
                raise Refusal("busy")
            await self._sleep(wait)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)

    async def _once(self, file_id: str, until: float) -> bytes:
        """Ask for a link and follow it."""
        found = await self._client.call(
            "getFile", {"file_id": file_id}, answer_seconds=self._left(until)
        )
        path, size = _read(found)
        if size is not None and size > LARGEST_BYTES:
            raise Refusal("big")
        content = await self._client.download(
            path,
            most_bytes=LARGEST_BYTES,
            answer_seconds=self._left(until),
            on_piece=lambda: self._at("K8"),
        )
        if size is not None and len(content) < size:  # the line was cut and nobody said so
            raise NetworkError("a part of the file is missing")
        return content

    def _left(self, until: float) -> float:
        left = until - self._clock.monotonic()
        if left <= 0:
            raise Refusal("busy")
        return left


def _read(found: object) -> tuple[str, int | None]:
    if not isinstance(found, Mapping) or not isinstance(found.get("file_path"), str):
        raise FileGoneError("the Bot API server gives no link")
    size = found.get("file_size")
    return found["file_path"], size if type(size) is int else None
