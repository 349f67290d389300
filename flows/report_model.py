"""What a report is, said in small things that never change: levels, statuses, endings, its box."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

LINE_DAYS = 30
"""For so long an office may write to a chat that left it a reply line."""


class Level(IntEnum):
    """How urgent what was told is; a signal for a person to look, never a judgement."""

    INFORMATION = 0
    IRREGULAR = 1
    SERIOUS = 2
    DANGER = 3


class Status(StrEnum):
    """Where a report stands, as the person who sent it is told."""

    RECEIVED = "received"
    READ = "read"
    WORK = "work"
    WAITING = "waiting"
    PASSED = "passed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Ending(StrEnum):
    """How the person is answered: by the code, also in the chat for 30 days, or not at all."""

    CODE = "code"
    LINE = "line"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Box:
    """A place where a report is put together: a random id and the key of all that is in it.

    Both are hexadecimal (16 and 32 bytes). Whoever has the key can read what is in the box, so it
    lives in a session that is sealed under keys that are never on a disk, and nowhere else.
    """

    id: str
    key: str

    def __repr__(self) -> str:
        return "Box(…)"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that is in the box, sealed: what it is, and nothing of what it was called."""

    id: str
    kind: str  # photo, voice, document
    size_bytes: int
    original: bool = False
    shifted: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Something said between the person and the office, later than the report itself.

    `canned` names one of `flows.replies`; then `text` is empty, and the person reads it in their
    own language.
    """

    by_office: bool
    text: str = ""
    canned: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A report as the person who has its code sees it."""

    box: Box
    status: Status
    reason: str = ""
    words: tuple[Words, ...] = ()
    unread: int = 0
    line: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """Who reads reports: an organisation, and what its staff must do with what they read.

    `duty`: they may be obliged to tell a judge of a crime. `hours` is when somebody reads, in the
    office's own words, or empty.
    """

    key: str
    name: str
    duty: bool
    province: str = ""
    hours: str = ""
