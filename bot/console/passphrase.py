"""Says whether a passphrase is long enough and what makes it easy to guess: without any script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from flows.text import Text, _

FEWEST_SIGNS = 14
FEWEST_WORDS = 5
MOST_SIGNS = 400
_FEWEST_DIFFERENT = 6
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_KNOWN = (
    "password",
    "passphrase",
    "parolasegreta",
    "antenna",
    "correcthorsebattery",
    "nelmezzodelcammin",
    "fratelliditalia",
    "letmein",
    "benvenuto",
    "iloveyou",
    "tiamo",
    "juventus",
)

SHORT = _("It is too short: use five words, or at least fourteen signs.")
LONG = _("It is too long: four hundred signs are enough.")
REPEATED = _("Too few different letters: somebody would guess it soon.")
ORDERED = _("It follows the keyboard or the alphabet: somebody would guess it soon.")
COMMON = _("It holds words that everybody tries first, or your own name. Choose others.")
DIFFERENT = _("The two are not the same. Type it again.")


def trouble(passphrase: str, own: Iterable[str] = ()) -> Text | None:
    """Why a passphrase cannot be used; `own` are words about its owner that others know."""
    plain = unicodedata.normalize("NFKC", passphrase).casefold()
    letters = "".join(plain.split())
    if len(passphrase) > MOST_SIGNS:
        return LONG
    if len(plain.strip()) < FEWEST_SIGNS and not (
        len(plain.split()) >= FEWEST_WORDS and len(letters) >= FEWEST_SIGNS - 2
    ):
        return SHORT
    if len(set(letters)) < _FEWEST_DIFFERENT:
        return REPEATED
    rest = letters
    for run in _RUNS:
        rest = _without(rest, run)
    if len(rest) < len(letters) // 2:
        return ORDERED
    known = [*_KNOWN, *("".join(word.casefold().split()) for word in own if len(word) > 3)]
    for word in known:
        rest = rest.replace(word, "")
    return COMMON if len(rest) < FEWEST_SIGNS - 4 else None


def _without(letters: str, run: str) -> str:
    """The letters without every piece of four or more that goes along a run, either way."""
    for line in (run, run[::-1]):
        for length in range(len(line), 3, -1):
            for at in range(len(line) - length + 1):
                letters = letters.replace(line[at : at + length], "")
    return letters
