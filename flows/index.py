"""What can be found by typing words: ranked by how much of them it answers, or honestly nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flows.folding import asked
from flows.lexicon import NAMED, TOLD, Entry, Lexicon, build
from flows.text import Text

__all__ = ["NOTHING", "Entry", "Hit", "Index", "Lexicon", "Place", "build"]

CARDS = 3
ENOUGH = 0.3
"""A smaller score is a likeness by chance: nothing was found."""
STRANGE = 0.8
"""What a word counts that no lexicon knows: it was asked for, and nothing answers it."""
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
        words = tuple(token for token in asked(query) if token not in self.small)
        if not words:
            return ()
        found = self._among(words, self.own)
        if not found:
            found = self._among(words, (code for code in self.lexicons if code not in self.own))
        hits = [Hit(id_, score) for id_, score in found if id_ in self.places]
        cards = [hit for hit in hits if self.places[hit.id].card]
        others = [hit for hit in hits if not self.places[hit.id].card]
        return (*cards[:most], *others[:1])

    def greets(self, query: str) -> bool:
        """Whether somebody only says hello, or thanks."""
        words = asked(query)
        return bool(words) and all(word in self.hellos for word in words)

    def _among(self, words: tuple[str, ...], codes: Iterable[str]) -> list[tuple[str, float]]:
        looks = [_Look(self.lexicons[code], words) for code in codes if code in self.lexicons]
        asked_for = [
            max((look.heaviest[at] for look in looks), default=0.0) or STRANGE
            for at in range(len(words))
        ]
        gains: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(words))
        for look in looks:
            for id_, at, gain in look.gains():
                mine = gains[id_]
                mine[at] = max(mine[at], gain)
        whole = sum(asked_for)
        scored = {id_: sum(gain) / whole for id_, gain in gains.items()}
        best = sorted(scored, key=lambda id_: (-scored[id_], id_))[:LOOKED_AT]
        ranked = [
            (id_, (scored[id_] + max(look.phrase(id_, whole) for look in looks)) / 2)
            for id_ in best
        ]
        enough = [(id_, score) for id_, score in ranked if score >= ENOUGH]
        return sorted(enough, key=lambda one: (-one[1], one[0]))


class _Look:
    """One look into one lexicon: which of its terms each word may mean."""

    def __init__(self, lexicon: Lexicon, words: tuple[str, ...]) -> None:
        self.lexicon = lexicon
        self.meant = [lexicon.meant(word) for word in words]
        self.heaviest = [
            max((one.sure * lexicon.rarity[one.term] for one in some), default=0.0)
            for some in self.meant
        ]

    def gains(self) -> Iterator[tuple[str, int, float]]:
        """What each word tells for each entry: its id, the place of the word, how much."""
        lexicon = self.lexicon
        for at, some in enumerate(self.meant):
            for one in some:
                told = one.sure * lexicon.rarity[one.term]
                for number in lexicon.named[one.term]:
                    yield lexicon.ids[number], at, told * NAMED
                for number in lexicon.told[one.term]:
                    yield lexicon.ids[number], at, told * TOLD

    def phrase(self, id_: str, whole: float) -> float:
        """How well the words are one of the names of an entry: all of it, and nothing else."""
        lexicon = self.lexicon
        if id_ not in lexicon.numbers:
            return 0.0
        sure: dict[int, float] = {}
        for some in self.meant:
            for one in some:
                sure[one.term] = max(sure.get(one.term, 0.0), one.sure)
        best = 0.0
        for terms in lexicon.phrases[lexicon.numbers[id_]]:
            held = sum(lexicon.rarity[term] for term in terms)
            met = sum(sure[term] * lexicon.rarity[term] for term in terms if term in sure)
            best = max(best, 2 * met / (held + whole))
        return min(best, 1.0)


NOTHING = Index()
"""An index in which nothing is found."""
