"""How often one chat may do what costs much, counted in memory under keys that change every day.

Nothing here says who: a chat is an HMAC under a random key of the day, and the key is kept nowhere.
"""

from __future__ import annotations

import hmac
import secrets
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MOST_CHATS = 50_000


@dataclass(frozen=True, slots=True)
class Limit:
    """So many in a span of time. After the last one a chat waits for `pause`, or for the day."""

    times: int
    within: timedelta
    pause: timedelta = timedelta()


CODES = Limit(5, timedelta(hours=1), timedelta(hours=1))
ALL_CODES = Limit(10, timedelta(minutes=1))
REPORTS = Limit(5, timedelta(days=1))
EVIDENCE = Limit(20, timedelta(days=1))


class Quota:
    """Counts for one kind of thing, each chat for itself, and optionally all of them together.

    It holds a fixed number of chats at most, so that a flood cannot fill the memory. A chat that is
    over its limit does not count towards that of all: nobody can use up what is there for others.
    """

    def __init__(self, each: Limit, all_of_them: Limit | None = None) -> None:
        self._each = each
        self._all = all_of_them
        self._every: deque[datetime] = deque()
        self._chats: OrderedDict[bytes, deque[datetime]] = OrderedDict()
        self._paused: dict[bytes, datetime] = {}
        self._day: date | None = None
        self._key = b""

    def __len__(self) -> int:
        return len(self._chats)

    def allows(self, chat_id: int, now: datetime) -> bool:
        """Count one more of this chat, and say whether it may be done now."""
        chat = self._chat(chat_id, now)
        until = self._paused.get(chat)
        if until is not None:
            if now < until:
                return False
            del self._paused[chat]
        times = self._times(chat)
        _forget(times, now - self._each.within)
        if len(times) >= self._each.times:
            if self._each.pause:
                self._paused[chat] = now + self._each.pause
                times.clear()
            return False
        if not self._room_for_all(now):
            return False
        times.append(now)
        return True

    def _room_for_all(self, now: datetime) -> bool:
        if self._all is None:
            return True
        _forget(self._every, now - self._all.within)
        if len(self._every) >= self._all.times:
            return False
        self._every.append(now)
        return True

    def _chat(self, chat_id: int, now: datetime) -> bytes:
        if now.date() != self._day:
            # What was counted yesterday goes with its key: nobody can say whose it was.
            self._day, self._key = now.date(), secrets.token_bytes(32)
            self._chats.clear()
            self._paused.clear()
        return hmac.digest(self._key, chat_id.to_bytes(9, "big", signed=True), "sha256")[:16]

    def _times(self, chat: bytes) -> deque[datetime]:
        times = self._chats.setdefault(chat, deque())
        self._chats.move_to_end(chat)
        if len(self._chats) > MOST_CHATS:
            gone, _times = self._chats.popitem(last=False)
            self._paused.pop(gone, None)
        return times


def _forget(times: deque[datetime], before: datetime) -> None:
    while times and times[0] <= before:
        times.popleft()
