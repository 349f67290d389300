"""Time that passes as a test says: a house that ticks, and a Telegram that takes what it gets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import insert

from flows.calendar_model import AppointmentState, Wishes
from flows.reminding import DAY, Reach
from storage.calendar_schema import appointment
from storage.instants import ROME, instant
from storage.notices.checking import Gate, may_go
from storage.notices.claiming import claim
from storage.notices.model import Notice
from storage.notices.planning import plan_person
from storage.notices.wishes import keep_wishes
from storage.outbox import Lane, Outgoing, Policy, Row
from storage.unit import Unit
from storage.vault import random_id
from storage.writer import Writer
from tests.storage.factories import TODAY, do
from tests.storage.notices.factories import DESK, OFFICE

MINUTE = timedelta(minutes=1)


class Told(NamedTuple):
    """One message: to whom, of which event, which step, and when."""

    person_id: int
    event: int
    step: str
    at: datetime


@dataclass
class World:
    """A house on a database. `away`: Telegram takes nothing."""

    writer: Writer
    hours: Reach = DAY
    told: list[Told] = field(default_factory=list)
    away: bool = False
    handed: int = 0
    missed: int = 0
    _of: dict[int, tuple[int, int, str]] = field(default_factory=dict)

    def render(self, unit: Unit, one: Notice, now: datetime) -> Outgoing:
        """The words are nothing here; what it is about is remembered."""
        self._of[one.id] = one.person_id, one.subject_id, one.step
        params = {"chat_id": 1, "text": ""}
        return Outgoing("sendMessage", params, Lane.NOTICE, Policy.AGAIN, one.person_id)

    def tick(self, now: datetime) -> None:
        """Look for what is due, then send what can go."""
        while True:
            found = do(self.writer, lambda unit: claim(unit, now, self.render, 500, self.hours))
            self.handed += found.handed
            self.missed += found.missed
            if not found.more or not found.handed:
                break
        if not self.away:
            do(self.writer, lambda unit: self._deliver(unit, now))

    def _deliver(self, unit: Unit, now: datetime) -> None:
        for row in unit.pending_rows(100_000, before=now + MINUTE):
            if row.not_before is None or row.not_before <= now:
                self._send(unit, row, now)

    def _send(self, unit: Unit, row: Row, now: datetime) -> None:
        assert row.notice is not None
        gate = may_go(unit.direct(), row.notice, row.id, now, self.hours)
        if gate is Gate.SHUT:
            unit.mark_failed(row, now)
        elif gate is Gate.OPEN:
            self.told.append(Told(*self._of[row.notice], now))
            unit.mark_sent(row, len(self.told), now)

    def runs(self, first: datetime, last: datetime, step: timedelta = MINUTE) -> None:
        """Tick again and again."""
        while first < last:
            self.tick(first)
            first += step


class Booked(NamedTuple):
    """An appointment of a test."""

    id: int
    day: date
    minute: int


def book_many(writer: Writer, person_id: int, when: Iterable[tuple[date, int]]) -> list[Booked]:
    """Appointments of one person, each on a day at a minute of the day."""
    made = [Booked(random_id(), day, minute) for day, minute in when]

    def rows(unit: Unit) -> None:
        body = unit.vault.seal_case(b"{}", "appointment", 1)
        values = [_row(one, person_id, body) for one in made]
        unit.direct().execute(insert(appointment), values)

    do(writer, rows)
    return made


def _row(one: Booked, person_id: int, body: bytes) -> dict[str, object]:
    at = time(*divmod(one.minute, 60))
    starts = instant(one.day, at, ROME).at
    return {
        "id": one.id,
        "office": OFFICE,
        "desk": DESK,
        "person_id": person_id,
        "designation": "Airone verde",
        "need": "papers",
        "body": body,
        "day": one.day,
        "time": f"{at:%H:%M}",
        "minutes": 30,
        "zone": ROME,
        "starts": starts,
        "ends": starts + timedelta(minutes=30),
        "state": AppointmentState.BOOKED.value,
        "created_by": 0,
        "created": TODAY,
    }


def wish(writer: Writer, person_id: int, steps: str, now: datetime, hours: Reach = DAY) -> None:
    """Somebody wants these steps; what is booked is planned so."""

    def job(unit: Unit) -> None:
        keep_wishes(unit.direct(), person_id, Wishes(tuple(steps.split(","))))
        plan_person(unit.direct(), unit.vault, person_id, now, hours)

    do(writer, job)
