"""Keeps who looks after a card or a number, and by when somebody must look at it again."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, Row, delete, insert, select

from storage.wording.deciding import next_edition
from storage.wording.model import Care
from storage.wording_schema import care as table


def find_care(connection: Connection) -> dict[str, Care]:
    """Who looks after what, by card or number."""
    return {row.subject: _care(row) for row in connection.execute(select(table))}


def give_to(
    connection: Connection, subject: str, owner: int | None, by: int, now: datetime
) -> None:
    """Say who looks after a card; nobody where `owner` is none."""
    before = find_care(connection).get(subject)
    checked, review, why = (
        (before.checked, before.review, before.why) if before else (None, None, "")
    )
    _save(connection, Care(subject, owner, checked, review, now, by, why))


def note_check(
    connection: Connection,
    subject: str,
    today: date,
    review: date,
    by: int,
    now: datetime,
    why: str,
) -> None:
    """Keep that the facts of a card were checked against a source, and by when they must be
    again."""
    before = find_care(connection).get(subject)
    owner = None if before is None else before.owner
    _save(connection, Care(subject, owner, today, review, now, by, why))
    next_edition(connection)


def _save(connection: Connection, care: Care) -> None:
    connection.execute(delete(table).where(table.c.subject == care.subject))
    connection.execute(
        insert(table).values(
            subject=care.subject,
            owner=care.owner,
            checked=care.checked,
            review=care.review,
            at=care.at,
            by=care.by,
            why=care.why,
        )
    )


def _care(row: Row[tuple[object, ...]]) -> Care:
    return Care(row.subject, row.owner, row.checked, row.review, row.at, row.by, row.why)
