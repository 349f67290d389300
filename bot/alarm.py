"""The words that clean the chat when somebody in a hurry writes them, whatever their language."""

from __future__ import annotations

from collections.abc import Iterable

from bot.spelling import bare, nearly
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
        said = (bare(word) for words in lists for word in words.replace("،", ",").split(","))
        self._words = frozenset(word for word in said if word)

    def hear(self, text: str) -> bool:
        """Whether this is one of the words and nothing else, at most a little misspelt."""
        if len(text) > LONGEST:
            return False
        said = bare(text)
        if said in self._words:
            return True
        return len(said) >= FORGIVING and any(
            len(word) >= FORGIVING and nearly(said, word) for word in self._words
        )
