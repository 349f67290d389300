"""Computes what is to be told when from courses, appointments, dates and people's wishes.

Everything here may be done again at any time: what still waits follows, what has ended stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select, update

from flows.calendar_model import NoticeState, PlaceState, Subject
from flows.handoff_model import Safe
from flows.reminding import DAY, Reach, Step, moments, steps_for
from storage.calendar_schema import appointment, course, enrolment, lesson, own_date
from storage.calendar_schema import notice as table
from storage.cases.refusing import has_chosen
from storage.instants import ROME, instant, wall
from storage.notices.events import Event, find_appointments, find_dates, find_lessons
from storage.notices.model import CANCELLED, TOLD, Notice, notice_of
from storage.notices.rows import Due, row_of, write_new
from storage.notices.stopping import drop_waiting, take_back
from storage.notices.wishes import Wished, find_wished
from storage.vault import Vault

REVIVED = (NoticeState.BLOCKED, NoticeState.STOPPED)
"""What ended so was not sent, and is planned anew when its moment is still to come."""


def plan(
    connection: Connection,
    vault: Vault,
    subject: Subject,
    subject_id: int,
    now: datetime,
    hours: Reach = DAY,
) -> None:
    """Plan the reminders of everybody of one lesson, appointment or date, as it is now."""
    if subject is Subject.LESSON:
        events = find_lessons(connection, lesson.c.id == subject_id, now)
    elif subject is Subject.APPOINTMENT:
        events = find_appointments(connection, appointment.c.id == subject_id, now)
    elif subject is Subject.DATE:
        events = find_dates(connection, vault, own_date.c.id == subject_id, now)
    else:
        raise ValueError(f"Nothing is planned for {subject.value}; it is added.")
    mine = and_(table.c.subject == subject.value, table.c.subject_id == subject_id)
    _settle(connection, events, mine, now, hours)


def plan_course(
    connection: Connection,
    vault: Vault,
    course_id: int,
    now: datetime,
    *,
    person_id: int | None = None,
    hours: Reach = DAY,
) -> None:
    """Plan the reminders of a course's lessons; only one person's, where only they changed."""
    events = find_lessons(connection, course.c.id == course_id, now, person_id)
    ids = select(lesson.c.id).where(lesson.c.course_id == course_id)
    mine = and_(table.c.subject == Subject.LESSON.value, table.c.subject_id.in_(ids))
    if person_id is not None:
        mine = and_(mine, table.c.person_id == person_id)
    _settle(connection, events, mine, now, hours)


def plan_person(
    connection: Connection, vault: Vault, person_id: int, now: datetime, hours: Reach = DAY
) -> None:
    """Plan all reminders of one person: their wishes changed, or they can be reached again."""
    courses = select(enrolment.c.course_id).where(
        enrolment.c.person_id == person_id, enrolment.c.state == PlaceState.ENROLLED.value
    )
    events = [
        *find_lessons(connection, course.c.id.in_(courses), now, person_id),
        *find_appointments(connection, appointment.c.person_id == person_id, now),
        *find_dates(connection, vault, own_date.c.person_id == person_id, now),
    ]
    planned = (Subject.LESSON.value, Subject.APPOINTMENT.value, Subject.DATE.value)
    mine = and_(table.c.person_id == person_id, table.c.subject.in_(planned))
    _settle(connection, events, mine, now, hours)


def plan_heard(connection: Connection, vault: Vault, person_id: int, now: datetime) -> None:
    """Somebody wrote, or asked for somebody: who had said no is written to again from now on."""
    if has_chosen(connection, person_id):
        plan_person(connection, vault, person_id, now)


def add(
    connection: Connection,
    person_id: int,
    subject: Subject,
    subject_id: int,
    now: datetime,
    *,
    due: datetime,
    until: datetime,
    occasion: str,
    step: str = "",
    zone: str = ROME,
) -> bool:
    """Let one person be told something, once; False where she was told already, or it is over."""
    if until <= now:
        return False
    told = add_many(
        connection,
        [person_id],
        subject,
        subject_id,
        due=due,
        until=until,
        occasion=occasion,
        step=step,
        zone=zone,
    )
    return told == 1


def add_anew(
    connection: Connection, person_id: int, subject: Subject, subject_id: int, **when: Any
) -> None:
    """Let one person be told something that is so again: also where it was told before, and was
    otherwise in between. What is on its way stays as it is."""
    if add(connection, person_id, subject, subject_id, **when) or when["until"] <= when["now"]:
        return
    same = and_(
        table.c.person_id == person_id,
        table.c.subject == subject.value,
        table.c.subject_id == subject_id,
        table.c.occasion == when["occasion"],
        table.c.step == when["step"],
        table.c.state.not_in((NoticeState.WAITING.value, NoticeState.HANDED.value)),
    )
    values: dict[str, Any] = {"state": NoticeState.WAITING.value, "ended": None}
    values |= {"due": when["due"], "until": when["until"]}
    connection.execute(update(table).where(same).values(values))


def add_many(
    connection: Connection,
    person_ids: Iterable[int],
    subject: Subject,
    subject_id: int,
    *,
    due: datetime,
    until: datetime,
    occasion: str,
    step: str = "",
    zone: str = ROME,
) -> int:
    """Let many people be told the same, each once; how many were not told of it before."""
    moment = Due(due, wall(due, zone), zone, False)
    values = row_of(subject, subject_id, occasion, step, moment, until)
    return write_new(connection, (values | {"person_id": whose} for whose in person_ids))


# -- what changes

Mine = dict[tuple[Subject, int], dict[int, list[Notice]]]
"""The rows there are, by what they are about and whose they are."""


def _settle(
    connection: Connection,
    events: Sequence[Event],
    mine: ColumnElement[bool],
    now: datetime,
    hours: Reach,
) -> None:
    """Make the rows what the events say; `mine` are those this is about."""
    known: Mine = {}
    query = select(table).where(mine).order_by(table.c.id)
    for one in map(notice_of, connection.execute(query).mappings()):
        known.setdefault((one.subject, one.subject_id), {}).setdefault(one.person_id, []).append(
            one
        )
    wished = find_wished(connection, {whose for event in events for whose in event.people})
    new: list[dict[str, Any]] = []
    changed: dict[int, dict[str, Any]] = {}
    kept: set[int] = set()
    for event in events:
        here = known.get((event.subject, event.subject_id), {})
        for whose, wish, wanted in _by_person(event, wished, now, hours):
            rows = {(one.occasion, one.step): one for one in here.get(whose, ())}
            kept |= {one.id for one in rows.values() if _is_of_use(event, one, wish, now, hours)}
            for values in wanted:
                found = rows.get((event.occasion, values["step"]))
                if found is None:
                    new.append(values | {"person_id": whose})
                else:
                    kept.add(found.id)
                    changed[found.id] = _change(found, values, wish)
    write_new(connection, new)
    for row_id in sorted(one for one, values in changed.items() if values):
        connection.execute(update(table).where(table.c.id == row_id).values(changed[row_id]))
    _drop(connection, known, kept, now)


def _by_person(
    event: Event, wished: Mapping[int, Wished], now: datetime, hours: Reach
) -> Iterator[tuple[int, Wished, list[dict[str, Any]]]]:
    """Of each person of an event what they wish, and what is to come of it."""
    known: dict[tuple[str | None, Safe], list[dict[str, Any]]] = {}
    for whose in event.people:
        wish = wished.get(whose)
        if wish is not None:
            manner = wish.steps, wish.safe
            if manner not in known:
                known[manner] = _wanted(event, wish, now, hours)
            yield whose, wish, known[manner]


def _wanted(event: Event, wish: Wished, now: datetime, hours: Reach) -> list[dict[str, Any]]:
    """The rows to come of an event for somebody who wishes so."""
    steps = {str(step): step for step in steps_of(event, wish)}
    moments_of = [(step, event.moment_of(step)) for step in steps.values()]
    zone = event.zone
    last = wall(event.last(), zone)
    rows = []
    for step, at in moments(moments_of, last, wall(now, zone), wish.reach(hours)):
        due, shifted = instant(at.date(), at.time(), zone)
        rows.append(
            row_of(
                event.subject,
                event.subject_id,
                event.occasion,
                step,
                Due(due, at, zone, shifted),
                event.until(steps[step]),
            )
        )
    return rows


def steps_of(event: Event, wish: Wished) -> tuple[Step, ...]:
    """The steps for somebody; those of one's own dates are what the law makes them."""
    return event.steps if event.kind is not None else steps_for(event.steps, wish.steps)


def _is_of_use(event: Event, one: Notice, wish: Wished, now: datetime, hours: Reach) -> bool:
    """Whether a row may stay though it is not among those to come by the calendar.

    It is on its way; or its moment has come already, and it waits for the tick, for the end of a
    pause, or for an hour in which she may be written to; or she asked for it. What is not wished
    any more does not stay.
    """
    if one.occasion != event.occasion:
        return False
    if one.is_snooze or one.step in TOLD:
        return True
    step = {str(step): step for step in steps_of(event, wish)}.get(one.step)
    if step is None:
        return False
    if one.state is NoticeState.HANDED:
        return True
    late = one.due <= now or is_late(event, step, wish.reach(hours), now)
    return one.state is NoticeState.WAITING and late


def is_late(event: Event, step: Step, reach: Reach, now: datetime) -> bool:
    """Whether the moment at which a step would go is over."""
    at = reach.before(event.moment_of(step))
    return instant(at.date(), at.time(), event.zone).at <= now


def _change(found: Notice, values: Mapping[str, Any], wish: Wished) -> dict[str, Any]:
    """What is to be changed of a row whose moment is to come."""
    moment = {name: values[name] for name in ("due", "day", "time", "zone", "until", "shifted")}
    if found.state in REVIVED and wish.reachable:
        return {**moment, "state": NoticeState.WAITING.value, "ended": None}
    same = all(getattr(found, name) == value for name, value in moment.items())
    return {} if same or found.state is not NoticeState.WAITING else moment


def _drop(connection: Connection, known: Mine, kept: Collection[int], now: datetime) -> None:
    """What is not wanted any more does not go; what is over is left to who says so."""
    over = [
        one
        for people in known.values()
        for rows in people.values()
        for one in rows
        if one.id not in kept and one.until > now and one.step != CANCELLED
    ]
    drop_waiting(connection, [one.id for one in over if one.state is NoticeState.WAITING])
    take_back(connection, [one.id for one in over if one.state is NoticeState.HANDED])
