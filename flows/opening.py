"""What a flow is given when it opens: everything it may know."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from flows.facts import Number
from flows.index import NOTHING, Index
from flows.library import Library
from flows.model import House, Person


@dataclass(frozen=True, slots=True)
class Opening:
    """The person, the house, the cards, the day the flow began, and where in the flow to begin.

    `index` is what can be found by typing words, in the person's language.
    """

    person: Person
    house: House
    library: Library
    numbers: tuple[Number, ...]
    today: date
    at: str = ""
    paused: bool = field(default=False)
    index: Index = field(default=NOTHING, repr=False, compare=False)
