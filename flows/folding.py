"""Words as they are compared when somebody looks for something: one spelling for each script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import StrEnum

LONGEST = 200
"""So many signs of what was written are looked at: the rest is a story."""
MOST_TOKENS = 24


class Script(StrEnum):
    """The writings that are told apart."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    ARABIC = "arabic"
    BENGALI = "bengali"
    GURMUKHI = "gurmukhi"
    HAN = "han"
    SINHALA = "sinhala"
    OTHER = "other"


_RANGES = (
    (0x0370, Script.LATIN),
    (0x0400, Script.OTHER),
    (0x0530, Script.CYRILLIC),
    (0x0600, Script.OTHER),
    (0x0780, Script.ARABIC),
    (0x0980, Script.OTHER),
    (0x0A00, Script.BENGALI),
    (0x0A80, Script.GURMUKHI),
    (0x0D80, Script.OTHER),
    (0x0E00, Script.SINHALA),
    (0x1E00, Script.OTHER),
    (0x1F00, Script.LATIN),
    (0x3400, Script.OTHER),
    (0xA000, Script.HAN),
    (0xF900, Script.OTHER),
    (0xFB00, Script.HAN),
    (0x20000, Script.OTHER),
    (0x32000, Script.HAN),
)
"""Each script up to the first sign of the next one."""


def script_of(sign: str) -> Script:
    """The script of a letter; digits count as Latin."""
    code = ord(sign)
    return next((script for end, script in _RANGES if code < end), Script.OTHER)


def _pairs(*pairs: str) -> dict[int, str]:
    """`"ab c"`: every sign before the space becomes what stands behind it."""
    table: dict[int, str] = {}
    for pair in pairs:
        signs, _, becomes = pair.partition(" ")
        table.update({ord(sign): becomes for sign in signs})
    return table


_DIGITS = {
    zero + digit: str(digit)
    for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66)
    for digit in range(10)
}
_FOLDED = {
    **_DIGITS,
    # Latin letters that have no plain one inside
    **_pairs("đð d", "ł l", "øœ o", "æ ae", "ı i", "þ th", "ŋ n", "ə e"),
    # Cyrillic: Ukrainian and Russian spellings of one sound; the signs that are left out on phones
    **_pairs("ґ г", "єэ е", "іы и", "ъь"),
    # Arabic letters as Arabic, Urdu and careless keyboards have them; what is left out on phones
    **_pairs("ٱآأإ ا", "ىیېےۓئ ي", "ؤ و", "ةۃۀہھە ه", "ک ك", "ںڻ ن", "ـء"),
    **_pairs("ٹ ت", "ڈ د", "ڑ ر"),
    # Bengali, Gurmukhi, Sinhala: long and short vowels, and letters that sound alike
    **_pairs("ী ি", "ূ ু", "ণ ন", "শষ স", "ঙ ং", "ৎ ত", "ঢ ড", "ঈ ই", "ঊ উ"),
    **_pairs("ੀ ਿ", "ੂ ੁ", "ਣ ਨ", "ੰ ਂ", "ਈ ਇ", "ਊ ਉ", "ਸ਼ ਸ"),
    **_pairs("ී ි", "ූ ු", "ණ න", "ළ ල", "ශෂ ස", "ඛ ක", "ඝ ග", "ථ ත", "ධ ද", "භ බ"),
}
_SILENT = frozenset("\u09bc\u0981\u0a3c\u0a71\u0a70\u093c")
"""Nukta, chandrabindu, addak: many leave them out."""
_MARKED = frozenset((Script.BENGALI, Script.GURMUKHI, Script.SINHALA, Script.OTHER))
"""Scripts in which a mark is a vowel, not an ornament."""


def fold(words: str) -> str:
    """Only letters and digits of one spelling, with spaces where anything else stood."""
    out = []
    for sign in unicodedata.normalize("NFKD", words).casefold():
        category = unicodedata.category(sign)
        if category == "Cf" or sign in _SILENT:
            continue
        if category == "Mn" and script_of(sign) not in _MARKED:
            continue
        kept = category[0] in "LN" or category in ("Mn", "Mc")
        out.append(_FOLDED.get(ord(sign), sign) if kept else " ")
    return "".join(out)


def tokens(words: str) -> tuple[str, ...]:
    """What is compared, each once: words, and in Chinese single signs and pairs of them."""
    parts = (token for word in fold(words).split() for token in _tokens_of(word))
    return tuple(dict.fromkeys(parts))


def asked(words: str) -> tuple[str, ...]:
    """The same of what somebody typed: only so much of it is looked at, however long it is."""
    return tokens(words[:LONGEST])[:MOST_TOKENS]


def _tokens_of(word: str) -> Iterator[str]:
    """The parts of a word in each of its scripts: nobody puts a space between 我的 and busta."""
    start = 0
    for end in range(1, len(word) + 1):
        if end < len(word) and (word[end] >= "一") == (word[start] >= "一"):
            continue
        yield from _grams(word[start:end]) if word[start] >= "一" else (_stem(word[start:end]),)
        start = end


def is_han(token: str) -> bool:
    """Whether it is one Chinese sign, or two."""
    return token[0] >= "一" and script_of(token[0]) is Script.HAN


def _grams(run: str) -> Iterator[str]:
    yield from (run[at : at + 2] for at in range(len(run) - 1))
    yield from run


_ARTICLES = ("وال", "بال", "فال", "كال", "ال", "لل")
_ENDINGS = ("ني", "ها", "هم", "كم", "نا", "ات", "ون", "ين", "وا", "يه", "ته", "تي", "ي", "ه")
_LEAST_STEM = 3


def _stem(word: str) -> str:
    """An Arabic word without its article, and without the ending that says whose or how many."""
    if script_of(word[0]) is not Script.ARABIC:
        return word
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            word = word[len(article) :]
            break
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word[: -len(ending)]
    return word
