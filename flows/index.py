"""What can be found by typing words: ranked by how much of them it answers, or honestly nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from flows.folding import asked, is_han
from flows.lexicon import NAMED, TOLD, Entry, Lexicon, Meant, build
from flows.text import Text

__all__ = ["NOTHING", "Entry", "Hit", "Index", "Lexicon", "Place", "build"]

CARDS = 3
ENOUGH = 0.22
"""A smaller score is a likeness by chance: nothing was found."""
ENOUGH_ELSEWHERE = 0.5
"""The same in languages that the person has not chosen; no slips are forgiven there."""
FAR_BEHIND = 0.4
"""What has less than this part of the best score is no answer beside it."""
STRANGE = 1.0
"""What a word counts that no lexicon knows: it was asked for, and nothing answers it."""
BY_CHANCE = 0.1
SIGN = 0.3
"""One Chinese sign alone is a part of many words."""
LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where something that was found is: what its button says, and the flow it opens.

    Cards come first, three of them; of what is no card (a door, a procedure) one more is offered.
    """

    id: str
    label: Text
    then: str
    at: str = ""
    card: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found, and how well it answers: from 0 to 1."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that can be found by somebody who reads one language.

    `own` are the languages looked through first: theirs, Italian, English. `lexicons` has every
    language; where nothing is found in their own, the others are asked. `places` is where each
    thing is, under its id. `hellos` are words that greet and ask for nothing; `small` say nothing
    of what is looked for.
    """

    own: tuple[str, ...] = ()
    lexicons: Mapping[str, Lexicon] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    hellos: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()

    def find(self, query: str, most: int = CARDS) -> tuple[Hit, ...]:
        """The best cards, the best one first, and then at most one thing that is no card."""
        typed = asked(query)
        words = tuple(token for token in typed if token not in self.small) or typed
        if not words:
            return ()
        own = [self.lexicons[code] for code in self.own if code in self.lexicons]
        found = _ranked([_Look(lexicon, words) for lexicon in own], words, ENOUGH)
        if not found:
            foreign = [self.lexicons[code] for code in self.lexicons if code not in self.own]
            looks = [_Look(lexicon, words, forgiving=False) for lexicon in foreign]
            found = _ranked(looks, words, ENOUGH_ELSEWHERE)
        hits = [Hit(id_, score) for id_, score in found if id_ in self.places]
        cards = [hit for hit in hits if self.places[hit.id].card]
        others = [hit for hit in hits if not self.places[hit.id].card]
        return (*cards[:most], *others[:1])

    def greets(self, query: str) -> bool:
        """Whether somebody only says hello, or thanks."""
        words = asked(query)
        return bool(words) and all(word in self.hellos for word in words)


def _ranked(
    looks: Sequence[_Look], words: tuple[str, ...], enough: float
) -> list[tuple[str, float]]:
    """The ids that answer the words, the best first, with how much of them they answer."""
    weights = _weights(looks, words)
    gains: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(words))
    for look in looks:
        for id_, at, gain in look.gains(weights):
            mine = gains[id_]
            mine[at] = max(mine[at], gain)
    whole = sum(weights)
    answered = {id_: sum(gain) / whole for id_, gain in gains.items()}
    best = sorted(answered, key=lambda id_: (-answered[id_], id_))[:LOOKED_AT]
    scored = {
        id_: (answered[id_] + max(look.phrase(id_, weights) for look in looks)) / 2 for id_ in best
    }
    least = max(enough, FAR_BEHIND * max(scored.values(), default=0.0))
    found = [(id_, score) for id_, score in scored.items() if score >= least]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def _weights(looks: Sequence[_Look], words: tuple[str, ...]) -> list[float]:
    """How much each word asks for: as much as it is rare, where a lexicon has the very word.

    Words that nobody knows were asked for too; but a long sentence has many of them. Two Chinese
    signs that stand side by side by chance are hardly a word.
    """
    known = [_known(looks, at) for at in range(len(words))]
    strange = sum(not weight for weight in known)
    unknown = [BY_CHANCE if is_han(word) else STRANGE / sqrt(strange or 1) for word in words]
    return [
        (weight or other) * (SIGN if is_han(word) and len(word) == 1 else 1)
        for word, weight, other in zip(words, known, unknown, strict=True)
    ]


def _known(looks: Sequence[_Look], at: int) -> float:
    exact = [look.exact[at] for look in looks if look.exact[at]]
    return min(exact) if exact else max((look.likely[at] for look in looks), default=0.0)


class _Look:
    """One look into one lexicon: which of its terms each word may mean.

    `exact`: how rare each word is, where the lexicon has it; `likely`: how rare what it may mean.
    """

    def __init__(self, lexicon: Lexicon, words: tuple[str, ...], *, forgiving: bool = True) -> None:
        self.lexicon = lexicon
        self.meant = [lexicon.meant(words, at, forgiving=forgiving) for at in range(len(words))]
        rarity = lexicon.rarity
        self.exact = [
            max((rarity[one.term] for one in some if one.sure == 1), default=0.0)
            for some in self.meant
        ]
        self.likely = [
            max((_likely(one.sure, rarity[one.term]) for one in some), default=0.0)
            for some in self.meant
        ]

    def _gain(self, one: Meant, weight: float) -> float:
        return one.sure**2 * min(weight, self.lexicon.rarity[one.term])

    def gains(self, weights: Sequence[float]) -> Iterator[tuple[str, int, float]]:
        """What each word tells for each entry: its id, the place of the word, how much."""
        lexicon = self.lexicon
        for at, some in enumerate(self.meant):
            for one in some:
                told = self._gain(one, weights[at])
                for number in lexicon.named[one.term]:
                    yield lexicon.ids[number], at, told * NAMED
                for number in lexicon.told[one.term]:
                    yield lexicon.ids[number], at, told * TOLD

    def phrase(self, id_: str, weights: Sequence[float]) -> float:
        """How well the words are one of the names of an entry: all of it, and nothing else."""
        lexicon, whole = self.lexicon, sum(weights)
        met: dict[int, float] = {}
        for at, some in enumerate(self.meant):
            for one in some:
                met[one.term] = max(met.get(one.term, 0.0), self._gain(one, weights[at]))
        best = 0.0
        for terms in lexicon.phrases[lexicon.numbers[id_]]:
            held = sum(lexicon.rarity[term] for term in terms)
            best = max(best, 2 * sum(met.get(term, 0.0) for term in terms) / (held + whole))
        return min(best, 1.0)


def _likely(sure: float, rarity: float) -> float:
    """How much a word asks for that may be meant: the less sure it is, the more it is strange."""
    return sure * rarity + (1 - sure) * STRANGE


NOTHING = Index()
"""An index in which nothing is found."""
