"""Which pages can be heard, and in which languages, here and now; and the mark of their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from bot.languages import Languages
from bot.roster import SOURCE
from bot.words import Words
from flows.directory import ALOUD
from flows.effects import Json
from flows.passage import Passage
from flows.screen import HEAR
from flows.text import Text

Take = tuple[str, str]
"""A recording, as who looks for one knows it: the language, and the mark of the words."""


@dataclass(slots=True)
class Booth:
    """What voices there are. It is replaced as a whole when a recording comes or goes."""

    spoken: frozenset[str] = frozenset()
    recorded: frozenset[Take] = frozenset()

    def has(self, code: str) -> bool:
        """Whether there is any recording in a language."""
        return any(language == code for language, _mark in self.recorded)

    def offers(self, languages: Languages, code: str, passage: Passage) -> bool:
        """Whether somebody recorded a page in that language, in the words it has now."""
        if not passage.key:
            return False
        return (code, mark_of(languages, code, passage.core)) in self.recorded


def way_to_hear(booth: Booth, words: Words) -> Json:
    """The button under a message that hangs on no screen; None where no machine can read it."""
    return {"inline_keyboard": rows_to_hear(booth, words)} if words.code in booth.spoken else None


def rows_to_hear(booth: Booth, words: Words) -> list[Json]:
    """The same as a row for a message that has other buttons too, or as none."""
    if words.code not in booth.spoken:
        return []
    return [[{"text": words.label(HEAR), "callback_data": ALOUD}]]


def mark_of(languages: Languages, code: str, core: Iterable[Text]) -> str:
    """A mark of words that changes when they do, in the source or in that language.

    What was recorded under another mark is not what is on the screen: it is never played.
    """
    texts = tuple(core)
    said = blake2b(digest_size=10)
    for one in dict.fromkeys((SOURCE, code)):
        words = languages.words(one)
        said.update("\0".join(words.plain(text) for text in texts).encode())
        said.update(b"\1")
    return said.hexdigest()
