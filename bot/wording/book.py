"""Every message that people read, where it stands, and what it is for: the list an editor works on.

It is read from the templates that a release ships, so that it is the list of the translators too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot import content_extract
from bot.catalogs import BUTTON, CONSOLE, DOMAINS, Key, messages, read_catalog, sources
from bot.catalogs import placeholders as names_in
from storage.wording.model import id_of

CONTENT = "content"
LISTENED = ("bot/alarm.py", "bot/distress.py")
"""Words that people write, not read: they are heard in all languages, and none may fall silent."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message. `notes` are for who translates it; `subjects` are the cards, numbers and parts
    of the code where it stands: whoever changes it changes it in all of them."""

    domain: str
    context: str | None
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    places: tuple[str, ...]
    subjects: tuple[str, ...]

    @property
    def key(self) -> Key:
        """Which message it is, as catalogs call it."""
        return self.context, self.sources[0]

    @property
    def id(self) -> str:
        """Which message it is, in one short word that no spreadsheet takes for a number."""
        return f"m{id_of(self.key)}"

    @property
    def is_button(self) -> bool:
        """Whether it stands on a button."""
        return BUTTON in self.notes

    @property
    def is_plural(self) -> bool:
        """Whether it is said otherwise for other numbers."""
        return len(self.sources) == 2

    @property
    def is_listened(self) -> bool:
        """Whether it is what people may write."""
        return any(place in LISTENED for place in self.places)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names of what is filled in, in braces."""
        return tuple(sorted(set().union(*map(names_in, self.sources))))

    def part(self, subject: str) -> str:
        """What it is of a card: its title, its second sentence."""
        for note in self.notes:
            found, part = _read_note(note)
            if found == subject:
                return part
        return ""


@dataclass(frozen=True, slots=True)
class Book:
    """Every message by its id, and those of each subject in the order in which they are read."""

    entries: dict[str, Entry] = field(default_factory=dict)
    subjects: dict[str, list[Entry]] = field(default_factory=dict)

    def find(self, message_id: str) -> Entry | None:
        """The message of an id."""
        return self.entries.get(message_id)

    def of(self, subject: str) -> list[Entry]:
        """The messages of a card, a number, a part of the code."""
        return self.subjects.get(subject, [])

    def domain(self, name: str) -> Iterator[Entry]:
        """The messages of one domain."""
        return (one for one in self.entries.values() if one.domain == name)


def load_book(folder: Path) -> Book:
    """Read every message that people read; the console's own words are not in it.

    Raises:
        LanguagesError: a template cannot be parsed.
    """
    book = Book()
    for domain in DOMAINS:
        path = folder / f"{domain}.pot"
        if domain != CONSOLE and path.is_file():
            for entry in _entries(domain, path):
                first = book.entries.setdefault(entry.id, entry)
                for subject in entry.subjects:
                    book.subjects.setdefault(subject, []).append(first)
    _order(book, folder / CONTENT)
    return book


def _order(book: Book, content: Path) -> None:
    """Each card as it is read: in a template a sentence of two cards stands with the first only."""
    places: dict[tuple[str, str], int] = {}
    for at, message in enumerate(content_extract.messages(content)):
        for subject in _subjects(message.notes):
            places.setdefault((subject, f"m{id_of((None, message.words))}"), at)
    for subject, entries in book.subjects.items():
        entries.sort(key=lambda one: places.get((subject, one.id), 0))


def _entries(domain: str, path: Path) -> Iterator[Entry]:
    for message in messages(read_catalog(path)):
        notes = tuple(message.auto_comments)
        places = tuple(place for place, _line in message.locations)
        subjects = _subjects(notes) if domain == CONTENT else places
        yield Entry(domain, message.context, sources(message), notes, places, subjects)


def _subjects(notes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for note in notes if (found := _read_note(note)[0])))


_NOTE = re.compile(r"(?P<kind>[A-Z][a-z]+) (?P<name>[^\s:,]+)(?P<part>[:,] .+)")
"""Such as "Card docs.renew: sentence 1", or "Procedure renew, Go to the post: sentence 2"."""


def _read_note(note: str) -> tuple[str, str]:
    """The card, number or procedure of a note, and which part of it; a note of another kind has
    neither."""
    found = _NOTE.fullmatch(note)
    if found is None:
        return "", ""
    kind, part = found["kind"], found["part"][2:]
    if kind == "Card":
        return found["name"], part
    return f"{kind.lower()}s.{found['name']}", part
