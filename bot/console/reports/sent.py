"""Sends a reply once, however often its button is pressed, and knows what became of it.

A preview carries a random word; a reply is sent under it, and whoever sends the same preview again
is told what became of it the first time.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from enum import StrEnum

MOST = 1_000


class Fate(StrEnum):
    """What became of a reply: never said to be sent when it is not known."""

    KEPT = "kept"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DOUBTFUL = "doubtful"


class Sent:
    """The previews that were sent, by their word; `None` while one is on its way."""

    def __init__(self) -> None:
        self._fates: OrderedDict[str, Fate | None] = OrderedDict()

    @staticmethod
    def new_word() -> str:
        """A word for a preview."""
        return secrets.token_urlsafe(16)

    def begin(self, word: str) -> bool:
        """Begin to send a preview; False where it was sent, or is on its way."""
        if word in self._fates:
            return False
        self._fates[word] = None
        while len(self._fates) > MOST:
            self._fates.popitem(last=False)
        return True

    def end(self, word: str, fate: Fate) -> None:
        """Note what became of it."""
        self._fates[word] = fate

    def forget(self, word: str) -> None:
        """Nothing was kept of it: it may be sent again."""
        self._fates.pop(word, None)

    def knows(self, word: str) -> bool:
        """Whether a preview was sent, or is on its way."""
        return word in self._fates

    def fate(self, word: str) -> Fate | None:
        """What became of a preview; None when it was not sent, or is on its way."""
        return self._fates.get(word)
