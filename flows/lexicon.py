"""The words of one language by which cards are found, and which of them somebody may have meant."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log

from flows.folding import Script, is_han, script_of, tokens
from flows.likewise import alike, grams
from flows.pinyin import pinyin_of
from flows.romanised import (
    CLEAR,
    CLEAR_BONES,
    LIKE_ENOUGH,
    consonants,
    heard_alike,
    pinyin_keys,
    skeletons,
    spelled,
    typed,
)

MOST_HEARD = 40
MOST_ALIKE = 12
"""So many of the words that look most like one are compared letter by letter."""
LEAST_SHARED = 0.34
HEARD = 0.95
"""A word that only sounds like another counts a little less."""
JOINED, HOMOPHONE = 0.97, 0.8
NAMED, TOLD = 1.0, 0.3
"""What a word of a name counts, and one that is only in the sentences."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: what it is called and what people call it, and what it says."""

    id: str
    names: tuple[str, ...]
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """A word of the lexicon that somebody may have meant: its number, and how sure that is."""

    term: int
    sure: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of every entry in one language.

    A term has a number: its place in `rarity` (how few entries hold it), `named` and `told` (which
    entries do). `phrases` are the names of each entry, as terms. `look` leads from parts of words
    to terms that have them; `sounds` from consonants in Latin letters, `pinyin` from syllables.
    """

    ids: tuple[str, ...]
    numbers: Mapping[str, int]
    terms: Mapping[str, int]
    rarity: array[float]
    named: tuple[array[int], ...]
    told: tuple[array[int], ...]
    phrases: tuple[tuple[array[int], ...], ...]
    look: Mapping[str, array[int]]
    sounds: Mapping[str, array[int]]
    pinyin: Mapping[str, array[int]]
    latin: Mapping[int, str]
    spelling: tuple[str, ...]

    def meant(
        self, words: tuple[str, ...], at: int, *, forgiving: bool = True
    ) -> tuple[Meant, ...]:
        """The terms a typed word may stand for, with how sure that is; none for a strange word.

        Not `forgiving`: only the very word, or one that sounds like it.
        """
        token = words[at]
        whole = self.terms.get("".join(words[at : at + 2])) if at + 1 < len(words) else None
        if whole is not None:  # "over time", "pay slip"
            return (Meant(whole, JOINED), *self._written(token, forgiving))
        if script_of(token[0]) is Script.LATIN and (self.sounds or self.pinyin):
            return (
                *self._written(token, forgiving),
                *self._heard(token, forgiving),
                *self._syllables(words, at),
            )
        return self._written(token, forgiving)

    def _written(self, token: str, forgiving: bool) -> tuple[Meant, ...]:
        exact = self.terms.get(token)
        found = [] if exact is None else [Meant(exact, 1.0)]
        if exact is None and len(token) == 2 and is_han(token):
            same = self.pinyin.get(pinyin_of(token), ())  # a sign that sounds the same was chosen
            return tuple(
                Meant(term, HOMOPHONE) for term in same if set(token) & set(self.spelling[term])
            )
        for term in self._near(token) if forgiving else ():
            if term != exact and (sure := alike(token, self.spelling[term])):
                found.append(Meant(term, sure))
        return tuple(found)

    def _heard(self, token: str, forgiving: bool) -> Iterator[Meant]:
        """Terms of another script that sound like a word in Latin letters."""
        if not self.sounds or len(token) < 3:
            return
        said = typed(token)
        if not forgiving and consonants(said) < CLEAR_BONES:
            return
        some = (term for bones in skeletons(said) for term in self.sounds.get(bones, ()))
        for term in islice(dict.fromkeys(some), MOST_HEARD):
            sure = heard_alike(said, self.latin[term])
            if sure >= (LIKE_ENOUGH if forgiving else CLEAR):
                yield Meant(term, sure * HEARD)

    def _syllables(self, words: tuple[str, ...], at: int) -> Iterator[Meant]:
        """Chinese terms that a word in pinyin may stand for."""
        if self.pinyin:
            for key, sure in pinyin_keys(words, at):
                yield from (Meant(term, sure) for term in self.pinyin.get(key, ()))

    def _near(self, token: str) -> Sequence[int]:
        """The terms that share most parts with a word."""
        if len(token) < 3 or is_han(token):
            return ()
        parts = grams(token)
        shared: dict[int, int] = defaultdict(int)
        for part in parts:
            for term in self.look.get(part, ()):
                shared[term] += 1
        size = len(parts)
        near = [
            (2 * count / (size + len(self.spelling[term])), term)
            for term, count in shared.items()
            if 2 * count >= LEAST_SHARED * (size + len(self.spelling[term]))
        ]
        near.sort(reverse=True)
        return [term for _, term in near[:MOST_ALIKE]]


def build(entries: Iterable[Entry], small: frozenset[str] = frozenset()) -> Lexicon:
    """The lexicon of one language. `small` are words that say nothing of what is looked for."""
    every = tuple(entries)
    gathered = _Gathered(small)
    for number, entry in enumerate(every):
        gathered.take(number, entry)
    return gathered.lexicon(tuple(entry.id for entry in every))


class _Gathered:
    """What is known of the terms while entries are read."""

    def __init__(self, small: frozenset[str]) -> None:
        self.small = small
        self.terms: dict[str, int] = {}
        self.named: list[array[int]] = []
        self.told: list[array[int]] = []
        self.phrases: list[tuple[array[int], ...]] = []

    def take(self, number: int, entry: Entry) -> None:
        phrases = {tuple(self._numbers(name)): None for name in entry.names}
        named = {term for phrase in phrases for term in phrase}
        told = {term for line in entry.told for term in self._numbers(line)}
        for term in sorted(named):
            self.named[term].append(number)
        for term in sorted(told - named):
            self.told[term].append(number)
        self.phrases.append(tuple(array("H", phrase) for phrase in phrases if phrase))

    def _numbers(self, words: str) -> Iterator[int]:
        for token in tokens(words):
            if token not in self.small:
                if token not in self.terms:
                    self.terms[token] = len(self.terms)
                    self.named.append(array("H"))
                    self.told.append(array("H"))
                yield self.terms[token]

    def lexicon(self, ids: tuple[str, ...]) -> Lexicon:
        look: dict[str, array[int]] = {}
        sounds: dict[str, array[int]] = {}
        pinyin: dict[str, array[int]] = {}
        latin: dict[int, str] = {}
        for token, term in self.terms.items():
            if is_han(token):
                _note(pinyin, (pinyin_of(token),), term)
            else:
                _note(look, grams(token), term)
                if said := spelled(token):
                    latin[term] = said
                    _note(sounds, skeletons(said), term)
        held = zip(self.named, self.told, strict=True)
        return Lexicon(
            ids=ids,
            numbers={id_: number for number, id_ in enumerate(ids)},
            terms=self.terms,
            rarity=array("f", (_rarity(len(one) + len(two), len(ids)) for one, two in held)),
            named=tuple(self.named),
            told=tuple(self.told),
            phrases=tuple(self.phrases),
            look=look,
            sounds=sounds,
            pinyin=pinyin,
            latin=latin,
            spelling=tuple(self.terms),
        )


def _note(where: dict[str, array[int]], keys: Iterable[str], term: int) -> None:
    for key in filter(None, keys):
        where.setdefault(key, array("H")).append(term)


def _rarity(holding: int, of: int) -> float:
    """How much a word tells that so many entries hold: near 1 for one alone, near 0 for all."""
    return log(1 + of / holding) / log(1 + of)
