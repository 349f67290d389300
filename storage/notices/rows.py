"""The rows of what is to be told: made, and written so that none is ever there twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from flows.calendar_model import NoticeState, Subject
from storage.calendar_schema import notice as table
from storage.vault import random_id

_MANY = 1000


class Due(NamedTuple):
    """When something is told: the moment, and what the clocks of the place show then."""

    at: datetime
    local: datetime
    zone: str
    shifted: bool


def row_of(
    subject: Subject, subject_id: int, occasion: str, step: str, due: Due, until: datetime
) -> dict[str, Any]:
    """A row that waits, still without whose it is."""
    return {
        "subject": subject.value,
        "subject_id": subject_id,
        "occasion": occasion,
        "step": step,
        "due": due.at,
        "day": due.local.date(),
        "time": f"{due.local:%H:%M}",
        "zone": due.zone,
        "until": until,
        "state": NoticeState.WAITING.value,
        "shifted": due.shifted,
    }


def write_new(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write rows; one that is there already stays as it is. How many were new."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).on_conflict_do_nothing().returning(table.c.id)
    waiting = ({**row, "id": random_id()} for row in rows)  # they can be very many
    written = 0
    while some := list(islice(waiting, _MANY)):
        written += len(connection.execute(statement, some).all())
    return written
