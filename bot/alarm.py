"""The words that clean the chat when somebody in a hurry writes them, whatever their language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from flows.text import pgettext

WORDS = pgettext(
    "all that people may write to clean the chat, with commas; each language adds its own",
    "clean, clean up, clear, delete, delete all, delete everything, erase, remove, stop",
)
LONGEST = 30
FORGIVING = 5
"""From so many letters on, a word may be misspelt by one."""


class Alarms:
    """Knows the words of every language at once: nobody in a hurry thinks of which one is set."""

    def __init__(self, lists: Iterable[str]) -> None:
        said = (_bare(word) for words in lists for word in words.replace("،", ",").split(","))
        self._words = frozenset(word for word in said if word)

    def hear(self, text: str) -> bool:
        """Whether this is one of the words and nothing else, at most a little misspelt."""
        if len(text) > LONGEST:
            return False
        said = _bare(text)
        if said in self._words:
            return True
        return len(said) >= FORGIVING and any(
            len(word) >= FORGIVING and _nearly(said, word) for word in self._words
        )


def _bare(words: str) -> str:
    """Letters and single spaces only, without case, accents and signs that nobody sees."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    letters = (" " if sign.isspace() else sign for sign in plain if _counts(sign))
    return " ".join("".join(letters).split())


def _counts(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("Ll", "Lo", "Lm", "Mc")


def _nearly(one: str, other: str) -> bool:
    """One letter too many, missing, wrong, or two in the wrong order."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) > len(short):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long[at:]
