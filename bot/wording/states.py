"""Says honestly how every message stands in every language, to those who work on it only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bot.languages import Languages
from bot.roster import SOURCE, Language, State
from bot.wording.book import Book, Entry
from flows.text import Text, _
from storage.wording.model import Meaning, Standing, Version, first_meaning, id_of


class Look(StrEnum):
    """How one message stands in one language; the worst first."""

    MISSING = "missing"
    STALE = "stale"
    UNREAD = "unread"
    READ = "read"


STATES: dict[State, Text] = {
    State.COMPLETE: _("complete: written here, or read by native readers"),
    State.DRAFT: _("draft, needs a native reviewer"),
    State.NONE: _("has no words yet"),
}
"""What is said of a whole language."""


@dataclass(frozen=True, slots=True)
class Share:
    """How far a language is: so many messages of each kind, and so many versions that wait."""

    language: Language
    total: int
    looks: Counter[Look]
    waiting: int

    def percent(self, look: Look) -> int:
        """Rounded down: a hundred is all of them."""
        return 100 * self.looks[look] // self.total if self.total else 100


Versions: TypeAlias = Mapping[tuple[str, str], Version]
"""Versions by message and language."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All there is to say about the words at one moment; made anew for every look."""

    book: Book
    languages: Languages
    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    approved: Versions = field(default_factory=dict)
    open: Versions = field(default_factory=dict)

    @classmethod
    def laid(
        cls, book: Book, languages: Languages, standing: Standing, waiting: Iterable[Version]
    ) -> Desk:
        """The words with what was approved here and what waits."""
        approved = {(one.key, one.language): one for one in standing.approved}
        return cls(
            book,
            languages,
            standing.meanings,
            approved,
            {(one.key, one.language): one for one in waiting},
        )

    def version(self, entry: Entry, code: str) -> Version | None:
        """What was approved here for a message."""
        return self.approved.get((id_of(entry.key), code))

    def waiting(self, entry: Entry, code: str) -> Version | None:
        """What waits for a second person."""
        return self.open.get((id_of(entry.key), code))

    def forms(self, entry: Entry, code: str) -> tuple[str, ...]:
        """What a language says now, itself; nothing where another is shown in its place."""
        said = self.languages.said(code)
        forms = said.entries.get(entry.key)
        if forms is not None:
            return forms
        return entry.sources if code == SOURCE and entry.key not in said.stale else ()

    def before(self, entry: Entry, code: str) -> tuple[str, ...]:
        """What a language said until the meaning was changed, for whoever mends it."""
        found = self.version(entry, code)
        if found is not None and not found.shipped:
            return found.forms
        shipped = self.languages.shipped[code].entries.get(entry.key)
        return shipped or (entry.sources if code == SOURCE else ())

    def current(self, entry: Entry) -> tuple[str, ...]:
        """What the source says now: what a translation is made from and measured by."""
        return self.forms(entry, SOURCE) or self.lead(entry) or entry.sources

    def lead(self, entry: Entry) -> tuple[str, ...]:
        """What the language says in which the meaning was changed."""
        meaning = self.meanings.get(id_of(entry.key))
        return () if meaning is None else self.forms(entry, meaning.language)

    def meaning(self, entry: Entry) -> str:
        """The mark of what a message means now: what is written from it has to fit that."""
        found = self.meanings.get(id_of(entry.key))
        return first_meaning(entry.key) if found is None else found.mark

    def look(self, entry: Entry, language: Language) -> Look:
        """How a message stands in a language."""
        code = language.code
        if entry.key in self.languages.said(code).stale:
            return Look.STALE
        forms = self.forms(entry, code)
        if not forms:
            return Look.MISSING
        if language.state is State.COMPLETE or code == SOURCE:
            return Look.READ
        found = self.version(entry, code)
        return Look.READ if found is not None and found.forms == forms else Look.UNREAD

    def share(self, language: Language, entries: Iterable[Entry] | None = None) -> Share:
        """How far a language is with some messages, or with all."""
        chosen = list(self.book.entries.values() if entries is None else entries)
        looks = Counter(self.look(entry, language) for entry in chosen)
        waiting = sum(1 for one in chosen if self.waiting(one, language.code) is not None)
        return Share(language, len(chosen), looks, waiting)

    def spoken(self) -> list[Language]:
        """The languages that have words, the source among them."""
        return [one for one in self.languages.all if one.state is not State.NONE]
