"""What somebody of an office has to do for a contact, and by when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from storage.case_schema import case_task
from storage.cases.model import Task, packed, unpacked
from storage.vault import Vault, random_id


def task_add(
    connection: Connection,
    vault: Vault,
    contact_id: int,
    words: str,
    due: date,
    *,
    by: int,
    owner: int | None = None,
) -> Task:
    """Add a task; without an owner it is the whole office's."""
    id_ = random_id()
    made = Task(id_, contact_id, due, owner, None, by, words)
    connection.execute(
        insert(case_task).values(
            id=id_,
            contact_id=contact_id,
            body=vault.seal_case(packed(words=words), "task", id_),
            due=due,
            owner=owner,
            created_by=by,
        )
    )
    return made


def task_done(connection: Connection, task_id: int, contact_id: int, now: datetime) -> bool:
    """A task is done; False where it was, or is another contact's."""
    mine = (case_task.c.id == task_id) & (case_task.c.contact_id == contact_id)
    done = update(case_task).where(mine, case_task.c.done.is_(None)).values(done=now)
    return connection.execute(done).rowcount == 1


def find_tasks(connection: Connection, vault: Vault, contact_id: int) -> tuple[Task, ...]:
    """The tasks of a contact, also those done; by their day."""
    query = select(case_task).where(case_task.c.contact_id == contact_id)
    rows = connection.execute(query.order_by(case_task.c.due, case_task.c.id))
    return tuple(_task(row, vault) for row in rows)


def _task(row: Any, vault: Vault) -> Task:
    return Task(
        row.id,
        row.contact_id,
        row.due,
        row.owner,
        row.done,
        row.created_by,
        unpacked(vault.open_case(bytes(row.body), "task", row.id)).get("words", ""),
    )
