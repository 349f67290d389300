"""Counts tries at report codes, a chat and in all, in memory only and under a key of the day."""

from __future__ import annotations

import secrets
from collections import OrderedDict, deque
from hashlib import blake2b

CHAT_TRIES = 5
CHAT_SECONDS = 3600.0
ALL_TRIES = 10
ALL_SECONDS = 60.0
MOST_CHATS = 10_000
_DAY_SECONDS = 86_400.0


class _Chat:
    __slots__ = ("free_from", "times")

    def __init__(self) -> None:
        self.times: deque[float] = deque(maxlen=CHAT_TRIES)
        self.free_from = 0.0


class Tries:
    """Says whether somebody may try a code now. Times are seconds on a monotonic clock.

    Nothing here says who tried: a chat is counted under a key that exists only in this process
    and is another one tomorrow.
    """

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._made: float | None = None
        self._chats: OrderedDict[bytes, _Chat] = OrderedDict()
        self._all: deque[float] = deque(maxlen=ALL_TRIES)

    def may(self, chat_id: int, now: float) -> bool:
        """Count a try of this chat; False where there were too many of its own, or of all."""
        self._renew(now)
        chat = self._of(chat_id)
        if now < chat.free_from:
            return False
        if len(self._all) == ALL_TRIES and now - self._all[0] < ALL_SECONDS:
            return False
        self._all.append(now)
        chat.times.append(now)
        if len(chat.times) == CHAT_TRIES and now - chat.times[0] < CHAT_SECONDS:
            chat.free_from = now + CHAT_SECONDS
            chat.times.clear()
        return True

    def forgive(self, chat_id: int) -> None:
        """The code was right: whoever has it may look again."""
        self._chats.pop(self._name(chat_id), None)

    def _renew(self, now: float) -> None:
        if self._made is None or now - self._made >= _DAY_SECONDS:
            self._key, self._made = secrets.token_bytes(32), now
            self._chats.clear()

    def _name(self, chat_id: int) -> bytes:
        number = chat_id.to_bytes(9, "big", signed=True)
        return blake2b(number, key=self._key, digest_size=8).digest()

    def _of(self, chat_id: int) -> _Chat:
        name = self._name(chat_id)
        found = self._chats.get(name)
        if found is None:
            found = self._chats[name] = _Chat()
            if len(self._chats) > MOST_CHATS:
                self._chats.popitem(last=False)
        else:
            self._chats.move_to_end(name)
        return found
