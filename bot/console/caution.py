"""Looks for what should not leave with a reply: a code, a number, an address, a name pasted in."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

CODE_DIGITS = 16
PHONE_DIGITS = range(7, CODE_DIGITS)

_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NUMBER = re.compile(r"\d(?:[\s().\-/–—·]{0,3}\d){5,31}")
_LINK = re.compile(r"(?i)\b(?:https?://|www\.|t\.me/)\S|\S@\w|\B@\w{4}")
_TITLED = re.compile(
    r"\b(?:[Ss]ig(?:nora?|\.ra|na)?|[Dd]ott(?:oressa|or|\.ssa)?|[Mm](?:iste)?rs?|[Ss]e[ñn]ora?)\b"
    r"\.?\s+[^\W\d_]"
)
_GREETING = re.compile(
    r"(?i:\b(?:ciao|salve|buongiorno|buonasera|car[oa]|gentile|egregi[oa]|hello|hi|dear|hola)\b)"
    r"\s+([^\W\d_])"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BEGINNING = re.compile(
    r"a|al|alla|an|and|at|but|call|chiam[ai]|con|da|dal|dalla|di|e|for|from|gli|i|if|il|in|io|la|le"
    r"|lei|lo|ma|my|nel|nella|no|noi|non|o[fnr]|our|per|se|sì|the|this|to|un|una|uno|we|when|with"
    r"|yes|you|your"
)
"""Words with which a sentence begins before the name of an office or a town."""


class Caution(StrEnum):
    """What a reply seems to carry."""

    CODE = "code"
    PHONE = "phone"
    LINK = "link"
    NAME = "name"


def find_cautions(words: str) -> tuple[Caution, ...]:
    """What an operator should look at again before these words are sent."""
    text = _HIDDEN.sub("", unicodedata.normalize("NFKC", words))
    numbers = [_digits(found[0]) for found in _NUMBER.finditer(text)]
    found = {
        Caution.CODE: any(len(digits) >= CODE_DIGITS for digits in numbers),
        Caution.PHONE: any(map(_is_phone, numbers)),
        Caution.LINK: _LINK.search(text) is not None,
        Caution.NAME: _has_name(text),
    }
    return tuple(caution for caution, is_there in found.items() if is_there)


def _digits(run: str) -> str:
    """The digits of a number in 0 to 9, whatever script they were written in."""
    return "".join(str(unicodedata.digit(sign)) for sign in run if sign.isdigit())


def _is_phone(digits: str) -> bool:
    """Whether it may be somebody's telephone: lines that begin with 800 are nobody's."""
    return len(digits) in PHONE_DIGITS and not digits.startswith("800")


def _has_name(text: str) -> bool:
    """Whether somebody is addressed, or two capitalised words stand side by side.

    Scripts without capitals cannot be looked through like this; the page says that it only helps.
    """
    called = [*_TITLED.finditer(text), *_GREETING.finditer(text)]
    if any(found[0][-1].isupper() for found in called):
        return True
    first_end = -1
    for word in _WORD.finditer(text):
        is_capital = len(word[0]) > 1 and word[0][0].isupper() and word[0][1:].islower()
        if is_capital and first_end >= 0 and text[first_end : word.start()] in (" ", "\u00a0"):
            return True
        is_first = is_capital and _BEGINNING.fullmatch(word[0].lower()) is None
        first_end = word.end() if is_first else -1
    return False
