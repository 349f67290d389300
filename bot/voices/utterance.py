"""From words for the eyes to words for the ear: no pictures, numbers to call digit by digit, each
language by its own voice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.voices.speakers import Speakers

ITALIAN = "it"
LONGEST = 3000
"""Characters; what is longer is cut: nobody listens to more than four minutes."""

_NUMBER = re.compile(r"\+?\d(?:[ \u00a0\u202f\u2009]?\d){2,}")
_CALLED = 6
"""A number of so many digits is one to call; shorter ones where the house says so."""
_TIME = re.compile(r"\b(\d{1,2}):(\d{2})\b")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ](?:[A-Za-zÀ-ɏ'’./ -]*[A-Za-zÀ-ɏ])?")
_JOINERS = "\u200c\u200d"
_LOOSE = re.compile(rf"(?<![\u0300-\u1fff])[{_JOINERS}]")
"""Joiners that stand behind no letter: they hold pictures together."""
_MARKS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_PICTURES = frozenset({"So", "Sk", "Cs", "Co", "Cn"})
_SIGNS = str.maketrans({"·": ", ", "•": ", ", "→": ", ", "|": ", ", "_": " ", "*": " ", "✓": ""})
_ENDS = ".!?:;…。！？：；।॥۔؟،,"
_STOP = {"zh-Hans": "。"}


@dataclass(frozen=True, slots=True)
class Segment:
    """Words in one language."""

    language: str
    words: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """How words are made ready to be heard.

    `called` are numbers to call that are short, as digits alone; `italian` are terms from Italian
    paper that stand in the middle of other languages in Latin letters.
    """

    speakers: Speakers
    called: frozenset[str] = frozenset()
    italian: tuple[str, ...] = ()

    def utterance(self, lines: Iterable[tuple[str, str]]) -> tuple[Segment, ...]:
        """Lines, each with its language, as segments; neighbours in one language are joined."""
        joined: list[Segment] = []
        left = LONGEST
        for language, words in lines:
            for segment in self._segments(language, self._read(language, words)[:left]):
                left -= len(segment.words)
                if joined and joined[-1].language == segment.language:
                    before = joined.pop()
                    segment = Segment(before.language, f"{before.words}\n{segment.words}")
                joined.append(segment)
            if left <= 0:
                break
        return tuple(joined)

    def _read(self, language: str, words: str) -> str:
        lines = (self._heard(language, line) for line in words.split("\n"))
        return "\n".join(line for line in lines if line)

    def _heard(self, language: str, line: str) -> str:
        """One line without what is for the eyes, and with an end that is heard."""
        bare = "".join(map(_sign, _LOOSE.sub("", line.translate(_SIGNS))))
        bare = _TIME.sub(r"\1 \2", bare)
        bare = _NUMBER.sub(self._digits, bare)
        bare = re.sub(r"\s+", " ", bare).strip(" ,")
        if not any(sign.isalnum() for sign in bare):
            return ""
        return bare if bare[-1] in _ENDS else bare + _STOP.get(language, ".")

    def _digits(self, found: re.Match[str]) -> str:
        """A number to call, digit by digit, with a breath between its groups."""
        digits = "".join(sign for sign in found[0] if sign.isdigit())
        if len(digits) < _CALLED and digits not in self.called:
            return found[0]
        groups = re.findall(r"\d+", found[0])
        if len(groups) == 1 and len(digits) > 4:
            groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        return ", ".join(" ".join(group) for group in groups)

    def _segments(self, language: str, words: str) -> Iterator[Segment]:
        speaker = self.speakers.find(language)
        if not words:
            return
        if language == ITALIAN or speaker is None:
            yield Segment(language, words)
            return
        pattern = self._terms() if speaker.latin else _LATIN
        at = 0
        for found in pattern.finditer(words) if pattern else ():
            yield from _segment(language, words[at : found.start()])
            yield from _segment(ITALIAN, found[0])
            at = found.end()
        yield from _segment(language, words[at:])

    def _terms(self) -> re.Pattern[str] | None:
        if not self.italian:
            return None
        terms = sorted(self.italian, key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, terms))})\b", re.IGNORECASE)


def _segment(language: str, words: str) -> Iterator[Segment]:
    """A piece of a sentence; what has nothing to say is left out."""
    if any(sign.isalnum() for sign in words):
        yield Segment(language, words.strip())


def _sign(sign: str) -> str:
    """A sign as it is heard: pictures and marks of direction are not."""
    if sign in _JOINERS:
        return sign
    if sign in _MARKS or "\ufe00" <= sign <= "\ufe0f" or "\U0001f3fb" <= sign <= "\U0001f3ff":
        return ""
    return " " if unicodedata.category(sign) in _PICTURES else sign
