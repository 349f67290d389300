"""What a thief does with a copy: recover the order in which rows came, and link them to people."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


def rank_correlation(true: Sequence[object], found: Sequence[object]) -> float:
    """How much of a true order is in a found one: 1 all of it, 0 nothing; by Spearman."""
    place = {one: at for at, one in enumerate(found)}
    n = len(true)
    far = sum((at - place[one]) ** 2 for at, one in enumerate(true))
    return 1 - 6 * far / (n * (n * n - 1))


def by_chance(n: int) -> float:
    """What the correlation of two orders of chance does not exceed, but once in two million."""
    return float(5 / (n - 1) ** 0.5)


@dataclass(frozen=True, slots=True)
class Linked:
    """How well reports were linked to people by time alone."""

    right: int  # links that are true, when the thief guesses one of the suspects
    expected: float  # how many would be by guessing alone
    unique: int  # reports with one suspect
    suspects: float  # the median of how many there are

    @property
    def is_chance(self) -> bool:
        """Not better than guessing, within five deviations."""
        return self.right <= self.expected + 5 * max(1.0, self.expected) ** 0.5


def link_by_time(
    reports: Sequence[tuple[int, datetime]],
    activity: Mapping[int, Sequence[datetime]],
    window: Callable[[datetime], tuple[datetime, datetime]],
    seed: int,
) -> Linked:
    """Link each report to somebody who was active in its window.

    The thief here knows more than any copy of Antenna tells: every moment at which anybody wrote.
    """
    dice, right, expected, counts = random.Random(seed), 0, 0.0, []
    for person, kept in reports:
        begin, end = window(kept)
        suspects = [
            one for one, moments in activity.items() if any(begin <= at < end for at in moments)
        ]
        counts.append(len(suspects))
        expected += 1 / len(suspects)
        right += dice.choice(suspects) == person
    counts.sort()
    unique = sum(one == 1 for one in counts)
    return Linked(right, expected, unique, counts[len(counts) // 2])


def week(kept: datetime) -> tuple[datetime, datetime]:
    """All that a Monday tells."""
    return kept, kept + timedelta(days=7)


def second(kept: datetime) -> tuple[datetime, datetime]:
    """What a time to the second would tell."""
    return kept, kept + timedelta(seconds=1)


def link_by_neighbour(
    reports: Sequence[tuple[int, int]], people: Sequence[tuple[int, int]], seed: int
) -> int:
    """Link each report to the person whose row was written nearest to it; how many are right.

    Both are (whose, number of the transaction). Among equals one is chosen.
    """
    dice, right = random.Random(seed), 0
    for person, written in reports:
        nearest = min(abs(number - written) for _, number in people)
        suspects = [one for one, number in people if abs(number - written) == nearest]
        right += dice.choice(suspects) == person
    return right
