"""Words as they are meant: what somebody in a hurry writes, without case, signs and slips."""

from __future__ import annotations

import unicodedata


def bare(words: str) -> str:
    """Letters and single spaces only, without case, accents and signs that nobody sees."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    letters = (" " if sign.isspace() else sign for sign in plain if _counts(sign))
    return " ".join("".join(letters).split())


def _counts(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("Ll", "Lo", "Lm", "Mc")


def nearly(one: str, other: str) -> bool:
    """One letter too many, missing, wrong, or two in the wrong order."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) > len(short):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long[at:]
