"""What the storage keeps of a case, as values nobody can change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from flows.case_model import (
    ActionState,
    Bed,
    EndReason,
    Flag,
    How,
    Lane,
    Outcome,
    Purpose,
    Result,
    Said,
    Service,
    Source,
    Stage,
)

if TYPE_CHECKING:  # it keeps its words as everything of a case does, and needs `packed`
    from storage.appointments.model import Appointment


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact sheet as it stands in a list: what is counted, and none of its words.

    `owner` is the operator who follows it; `version` grows with every change of the sheet.
    """

    id: int
    number: str
    designation: str
    person_id: int | None = field(repr=False)
    office: str
    desk: str
    territory: str
    owner: int | None
    created_by: int
    opened: date
    source: Source
    stage: Stage
    language: str
    need: str
    sector: str
    gender: str
    age: str
    level: int | None
    result: Result
    irregular: bool
    housing_tied: bool
    bed: Bed
    touched: datetime
    version: int
    sample: bool

    @property
    def has_chat(self) -> bool:
        """Whether the person can be written to in the chat."""
        return self.person_id is not None


@dataclass(frozen=True, slots=True)
class Clash:
    """What a colleague wrote into a field that was changed meanwhile; kept until one decides."""

    value: Any = field(repr=False)
    operator_id: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The fields of D1 by their keys (`flows.case_fields`), and what was written at the same time.

    Whoever saves a field that has a clash, having seen it, decides it.
    """

    values: Mapping[str, Any] = field(repr=False)
    clashes: Mapping[str, tuple[Clash, ...]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Charge:
    """The taking in charge: since when, until when, and what was agreed."""

    taken: date
    taken_by: int
    review: date | None
    concluded: date | None
    reason: EndReason | None
    goals: str = field(default="", repr=False)
    rules: str = field(default="", repr=False)
    risk: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Step:
    """A change of stage, or of the bed (`bed`): who (0: the person), when and why."""

    id: int
    before: Stage
    after: Stage
    at: datetime
    operator_id: int
    why: str = field(repr=False)
    bed: Bed | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person agreed to, or not, for which organisation. It holds until it is revoked."""

    id: int
    purpose: Purpose
    office: str
    given: bool
    how: How
    at: datetime
    operator_id: int
    revoked: datetime | None

    @property
    def holds(self) -> bool:
        """Whether the person agrees today."""
        return self.given and self.revoked is None


@dataclass(frozen=True, slots=True)
class Action:
    """A step of the plan. `provider` is the key of an office; `done` the day of delivery."""

    id: int
    lane: Lane
    service: Service
    provider: str
    due: date | None
    state: ActionState
    said: Said
    to_employer: bool
    minutes: int | None
    done: date | None
    language: str
    in_group: bool
    created: date
    created_by: int
    what: str = field(default="", repr=False)
    support: str = field(default="", repr=False)
    sign: str = field(default="", repr=False)
    """How it is known that it is done."""


@dataclass(frozen=True, slots=True)
class Came:
    """An outcome: what came of it, and when."""

    id: int
    code: Outcome
    day: date
    operator_id: int
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flag; it stands from `since` to `until`, or until it was ended."""

    id: int
    kind: Flag
    since: date
    until: date
    ended: date | None
    operator_id: int
    words: str = field(repr=False)

    def stands(self, today: date) -> bool:
        """Whether it is to be minded today."""
        return self.ended is None and self.since <= today <= self.until


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do by a day."""

    id: int
    contact_id: int
    due: date
    owner: int | None
    done: datetime | None
    created_by: int
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class File:
    """A case as it was opened for somebody. `partial`: only what the person agreed to show."""

    contact: Contact
    sheet: Sheet
    charge: Charge | None
    steps: tuple[Step, ...] = ()
    choices: tuple[Choice, ...] = ()
    actions: tuple[Action, ...] = ()
    outcomes: tuple[Came, ...] = ()
    flags: tuple[Flagged, ...] = ()
    tasks: tuple[Task, ...] = ()
    handoff_id: int | None = None
    partial: bool = False
    appointments: tuple[Appointment, ...] = ()


def packed(**words: Any) -> bytes:
    """Words as the bytes that are sealed; empty ones are left out."""
    kept = {key: value for key, value in words.items() if value}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(plain: bytes) -> dict[str, Any]:
    """What `packed` made bytes of."""
    found: dict[str, Any] = json.loads(plain)
    return found
