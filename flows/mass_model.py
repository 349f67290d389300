"""What a message to many is about, as a small thing that never changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from flows.calendar_model import MassKind


class Strike(StrEnum):
    """What a strike means for who is written to."""

    TRANSPORT = "transport"  # buses and trains: what takes place does so all the same
    CLOSED = "closed"  # we are closed: nothing takes place that day


@dataclass(frozen=True, slots=True)
class MassView:
    """What a message to many says; moments are those of the clocks on the wall.

    Of a lesson: `was` before it was moved, `starts` now; of a whole course that does not take place
    neither. `words` are an operator's own, by language.
    """

    kind: MassKind
    office: str
    title: str = ""
    was: datetime | None = None
    starts: datetime | None = None
    place: str = ""
    day: date | None = None
    strike: Strike | None = None
    course: str = ""
    words: tuple[tuple[str, str], ...] = ()

    def own(self, language: str) -> str:
        """The operator's own words in a language; nothing where there are none."""
        return dict(self.words).get(language, "")
