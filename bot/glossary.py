"""Sees that translations use the words of the glossary, wherever the source means one of them.

A term counts as used when the beginnings of its words stand in the translation: words are bent in
most languages, and no list of endings would be complete. The Italian term is as good, because
people meet it on paper.
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.roster import LanguagesError

TERMS = "glossary.csv"
ALLOWED = "glossary.toml"
ENGLISH, ITALIAN = "en", "it"

_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_OR = re.compile(r"\s*[/,]\s*")
_KEPT = 0.7
"""So much of the beginning of a word has to be found again."""
_SHORT = 3


@dataclass(frozen=True)
class Term:
    """One row: a key, and what the thing is called in each language."""

    key: str
    cells: Mapping[str, str]

    @cached_property
    def _source(self) -> re.Pattern[str]:
        names = sorted(_names(self.cells[ENGLISH]), key=len, reverse=True)
        either = "|".join(map(re.escape, names))
        return re.compile(rf"(?<!\w)(?:{either})(?:s|es)?(?!\w)", re.IGNORECASE)

    def is_meant(self, source: str) -> bool:
        """Whether an English sentence speaks of it."""
        return self._source.search(source) is not None

    def is_used(self, language: str, words: str, also: Sequence[str] = ()) -> bool:
        """Whether a translation calls it by one of its names, in the language or in Italian."""
        said = _bare(words)
        names = (*_names(self.cells[language]), *_names(self.cells[ITALIAN]), *also)
        return any(_stands_in(_bare(name), said) for name in names)


@dataclass(frozen=True, slots=True)
class Missed:
    """A sentence that speaks of a term, and a translation that calls it something else."""

    key: str
    source: str
    words: str


@dataclass(frozen=True, slots=True)
class Use:
    """How the terms are used in one language."""

    meant: int
    missed: tuple[Missed, ...]

    @property
    def share(self) -> float:
        """How much of what should be used is, 0 to 1."""
        return 1 - len(self.missed) / self.meant if self.meant else 1.0


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms; `loose` have English names that mean other things too; `allowed` are sentences
    that speak of something else, by term, each with its reason. `also` are forms that begin
    otherwise than the term does, by language and term."""

    terms: tuple[Term, ...]
    loose: frozenset[str]
    allowed: Mapping[str, Mapping[str, str]]
    also: Mapping[str, Mapping[str, Sequence[str]]]

    def use(self, language: str, said: Mapping[str, str]) -> Use:
        """How a language uses the binding terms; `said` are its translations by their source."""
        meant, missed = 0, []
        also = self.also.get(language, {})
        for source, words in said.items():
            for term in self._meant(source):
                meant += 1
                if not term.is_used(language, words, also.get(term.key, ())):
                    missed.append(Missed(term.key, source, words))
        return Use(meant, tuple(missed))

    def _meant(self, source: str) -> Iterator[Term]:
        for term in self.terms:
            is_allowed = source in self.allowed.get(term.key, {})
            if term.key not in self.loose and not is_allowed and term.is_meant(source):
                yield term


def read_glossary(folder: Path) -> Glossary:
    """Read the terms and what is allowed, in a folder of locales.

    Raises:
        LanguagesError: a file is missing or wrong, or allows what is not there.
    """
    try:
        with (folder / TERMS).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        rules = tomllib.loads((folder / ALLOWED).read_text(encoding="utf-8"))
        terms = tuple(Term(row.pop("key"), row) for row in rows)
        keys = [term.key for term in terms]
        loose, allowed = frozenset(rules.pop("loose")), rules.pop("allowed")
        also = rules.pop("also")
    except (OSError, KeyError, csv.Error, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguagesError(f"{folder / TERMS}, {ALLOWED}: cannot be read: {error}.") from error
    said = {key for forms in also.values() for key in forms}
    unknown = sorted({*loose, *allowed, *said, *rules} - set(keys))
    if unknown:
        raise LanguagesError(f"{folder / ALLOWED}: no term is called {', '.join(unknown)}.")
    return Glossary(terms, loose, allowed, also)


def _names(cell: str) -> Sequence[str]:
    """What a cell allows: its alternatives, and what stands in brackets."""
    inside = _BRACKETS.findall(cell)
    found = [name for part in (_BRACKETS.sub("", cell), *inside) for name in _OR.split(part)]
    return [name.strip() for name in found if name.strip(" ?…")]


def _bare(words: str) -> str:
    """Without case, accents and vowel signs that are left out as often as not."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Mn")


def _stands_in(name: str, said: str) -> bool:
    """Whether the beginning of every word of a name is found in a sentence."""
    return all(_beginning(word) in said for word in name.split())


def _beginning(word: str) -> str:
    return word if len(word) <= _SHORT else word[: max(_SHORT, int(len(word) * _KEPT))]
