"""The languages people speak, as operators call them: typed as a name, kept as a code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from bot.console.visit import Visit


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
    known = tuple((one.code, one.locale, one.name) for one in visit.room.languages.all)
    return _tongues(known, visit.words.code)


@lru_cache(maxsize=4)
def _tongues(known: tuple[tuple[str, str, str], ...], reader: str) -> Tongues:
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    for code, locale, own in known:
        found = Locale.parse(locale)
        names[code] = found.get_language_name(reader) or own
        for name in (own, code, found.get_language_name("it"), found.get_language_name("en")):
            if name:
                codes.setdefault(name.casefold(), code)
    return Tongues(names, codes)
