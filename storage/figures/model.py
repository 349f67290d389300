"""What a figure is made of, and how its breakdowns hide what is small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from storage.figures.words import VERSION, Definition

FEWEST = 5
"""A cell of a breakdown below this is not shown by itself."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months, the first and the last day included."""

    first: date
    last: date

    @classmethod
    def of_months(cls, first: date, last: date) -> Period:
        """From the month of one day to the month of another."""
        after = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
        return cls(first.replace(day=1), after - timedelta(days=1))

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """Its beginning and its end."""
        return (
            datetime.combine(self.first, time(), UTC),
            datetime.combine(self.last + timedelta(days=1), time(), UTC),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a breakdown: how many, and the sum of minutes where there is one."""

    name: str
    count: int
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A count by something. `folded` are cells that are not shown by themselves, put together."""

    title: str
    rows: tuple[Row, ...]
    folded: Row | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `part` of `whole` is the ratio of its definition; `count` None: no data yet."""

    definition: Definition
    count: int | None = None
    part: int | None = None
    whole: int | None = None
    breakdowns: tuple[Breakdown, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one PUA (a territory) in a period. `made_up`: the sample is in them."""

    territory: str
    period: Period
    made_up: bool
    figures: tuple[Figure, ...]
    version: str = VERSION


def fold(
    title: str, counts: Mapping[str, int], minutes: Mapping[str, int] | None = None
) -> Breakdown | None:
    """A breakdown in which no small cell can be read, nor found as what is left of the whole.

    Cells below `FEWEST` are put together; where that is one cell only, or still too little, the
    smallest of the others joins them. None where nothing could be shown.
    """
    cells = sorted(counts.items(), key=lambda cell: (-cell[1], cell[0]))
    shown = [cell for cell in cells if cell[1] >= FEWEST]
    hidden = [cell for cell in cells if cell[1] < FEWEST]
    while hidden and shown and (len(hidden) < 2 or sum(count for _n, count in hidden) < FEWEST):
        hidden.append(shown.pop())
    if hidden and not shown:
        return None

    def row(name: str, count: int, names: Iterable[str]) -> Row:
        return Row(name, count, None if minutes is None else sum(minutes[one] for one in names))

    folded = None
    if hidden:
        together = sum(count for _name, count in hidden)
        folded = row("others together", together, [name for name, _count in hidden])
    return Breakdown(title, tuple(row(name, count, [name]) for name, count in shown), folded)
