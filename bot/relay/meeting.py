"""Appointments made in a conversation: booked, told to the person, and withdrawn when the words
that told of them are taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.relay import refusals as why
from bot.relay.refusals import Done
from bot.relay.way import local
from flows.handoff_model import LineKind
from storage.appointments.booking import book, withdraw
from storage.appointments.finding import find_appointment
from storage.appointments.model import Appointment, Body, Opening
from storage.handoffs import Content, Handoff, Line
from storage.operators import Operator
from storage.unit import Unit
from storage.vault import Vault

MEETING = "appointment"
"""Under this a line says which appointment it told of."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """When somebody is to come, and where; in an opening it takes one of its seats.

    `when` without a zone is by the clocks of Italy. `words` is what else the person should know.
    """

    when: datetime
    place: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    opening: Opening | None = None

    @property
    def local(self) -> datetime:
        """By the clocks of Italy."""
        return self.when if self.when.tzinfo is None else local(self.when)


def appoint(
    unit: Unit,
    vault: Vault,
    operator: Operator,
    handoff: Handoff,
    wanted: Wanted,
    now: datetime,
    say: Callable[[Content], Done],
) -> Done:
    """Book an appointment and tell the person; where that cannot be, neither is done."""
    if wanted.local <= local(now):
        return why.PAST
    made = _booked(unit, vault, operator, handoff, wanted, now)
    if made is None:
        return why.TAKEN
    extra = {"when": made.local.isoformat(timespec="minutes"), "place": wanted.place.strip()}
    extra[MEETING] = str(made.id)
    done = say(Content(LineKind.APPOINTMENT, wanted.words.strip(), extra=extra))
    if not done.ok:
        withdraw(unit.direct(), made.id)
    return done


def hold(unit: Unit, line: Line) -> None:
    """Hold the appointment a line told of before the conversation: everybody takes them so, and
    nobody waits for another in a circle."""
    if line.kind is LineKind.APPOINTMENT:
        find_appointment(unit.direct(), None, _told_of(line), hold=True)


def take_back(unit: Unit, line: Line) -> None:
    """Whoever takes back what told of an appointment takes it back, too."""
    if line.kind is LineKind.APPOINTMENT:
        withdraw(unit.direct(), _told_of(line))


def _told_of(line: Line) -> int:
    made = str(line.extra.get(MEETING, ""))
    return int(made) if made.isdecimal() else 0


def _booked(
    unit: Unit, vault: Vault, operator: Operator, handoff: Handoff, wanted: Wanted, now: datetime
) -> Appointment | None:
    when = wanted.local.replace(second=0, microsecond=0)
    return book(
        unit.direct(),
        vault,
        opening=wanted.opening,
        day=when.date(),
        at=when.time(),
        now=now,
        office=handoff.office or operator.office,
        desk=handoff.desk,
        person_id=handoff.person_id,
        need=handoff.need,
        body=Body(place=wanted.place.strip(), bring=wanted.words.strip()),
        operator_id=operator.id,
        informs=False,
    )
