"""Plans everything anew when the rules of the world's clocks are new, and after a restored backup.

Done in small transactions, each of which may be done twice; nobody waits for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from flows.calendar_model import News, NoticeState, Subject
from storage.calendar_schema import appointment, course, lesson, own_date
from storage.calendar_schema import notice as table
from storage.instants import instant, rules_version
from storage.mass.running import settle_restored as settle_masses
from storage.notices.ending import settle
from storage.notices.model import notice_of
from storage.notices.planning import plan, plan_course
from storage.notices.telling import tell
from storage.schema import setting
from storage.unit import Unit
from storage.vault import Vault

RULES = "clock rules"
RESTORED = "notices restored"
_MANY = 100

Job = Callable[[Unit], object]


def replan_all(unit: Unit, now: datetime) -> list[Job]:
    """What is to be done because the rules of the clocks are others than before; mostly nothing.

    The jobs are done one after the other; the last one notes the rules that hold now.
    """
    kept, version = unit.reading(), rules_version()
    if unit.setting(RULES) == version:
        return []
    courses = select(lesson.c.course_id).where(lesson.c.starts > now - _EARLIER).distinct()
    to_come = appointment.c.starts > now - _EARLIER
    meetings, openings = (select(one).where(to_come) for one in (appointment.c.id, _OPENING))
    jobs: list[Job] = [
        *(_course(id_, now) for id_ in kept.execute(courses).scalars()),
        *(_desk(id_, now) for id_ in kept.execute(openings.distinct()).scalars()),
        *(_each(Subject.APPOINTMENT, some, now) for some in _portions(kept, meetings)),
        *(_each(Subject.DATE, some, now) for some in _portions(kept, select(own_date.c.id))),
    ]
    return [*jobs, lambda done: done.set_setting(RULES, version)]


_OPENING = appointment.c.opening_id
_EARLIER = timedelta(days=2)
"""What begins later by new rules may have begun by the old ones."""


def _portions(connection: Connection, query: object) -> Iterator[Sequence[int]]:
    ids = list(connection.execute(query).scalars())  # type: ignore[call-overload]
    for first in range(0, len(ids), _MANY):
        yield ids[first : first + _MANY]


def _course(course_id: int, now: datetime) -> Job:
    def job(unit: Unit) -> None:
        kept = unit.direct()
        zone = kept.execute(select(course.c.zone).where(course.c.id == course_id)).scalar()
        if zone is not None:
            _land(kept, lesson, lesson.c.course_id == course_id, zone)
            plan_course(kept, unit.vault, course_id, now)

    return job


def _desk(opening_id: int | None, now: datetime) -> Job:
    def job(unit: Unit) -> None:
        to_come = appointment.c.starts > now - _EARLIER
        _land(unit.direct(), appointment, _OPENING.is_not_distinct_from(opening_id) & to_come)

    return job


def _each(subject: Subject, ids: Sequence[int], now: datetime) -> Job:
    def job(unit: Unit) -> None:
        for id_ in ids:
            plan(unit.direct(), unit.vault, subject, id_, now)

    return job


def _land(connection: Connection, rows: Table, where: object, zone: str = "") -> None:
    """Compute the moments of meetings anew from what the clocks on the wall show then.

    All of a desk give their seats back first: one moves to where another one still is.
    """
    found = [
        (row, at)
        for row in connection.execute(select(rows).where(where)).all()  # type: ignore[arg-type]
        if (at := instant(row.day, time.fromisoformat(row.time), zone or row.zone).at) != row.starts
    ]
    for row, at in found:
        values: dict[str, Any] = {"starts": at, "ends": at + timedelta(minutes=row.minutes)}
        values |= {"seat": None} if rows is appointment else {}
        connection.execute(update(rows).where(rows.c.id == row.id).values(values))
    for row, _at in found if rows is appointment else ():
        if row.seat is not None:
            _seat(connection, row.id, row.seat)


def _seat(connection: Connection, appointment_id: int, seat: int) -> None:
    """The seat somebody had is theirs again; where two hours have become one, they share it."""
    mine = update(appointment).where(appointment.c.id == appointment_id)
    with suppress(IntegrityError), connection.begin_nested():
        connection.execute(mine.values(seat=seat))


def note_restored(connection: Connection) -> None:
    """A backup was put back: at the next start `settle_restored` is called."""
    connection.execute(delete(setting).where(setting.c.key == RESTORED))
    connection.execute(insert(setting).values(key=RESTORED, value="yes"))


def settle_restored(connection: Connection, vault: Vault, now: datetime) -> int:
    """After a backup was put back: what was due meanwhile may have been told; it is not told again.

    The desks learn of it, so that somebody can call. How many these are.
    """
    settle_masses(connection, now)
    due = (table.c.state == NoticeState.WAITING.value) & (table.c.due <= now)
    rows = connection.execute(select(table).where(due).order_by(table.c.id)).mappings()
    found = [notice_of(row) for row in rows]
    for one in found:
        settle(connection, one, NoticeState.UNKNOWN, now)
        if one.until > now:
            tell(connection, News.MISSED, one, now)
    return len(found)
