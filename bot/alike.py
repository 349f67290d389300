"""What a translation must have in common with its source: numbers, pictogram, Italian names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_NUMBER = re.compile(r"[0-9]+(?:[.,:'\u00a0\u202f][0-9]+)*")
_NAME = re.compile(r"\{\w+\}|[0-9]{1,2}月")
"""Placeholders; and the months of Chinese, whose names are numbers ("3 months" is 3个月)."""
_SIGN = re.compile(r"[.,:'\u00a0\u202f]")
_PICTOGRAM = re.compile(r"[^\w\s“”«»\"'‘’(){}.,:;!?…·–—/+%€\-]+(?=\s)")
_BRACKETS = re.compile(r"\(([^()]*[a-z]{2}[^()]*)\)")
_SELECTOR = "\ufe0f"
_MIRRORED = str.maketrans("⬅➡👉👈↩↪▶◀", "➡⬅👈👉↪↩◀▶")
"""Signs that point somewhere: what leads back points the other way from right to left."""


def numbers(words: str) -> Counter[str]:
    """Every number in words, as its digits: 1.000 and 1,000 are the same, 9:30 and 9.30 too."""
    found = _NUMBER.findall(_NAME.sub("", words))
    return Counter(_SIGN.sub("", one) for one in found)


def other_numbers(source: str, words: str) -> str:
    """Which numbers a translation has lost or invented, in words; nothing if they are the same."""
    wanted, found = numbers(source), numbers(words)
    lost, invented = wanted - found, found - wanted
    said = [f"lacks the number {', '.join(sorted(lost))}"] if lost else []
    said += [f"has another number, {', '.join(sorted(invented))}"] if invented else []
    return " and ".join(said)


def pictogram(words: str) -> str:
    """The picture that words begin with, if they do."""
    found = _PICTOGRAM.match(words)
    return found.group().replace(_SELECTOR, "") if found else ""


def has_pictogram(source: str, words: str) -> bool:
    """Whether a translation begins with the picture of its source, or its mirror image."""
    wanted = pictogram(source)
    return not wanted or pictogram(words) in (wanted, wanted.translate(_MIRRORED))


def lost_names(source: str, italian: str, words: str) -> Iterator[str]:
    """What stands in brackets in the source and in Italian, and not in a translation.

    These are the words that somebody will read on a paper or has to say at a counter.
    """
    for name in _BRACKETS.findall(source):
        if name.casefold() in italian.casefold() and name.casefold() not in words.casefold():
            yield name
