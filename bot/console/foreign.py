"""Shows what somebody wrote as they wrote it, without letting it do anything on the page.

What could turn words around, hide in them or mark them is taken out for showing, and the page says
what was there: a mark that cannot be seen may be there to find out who copied a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.hygiene import clean


class Strange(StrEnum):
    """What was in the words and is not shown."""

    TURNING = "turning"
    HIDDEN = "hidden"
    MARKS = "marks"
    CONTROL = "control"


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words from outside, fit to be shown, and what was strange in them."""

    words: str
    language: str = ""
    strange: tuple[Strange, ...] = ()


_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]"
)
_HIDDEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff"
    "\U000e0000-\U000e01ef]"
)
# Joiners and marks of direction belong to living scripts; between Latin letters they mean nothing.
_BETWEEN_LATIN = re.compile(r"(?<=[0-9A-Za-z .,])[\u200c-\u200f]+(?=[0-9A-Za-z .,]|$)")
_FLAG = re.compile("(\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{1,6}\U000e007f)")


def show_foreign(words: str, language: str = "") -> Foreign:
    """What somebody wrote, neutralised, with what was taken out said in words."""
    if words.isascii() and words.isprintable():
        return Foreign(words, language)
    seen = _without_hidden(words)
    shown = clean(seen)
    straight = _CONTROL.sub("", _TURNING.sub("", seen)).replace("\r\n", "\n")
    strange = {
        Strange.TURNING: _TURNING.search(words) is not None,
        Strange.HIDDEN: seen != words,
        Strange.MARKS: len(shown) < len(straight),
        Strange.CONTROL: _CONTROL.search(words) is not None,
    }
    return Foreign(shown, language, tuple(one for one, is_there in strange.items() if is_there))


def _without_hidden(words: str) -> str:
    """The words without signs nobody sees; the flags of Scotland and Wales are made of such."""
    pieces = _FLAG.split(words)
    pieces[::2] = [_HIDDEN.sub("", _BETWEEN_LATIN.sub("", piece)) for piece in pieces[::2]]
    return "".join(pieces)
