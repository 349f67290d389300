"""Who and what the conversations are about, as small things that never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes to Antenna. No name, no account: those stay in the vault of the storage."""

    id: int
    language: str | None = None
    careful: bool = False
    desk: str | None = None
    welcomed: bool = False
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone line that answers somebody who is in danger or needs advice."""

    name: str
    phone: str
    free: bool
    always_open: bool
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class House:
    """What is true of this deployment; the promise a person reads is made from it."""

    network: str
    storage_days_idle: int
    wash_minutes: int
    wash_hours: int
    languages: tuple[tuple[str, str], ...] = ()
    desks: tuple[tuple[str, str], ...] = ()
