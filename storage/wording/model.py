"""A version of words, what became of it, and what holds of a message now."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import Row

from storage.wording.marks import key_of, mark

Key: TypeAlias = tuple[str | None, str]
"""The context and the source of a message, as catalogs call it."""


class State(StrEnum):
    """How far a version has come; the word is kept, so it never changes.

    People read what is approved, and nothing else. `REVIEWED`: somebody who reads the language
    found it right. `REPLACED`: it was approved, until a newer one was. `DROPPED`: it never was, and
    a newer one was written or its author took it back.
    """

    DRAFT = "draft"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    REFUSED = "refused"
    REPLACED = "replaced"
    DROPPED = "dropped"


OPEN = (State.DRAFT, State.REVIEWED)
"""States in which somebody else has still to look."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who does something: an operator, or somebody at the terminal by the name that was given."""

    operator_id: int
    author: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words that somebody wants said. `changes`: the meaning is another one from then on, and what
    every other language says of it is stale. `shipped`: they are what the release says, read."""

    domain: str
    key: Key
    language: str
    forms: tuple[str, ...]
    why: str
    changes: bool = False
    shipped: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """Words as somebody wrote them once."""

    id: int
    key: str
    domain: str
    context: str | None
    source: str
    language: str
    forms: tuple[str, ...]
    state: State
    meaning: str
    changes: bool
    shipped: bool
    at: datetime
    who: Who
    why: str

    @property
    def message(self) -> Key:
        """Which message it is of, as catalogs call it."""
        return self.context, self.source


@dataclass(frozen=True, slots=True)
class Deed:
    """What became of a version: its state from then on, through whom, and why."""

    wording_id: int
    state: State
    at: datetime
    who: Who
    why: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a message says now: the mark every language has to fit, and the language that leads."""

    mark: str
    language: str


@dataclass(frozen=True, slots=True)
class Standing:
    """All that was approved here. `meanings` are of those messages only whose meaning changed."""

    approved: tuple[Version, ...] = ()
    meanings: Mapping[str, Meaning] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Care:
    """Who looks after a card or a number, when it was checked here, and when it must be again."""

    subject: str
    owner: int | None
    checked: date | None
    review: date | None
    at: datetime
    by: int
    why: str


def first_meaning(key: Key) -> str:
    """What a message means as long as nobody changed that: what its source says."""
    return mark([key[1]])


def changed_meaning(before: str, forms: Sequence[str]) -> str:
    """What a message means once these words took the place of what it meant before."""
    return mark([before, *forms])


def id_of(key: Key) -> str:
    """A message as one short word."""
    return key_of(*key)


def version_of(row: Row[tuple[Any, ...]]) -> Version:
    """A row as a version."""
    return Version(
        row.id,
        row.key,
        row.domain,
        row.context or None,
        row.source,
        row.language,
        tuple(json.loads(row.forms)),
        State(row.state),
        row.meaning,
        row.changes,
        row.shipped,
        row.at,
        Who(row.by, row.author),
        row.why,
    )
