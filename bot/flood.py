"""The brake for a chat that writes faster than a human being: its messages go unanswered a while.

It lives in memory only, holds no chat id (keys are keyed hashes under a secret of this process)
and never more than a fixed number of chats, so that a flood cannot fill it.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from enum import Enum, auto
from hashlib import blake2b


class Verdict(Enum):
    """What is to be done with a message."""

    PASS = auto()
    NOTICE = auto()  # the first one too many: say so, once
    HOLD = auto()  # confirm it and do nothing


class _Chat:
    __slots__ = ("held_until", "times")

    def __init__(self, limit: int) -> None:
        self.times: deque[float] = deque(maxlen=limit)
        self.held_until: float | None = None


class Brake:
    """Counts messages a chat. Times are seconds on a monotonic clock, handed in."""

    def __init__(
        self,
        secret: bytes,
        *,
        limit: int = 30,
        window_seconds: float = 10.0,
        quiet_seconds: float = 10.0,
        chats: int = 10_000,
    ) -> None:
        if len(secret) < 16:
            raise ValueError("the brake needs a secret of 16 bytes or more")
        self._secret = secret[:64]
        self._limit = limit
        self._window = window_seconds
        self._quiet = quiet_seconds
        self._most = chats
        self._chats: OrderedDict[bytes, _Chat] = OrderedDict()

    def __len__(self) -> int:
        return len(self._chats)

    def verdict(self, chat_id: int, now: float) -> Verdict:
        """Count a message of this chat and say what to do with it."""
        key = blake2b(chat_id.to_bytes(9, "big", signed=True), key=self._secret, digest_size=8)
        chat = self._chat(key.digest())
        if chat.held_until is not None:
            if now < chat.held_until:
                chat.held_until = now + self._quiet
                return Verdict.HOLD
            chat.held_until = None
            chat.times.clear()
        times = chat.times
        if len(times) == self._limit and now - times[0] < self._window:
            chat.held_until = now + self._quiet
            return Verdict.NOTICE
        times.append(now)
        return Verdict.PASS

    def _chat(self, key: bytes) -> _Chat:
        found = self._chats.get(key)
        if found is None:
            found = self._chats[key] = _Chat(self._limit)
            if len(self._chats) > self._most:
                self._chats.popitem(last=False)  # the one that has been silent longest
        else:
            self._chats.move_to_end(key)
        return found
