"""Slows down whoever guesses, without ever locking out whoever only mistyped."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

FREE_FOR_ACCOUNT = 3
FREE_FOR_NETWORK = 10
LONGEST_SECONDS = 8.0
FORGOTTEN_SECONDS = 15 * 60.0
MOST_KNOWN = 5_000
MOST_AT_ONCE = 4
"""So many tries of one network may be under way; a whole office behind one address fits in."""


class TooManyAtOnceError(Exception):
    """One network tries too many at the same moment; nothing was tried."""


@dataclass(slots=True)
class _Failures:
    count: int
    last: float


class Gate:
    """Counts failures by account and by network, in memory, under a key that is never kept.

    A failure makes the next try wait, longer each time and never longer than some seconds; a try
    that waits does not make others wait. What is right is let in after the same wait.
    """

    def __init__(
        self,
        monotonic: Callable[[], float],
        pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._monotonic = monotonic
        self._pause = pause
        self._key = secrets.token_bytes(32)
        self._failures: OrderedDict[bytes, _Failures] = OrderedDict()
        self._under_way: Counter[bytes] = Counter()

    def __len__(self) -> int:
        return len(self._failures)

    @asynccontextmanager
    async def trying(self, account: str, network: str) -> AsyncIterator[None]:
        """Wait as long as this account and this network have deserved, then try.

        Raises:
            TooManyAtOnceError: this network has too many tries under way.
        """
        place = self._mark("network", network)
        if self._under_way[place] >= MOST_AT_ONCE:
            raise TooManyAtOnceError
        self._under_way[place] += 1
        try:
            delay = max(
                self._delay(self._mark("account", account), FREE_FOR_ACCOUNT),
                self._delay(place, FREE_FOR_NETWORK),
            )
            if delay:
                await self._pause(delay)
            yield
        finally:
            self._under_way[place] -= 1
            if not self._under_way[place]:
                del self._under_way[place]

    def failed(self, account: str, network: str) -> None:
        """Note a try that was wrong."""
        for mark in (self._mark("account", account), self._mark("network", network)):
            before = self._count(mark)
            self._failures[mark] = _Failures(before + 1, self._monotonic())
            self._failures.move_to_end(mark)
        while len(self._failures) > MOST_KNOWN:
            self._failures.popitem(last=False)

    def succeeded(self, account: str) -> None:
        """The account was let in: its failures were slips of the finger."""
        self._failures.pop(self._mark("account", account), None)

    def failures(self, account: str) -> int:
        """How often somebody was refused lately under this name."""
        return self._count(self._mark("account", account))

    def _delay(self, mark: bytes, free: int) -> float:
        beyond = self._count(mark) - free
        return 0.0 if beyond < 0 else min(2.0 ** min(beyond, 10), LONGEST_SECONDS)

    def _count(self, mark: bytes) -> int:
        known = self._failures.get(mark)
        if known is None or self._monotonic() - known.last >= FORGOTTEN_SECONDS:
            return 0
        return known.count

    def _mark(self, kind: str, words: str) -> bytes:
        return hmac.digest(self._key, f"{kind} {words}".encode(), "sha256")[:16]
