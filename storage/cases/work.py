"""Who has how much to do; and what happens to it when somebody leaves: nothing stays stuck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select, update

from flows.case_model import Stage
from flows.handoff_model import State
from flows.text import Text, _
from storage import audit
from storage.audit import Action
from storage.calendar_schema import appointment
from storage.case_schema import case_task
from storage.case_schema import contact as contacts
from storage.cases.tasks import task_add
from storage.handoff_schema import handoff
from storage.handoffs.claims import release
from storage.operators import Operator, Role, all_operators, remove_operator
from storage.vault import Vault

LEFTOVER = "Chi seguiva questo caso non c'è più: qualcuno lo prenda."
"""A task for operators, who speak Italian."""


@dataclass(frozen=True, slots=True)
class Load:
    """What an operator has: open conversations, open cases, tasks, and those that are late."""

    operator: Operator
    talks: int
    cases: int
    tasks: int
    overdue: int
    away: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """What was handed over: to whom (None: to the office), and how much of what."""

    to: Operator | None
    talks: int
    cases: int
    tasks: int


def workload(connection: Connection, today: date) -> list[Load]:
    """What every operator has to do, by name. Antennas have nothing: they hand on."""
    talks = _by_owner(connection, handoff, handoff.c.state == State.CLAIMED.value)
    cases = _by_owner(connection, contacts, contacts.c.stage != Stage.CONCLUDED.value)
    open_tasks = case_task.c.done.is_(None)
    tasks = _by_owner(connection, case_task, open_tasks)
    late = _by_owner(connection, case_task, open_tasks & (case_task.c.due < today))
    return [
        Load(
            one,
            talks.get(one.id, 0),
            cases.get(one.id, 0),
            tasks.get(one.id, 0),
            late.get(one.id, 0),
            one.is_away(today),
        )
        for one in all_operators(connection)
        if one.role is not Role.ANTENNA
    ]


def _by_owner(
    connection: Connection, table: Table, wanted: ColumnElement[bool]
) -> Mapping[int, int]:
    query = select(table.c.owner, func.count()).where(wanted, table.c.owner.is_not(None))
    return {row[0]: row[1] for row in connection.execute(query.group_by(table.c.owner))}


def hand_over_work(
    connection: Connection,
    vault: Vault,
    leaver: Operator,
    to: Operator | None,
    now: datetime,
    by: int,
) -> Moved | Text:
    """Hand over everything that an operator has.

    Their conversations wait for whoever comes first. Cases, tasks and appointments go to the
    colleague who is named, else to a coordinator of the office; where there is none they are the
    office's, and every open case gets a task that says so.
    """
    if to is not None and not _may_take(leaver, to):
        return _("Cases go to a colleague of the same office, who is still there.")
    heir = to or _coordinator(connection, leaver, now.date())
    talks = _release(connection, leaver, now)
    heir_id = None if heir is None else heir.id
    cases = _give_cases(connection, vault, leaver, heir_id, now, by)
    tasks = connection.execute(
        update(case_task)
        .where(case_task.c.owner == leaver.id, case_task.c.done.is_(None))
        .values(owner=heir_id)
    ).rowcount
    met = (appointment.c.operator_id == leaver.id) & (appointment.c.ends > now)
    connection.execute(update(appointment).where(met).values(operator_id=heir_id))
    audit.write(connection, vault, now, by, Action.WORK_HANDED_OVER, leaver.name)
    return Moved(heir, talks, cases, tasks)


def off_board(
    connection: Connection,
    vault: Vault,
    leaver: Operator,
    to: Operator | None,
    now: datetime,
    by: int,
) -> Moved | Text:
    """Hand over what an operator has and let them in no more, in one transaction."""
    moved = hand_over_work(connection, vault, leaver, to, now, by)
    if isinstance(moved, Text):
        return moved
    remove_operator(connection, leaver.id)
    audit.write(connection, vault, now, by, Action.OPERATOR_REMOVED, leaver.name)
    return moved


def _may_take(leaver: Operator, to: Operator) -> bool:
    here = to.active and to.role is not Role.ANTENNA
    return here and to.office == leaver.office and to.id != leaver.id


def _coordinator(connection: Connection, leaver: Operator, today: date) -> Operator | None:
    """Who coordinates the leaver's office; of several, one who is there today."""
    able = [
        one
        for one in all_operators(connection)
        if one.role in (Role.COORDINATOR, Role.ADMINISTRATOR) and _may_take(leaver, one)
    ]
    able.sort(key=lambda one: (one.is_away(today), one.role is Role.ADMINISTRATOR))
    return able[0] if able else None


def _release(connection: Connection, leaver: Operator, now: datetime) -> int:
    mine: Any = (handoff.c.owner == leaver.id) & (handoff.c.state == State.CLAIMED.value)
    ids = list(connection.execute(select(handoff.c.id).where(mine)).scalars())
    return sum(release(connection, id_, leaver.id, now) for id_ in ids)


def _give_cases(
    connection: Connection,
    vault: Vault,
    leaver: Operator,
    heir: int | None,
    now: datetime,
    by: int,
) -> int:
    """Give away the cases of a leaver; those concluded too, for they may be taken up again."""
    mine = contacts.c.owner == leaver.id
    query = select(contacts.c.id).where(mine, contacts.c.stage != Stage.CONCLUDED.value)
    open_ones = list(connection.execute(query).scalars())
    connection.execute(update(contacts).where(mine).values(owner=heir))
    if heir is None:
        for id_ in open_ones:
            task_add(connection, vault, id_, LEFTOVER, now.date(), by=by)
    return len(open_ones)
