"""Keeps words from outside from disturbing the words around them: pure functions on strings."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

LRI, FSI, PDI, RLM = "\u2066", "\u2068", "\u2069", "\u200f"

MARKS_PER_BASE = 3
"""Enough for every living script (a Bengali letter with nukta, vowel and candrabindu has three)."""

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_LAST_OF_PLANES = "".join(f"{chr(end - 1)}{chr(end)}" for end in range(0xFFFF, 0x110000, 0x10000))
_UNWANTED = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters, but tab and newline
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides, isolates: they reach beyond the words
    "\u206a-\u206f\ufeff\ufff9-\ufffb"  # deprecated format characters, byte order mark
    "\ud800-\udfff"  # halves of a pair: no encoder takes them
    f"\ufdd0-\ufdef{_LAST_OF_PLANES}"  # never characters
    "]"
)
_RTL = re.compile(
    "[\u0590-\u061c\u061e-\u06ef\u06fa-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BEYOND_LATIN = re.compile("[^\x00-\u02ff]")

_ATOM = "[0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f\u1e00-\u1eff\ufe0f\u20e3]"
_FIRST = "[0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]"
_RUN = re.compile(
    r"(?:(?<!\w)[+#@/]|[€$]\ ?)?"  # +39, /clean, € 9
    rf"{_FIRST}{_ATOM}*"
    r"(?:(?:\ |\u00a0"  # permesso di soggiorno, 02 1234 5678
    r"|(?<=\d)\ ?[-–]\ ?(?=\d)"  # 9 – 13
    r"|(?<=\bart)\.\ (?=\d)"  # art. 18
    rf"|[-‐–/.,:;'’&+@_=?\#%~]{{1,3}}){_FIRST}{_ATOM}*)*"  # 18-bis, l’Inps, a web address
    r"(?:\ ?[%€]|\+)?",
    re.VERBOSE,
)
_PARAGRAPH = re.compile("^(?=[^\n])", re.MULTILINE)


def clean(words: str) -> str:
    """The same words without what could break, hide or turn around what is beside them."""
    if words.isascii() and words.isprintable():
        return words
    words = _UNWANTED.sub("", _LINE_END.sub("\n", words)).replace("\t", " ")
    if _BEYOND_LATIN.search(words):
        words = _flood().sub(_shallow, words)
    return words


def is_clean(words: str) -> bool:
    """Whether `clean` would leave the words as they are."""
    return clean(words) == words


def isolate(words: str) -> str:
    """The words with their own direction, whatever is around them; line by line."""
    return "\n".join(f"{FSI}{line}{PDI}" if line else "" for line in words.split("\n"))


def isolate_latin(words: str) -> str:
    """Right-to-left words in which Latin words, numbers, codes and phone numbers stay in order."""
    return _RUN.sub(rf"{LRI}\g<0>{PDI}", words)


def begin_rtl(words: str) -> str:
    """The words with every paragraph told that it runs from right to left."""
    return _PARAGRAPH.sub(RLM, words)


def has_rtl(words: str) -> bool:
    """Whether something in the words runs from right to left."""
    return not words.isascii() and _RTL.search(words) is not None


@cache
def _flood() -> re.Pattern[str]:
    """Four or more marks on one base, with the invisible signs between them.

    Built on first need: looking through the two planes that hold marks takes 20 ms.
    """
    attached = [
        code
        for code in (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0))
        if unicodedata.category(chr(code)) in ("Mn", "Me", "Mc", "Cf")
    ]
    return re.compile(f"[{_ranges(attached)}]{{{MARKS_PER_BASE + 1},}}")


def _ranges(codes: list[int]) -> str:
    """The inside of a character class."""
    spans: list[list[int]] = []
    for code in codes:
        if spans and code == spans[-1][1] + 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in spans)


def _shallow(run: re.Match[str]) -> str:
    """A run of marks without those over the limit; vowel signs that take space do not count."""
    kept, marks = [], 0
    for sign in run[0]:
        if unicodedata.category(sign) in ("Mn", "Me"):
            marks += 1
            if marks > MARKS_PER_BASE:
                continue
        kept.append(sign)
    return "".join(kept)
