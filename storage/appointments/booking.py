"""Books, moves and cancels appointments; two people never have the same seat of the same time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from flows.calendar_model import AppointmentState, News, Reply
from flows.handoff_model import Need
from flows.slots import free_seat, is_slot
from storage.appointments.finding import find_appointment
from storage.appointments.model import NO_WORDS, PERSON, Appointment, Body, Opening, sealed
from storage.appointments.openings import closings, find_opening, rule_of, seats_at, taken_in
from storage.appointments.telling import inform, plan_anew, tell, unplan, unsay
from storage.calendar_schema import appointment as table
from storage.case_schema import contact as contacts
from storage.handoffs.designations import designation_of
from storage.instants import ROME, instant
from storage.notices.model import BOOKED, CANCELLED, MOVED
from storage.vault import Vault, random_id

LONGEST = 24 * 60
YEARS = range(2000, 2100)
CLOSED = (AppointmentState.DONE, AppointmentState.NO_SHOW)


def book(
    connection: Connection,
    vault: Vault,
    *,
    opening: Opening | None,
    day: date,
    at: time,
    now: datetime,
    office: str = "",
    desk: str = "",
    minutes: int = 30,
    zone: str = ROME,
    person_id: int | None = None,
    contact_id: int | None = None,
    need: Need = Need.OTHER,
    body: Body = NO_WORDS,
    operator_id: int = PERSON,
    meets: int | None = None,
    informs: bool = True,
) -> Appointment | None:
    """Book a slot of an opening, or without one any time at all: somewhere else, like the Questura.

    None where somebody was quicker, where this is no slot (any more), or where it is past: nothing
    was written. Office, desk, length and zone are those of the opening where there is one.
    `operator_id` books (0: the person), `meets` will be there. What an operator books is told to
    the person, unless they do that themselves (`informs` False).
    """
    when = _seated(connection, opening, day, at, minutes, zone, now)
    if when is None:
        return None
    if opening is not None:
        office, desk = opening.office, opening.desk
        body = (
            body if body.bring else Body(body.what, body.place, body.how, opening.bring, body.note)
        )
    person_id, contact_id = _joined(connection, office, person_id, contact_id)
    id_ = random_id()
    connection.execute(
        insert(table).values(
            id=id_,
            office=office,
            desk=desk,
            person_id=person_id,
            contact_id=contact_id,
            designation=designation_of(connection, person_id=person_id, contact_id=contact_id),
            need=need.value,
            body=sealed(vault, body, id_),
            state=AppointmentState.BOOKED.value,
            operator_id=meets,
            created_by=operator_id,
            created=now.date(),
            **when,
        )
    )
    made = find_appointment(connection, vault, id_)
    assert made is not None
    if operator_id == PERSON:
        tell(connection, vault, made, News.BOOKED, now)
    plan_anew(connection, vault, id_, now)
    if operator_id != PERSON and informs:
        inform(connection, made, BOOKED, now)
    return made


def move(
    connection: Connection,
    vault: Vault,
    appointment_id: int,
    *,
    opening: Opening | None,
    day: date,
    at: time,
    now: datetime,
    operator_id: int = PERSON,
    minutes: int | None = None,
) -> Appointment | None:
    """Give an appointment another time; what was said to the old one counts no more.

    None where somebody was quicker or it is not there to be moved: nothing was changed.
    """
    found = find_appointment(connection, vault, appointment_id, hold=True)
    if found is None or not found.is_booked:
        return None
    length = found.minutes if minutes is None else minutes
    when = _seated(connection, opening, day, at, length, found.zone, now, but=found.id)
    if when is None:
        return None
    if opening is not None:
        when |= {"office": opening.office, "desk": opening.desk}
    unsay(connection, found)
    _change(connection, found.id, reply=Reply.NOTHING.value, late_minutes=None, **when)
    moved = find_appointment(connection, vault, found.id)
    assert moved is not None
    if operator_id == PERSON:
        tell(connection, vault, moved, News.MOVED, now)
    plan_anew(connection, vault, found.id, now)
    if operator_id != PERSON and moved.starts != found.starts:
        inform(connection, moved, MOVED, now)
    return moved


def cancel(
    connection: Connection,
    vault: Vault,
    appointment_id: int,
    now: datetime,
    operator_id: int = PERSON,
) -> Appointment | None:
    """Give the time back to others; None where there is nothing (any more) to cancel."""
    found = find_appointment(connection, vault, appointment_id, hold=True)
    if found is None or not found.is_booked:
        return None
    unsay(connection, found)
    _change(connection, found.id, state=AppointmentState.CANCELLED.value, seat=None)
    if operator_id == PERSON:
        tell(connection, vault, found, News.CANCELLED, now)
    plan_anew(connection, vault, found.id, now)
    if operator_id != PERSON:
        inform(connection, found, CANCELLED, now)
    return find_appointment(connection, vault, found.id)


def withdraw(connection: Connection, appointment_id: int) -> None:
    """Take back an appointment that was just made, as if it had never been."""
    connection.execute(delete(table).where(table.c.id == appointment_id))
    unplan(connection, appointment_id)


def close(
    connection: Connection,
    vault: Vault,
    appointment_id: int,
    state: AppointmentState,
    now: datetime,
) -> bool:
    """Say what came of it: it was held, nobody came, or, after a slip, that it is to come."""
    found = find_appointment(connection, None, appointment_id, hold=True)
    if found is None or found.state is AppointmentState.CANCELLED:
        return False
    if state is AppointmentState.CANCELLED or found.state is state:
        return False
    _change(connection, found.id, state=state.value)
    plan_anew(connection, vault, found.id, now)
    return True


def rewrite(
    connection: Connection, vault: Vault, appointment_id: int, body: Body, meets: int | None
) -> bool:
    """Put other words in the place of those of an appointment, and somebody else who meets them."""
    changed = update(table).where(table.c.id == appointment_id)
    values = {"body": sealed(vault, body, appointment_id), "operator_id": meets}
    return connection.execute(changed.values(values)).rowcount == 1


# -- how it is written


def _seated(
    connection: Connection,
    opening: Opening | None,
    day: date,
    at: time,
    minutes: int,
    zone: str,
    now: datetime,
    *,
    but: int | None = None,
) -> dict[str, Any] | None:
    """The columns of a time, with a seat that is free; None where there is none.

    The opening stays locked until the commit, so that whoever comes next sees this seat taken.
    """
    seat, at = None, at.replace(second=0, microsecond=0)  # what is kept is minutes
    if day.year not in YEARS:
        return None  # somebody typed the year wrong
    if opening is not None:
        held = find_opening(connection, opening.id, hold=True)
        if held is None or not held.active:
            return None
        closed = closings(connection, [held.desk]).get(held.desk, "")
        if not is_slot(rule_of(held, closed), datetime.combine(day, at)):
            return None
        minutes, zone = held.minutes, held.zone
        taken = taken_in(connection, [held.id], now, but=but)[held.id]
        seat = free_seat(seats_at(held, datetime.combine(day, at), taken), held.at_once)
        if seat is None:
            return None
    landed = instant(day, at, zone)
    if landed.at <= now or not 0 < minutes <= LONGEST or (opening is not None and landed.shifted):
        return None
    return {
        "opening_id": None if opening is None else opening.id,
        "day": day,
        "time": at.isoformat("minutes"),
        "minutes": minutes,
        "zone": zone,
        "starts": landed.at,
        "ends": landed.at + timedelta(minutes=minutes),
        "seat": seat,
    }


def _joined(
    connection: Connection, office: str, person_id: int | None, contact_id: int | None
) -> tuple[int | None, int | None]:
    """The chat of a sheet, and the sheet the office has of a chat."""
    known = contacts.c
    if person_id is None and contact_id is not None:
        query = select(known.person_id).where(known.id == contact_id)
        return connection.execute(query).scalar(), contact_id
    if person_id is not None and contact_id is None:
        query = select(known.id).where(known.person_id == person_id, known.office == office)
        return person_id, connection.execute(query).scalar()
    return person_id, contact_id


def _change(connection: Connection, id_: int, **values: Any) -> None:
    connection.execute(update(table).where(table.c.id == id_).values(values))
