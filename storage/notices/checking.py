"""Whether something may be told at this moment: asked when it is due, and again before the call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, select

from flows.calendar_model import MassState, NoticeState, PlaceState, Subject
from flows.handoff_model import Safe
from flows.reminding import DAY, Reach
from storage import outbox
from storage.calendar_schema import enrolment, mass, own_date
from storage.calendar_schema import notice as table
from storage.instants import instant, wall
from storage.notices.ending import find_notice, miss, put_off, settle
from storage.notices.model import TOLD, Notice
from storage.notices.telling import about
from storage.notices.wishes import Wished, find_wished
from storage.schema import outbox as outboxes
from storage.schema import person

GRACE = timedelta(minutes=10)
"""What was on its way when the quiet hours began may still arrive; not in hours that are unsafe."""

PAUSES = (Subject.LESSON, Subject.APPOINTMENT, Subject.DATE, Subject.MASS)
"""What a pause holds back: reminders. A seat that is offered is not, it would be lost; nor is what
an operator did with an appointment."""


class Verdict(Enum):
    """What is to be done with something that is due."""

    GO = "go"
    WAIT = "wait"  # for the hour in `Found.due`
    MISSED = "missed"
    STOPPED = "stopped"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Found:
    """A verdict, and until when it waits."""

    verdict: Verdict
    due: datetime | None = None


def judge(
    one: Notice, wish: Wished | None, now: datetime, hours: Reach = DAY, *, grace: bool = False
) -> Found:
    """What is to be done with a notice that is due."""
    if wish is None or not wish.reachable:
        return Found(Verdict.BLOCKED)
    if one.until <= now:
        return Found(Verdict.MISSED)
    local, reach = wall(now, one.zone), wish.reach(hours)
    if one.subject in PAUSES and one.step not in TOLD and wish.is_paused(local):
        assert wish.paused_until is not None
        ended = datetime.combine(wish.paused_until + timedelta(days=1), time())
        return _until(one, reach.after(ended), Verdict.STOPPED)
    if reach.allows(local):
        return Found(Verdict.GO)
    if grace and wish.safe is Safe.ALWAYS and reach.allows(local - GRACE):
        return Found(Verdict.GO)
    return _until(one, reach.after(local), Verdict.MISSED)


def _until(one: Notice, local: datetime, otherwise: Verdict) -> Found:
    """It waits for an hour, where that comes in time."""
    due = instant(local.date(), local.time(), one.zone).at
    return Found(Verdict.WAIT, due) if due < one.until else Found(otherwise)


def lateness(connection: Connection, told: Mapping[int, datetime]) -> list[float]:
    """Of what was told at these moments: by how many seconds each came after it was due."""
    query = select(table.c.id, table.c.due).where(table.c.id.in_(list(told)))
    return [(told[row.id] - row.due).total_seconds() for row in connection.execute(query)]


def runs(connection: Connection, mass_id: int) -> bool:
    """Whether a message to many is on its way, and nobody has stopped it."""
    query = select(mass.c.id).where(mass.c.id == mass_id, mass.c.state == MassState.RUNNING.value)
    return connection.execute(query).first() is not None


class Gate(Enum):
    """What delivery does with a row, a moment before the call."""

    OPEN = "open"
    LATER = "later"
    SHUT = "shut"  # it is not to be sent; why is written down


def may_go(
    connection: Connection, notice_id: int, row_id: int, now: datetime, hours: Reach = DAY
) -> Gate:
    """Whether the message of a notice may leave now; otherwise what became of it is written."""
    one = find_notice(connection, notice_id)
    row = _row_of(connection, row_id)
    if one is None or one.state is not NoticeState.HANDED or row is None:
        return Gate.SHUT  # it was taken back, perhaps to be told once more in another row
    if one.subject is Subject.MASS and not runs(connection, one.subject_id):
        settle(connection, one, NoticeState.STOPPED, now)  # it was leaving when all was stopped
        return Gate.SHUT
    if not is_so(connection, one, now):
        settle(connection, one, NoticeState.STOPPED, now)  # it was called off, or moved, meanwhile
        return Gate.SHUT
    if row.careful and row.wash_at is None:
        settle(connection, one, NoticeState.WAITING)  # she is since then: it gets other words
        return Gate.SHUT
    wish = find_wished(connection, [one.person_id]).get(one.person_id)
    found = judge(one, wish, now, hours, grace=True)
    if found.verdict is Verdict.GO:
        return Gate.OPEN
    if found.verdict is Verdict.WAIT:
        assert found.due is not None
        if outbox.put_off(connection, row_id, found.due) and put_off(connection, one, found.due):
            return Gate.LATER
        return Gate.SHUT
    if found.verdict is Verdict.MISSED:
        miss(connection, one, now)
    else:
        state = NoticeState(found.verdict.value)
        settle(connection, one, state, now)
    return Gate.SHUT


def is_so(connection: Connection, one: Notice, now: datetime) -> bool:
    """Whether what a notice is about is still there, and still then."""
    if one.subject is Subject.DATE:
        mine = (own_date.c.id == one.subject_id) & (own_date.c.person_id == one.person_id)
        return connection.execute(select(own_date.c.id).where(mine)).first() is not None
    if one.subject is Subject.OFFER:
        mine = (enrolment.c.id == one.subject_id) & (enrolment.c.person_id == one.person_id)
        held = (enrolment.c.state == PlaceState.OFFERED.value) & (enrolment.c.offered_until > now)
        return connection.execute(select(enrolment.c.id).where(mine, held)).first() is not None
    if one.subject is Subject.MASS:
        return True
    found = about(connection, one.subject, one.subject_id, one.person_id, one.step)
    local = datetime.fromisoformat(one.occasion)
    return found is not None and found.starts == instant(local.date(), local.time(), one.zone).at


def _row_of(connection: Connection, row_id: int) -> Row[Any, Any] | None:
    """Of a message that stands in the outbox: when it is washed, and whether its person is careful
    now. A neutral line is washed, and what says more is not."""
    query = (
        select(outboxes.c.wash_at, person.c.careful)
        .outerjoin_from(outboxes, person, person.c.id == outboxes.c.person_id)
        .where(outboxes.c.id == row_id, outboxes.c.state == int(outbox.State.NEW))
    )
    return connection.execute(query).first()
