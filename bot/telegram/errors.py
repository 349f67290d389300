"""What can go wrong between Antenna and the Bot API, in python-telegram-bot's own types.

Two questions decide what may be done next, and each has a class: did the request certainly never
leave (`NotSentError`), or did it leave and nobody knows what became of it (`NoAnswerError`)? Words
of an error come from here or from Telegram, never from the HTTP library: its words hold the URL,
and the URL holds the token.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

WAIT_WHEN_UNSAID_SECONDS = 3
"""How long to wait after a 429 that does not say how long."""

_UPDATE_ID = re.compile(rb'"update_id"\s*:\s*([0-9]{1,18})\b')


class NotSentError(NetworkError):
    """No connection could be made: Telegram has not seen the request, it may be sent again."""

    __slots__ = ()


class NoAnswerError(TimedOut):
    """The request left and no answer came: it may or may not have had its effect."""

    __slots__ = ()


class ServerTroubleError(NetworkError):
    """Telegram or something before it answered 5xx: it may or may not have had its effect."""

    __slots__ = ()


class TooLargeError(NetworkError):
    """An answer is larger than was asked for; the rest of it was not read."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__("the answer is larger than it may be")


class FileGoneError(TelegramError):
    """The link to a file is not good, or not any more."""

    __slots__ = ()


class UnreadableAnswerError(NetworkError):
    """The answer was not the JSON of a Bot API; `update_id` is the first one seen in it, if any."""

    __slots__ = ("update_id",)

    def __init__(self, update_id: int | None = None) -> None:
        super().__init__("the answer cannot be read as JSON")
        self.update_id = update_id


class TooManyRequestsError(RetryAfter):
    """Telegram asks for a pause. A `RetryAfter` whose seconds are a plain number."""

    __slots__ = ("seconds",)

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(int(seconds))

    @property
    def retry_after(self) -> int:
        """Whole seconds to wait, at least."""
        return int(self.seconds)


def parse_json(payload: bytes) -> Any:
    """Read JSON whatever it holds: bytes that are no UTF-8, numbers of any length.

    Raises:
        UnreadableAnswerError: when it is no JSON at all, or nested beyond reason.
    """
    text = payload.decode("utf-8", "replace")
    try:
        return json.loads(text)
    except RecursionError:
        pass
    except ValueError:
        # A number too long for an int fails the whole batch: read again with such numbers gone.
        try:
            return json.loads(text, parse_int=_short_int)
        except (ValueError, RecursionError):
            pass
    found = _UPDATE_ID.search(payload)
    raise UnreadableAnswerError(int(found.group(1)) if found else None)


def _short_int(digits: str) -> int | None:
    return int(digits) if len(digits) <= 20 else None


def error_of(status: int, payload: bytes) -> TelegramError:
    """The error that an answer other than success stands for."""
    try:
        answer = parse_json(payload)
    except UnreadableAnswerError:
        answer = None
    if not isinstance(answer, Mapping):
        answer = {}
    description = answer.get("description")
    words = description if isinstance(description, str) else f"HTTP status {status}"
    parameters = answer.get("parameters")
    if isinstance(parameters, Mapping):
        migrated = parameters.get("migrate_to_chat_id")
        if type(migrated) is int:
            return ChatMigrated(migrated)
    if status == 429:
        return TooManyRequestsError(_pause_of(parameters))
    return _error_of_status(status, words)


def _pause_of(parameters: object) -> float:
    if isinstance(parameters, Mapping):
        seconds = parameters.get("retry_after")
        if isinstance(seconds, int | float) and 0 <= seconds <= 86_400:
            return float(seconds)
    return float(WAIT_WHEN_UNSAID_SECONDS)


def _error_of_status(status: int, words: str) -> TelegramError:
    if status == 400:
        return BadRequest(words)
    if status == 403:
        return Forbidden(words)
    if status == 404 and "method" in words.lower():
        return EndPointNotFound(words)
    if status in (401, 404):  # 404 is what a malformed token gets
        return InvalidToken(words)
    if status == 409:
        return Conflict(words)
    return ServerTroubleError(words)
