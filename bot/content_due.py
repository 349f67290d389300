"""Says which cards, numbers and procedures somebody must look at again, and by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.content import NUMBERS_FOLDER, file_of
from bot.guides import PAPERS_FOLDER, PROCEDURES_FOLDER
from flows.facts import Number
from flows.library import Library, Status

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to check again: where it is written, what it is called, its day."""

    file: str
    title: str
    review: date


@dataclass(frozen=True, slots=True)
class Due:
    """What waits for a check, each thing once, the oldest first."""

    overdue: tuple[Check, ...]
    soon: tuple[Check, ...]
    unverified: tuple[Check, ...]

    def lines(self) -> tuple[str, ...]:
        """The list as the coordinator reads it."""
        groups = (
            ("Overdue", self.overdue),
            (f"Due within {SOON.days} days", self.soon),
            ("Never checked against a source", self.unverified),
        )
        return tuple(
            line
            for name, checks in groups
            for line in (f"{name}: {len(checks)}", *(_line(check) for check in checks))
        )


def due_cards(library: Library, today: date) -> Due:
    """The cards that wait for a check on that day."""
    return _due(
        (
            (card.status, Check(file_of(card), card.title, card.review))
            for card in library.cards.values()
        ),
        today,
    )


def due_guides(library: Library, today: date) -> Due:
    """The procedures and the explained papers that wait for a check on that day."""
    folders = (
        (PROCEDURES_FOLDER, library.procedures.values()),
        (PAPERS_FOLDER, library.papers.values()),
    )
    return _due(
        (
            (one.status, Check(f"{folder}/{one.id}.md", one.title, one.review))
            for folder, guides in folders
            for one in guides
        ),
        today,
    )


def due_numbers(numbers: Iterable[Number], today: date) -> Due:
    """The telephone numbers that wait for a check on that day."""
    return _due(
        (
            (one.status, Check(f"{NUMBERS_FOLDER}/{one.id}.md", one.name, one.review))
            for one in numbers
        ),
        today,
    )


def _due(found: Iterable[tuple[Status, Check]], today: date) -> Due:
    overdue, soon, unverified = [], [], []
    for status, check in sorted(found, key=lambda pair: (pair[1].review, pair[1].file)):
        if check.review < today:
            overdue.append(check)
        elif check.review <= today + SOON:
            soon.append(check)
        elif status is Status.UNVERIFIED:
            unverified.append(check)
    return Due(tuple(overdue), tuple(soon), tuple(unverified))


def _line(check: Check) -> str:
    return f"  {check.review}  {check.file}  {check.title}"
