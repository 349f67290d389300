"""What follows from a change of an appointment: the desk hears, the conversation shows it, and
reminders are planned anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from flows.calendar_model import News, Reply, Subject
from flows.handoff_model import Event
from storage.appointments.model import Appointment
from storage.cases.refusing import refuses_words
from storage.desk_news import take_back, tell_desk
from storage.handoffs.finding import find_of_person
from storage.handoffs.notes import note
from storage.notices.planning import add_anew, plan
from storage.notices.stopping import stop
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Said:
    """What a person did with an appointment, as the note of a conversation keeps it."""

    what: News | Reply
    when: datetime
    minutes: int | None = None

    def written(self) -> str:
        """As the text of the note."""
        parts = (self.what.value, self.when.isoformat(timespec="minutes"), self.minutes)
        return " ".join(str(part) for part in parts if part is not None)

    @classmethod
    def read(cls, text: str) -> Said | None:
        """What `written` made a text of; None where it is none."""
        what, _space, rest = text.partition(" ")
        when, _space, minutes = rest.partition(" ")
        try:
            kind = Reply(what) if what == Reply.COMES.value else News(what)
            return cls(kind, datetime.fromisoformat(when), int(minutes) if minutes else None)
        except ValueError:
            return None


def tell(
    connection: Connection,
    vault: Vault,
    found: Appointment,
    what: News | Reply,
    now: datetime,
    minutes: int | None = None,
) -> None:
    """Let the desk know what the person did; where she talks with it, it stands there too."""
    if isinstance(what, News):
        tell_desk(
            connection,
            what,
            office=found.office,
            desk=found.desk,
            subject=Subject.APPOINTMENT,
            subject_id=found.id,
            designation=found.designation,
            event=found.starts,
            at=now,
            minutes=minutes,
        )
    talk = None if found.person_id is None else find_of_person(connection, found.person_id)
    if talk is None or talk.office not in ("", found.office):
        return  # colleagues of another office have nothing to do with it
    said = Said(what, found.local, minutes)
    note(connection, vault, talk.id, Event.MEETING, said.written(), now)


def unsay(connection: Connection, found: Appointment) -> None:
    """What the desk was told of the time as it was is not so any more."""
    old = (News.CANNOT, News.LATE, News.LOST)
    take_back(connection, old, Subject.APPOINTMENT, found.id, found.designation)


def plan_anew(connection: Connection, vault: Vault, appointment_id: int, now: datetime) -> None:
    """Plan the reminders of an appointment as it is now."""
    plan(connection, vault, Subject.APPOINTMENT, appointment_id, now)


def inform(connection: Connection, found: Appointment, step: str, now: datetime) -> None:
    """Let the person know what an operator did with her appointment: at once, or as soon as she may
    be written to; where that is not before it begins the desk learns that she does not know."""
    if found.person_id is None or refuses_words(connection, found.person_id):
        return
    add_anew(
        connection,
        found.person_id,
        Subject.APPOINTMENT,
        found.id,
        now=now,
        due=now,
        until=found.starts,
        occasion=found.local.isoformat(timespec="minutes"),
        step=step,
        zone=found.zone,
    )


def unplan(connection: Connection, appointment_id: int) -> None:
    """Nobody is reminded of it any more."""
    stop(connection, Subject.APPOINTMENT, appointment_id)
