"""What somebody of an office has to do, of a case or of a conversation, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from flows.case_model import Said, TaskKind
from storage.case_schema import case_task
from storage.cases.model import Task, packed, unpacked
from storage.vault import Vault, random_id


@dataclass(frozen=True, slots=True)
class About:
    """What a task belongs to: a contact, a conversation, or both."""

    contact_id: int | None = None
    handoff_id: int | None = None


def task_add(
    connection: Connection,
    vault: Vault,
    about: About,
    words: str,
    due: date,
    *,
    by: int,
    owner: int | None = None,
    kind: TaskKind = TaskKind.TASK,
    time: str = "",
) -> Task:
    """Add a task, or an appointment at a local time; without an owner it is the whole office's.

    Raises:
        ValueError: it belongs to nothing.
    """
    if about == About():
        raise ValueError("A task belongs to a contact or to a conversation.")
    id_ = random_id()
    made = Task(
        id_,
        about.contact_id,
        about.handoff_id,
        kind,
        due,
        time,
        Said.NOTHING,
        owner,
        None,
        by,
        words,
    )
    connection.execute(
        insert(case_task).values(
            id=id_,
            contact_id=about.contact_id,
            handoff_id=about.handoff_id,
            kind=kind.value,
            body=vault.seal_case(packed(words=words), "task", id_),
            due=due,
            time=time,
            owner=owner,
            created_by=by,
        )
    )
    return made


def task_done(connection: Connection, task_id: int, about: About, now: datetime) -> bool:
    """A task is done; False where it was, or does not belong to this."""
    mine = (case_task.c.id == task_id) & _of(about)
    done = update(case_task).where(mine, case_task.c.done.is_(None)).values(done=now)
    return connection.execute(done).rowcount == 1


def task_said(connection: Connection, task_id: int, about: About, said: Said) -> bool:
    """What the person says to an appointment."""
    mine = (case_task.c.id == task_id) & _of(about) & case_task.c.done.is_(None)
    return connection.execute(update(case_task).where(mine).values(said=said.value)).rowcount == 1


def find_tasks(connection: Connection, vault: Vault, about: About) -> tuple[Task, ...]:
    """The tasks of a contact or a conversation, also those done; by their day."""
    return _found(connection, vault, _of(about))


def find_my_tasks(connection: Connection, vault: Vault, operator_id: int) -> tuple[Task, ...]:
    """What an operator has to do still, by its day."""
    open_ones = (case_task.c.owner == operator_id) & case_task.c.done.is_(None)
    return _found(connection, vault, open_ones)


def _found(connection: Connection, vault: Vault, wanted: ColumnElement[bool]) -> tuple[Task, ...]:
    query = select(case_task).where(wanted)
    rows = connection.execute(query.order_by(case_task.c.due, case_task.c.time, case_task.c.id))
    return tuple(_task(row, vault) for row in rows)


def _of(about: About) -> ColumnElement[bool]:
    if about.contact_id is not None:
        return case_task.c.contact_id == about.contact_id
    return case_task.c.handoff_id == about.handoff_id


def _task(row: Any, vault: Vault) -> Task:
    return Task(
        row.id,
        row.contact_id,
        row.handoff_id,
        TaskKind(row.kind),
        row.due,
        row.time,
        Said(row.said),
        row.owner,
        row.done,
        row.created_by,
        unpacked(vault.open_case(bytes(row.body), "task", row.id)).get("words", ""),
    )
