"""What the storage keeps of openings and appointments, as values nobody can change."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta

from flows.calendar_model import AppointmentState, Reply
from flows.handoff_model import Need
from flows.hours import Calendar
from flows.slots import OpeningRule
from storage.cases.model import packed, unpacked
from storage.instants import ROME
from storage.vault import Vault

PERSON = 0
"""Instead of an operator's id: the person themself, in the chat."""


@dataclass(frozen=True, slots=True)
class Opening:
    """When a desk gives appointments; without `needs` for all. `id` 0: not kept yet.

    `hours` and `closed` are written as `flows.hours.Calendar` reads them.
    """

    office: str
    desk: str
    hours: str
    first: date
    minutes: int
    id: int = 0
    needs: tuple[Need, ...] = ()
    title: str = ""
    bring: str = ""
    closed: str = ""
    last: date | None = None
    at_once: int = 1
    lead_hours: int = 12
    ahead_days: int = 30
    online: bool = True
    zone: str = ROME
    active: bool = True

    def takes(self, need: Need | None) -> bool:
        """Whether it is for a need; of no need everything is asked for."""
        return need is None or not self.needs or need in self.needs

    def rule(self, closed: str = "") -> OpeningRule:
        """The rule its slots follow; `closed` are days on which the desk itself is.

        Raises:
            HoursError: hours or closed days cannot be read.
        """
        away = ", ".join(part for part in (self.closed, closed) if part.strip())
        return OpeningRule(
            Calendar.read(self.hours, away),
            self.first,
            self.last,
            self.minutes,
            self.at_once,
            self.lead_hours,
            self.ahead_days,
        )


@dataclass(frozen=True, slots=True)
class Free:
    """A slot of an opening: when it begins by the clocks there, and how many can still come."""

    opening: Opening
    starts: datetime
    seats_left: int

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.starts + timedelta(minutes=self.opening.minutes)


@dataclass(frozen=True, slots=True)
class Body:
    """The words of an appointment. `note` is for operators; the person reads all others."""

    what: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    how: str = field(default="", repr=False)
    bring: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


NO_WORDS = Body()


@dataclass(frozen=True, slots=True)
class Appointment:
    """A meeting at a day and a time of the clocks of `zone`.

    `operator_id` meets the person, where that is known; `created_by` 0: the person booked.
    `body` is None where whoever looks has not opened it.
    """

    id: int
    opening_id: int | None
    office: str
    desk: str
    person_id: int | None = field(repr=False)
    contact_id: int | None = field(repr=False)
    designation: str
    need: Need
    day: date
    time: time
    minutes: int
    zone: str
    starts: datetime
    ends: datetime
    seat: int | None
    state: AppointmentState
    reply: Reply
    late_minutes: int | None
    operator_id: int | None
    created_by: int
    created: date
    body: Body | None = field(default=None, repr=False)

    @property
    def local(self) -> datetime:
        """When it begins, by the clocks there, without a zone."""
        return datetime.combine(self.day, self.time)

    @property
    def words(self) -> Body:
        """Its words; empty ones where they were not opened."""
        return self.body or NO_WORDS

    @property
    def is_booked(self) -> bool:
        """Whether the person is expected, or was."""
        return self.state is AppointmentState.BOOKED


def sealed(vault: Vault, body: Body, id_: int) -> bytes:
    """The words as they are kept."""
    return vault.seal_case(packed(**asdict(body)), "appointment", id_)


def opened(vault: Vault, body: bytes, id_: int) -> Body:
    """The words again."""
    return Body(**unpacked(vault.open_case(body, "appointment", id_)))
