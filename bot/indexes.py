"""What can be found by typing words, by language: made from the cards when it is first needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.languages import Languages
from bot.roster import SOURCE
from bot.search_words import NO_WORDS, SearchWords, read_search_words
from flows.index import NOTHING, Entry, Index, Lexicon, Place, build
from flows.library import Card, Library
from flows.text import Text, _, titled

ITALIAN = "it"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be found: where it is, what it is called, and what it says."""

    place: Place
    names: tuple[Text, ...]
    told: tuple[Text, ...] = ()
    italian: str = ""


def _door(name: str, label: Text) -> Thing:
    return Thing(Place(f"door.{name}", label, name, card=False), (label,))


DOORS = (
    _door("talk", _("🤝 Talk to someone")),
    _door("wrong", _("⚠️ Something is wrong at work")),
    _door("courses", _("📚 Courses and appointments")),
    _door("appointment", _("📅 Book an appointment")),
    _door("dates", _("🪪 Dates of my papers")),
    _door("services", _("📍 Who helps near me")),
    _door("language", _("🌐 Language")),
    _door("privacy", _("🔐 Privacy")),
    _door("help", _("🆘 Numbers to call")),
)
"""What is no card and is looked for all the same; people's words for it are `door.<flow>`."""


def things_of(library: Library) -> Iterator[Thing]:
    """Every card, as something to be found."""
    for card in library.cards.values():
        yield _card(library, card)


def _card(library: Library, card: Card) -> Thing:
    place = Place(card.id, titled(card.icon, card.title), "orientation", card.id)
    area = library.find_area(card.area)
    told = [*card.sentences, card.action, *([area.title] if area else [])]
    return Thing(place, (_(card.title),), tuple(map(_, told)), card.italian)


class Lexicons(Mapping[str, Lexicon]):
    """The lexicon of every language, each made when it is first looked into."""

    def __init__(
        self, languages: Languages, things: Sequence[Thing], searched: SearchWords
    ) -> None:
        self._languages = languages
        self._things = things
        self._searched = searched
        self._codes = tuple(language.code for language in languages.all)
        self._made: dict[str, Lexicon] = {}

    def __getitem__(self, code: str) -> Lexicon:
        if code not in self._codes:
            raise KeyError(code)
        if code not in self._made:
            # Two threads may make it at once: both make the same.
            small = self._searched.small.get(code, frozenset())
            self._made[code] = build((self._entry(one, code) for one in self._things), small)
        return self._made[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def _entry(self, thing: Thing, code: str) -> Entry:
        words = self._languages.words(code)
        names = [words.plain(name) for name in thing.names if words.has(name)]
        told = [words.plain(line) for line in thing.told if words.has(line)]
        if code == ITALIAN and thing.italian:
            names.append(thing.italian)
        names += self._searched.of(code, thing.place.id)
        return Entry(thing.place.id, tuple(names), tuple(told))


class Indexes:
    """The index of each language, made when it is first needed, and anew when the words change."""

    def __init__(
        self,
        languages: Languages | None = None,
        things: Sequence[Thing] = (),
        searched: SearchWords = NO_WORDS,
    ) -> None:
        self._languages = languages
        self._things = things
        self._searched = searched
        self._places = {thing.place.id: thing.place for thing in things}
        self._made: tuple[int, Lexicons | None, dict[str, Index]] = (-1, None, {})

    def of(self, code: str | None) -> Index:
        """The index of somebody who reads a language."""
        if self._languages is None:
            return NOTHING
        edition, lexicons, made = self._made
        if lexicons is None or edition != self._languages.edition:
            edition, made = self._languages.edition, {}
            lexicons = Lexicons(self._languages, self._things, self._searched)
            self._made = edition, lexicons, made
        code = code or SOURCE
        if code not in made:
            own = tuple(dict.fromkeys((code, ITALIAN, SOURCE)))
            small = [self._searched.small.get(one, frozenset()) for one in own]
            made[code] = Index(
                *(own, lexicons, self._places, self._searched.hellos, frozenset().union(*small))
            )
        return made[code]


def load_indexes(
    languages: Languages, library: Library, folder: Path, more: Sequence[Thing] = ()
) -> Indexes:
    """The indexes, with what people call things as the folder of search words says.

    Raises:
        ContentError: a file of search words is wrong; the message names the place.
    """
    things = (*things_of(library), *DOORS, *more)
    codes = [language.code for language in languages.all]
    searched = read_search_words(folder, [thing.place.id for thing in things], codes)
    return Indexes(languages, things, searched)
