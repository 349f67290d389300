"""A person asks for a human: her conversation with operators begins, or begins again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from flows.handoff_model import Asked, Event, LineKind, Queue, State, Talk
from flows.hours import Calendar, HoursError
from flows.model import Person
from storage.desks import Desk, find_desk
from storage.handoff_schema import handoff as table
from storage.handoffs.designations import designation, designation_of
from storage.handoffs.finding import find, find_of_person
from storage.handoffs.lines import hear
from storage.handoffs.model import Content, Handoff
from storage.handoffs.notes import note
from storage.handoffs.stirring import LOOK_AGAIN
from storage.instants import ROME, wall
from storage.vault import Vault, random_id


def ask(
    connection: Connection, vault: Vault, person: Person, asked: Asked, now: datetime
) -> Handoff | None:
    """Open a person's conversation with a desk, or open it again; None where nobody talks there.

    Where it is open already it stays with whoever has it, and what she says now takes the place of
    what she said before. Her words become her first line.
    """
    desk = find_desk(connection, asked.desk)
    if desk is None or not desk.talks:
        return None
    known = find_of_person(connection, person.id)
    values = _said(person, asked, desk)
    if known is None:
        handoff_id = random_id()
        born = {
            "id": handoff_id,
            "person_id": person.id,
            "designation": _name(connection, person.id),
        }
        moments = dict.fromkeys(("asked", "stirred", "behind_since"), now)
        state = {"state": State.WAITING.value}
        connection.execute(insert(table).values(**born, **moments, **state, **values))
    else:
        handoff_id = known.id
        _ask_again(connection, known, values, now)
    note(connection, vault, handoff_id, Event.ASKED, asked.about, now)
    made = find(connection, handoff_id)
    assert made is not None
    for first in _first_lines(asked):
        hear(connection, vault, made, first, now, source=None)
    return find(connection, handoff_id)


def _first_lines(asked: Asked) -> list[Content]:
    """What they wrote or said when they asked: it waits for an answer."""
    return [
        *([Content(LineKind.TEXT, asked.words)] if asked.words else []),
        *([Content(LineKind.VOICE, file_id=asked.voice)] if asked.voice else []),
    ]


def _name(connection: Connection, person_id: int) -> str:
    """How operators call somebody: as on a sheet, a course or an appointment of theirs."""
    known = designation_of(connection, person_id=person_id)
    taken = select(table.c.id).where(table.c.designation == known)
    return known if connection.execute(taken).first() is None else designation(connection)


def _said(person: Person, asked: Asked, desk: Desk) -> dict[str, Any]:
    return {
        "need": asked.need.value,
        "who": asked.who.value,
        "medium": asked.medium.value,
        "safe": asked.safe.value,
        "interpreter": asked.interpreter,
        "urgency": int(asked.urgency),
        "level": asked.level,
        "language": person.language or "",
        "desk": desk.key,
        "office": desk.office,
        "territory": desk.territory,
    }


def _ask_again(
    connection: Connection, known: Handoff, values: dict[str, Any], now: datetime
) -> None:
    if known.state is State.CLOSED or known.desk != values["desk"]:
        values |= {
            "state": State.WAITING.value,
            "owner": None,
            "lock_until": None,
            "asked": now,
            "answered": None,
            "closed": None,
            "reason": "",
            "rating": None,
            "mediator": False,
        }
    statement = update(table).where(table.c.id == known.id)
    connection.execute(statement.values(**values, reachable=True, **LOOK_AGAIN))


def queue_of(
    connection: Connection, desk: Desk, now: datetime, handoff: Handoff | None = None
) -> Queue:
    """How many wait at a desk before a conversation, or a new one, and when people answer."""
    ahead = 0
    if handoff is None or handoff.state is State.WAITING:
        query = select(func.count()).where(
            table.c.state == State.WAITING.value, table.c.desk == desk.key
        )
        if handoff is not None:
            same = table.c.urgency == int(handoff.urgency)
            before = or_(
                table.c.urgency > int(handoff.urgency), same & (table.c.asked < handoff.asked)
            )
            query = query.where(table.c.id != handoff.id, before)
        ahead = connection.execute(query).scalar_one()
    is_open, opens = _standing(desk, wall(now, ROME))
    return Queue(ahead, is_open, opens)


def _standing(desk: Desk, local: datetime) -> tuple[bool, datetime | None]:
    """Whether somebody of a desk answers now, and when next; without hours nobody knows."""
    try:
        calendar = Calendar.read(desk.hours, desk.closed)
    except HoursError:  # written by an older release, or by hand: nothing is promised
        return False, None
    is_open = calendar.is_open(local)
    return is_open, None if is_open else calendar.next_open(local)


def talk_of(connection: Connection, person_id: int, now: datetime) -> Talk | None:
    """A person's conversation as she is shown it."""
    found = find_of_person(connection, person_id)
    return None if found is None else talk(connection, found, now)


def talk(connection: Connection, handoff: Handoff, now: datetime) -> Talk:
    """A conversation as its person is shown it."""
    desk = find_desk(connection, handoff.desk)
    return Talk(
        handoff.state,
        handoff.desk,
        handoff.need,
        handoff.designation,
        Queue(0, False) if desk is None else queue_of(connection, desk, now, handoff),
        handoff.rating is not None,
        handoff.answered is not None,
    )
