"""The languages people speak, as operators call them: typed as a name, kept as a code."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale

from bot.console.visit import Visit
from bot.words import Words
from flows.text import Text


@dataclass(frozen=True, slots=True)
class Tongues:
    """Codes and names of the languages that Antenna knows, in the language of whoever reads."""

    names: dict[str, str]
    codes: dict[str, str]

    def name(self, code: str) -> str:
        """How a language is called; what has no code stays as it was typed."""
        return self.names.get(code, code)

    def code(self, written: str) -> str:
        """The code of a language somebody typed; what nobody knows stays as it is."""
        plain = " ".join(written.split())
        return self.codes.get(plain.casefold(), plain)


def tongues(visit: Visit) -> Tongues:
    """The languages for whoever reads this page; typed in the console's two languages or its own,
    each is understood."""
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    for one in visit.room.languages.all:
        found = Locale.parse(one.locale)
        italian = found.get_language_name("it") or one.english
        names[one.code] = one.english if visit.words.code == "en" else italian
        for name in (one.name, one.code, italian, one.english, found.get_language_name("en")):
            codes.setdefault((name or one.code).casefold(), one.code)
    return Tongues(names, codes)


def tongue(visit: Visit, language: str, text: Text) -> Words:
    """The words in which somebody who reads a language reads a text: its own, or the next best."""
    languages = visit.room.languages
    own = next((one for one in languages.all if one.code == language), None)
    chain = () if own is None else (own.code, *own.fallback)
    return next((w for w in map(languages.words, chain) if w.has(text)), languages.words(None))


def language_name(visit: Visit, code: str) -> str:
    """A language as whoever reads the page calls it; its code where nobody here knows it."""
    return tongues(visit).name(code) or "–"
