"""What takes somebody by the hand: procedures step by step, and papers explained spot by spot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.certainty import Status


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure. Words are in the source language; what nobody knows is empty.

    `cost`, `place` and `wait` are said of this step alone; `bring` are the papers one needs for it,
    `source` where the step comes from when it is another source than that of the whole.
    """

    title: str
    sentences: tuple[str, ...]
    place: str = ""
    cost: str = ""
    wait: str = ""
    bring: tuple[str, ...] = ()
    action: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """Something to be done at offices, one step after the other.

    `cards` are those it is opened from, the first one is what it is about. `date` is the kind of
    own date of which somebody can be reminded, `counter` what they need when they show our words at
    a counter (`flows.counter_words`); both may be empty.
    """

    id: str
    icon: str
    title: str
    italian: str
    about: tuple[str, ...]
    steps: tuple[Step, ...]
    source: str
    status: Status
    checked: date | None
    review: date
    cards: tuple[str, ...]
    date: str = ""
    counter: str = ""
    sensitive: bool = False

    @property
    def bring(self) -> tuple[str, ...]:
        """All papers one needs on the way, each once."""
        return tuple(dict.fromkeys(paper for step in self.steps for paper in step.bring))


@dataclass(frozen=True, slots=True)
class Spot:
    """One numbered place on a paper: what stands there, and what to check.

    `italian` is what is printed there on the paper, `card` the card that says more.
    """

    title: str
    italian: str
    sentences: tuple[str, ...]
    check: str
    card: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sample of a paper that people get, drawn by us, with numbered places.

    Its picture is called like its id. `cards` are those it is opened from.
    """

    id: str
    icon: str
    title: str
    italian: str
    about: tuple[str, ...]
    spots: tuple[Spot, ...]
    source: str
    status: Status
    checked: date | None
    review: date
    cards: tuple[str, ...]
