"""What in somebody's words could tell who they are: shown to them, and taken out if they say so.

It is a gentle look and no promise: it knows telephone numbers, long codes, addresses of mail and
"my name is" in a few languages. What it finds is never taken out by itself.
"""

from __future__ import annotations

import re

GAP = "…"
MIN_DIGITS = 7

_NUMBER = re.compile(r"\+?\d(?:[ ()-]{0,2}\d)+")
_MAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.\w+")
_ACCOUNT = re.compile(r"(?<![\w@])@\w{4,}")
_NAMED = re.compile(
    r"(?i:\bmy name is|\bi am called|\bmi chiamo|\bil mio nome è|\bje m[’']appelle|\bmon nom est"
    r"|\bme llamo|\bmi nombre es|\bmă numesc|\bnumele meu este|\bmeu nome é|\bmeu nome e"
    r"|мене звати|меня зовут|اسمي|إسمي|میرا نام|আমার নাম|मेरा नाम|ਮੇਰਾ ਨਾਮ|我叫|我的名字是)"
    r"[\s:]*[^\s.,;:!?،۔।。]+(?:[ ]+[A-ZÀ-Þ][^\s.,;:!?]*){0,2}"
)


def find_clues(words: str) -> tuple[str, ...]:
    """What could tell who wrote, in the order in which it stands there."""
    spans = sorted(
        span
        for pattern in (_NUMBER, _MAIL, _ACCOUNT, _NAMED)
        for found in pattern.finditer(words)
        if _tells(pattern, span := found.span(), words)
    )
    clues: list[tuple[int, int]] = []
    for first, last in spans:
        if clues and first < clues[-1][1]:
            clues[-1] = (clues[-1][0], max(last, clues[-1][1]))
        else:
            clues.append((first, last))
    return tuple(words[first:last] for first, last in clues)


def without_clues(words: str) -> str:
    """The same words with a gap in place of every clue."""
    for clue in sorted(find_clues(words), key=len, reverse=True):
        words = words.replace(clue, GAP)
    return words


def _tells(pattern: re.Pattern[str], span: tuple[int, int], words: str) -> bool:
    """A number tells only when it is long: hours, money and years are what a story is made of."""
    if pattern is not _NUMBER:
        return True
    return sum(letter.isdecimal() for letter in words[slice(*span)]) >= MIN_DIGITS
