"""What is due goes into the outbox: each notice once, however many look for it at once.

Whoever moves its row from `waiting` on has it, and writes the row of the outbox in the same
transaction. A clock that jumps, a suspended night, an outage: all are the same here. What is due
and still of use goes, and only the latest of what was to be said of one event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from flows.calendar_model import MassState, News, NoticeState, Subject
from flows.reminding import DAY, Reach
from storage.calendar_schema import mass
from storage.calendar_schema import notice as table
from storage.notices.checking import Found, Verdict, judge
from storage.notices.ending import miss, put_off, settle
from storage.notices.model import Notice, notice_of
from storage.notices.planning import plan
from storage.notices.telling import tell
from storage.notices.wishes import find_wished
from storage.outbox import Lane, Outgoing, State
from storage.schema import outbox
from storage.unit import Unit

Render = Callable[[Unit, Notice, datetime], Outgoing | None]
"""Makes the message of a notice; None where there is nothing to be told any more."""

LIMIT = 100
AGAIN = timedelta(minutes=10)
"""What could not be put into words is tried again then, as long as it is of use."""

MOST_REMINDERS = 1000
"""So many reminders wait in the outbox at most: what is called off meanwhile still can be."""

MOST_OF_A_MASS = 200
_TOLD_BY_SUBJECT = tuple(one.value for one in Subject if one is not Subject.MASS)
_WAITING = table.c.state == NoticeState.WAITING.value


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a look has brought: how many go, how many are too late, of how many the words could not
    be made, and whether to look again soon."""

    handed: int = 0
    missed: int = 0
    failed: int = 0
    more: bool = False


def claim(
    unit: Unit, now: datetime, render: Render, limit: int = LIMIT, hours: Reach = DAY
) -> Claimed:
    """Hand what is due to the outbox; at most about `limit` in one transaction."""
    connection = unit.direct()
    due, more = _find_due(connection, now, limit)
    if not due:
        return Claimed(more=more)
    # In the order of ids, as everywhere: two processes never wait for each other in a circle.
    for person_id in sorted({one.person_id for one in due}):
        unit.person_by_id(person_id)
    wished = find_wished(connection, {one.person_id for one in due})
    found = {one.id: judge(one, wished.get(one.person_id), now, hours) for one in due}
    last = _latest(one for one in due if found[one.id].verdict is Verdict.GO)
    ends: Counter[Verdict | None] = Counter()
    failed = 0
    for one in due:
        verdict = found[one.id]
        if verdict.verdict is Verdict.GO and last[_event(one)] != one.id:
            verdict = Found(Verdict.STOPPED)  # a later one says the same
        try:
            ends[_alone(unit, one, verdict, now, render)] += 1
        except SQLAlchemyError:
            raise
        except Exception:
            failed += 1
            put_off(unit.direct(), one, now + AGAIN)
    return Claimed(ends[Verdict.GO], ends[Verdict.MISSED], failed, more)


def _alone(unit: Unit, one: Notice, found: Found, now: datetime, render: Render) -> Verdict | None:
    """Carry out one, so that a mistake in it costs nobody else their reminder."""
    with unit.direct().begin_nested():
        ends, outgoing = _carry_out(unit, one, found, now, render)
    if outgoing is not None:
        unit.send(replace(outgoing, notice=one.id))
    return ends


def _find_due(connection: Connection, now: datetime, limit: int) -> tuple[list[Notice], bool]:
    """What is due: everything of the people it is due for, so that one event is one message."""
    due = table.c.due <= now
    reminders = _WAITING & due & table.c.subject.in_(_TOLD_BY_SUBJECT)
    room = min(limit, MOST_REMINDERS - _count_handed(connection))
    people: list[int] = []
    if room > 0:
        query = select(table.c.person_id).where(reminders).order_by(table.c.due).limit(room)
        people = list(connection.execute(query).scalars())
    rows = connection.execute(
        select(table).where(reminders, table.c.person_id.in_(set(people)))
    ).mappings()
    found = [notice_of(row) for row in rows]
    more = len(people) >= room
    # Whoever stops one waits until this is written, and neither waits for the other in a circle.
    running = select(mass.c.id).where(_RUNNING).order_by(mass.c.id).with_for_update(read=True)
    for mass_id in connection.execute(running).scalars().all():
        wanted = min(limit, MOST_OF_A_MASS - _count_of(connection, mass_id))
        some = _of_mass(connection, mass_id, now, wanted)
        more = more or len(some) >= wanted
        found += some
    return sorted(found, key=lambda one: one.id), more


_RUNNING = mass.c.state == MassState.RUNNING.value


def _of_mass(connection: Connection, mass_id: int, now: datetime, limit: int) -> list[Notice]:
    if limit <= 0:
        return []
    mine = (table.c.subject == Subject.MASS.value) & (table.c.subject_id == mass_id)
    query = select(table).where(_WAITING, mine, table.c.due <= now)
    rows = connection.execute(query.order_by(table.c.due).limit(limit)).mappings()
    return [notice_of(row) for row in rows]


def _count_handed(connection: Connection) -> int:
    leaves = outbox.c.state == int(State.NEW)  # of those that wait for somebody none does
    query = select(func.count()).where(outbox.c.lane == int(Lane.NOTICE), leaves)
    return connection.execute(query).scalar_one()


def _count_of(connection: Connection, mass_id: int) -> int:
    """How many of a message to many wait in the outbox."""
    query = (
        select(func.count())
        .join_from(outbox, table, table.c.id == outbox.c.notice)
        .where(
            table.c.subject == Subject.MASS.value,
            table.c.subject_id == mass_id,
            outbox.c.state != int(State.UNKNOWN),  # those stay there, and go nowhere
        )
    )
    return connection.execute(query).scalar_one()


Event = tuple[int, Subject, int, str]


def _event(one: Notice) -> Event:
    return one.person_id, one.subject, one.subject_id, one.occasion


def _latest(going: Iterable[Notice]) -> Mapping[Event, int]:
    """Of each person's event the notice that was due last."""
    ordered = sorted(going, key=lambda one: (one.due, one.id))
    return {_event(one): one.id for one in ordered}


def _carry_out(
    unit: Unit, one: Notice, found: Found, now: datetime, render: Render
) -> tuple[Verdict | None, Outgoing | None]:
    """Do what was found right; what came of it (None where somebody was quicker), and what goes."""
    connection, verdict = unit.reading(), found.verdict
    if verdict is Verdict.WAIT:
        assert found.due is not None
        return (verdict if put_off(connection, one, found.due) else None), None
    outgoing = render(unit, one, now) if verdict is Verdict.GO else None
    if verdict is Verdict.GO and outgoing is None:
        verdict = Verdict.STOPPED  # what it was about is not there any more
    if not _settled(connection, one, verdict, now):
        return None, None
    if verdict is Verdict.GO and one.shifted:
        tell(connection, News.GAP, one, now)
    if one.subject is Subject.DATE and verdict is not Verdict.BLOCKED:
        plan(connection, unit.vault, one.subject, one.subject_id, now)  # of weekly ones the next
    return verdict, outgoing


def _settled(connection: Connection, one: Notice, verdict: Verdict, now: datetime) -> bool:
    """Write down how it ends, or that it is on its way; the desk learns of what went wrong."""
    if verdict is Verdict.GO:
        return settle(connection, one, NoticeState.HANDED)
    if verdict is Verdict.MISSED:
        return miss(connection, one, now)
    settled = settle(connection, one, NoticeState(verdict.value), now)
    if settled and verdict is Verdict.BLOCKED:
        tell(connection, News.BLOCKED, one, now)
    return settled
