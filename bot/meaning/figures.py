"""Whether a translation says the same numbers: a wage, a day, a telephone number must survive."""

from __future__ import annotations

from bot.alike import other_numbers


def differ(words: str, translation: str) -> bool:
    """Whether numbers were lost, changed or invented on the way, in whatever digits."""
    return bool(other_numbers(_western(words), _western(translation)))


def _western(words: str) -> str:
    """The same with the digits 0-9 in place of those of other scripts."""
    return "".join(str(int(one)) if one.isdecimal() else one for one in words)
