"""Reads single values out of what Telegram hands in: whatever is not of its shape is nothing."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime

_BIGGEST = 2**63 - 1
_YEAR_2100 = 4_102_444_800
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """Take out what no database and no screen can hold: control characters, half surrogate pairs.

    Lines and tabs stay; everything that can be seen stays.
    """
    if _HARMFUL.search(text) is None:
        return text
    # json reads "\ud83d\ude00" as one character, so a surrogate that is still here is alone.
    return _HARMFUL.sub(lambda found: "\ufffd" if found.group() >= "\ud800" else "", text)


def number(value: object) -> int | None:
    """A whole number that a database can hold."""
    if type(value) is int and -_BIGGEST <= value <= _BIGGEST:
        return value
    return None


def words(value: object) -> str | None:
    """A short text that says something."""
    return clean(value)[:256] if type(value) is str and value else None


def one_of(known: frozenset[str], value: object) -> str:
    """A word of a list, or nothing."""
    return value if type(value) is str and value in known else ""


def degrees(value: object, limit: int, decimals: int) -> float | None:
    """A coordinate, no finer than it may be known."""
    if type(value) not in (int, float):
        return None
    found = float(value)  # type: ignore[arg-type]
    return round(found, decimals) if math.isfinite(found) and abs(found) <= limit else None


def moment(value: object) -> datetime | None:
    """A time of this century."""
    if type(value) is int and 0 < value < _YEAR_2100:
        return datetime.fromtimestamp(value, UTC)
    return None


def bot_number(token: str) -> int:
    """A bot's own number in Telegram: its token begins with it."""
    begin = token.partition(":")[0]
    return int(begin) if begin.isascii() and begin.isdecimal() else 0
