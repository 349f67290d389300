"""Every message that people read, where it stands, and what it is for: the list an editor works on.

It is read from the templates that a release ships, so that it is the list of the translators too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

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
            what, colon, part = note.partition(": ")
            if colon and _subject(what) == subject:
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
    return book


def _entries(domain: str, path: Path) -> Iterator[Entry]:
    for message in messages(read_catalog(path)):
        notes = tuple(message.auto_comments)
        places = tuple(place for place, _line in message.locations)
        subjects = _subjects(notes) if domain == CONTENT else places
        yield Entry(domain, message.context, sources(message), notes, places, subjects)


def _subjects(notes: tuple[str, ...]) -> tuple[str, ...]:
    found = [_subject(what) for what, colon, _part in (n.partition(": ") for n in notes) if colon]
    return tuple(dict.fromkeys(found))


def _subject(what: str) -> str:
    """The card of "Card docs.renew"; what is no card says what it is: "numbers.inps"."""
    kind, _space, name = what.partition(" ")
    if kind == "Card":
        return name
    plural = kind.lower() if kind.endswith("s") else f"{kind.lower()}s"
    return f"{plural}.{name}"
