"""What is to be told to one person at one moment, as the house works with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import RowMapping

from flows.calendar_model import NoticeState, Subject
from flows.reminding import BOOKED as BOOKED
from flows.reminding import CANCELLED as CANCELLED
from flows.reminding import MOVED as MOVED

TOLD = (BOOKED, MOVED, CANCELLED)
"""Steps that are no reminders: they are told at once, and no pause holds them back."""

SNOOZE = "later:"
"""A step that the person chose when she was reminded: once more, at that moment."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A row: due at a moment, of no use from another one on.

    `occasion` is when the event is on the wall, so that one that was moved is told anew.
    """

    id: int
    person_id: int = field(repr=False)
    subject: Subject
    subject_id: int
    occasion: str
    step: str
    due: datetime
    day: date
    time: str
    zone: str
    until: datetime
    state: NoticeState
    shifted: bool
    ended: datetime | None

    @property
    def key(self) -> tuple[int, str, str]:
        """What there is once of a subject: whose, which moment of the event, which step."""
        return self.person_id, self.occasion, self.step

    @property
    def is_snooze(self) -> bool:
        """Whether it is there because she asked for it."""
        return self.step.startswith(SNOOZE)


def notice_of(row: RowMapping) -> Notice:
    """A row as it was read."""
    kept = dict(row)
    kept["subject"], kept["state"] = Subject(kept["subject"]), NoticeState(kept["state"])
    kept["shifted"] = bool(kept["shifted"])
    return Notice(**kept)
