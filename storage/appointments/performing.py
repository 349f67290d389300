"""Carries out what a conversation asks of appointments, and keeps what is said to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import assert_never

from sqlalchemy import Connection

from flows.calendar_effects import (
    BookSlot,
    CancelAppointment,
    FindAppointment,
    FindBookable,
    FindSlots,
    GiveReply,
    MoveAppointment,
)
from flows.calendar_model import AppointmentView, Bookable, Slot, Subject
from flows.effects import Json
from flows.handoff_model import Need
from flows.model import Person
from flows.plain import plain
from storage.appointments.booking import book, cancel, move
from storage.appointments.finding import find_appointment, mine
from storage.appointments.model import PERSON, Appointment, Free, Opening
from storage.appointments.openings import (
    closings,
    find_opening,
    find_openings,
    free_slots,
    has_free,
)
from storage.appointments.replying import reply
from storage.courses.attending import reply as answer_lesson
from storage.courses.performing import id_of
from storage.desks import Desk, find_desk
from storage.offices import find_office
from storage.vault import Vault

MOST_SLOTS = 60
MOST_OWN = 5
"""So many times a person may have booked herself at once: the others need them, too."""

MeetingEffect = (
    FindBookable
    | FindSlots
    | BookSlot
    | FindAppointment
    | MoveAppointment
    | CancelAppointment
    | GiveReply
)


def perform_appointments(
    connection: Connection, vault: Vault, person: Person, effect: MeetingEffect, now: datetime
) -> Json:
    """Carry out one of these effects in the transaction of its turn; its result for the log."""
    match effect:
        case FindBookable():
            return plain(bookable(connection, now))
        case FindSlots(desk, need, moves):
            return plain(slots(connection, vault, person.id, desk, need, now, id_of(moves)))
        case BookSlot(opening, starts, need):
            return _book(connection, vault, person.id, id_of(opening), starts, need, now)
        case FindAppointment(id_):
            found = _own(connection, vault, person.id, id_)
            return None if found is None else plain(view(connection, found))
        case MoveAppointment(id_, opening, starts):
            return _move(connection, vault, person.id, id_, id_of(opening), starts, now)
        case CancelAppointment(id_):
            found = _own(connection, vault, person.id, id_)
            over = found is None or found.ends <= now
            return not over and cancel(connection, vault, id_of(id_), now) is not None
        case GiveReply(Subject.APPOINTMENT, id_, said, minutes):
            return reply(connection, vault, id_of(id_), person.id, said, now, minutes)
        case GiveReply(_, id_, said, minutes):
            return answer_lesson(connection, vault, id_of(id_), person.id, said, now, minutes)
        case _:
            assert_never(effect)


def bookable(connection: Connection, now: datetime) -> list[Bookable]:
    """The desks with a time that a person may book, by name."""
    online = [one for one in find_openings(connection) if one.online]
    closed = closings(connection, [one.desk for one in online])
    free = sorted(has_free(connection, online, closed, now), key=lambda one: one.desk)
    found = []
    for key, openings in groupby(free, key=lambda one: one.desk):
        desk = find_desk(connection, key)
        if desk is not None:
            found.append(Bookable(key, desk.name, _needs(list(openings))))
    return sorted(found, key=lambda one: one.name)


def slots(
    connection: Connection,
    vault: Vault,
    person_id: int,
    desk: str,
    need: Need,
    now: datetime,
    moves: int = 0,
) -> list[Slot]:
    """The free times of a desk in which the person has no other appointment; none for who has as
    many as one may book oneself, but for the one of them that `moves`."""
    if find_desk(connection, desk) is None:
        return []
    own = mine(connection, vault, person_id, now)
    if not any(one.id == moves for one in own) and _has_most(own):
        return []  # she would be told that somebody was quicker, again and again
    free = free_slots(connection, desk, need, now)
    return [
        Slot(str(one.opening.id), one.starts, one.ends) for one in free if not _overlaps(one, own)
    ][:MOST_SLOTS]


def view(connection: Connection, found: Appointment) -> AppointmentView:
    """An appointment as its person sees it."""
    desk = find_desk(connection, found.desk) or Desk("", "", "", False, found.created)
    listed = find_office(connection, found.office)
    opening = None if found.opening_id is None else find_opening(connection, found.opening_id)
    at_desk = not found.words.place or found.words.place == desk.place
    where = (desk.latitude, desk.longitude)
    return AppointmentView(
        str(found.id),
        found.need,
        found.words.what,
        found.local,
        found.local + timedelta(minutes=found.minutes),
        desk.name or ("" if listed is None else listed.office.name),
        found.desk,
        found.words.place or desk.place,
        found.words.how or (desk.how if at_desk else ""),
        (where[0], where[1]) if at_desk and where[0] is not None and where[1] is not None else None,
        desk.phone,
        found.words.bring,
        found.state,
        found.reply,
        opening is not None and opening.online and opening.active,
    )


# -- what changes something


def _book(
    connection: Connection,
    vault: Vault,
    person_id: int,
    opening_id: int,
    starts: datetime,
    need: Need,
    now: datetime,
) -> str:
    opening = _free(connection, vault, person_id, opening_id, starts, now, need=need)
    if opening is None:
        return ""
    day, at = starts.date(), starts.time()
    made = book(
        connection,
        vault,
        opening=opening,
        day=day,
        at=at,
        now=now,
        person_id=person_id,
        need=need,
        operator_id=PERSON,
    )
    return "" if made is None else str(made.id)


def _move(
    connection: Connection,
    vault: Vault,
    person_id: int,
    id_: str,
    opening_id: int,
    starts: datetime,
    now: datetime,
) -> bool:
    found = _own(connection, vault, person_id, id_, hold=True)
    if found is None or found.ends <= now:
        return False
    opening = _free(connection, vault, person_id, opening_id, starts, now, moves=found)
    if opening is None or opening.desk != found.desk:
        return False
    day, at = starts.date(), starts.time()
    moved = move(connection, vault, found.id, opening=opening, day=day, at=at, now=now)
    return moved is not None


def _free(
    connection: Connection,
    vault: Vault,
    person_id: int,
    opening_id: int,
    starts: datetime,
    now: datetime,
    *,
    need: Need | None = None,
    moves: Appointment | None = None,
) -> Opening | None:
    """The opening, where a person may have this time of it: free, near enough, and only once."""
    opening = find_opening(connection, opening_id, hold=True)
    if opening is None or not opening.online or find_desk(connection, opening.desk) is None:
        return None
    own = [one for one in mine(connection, vault, person_id, now) if one != moves]
    if moves is None and _has_most(own):
        return None
    for one in free_slots(connection, opening.desk, need, now, of=opening.id):
        if one.starts == starts:
            return None if _overlaps(one, own) else opening
    return None


def _own(
    connection: Connection, vault: Vault, person_id: int, id_: str, *, hold: bool = False
) -> Appointment | None:
    found = find_appointment(connection, vault, id_of(id_), hold=hold)
    return found if found is not None and found.person_id == person_id else None


def _has_most(own: Sequence[Appointment]) -> bool:
    return sum(one.created_by == PERSON for one in own) >= MOST_OWN


def _overlaps(free: Free, own: Sequence[Appointment]) -> bool:
    return any(
        one.local < free.ends and free.starts < one.local + timedelta(minutes=one.minutes)
        for one in own
    )


def _needs(openings: Sequence[Opening]) -> tuple[Need, ...]:
    if any(not one.needs for one in openings):
        return ()
    named = {need for one in openings for need in one.needs}
    return tuple(need for need in Need if need in named)
