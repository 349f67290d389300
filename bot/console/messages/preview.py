"""A message to many as the phones of people will show it, in every language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bot.console.languages import tongues
from bot.console.visit import Visit
from bot.mass.message import Shown, shown, veiled
from bot.words import Words
from flows.calendar_model import MassKind
from flows.mass_model import MassView
from storage.mass.audience import Counted


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone: in which language, for how many, and what stands on it.

    `lines` are their style and their words. `borrowed`: own words that are missing in this
    language, so that people read the Italian.
    """

    code: str
    language: str
    direction: str
    people: int
    lines: tuple[tuple[str, str], ...]
    buttons: tuple[str, ...]
    borrowed: bool = False


def phones(visit: Visit, view: MassView, counted: Counted) -> list[Phone]:
    """One for each language people may choose, those with most people first."""
    languages, names = visit.room.languages, tongues(visit)
    read: Counter[str] = Counter(dict.fromkeys(languages.codes, 0))
    for code, many in counted.languages.items():
        read[languages.words(code).code] += many  # who has no language yet reads the source
    found = []
    for code, many in read.items():
        words = languages.words(code)
        borrowed = view.kind is MassKind.FREE and not view.own(code)
        found.append(_phone(shown(view, code), words, names.name(code), many, borrowed=borrowed))
    return sorted(found, key=lambda one: -one.people)


def veil(visit: Visit, counted: Counted) -> Phone:
    """What those read whose phone somebody else looks at."""
    words = visit.words
    name = tongues(visit).name(words.code)
    return _phone(veiled(0, visit.room.now), words, name, counted.careful)


def _phone(said: Shown, words: Words, name: str, people: int, *, borrowed: bool = False) -> Phone:
    lines = tuple((line.style.value, words.plain(line.text)) for line in said.lines)
    labels = tuple(words.plain(label) for _way, label in said.buttons)
    return Phone(words.code, name, words.direction, people, lines, labels, borrowed)
