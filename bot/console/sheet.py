"""The recovery key on paper: thirty-two words and one that tells whether they were read right."""

from __future__ import annotations

import difflib
import hashlib
import secrets
import unicodedata
from dataclasses import dataclass

from bot.console.wordlist import WORDS
from storage.vault import PrivateKey

KEY_WORDS = 32
ALL_WORDS = KEY_WORDS + 1
GENERATED_WORDS = 6
_LETTERS = 4
_PLACES = {word: place for place, word in enumerate(WORDS)}
_BEGINNINGS = {word[:_LETTERS]: word for word in WORDS}


@dataclass(frozen=True, slots=True)
class Misread:
    """Why words from a sheet are no key: too few, one unknown, or one that does not belong.

    `place` is the number of the word that is unknown, and `meant` what it may have been.
    """

    count: int
    place: int = 0
    word: str = ""
    meant: str = ""


def written(key: PrivateKey) -> list[str]:
    """A key as words; the last one is made from all the others."""
    return [WORDS[byte] for byte in (*key.bytes, _check(key.bytes))]


def read(words: str) -> PrivateKey | Misread:
    """A key from words as somebody typed them: numbers, commas and capitals make no difference."""
    given = _split(words)
    found = bytearray()
    for number, word in enumerate(given, 1):
        known = word if word in _PLACES else _BEGINNINGS.get(word[:_LETTERS])
        if known is None or (word != known and not known.startswith(word)):
            near = difflib.get_close_matches(word, WORDS, 1, 0.7)
            return Misread(len(given), number, word[:30], near[0] if near else "")
        found.append(_PLACES[known])
    if len(found) != ALL_WORDS or found[-1] != _check(bytes(found[:-1])):
        return Misread(len(given))
    return PrivateKey(bytes(found[:-1]))


def generated() -> str:
    """A passphrase of six words: 48 bits, and each guess at it costs a second."""
    return " ".join(secrets.choice(WORDS) for _ in range(GENERATED_WORDS))


def two_places() -> tuple[int, int]:
    """Two places whose words are asked for, to see that the sheet is there."""
    first, second = sorted(secrets.SystemRandom().sample(range(1, KEY_WORDS + 1), 2))
    return first, second


def is_word(given: str, word: str) -> bool:
    """Whether somebody typed this word."""
    return _split(given) == [word]


def _split(words: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", words).casefold()
    letters = "".join(sign if "a" <= sign <= "z" else " " for sign in plain)
    return letters.split()[: ALL_WORDS + 10]


def _check(half: bytes) -> int:
    return hashlib.blake2b(half, digest_size=1, person=b"antenna.words").digest()[0]
