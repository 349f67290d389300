"""Who the conversations are about, as small things that never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.handoff_model import Helper
from flows.report_model import Office


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes to Antenna. No name, no account: those stay in the storage's vault."""

    id: int
    language: str | None = None
    careful: bool = False
    desk: str | None = None
    welcomed: bool = False
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language as it calls itself, and how it asks to be chosen."""

    code: str
    name: str
    greeting: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language that some pages can be heard in, and the one its speakers read here."""

    code: str
    name: str
    reads: str


@dataclass(frozen=True, slots=True)
class House:
    """What is true of this deployment; the promise a person reads is made from it.

    `mark_days`: how long the mark of somebody forgotten is kept, for backups that are put back.
    `offices` are those who read reports today; without one, no report can be sent.
    `report_days`: how long a report is kept after something last happened to it.
    `helpers` are the desks whose operators talk with people today; without one, nobody does.
    `talk_days`: how long the words of a conversation are kept after it was closed.
    `spoken` are languages without a text of their own, of which there are recordings.
    `translates_at`: the computer elsewhere to which the words of conversations go, where they do.
    """

    network: str
    storage_days_idle: int
    wash_minutes: int
    wash_hours: int
    mark_days: int
    tongues: tuple[Tongue, ...] = ()
    desks: tuple[tuple[str, str], ...] = ()
    offices: tuple[Office, ...] = ()
    report_days: int = 90
    helpers: tuple[Helper, ...] = ()
    talk_days: int = 30
    spoken: tuple[Spoken, ...] = ()
    translates_at: str = ""
