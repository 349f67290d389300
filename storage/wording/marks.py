"""Gives words a short mark: what was made from them is known to be stale when it differs."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

_BETWEEN = "\x1f"
_CHARACTERS = 16


def mark(texts: Iterable[str]) -> str:
    """A short hash of several texts in their order; spaces at the ends and how a letter with an
    accent is made up make no difference, every other character does."""
    whole = _BETWEEN.join(unicodedata.normalize("NFC", one).strip() for one in texts)
    return hashlib.sha256(whole.encode()).hexdigest()[:_CHARACTERS]


def key_of(context: str | None, source: str) -> str:
    """Which message it is, as one short word; of a plural one the source of its singular."""
    whole = (context or "") + _BETWEEN + source
    return hashlib.sha256(whole.encode()).hexdigest()[:_CHARACTERS]
