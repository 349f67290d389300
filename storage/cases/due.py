"""What waits in many cases at once, for a list: days and kinds, and none of the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, func, literal, select

from flows.calendar_model import AppointmentState
from flows.case_model import Flag, Said
from flows.case_rules import OPEN
from storage.calendar_schema import appointment
from storage.case_schema import case_file, case_flag, case_task, contact, plan_action
from storage.operators import Operator

MOST_ENTRIES = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in one case.

    `due` is the first day of all that is to be done, `late` how much of it is late, `moves` how
    often the person asked for another day; `flags` are those that stand today.
    """

    due: date | None = None
    late: int = 0
    moves: int = 0
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """Something somebody has to do, and for whom; what it is stands in the case itself.

    `time` is of an appointment, by the clocks there; a task has none.
    """

    contact_id: int
    designation: str
    due: date
    time: str
    mine: bool


def find_agenda(connection: Connection, operator: Operator, until: date) -> list[Entry]:
    """What an operator has to do until a day, and what whoever of the office is there has to."""
    task, meeting, known = case_task.c, appointment.c, contact.c
    mine, met = task.owner == operator.id, meeting.operator_id == operator.id
    tasks = (
        select(known.id, known.designation, task.due, literal(""), mine)
        .join(contact, known.id == task.contact_id)
        .where(known.office == operator.office, mine | task.owner.is_(None))
        .where(task.done.is_(None), task.due <= until)
        .order_by(task.due, task.id)
    )
    meetings = (
        select(known.id, known.designation, meeting.day, meeting.time, met)
        .join(contact, known.id == meeting.contact_id)
        .where(meeting.office == operator.office, met | meeting.operator_id.is_(None))
        .where(meeting.state == AppointmentState.BOOKED.value, meeting.day <= until)
        .order_by(meeting.starts, meeting.id)
    )
    found = [
        Entry(id_, name, due, time, bool(own))
        for query in (tasks, meetings)
        for id_, name, due, time, own in connection.execute(query.limit(MOST_ENTRIES))
    ]
    return sorted(found, key=lambda one: (one.due, one.time))[:MOST_ENTRIES]


def find_waiting(
    connection: Connection, contact_ids: Sequence[int], today: date
) -> dict[int, Waiting]:
    """What waits in each of these cases: tasks, appointments, steps of the plan, and looking at it
    again."""
    days: dict[int, list[date]] = {id_: [] for id_ in contact_ids}
    for query in _queries(contact_ids):
        for row in connection.execute(query):
            days[row[0]].append(row[1])
    moves = _count_moves(connection, contact_ids)
    flags = _find_flags(connection, contact_ids, today)
    return {
        id_: Waiting(
            min(found, default=None),
            sum(day < today for day in found),
            moves.get(id_, 0),
            tuple(flags.get(id_, ())),
        )
        for id_, found in days.items()
    }


def _queries(ids: Sequence[int]) -> Iterator[Select[int, date]]:
    task, step, file = case_task.c, plan_action.c, case_file.c
    yield select(task.contact_id, task.due).where(task.contact_id.in_(ids), task.done.is_(None))
    meeting = appointment.c
    yield select(meeting.contact_id, meeting.day).where(
        meeting.contact_id.in_(ids), meeting.state == AppointmentState.BOOKED.value
    )
    is_open = step.state.in_([state.value for state in OPEN])
    yield select(step.contact_id, step.due).where(
        step.contact_id.in_(ids), is_open, step.due.is_not(None)
    )
    yield select(file.contact_id, file.review).where(
        file.contact_id.in_(ids), file.review.is_not(None), file.concluded.is_(None)
    )


def _count_moves(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    step = plan_action.c
    is_open = step.state.in_([state.value for state in OPEN])
    query = (
        select(step.contact_id, func.count())
        .where(step.contact_id.in_(ids), is_open, step.said == Said.MOVE.value)
        .group_by(step.contact_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _find_flags(connection: Connection, ids: Sequence[int], today: date) -> dict[int, list[Flag]]:
    flag = case_flag.c
    query = select(flag.contact_id, flag.kind).where(
        flag.contact_id.in_(ids), flag.ended.is_(None), flag.since <= today, flag.until >= today
    )
    found: dict[int, list[Flag]] = {}
    for id_, kind in connection.execute(query):
        found.setdefault(id_, []).append(Flag(kind))
    return found
