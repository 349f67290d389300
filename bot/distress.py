"""The words of somebody in danger, in every language at once: people who answer come first."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from bot.spelling import bare, nearly
from flows.text import pgettext

WORDS = pgettext(
    "what somebody may write who wants to die or is being hurt, with commas; "
    "each language adds its own; short phrases, as people say them",
    "I want to die, want to be dead, do not want to live, cannot live any more, kill myself, "
    "end my life, suicide, hurt myself, kill me, will kill me, want to kill me, going to kill me, "
    "has a knife, have a knife, has a gun, have a gun, beats me, beating me, hitting me, raped me, "
    "locked me in, I am locked in, I am in danger, save my life",
)
LONGEST = 120
"""A longer text is a story; what it tells is for a person to read."""
FORGIVING = 7
"""From so many letters on, a phrase may have one wrong."""


class Distress:
    """Knows the phrases of every language; it never answers, it only says that one was heard."""

    def __init__(self, lists: Iterable[str]) -> None:
        said = (bare(phrase) for words in lists for phrase in words.replace("،", ",").split(","))
        self._phrases = frozenset(phrase for phrase in said if phrase)
        self._unspaced = tuple(phrase for phrase in self._phrases if _is_unspaced(phrase))
        self._forgiving: dict[int, list[str]] = defaultdict(list)
        for phrase in self._phrases:
            if len(phrase.replace(" ", "")) >= FORGIVING:
                for length in (len(phrase) - 1, len(phrase), len(phrase) + 1):
                    self._forgiving[length].append(phrase)
        self._longest = 1 + max((len(phrase.split()) for phrase in self._phrases), default=0)

    def hear(self, text: str) -> bool:
        """Whether a short text holds one of the phrases, at most a little misspelt."""
        if len(text) > LONGEST:
            return False
        said = bare("".join(" " if _parts_words(sign) else sign for sign in text))
        if any(phrase in said for phrase in self._unspaced):
            return True
        return any(self._is_phrase(part) for part in _parts(said.split(), self._longest))

    def _is_phrase(self, part: str) -> bool:
        if part in self._phrases:
            return True
        return any(nearly(part, phrase) for phrase in self._forgiving.get(len(part), ()))


def _parts(words: list[str], longest: int) -> Iterator[str]:
    """Every run of words in the text, up to the longest phrase and one word more."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            yield " ".join(words[start:end])


def _parts_words(sign: str) -> bool:
    """Whether a sign stands between two words, as a comma without a space does."""
    return unicodedata.category(sign).startswith("P") and sign not in "'’"


def _is_unspaced(phrase: str) -> bool:
    """Whether its script puts no spaces between words: then it is looked for inside of them."""
    return unicodedata.name(phrase[0], "").startswith(("CJK", "HIRAGANA", "KATAKANA", "THAI"))
