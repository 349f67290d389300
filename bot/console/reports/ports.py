"""What these pages ask of the reports' storage, so that a test can put a small one in its place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

from bot.console.reports.entrance import Listing
from flows.report_model import Status, Words
from storage.reports import Push, Reader, Report, Shown
from storage.vault import Recipient

Send = Callable[[Push], Awaitable[str]]
"""Tells a person, once, that there is an answer. What became of it comes back in one of the words
of `Fate`: sent, failed, unknown."""


class Reports(Listing, Protocol):
    """The operators' side of the reports: each asks for the reader, and opens nothing to others."""

    def read(self, reader: Reader, report_id: str, *, shown: bool = True) -> Report | None:
        """One report; None where it is gone or not sealed to the reader. Unless it is `shown`, what
        is new in it stays new."""

    def evidence(
        self, reader: Reader, report_id: str, evidence_id: str, *, original: bool = False
    ) -> Shown | None:
        """One file of a report: the harmless copy, or the original where it was kept."""

    def reply(self, reader: Reader, report_id: str, said: Words, now: datetime) -> Push | None:
        """Keep a reply; where the person may be written to, how."""

    def note(self, reader: Reader, report_id: str, text: str, now: datetime) -> bool:
        """Keep a note among colleagues."""

    def set_status(
        self, reader: Reader, report_id: str, status: Status, reason: str, now: datetime
    ) -> bool:
        """Say where a report stands."""

    def assign(self, reader: Reader, report_id: str, to: int | None, now: datetime) -> bool:
        """Give a report to one of its readers, or to nobody."""

    def hand_on(self, reader: Reader, report_id: str, to: Recipient, now: datetime) -> bool:
        """Seal a report to one more operator."""

    def doubt(self, reader: Reader, report_id: str, reason: str, now: datetime) -> bool:
        """Keep that a report looks false, and why; without a reason, that it does not."""

    def close_line(self, reader: Reader, report_id: str, now: datetime) -> bool:
        """Forget how to write to the person."""
