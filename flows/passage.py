"""What of a page is read aloud: its words, and the answers one can give; never where it is from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from flows.library import Library
from flows.question import Line, Style
from flows.screen import Screen
from flows.text import Param, Text

UNREAD = frozenset({Style.QUOTE})
"""Styles that are for the eyes: a source with the day it was checked."""
ASIDE = frozenset({Style.NOTE})
"""Styles that come and go beside what a page says: a machine reads them, nobody records them."""

_KEYCAP = re.compile("[0-9]\ufe0f?\u20e3")


@dataclass(frozen=True, slots=True)
class Passage:
    """Something that is read aloud in one go.

    `core` is what somebody may record, `whole` what a machine reads. `key` names it where it is the
    same for everybody: a card by its id, a page by a hash of its words. Without a key there is
    something of this person or this day in it: it is never recorded, counted or kept.
    """

    key: str
    core: tuple[Text, ...]
    whole: tuple[Text, ...]


def passage_of(screen: Screen, asked: str, library: Library) -> Passage:
    """What of a screen is read: of a card or a step not the ways on, of a question its answers."""
    card = library.find_card(asked)
    is_told = card is not None or library.is_guide(asked)
    options = () if is_told else tuple(button.label for button in screen.buttons)
    return told(card.id if card is not None else "", screen.lines, options)


def is_in_one_language(screen: Screen) -> bool:
    """Whether there are words of the house on a page; those of the choice of a language are each in
    another one."""
    return any(not line.text.literal or line.text.params for line in screen.lines)


def told(key: str, lines: Iterable[Line], options: Iterable[Text] = ()) -> Passage:
    """What of these lines is read, and then the answers."""
    read = [line for line in lines if line.style not in UNREAD]
    answers = tuple(options)
    core = (*(line.text for line in read if line.style not in ASIDE), *answers)
    whole = (*(line.text for line in read), *answers)
    if not all(map(is_fixed, core)):
        return Passage("", core, whole)
    return Passage(key or _name(core), core, whole)


def is_fixed(text: Text) -> bool:
    """Whether words are the house's own, with nothing in them of a person or a day."""
    if text.literal and not text.params:
        return not _says(text.source)
    return text.count is None and all(_is_fixed(value) for _name, value in text.params)


def _is_fixed(value: Param) -> bool:
    if isinstance(value, Text):
        return is_fixed(value)
    return isinstance(value, str) and not _says(value)  # a pictogram


def _says(words: str) -> bool:
    """Whether there is more in it than pictograms; the number of a step is one of them."""
    return any(sign.isalnum() for sign in _KEYCAP.sub("", words))


def _name(core: tuple[Text, ...]) -> str:
    words = "\n".join(map(_written, core))
    return f"page.{blake2b(words.encode(), digest_size=8).hexdigest()}"


def _written(text: Text) -> str:
    """Words as they stand in the source, with all that fills them."""
    inside = "".join(
        f"\0{name}={_written(value) if isinstance(value, Text) else value}"
        for name, value in text.params
    )
    return f"{text.context or ''}\0{text.language or ''}\0{text.source}{inside}"
