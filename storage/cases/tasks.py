"""What somebody of an office has to do, of a case or of a conversation, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from flows.case_model import TaskKind
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


def find_tasks(connection: Connection, vault: Vault, about: About) -> tuple[Task, ...]:
    """The tasks of a contact or a conversation, also those done; by their day."""
    query = select(case_task).where(_of(about))
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
        row.owner,
        row.done,
        row.created_by,
        unpacked(vault.open_case(bytes(row.body), "task", row.id)).get("words", ""),
    )
