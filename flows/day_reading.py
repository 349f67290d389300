"""Reads a day as people write it: in any digits, with any signs between, or the month in words."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import Enum

_MONTHS = (
    ("jan", "gen"),
    ("feb",),
    ("mar",),
    ("apr",),
    ("may", "mag"),
    ("jun", "giu"),
    ("jul", "lug"),
    ("aug", "ago"),
    ("sep", "set"),
    ("oct", "ott"),
    ("nov",),
    ("dec", "dic"),
)
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_CENTURY = 2000


class Unread(Enum):
    """Why words are no day."""

    WORDS = "words"  # day, month or year are missing
    NO_SUCH_DAY = "no such day"  # 31 February


def read_day(words: str) -> date | Unread:
    """The day somebody wrote: `31/12/2026`, `2026-12-31`, `31.12.26`, `31 dic 2026`, `٣١/١٢/٢٠٢٦`.

    The day stands before the month, as people write in Italy, unless there is no such month.
    """
    parts = _PARTS.findall("".join(map(_plain, words)).lower())
    if len(parts) == 1 and len(parts[0]) in (6, 8) and parts[0].isdecimal():
        parts = [parts[0][:2], parts[0][2:4], parts[0][4:]]
    numbers = [_number(part) for part in parts]
    if len(numbers) != 3 or None in numbers:
        return Unread.WORDS
    first, month, last = (number or 0 for number in numbers)
    if len(parts[0]) == 4:
        first, last = last, first
        parts.reverse()
    if len(parts[2]) not in (2, 4):
        return Unread.WORDS
    year = last + _CENTURY if len(parts[2]) == 2 else last
    if month > len(_MONTHS):
        first, month = month, first
    try:
        return date(year, month, first)
    except ValueError:
        return Unread.NO_SUCH_DAY


def _plain(sign: str) -> str:
    """A digit of any script as 0-9; what only says in which direction one reads is nothing."""
    if unicodedata.category(sign) == "Cf":
        return ""
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)


def _number(part: str) -> int | None:
    if part.isdecimal():
        return int(part) if len(part) <= 4 else None
    return _NUMBER_OF.get(part[:3])
