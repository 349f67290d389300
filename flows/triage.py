"""The rule behind "Is my work OK?": from twelve answers to how urgent it is, and why.

It is a signal for a person to look, never a judgement, and it is made to be explained: the level
always comes with the numbers of the questions that made it. Signs of the International Labour
Organization's list and of art. 603-bis c.p.; it prefers a false alarm to a missed case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flows.report_model import Level

QUESTIONS = range(1, 13)
NOW = 1
STRONG = frozenset({2, 3, 4, 5, 12})
INDICES = frozenset({7, 8, 9})
TOGETHER = frozenset({3, 4})
NEED_OR_LIE = frozenset({6, 10})
IRREGULAR = frozenset({6, 7, 8, 9, 10, 11})
WEIGHTY = range(1, 5)
MANY_SKIPPED = 4


class Given(StrEnum):
    """What was answered to a question."""

    YES = "yes"
    NO = "no"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Finding:
    """The level, the questions that made it, all that had a yes, and whether much was skipped."""

    level: Level
    reasons: tuple[int, ...]
    yes: tuple[int, ...]
    unsure: bool


def find_level(answers: Mapping[int, Given]) -> Finding:
    """Weigh the answers; a question without one counts as skipped, and skipped as no."""
    yes = frozenset(number for number in QUESTIONS if answers.get(number) is Given.YES)
    skipped = [number for number in QUESTIONS if answers.get(number, Given.SKIP) is Given.SKIP]
    unsure = len(skipped) >= MANY_SKIPPED or any(number in WEIGHTY for number in skipped)
    level = _level(yes)
    reasons = tuple(sorted(_reasons(level, yes)))
    return Finding(level, reasons, tuple(sorted(yes)), unsure)


def _level(yes: frozenset[int]) -> Level:
    indices = yes & INDICES
    if NOW in yes or yes >= TOGETHER:
        return Level.DANGER
    if yes & STRONG or len(indices) >= 2 or (indices and yes & NEED_OR_LIE):
        return Level.SERIOUS
    return Level.IRREGULAR if yes & IRREGULAR else Level.INFORMATION


def _reasons(level: Level, yes: frozenset[int]) -> frozenset[int]:
    """The answers that count at this level; a missing contract is no sign of exploitation."""
    if level is Level.DANGER:
        return yes & {NOW} | (TOGETHER if yes >= TOGETHER else frozenset())
    if level is Level.SERIOUS:
        beside = NEED_OR_LIE if yes & INDICES else frozenset()
        return yes & (STRONG | INDICES | beside)
    return yes
