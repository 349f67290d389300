"""The telephone lines that answer, and which of them a person should see first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flows.library import Status

ANY_OTHER = "other"
ALWAYS = "Day and night, every day"
"""What the content says of a line that is answered at any time."""


@dataclass(frozen=True, slots=True)
class Number:
    """One line. `name`, `purpose`, `hours` and `second_way` are in the source language.

    `italian` is its official name, the same in every language. `free`: known to cost nothing.
    `hours` is empty when they are not known. `languages` are those its source lists; an empty
    tuple says that the source lists none, not that nobody speaks any. `first` and `second` are
    the languages whose speakers should see it first or second; "other" stands for the rest.
    `second_phone` reaches the same desk, in the way `second_way` says ("WhatsApp").
    """

    id: str
    order: int
    icon: str
    name: str
    italian: str
    phone: str
    purpose: str
    free: bool
    hours: str
    languages: tuple[str, ...]
    source: str
    status: Status
    checked: date | None
    review: date
    danger: bool = False
    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    second_phone: str = ""
    second_way: str = ""

    @property
    def always(self) -> bool:
        """Whether it is answered now, whatever the hour."""
        return self.danger or self.hours == ALWAYS

    def answers(self, language: str) -> bool:
        """Whether its source lists the language."""
        return _spoken(language, self.languages)


def lines_for(language: str, numbers: Iterable[Number]) -> tuple[Number, ...]:
    """Every number: danger first, then those that understand the language best, then the rest."""
    known = tuple(numbers)
    named = any(_spoken(language, one.first + one.second) for one in known)
    wanted = language if named else ANY_OTHER

    def place(number: Number) -> tuple[bool, int, int]:
        firsts = (_spoken(wanted, number.first), _spoken(wanted, number.second), True)
        return (not number.danger, firsts.index(True), number.order)

    return tuple(sorted(known, key=place))


def _spoken(language: str, languages: tuple[str, ...]) -> bool:
    return language in languages or language.split("-")[0] in languages
