"""What the alerts ask of the reports, whoever keeps those; nothing of it is content."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from flows.report_model import Level


class Fresh(Protocol):
    """A report that came and that nobody has been told of yet."""

    @property
    def number(self) -> str:
        """What the office calls it."""

    @property
    def level(self) -> Level:
        """How urgent it is."""

    @property
    def sector(self) -> str:
        """The trade, as its key."""

    @property
    def province(self) -> str:
        """The sign of the province, or nothing."""


class Open(Protocol):
    """A report without a first answer."""

    @property
    def number(self) -> str:
        """What the office calls it."""

    @property
    def level(self) -> Level:
        """How urgent it is."""

    @property
    def week(self) -> date:
        """The Monday of the week in which it came; more is not kept."""


class Going(Protocol):
    """A report that goes in two weeks."""

    @property
    def number(self) -> str:
        """What the office calls it."""


class Source(Protocol):
    """The reports, as far as alerts go. Synchronous: it is asked in a thread."""

    def alerts_waiting(self) -> Sequence[Fresh]:
        """Reports nobody was told of yet."""

    def alert_sent(self, numbers: Sequence[str]) -> object:
        """The group was told of these."""

    def unanswered(self) -> Sequence[Open]:
        """Every report without a first answer."""

    def leaving(self, now: datetime) -> Sequence[Going]:
        """Reports that go in two weeks and that nobody was told of yet."""

    def leaving_told(self, numbers: Sequence[str], now: datetime) -> object:
        """The group was told of these."""
