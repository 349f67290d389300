"""What a desk should see of people's lessons and appointments: who cannot come, is late, is lost.

It holds a designation and a time, and no word of anybody. The console shows it until somebody has
seen it; what cannot wait is told in the office's group once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from flows.calendar_model import News, Subject
from storage.calendar_schema import desk_news as table
from storage.schema import desk
from storage.vault import random_id

AT_ONCE = (News.LATE, News.LOST, News.CANNOT)
"""Somebody at the desk waits for them, or could give the seat away."""

POSTED = (*AT_ONCE, News.MISSED, News.BLOCKED, News.CANCELLED, News.OFFERED)
"""What is told in the office's group; the rest is seen in the console only."""


@dataclass(frozen=True, slots=True)
class DeskNews:
    """One line of news. `event` is when the lesson or appointment is, `minutes` how late."""

    id: int
    office: str
    desk: str
    what: News
    subject: Subject
    subject_id: int
    designation: str
    event: datetime
    minutes: int | None
    at: datetime
    seen_by: int | None
    posted: bool


def tell_desk(
    connection: Connection,
    what: News,
    *,
    office: str,
    desk: str,
    subject: Subject,
    subject_id: int,
    designation: str,
    event: datetime,
    at: datetime,
    minutes: int | None = None,
) -> None:
    """Let a desk know; what it was told and has not seen yet is corrected, not said twice."""
    same = (
        (table.c.office == office)
        & (table.c.what == what.value)
        & (table.c.subject == subject.value)
        & (table.c.subject_id == subject_id)
        & (table.c.designation == designation)
    )
    unseen = same & table.c.seen_by.is_(None)
    known = connection.execute(
        select(table.c.id, table.c.event, table.c.minutes).where(unseen)
    ).first()
    if known is not None:
        values: dict[str, Any] = {"event": event, "minutes": minutes, "at": at}
        if (known.event, known.minutes) != (event, minutes):
            values["posted"] = what not in POSTED  # it says something else than the group knows
        connection.execute(update(table).where(table.c.id == known.id).values(values))
        return
    connection.execute(
        insert(table).values(
            id=random_id(),
            office=office,
            desk=desk,
            what=what.value,
            subject=subject.value,
            subject_id=subject_id,
            designation=designation,
            event=event,
            minutes=minutes,
            at=at,
            posted=what not in POSTED,
        )
    )


def find_news(
    connection: Connection,
    office: str,
    *,
    unseen: bool = True,
    since: datetime | None = None,
    limit: int = 100,
) -> list[DeskNews]:
    """The news of an office, the latest first."""
    query = select(table).where(table.c.office == office)
    if unseen:
        query = query.where(table.c.seen_by.is_(None))
    if since is not None:
        query = query.where(table.c.at >= since)
    rows = connection.execute(query.order_by(table.c.at.desc(), table.c.id).limit(limit))
    return [_read(row) for row in rows]


def mark_seen(connection: Connection, ids: Collection[int], operator_id: int, office: str) -> int:
    """Somebody of the office has seen these; how many were new to the office."""
    new = table.c.id.in_(list(ids)) & (table.c.office == office) & table.c.seen_by.is_(None)
    return connection.execute(update(table).where(new).values(seen_by=operator_id)).rowcount


def to_post(connection: Connection, limit: int = 100) -> list[DeskNews]:
    """What the groups were not told of yet, the oldest first."""
    query = select(table).where(~table.c.posted).order_by(table.c.at, table.c.id).limit(limit)
    return [_read(row) for row in connection.execute(query)]


def find_territories(connection: Connection, desks: Collection[str]) -> dict[str, str]:
    """In which territory desks are."""
    query = select(desk.c.key, desk.c.territory).where(desk.c.key.in_(list(desks)))
    return {row.key: row.territory for row in connection.execute(query)}


def mark_posted(connection: Connection, ids: Collection[int]) -> None:
    """The groups are being told of these: nobody tells them again."""
    connection.execute(update(table).where(table.c.id.in_(list(ids))).values(posted=True))


def take_back(
    connection: Connection,
    what: Collection[News],
    subject: Subject,
    subject_id: int,
    designation: str,
) -> int:
    """Drop news that is not so any more and that nobody has seen."""
    old = (
        table.c.what.in_([one.value for one in what])
        & (table.c.subject == subject.value)
        & (table.c.subject_id == subject_id)
        & (table.c.designation == designation)
    )
    return connection.execute(delete(table).where(old, table.c.seen_by.is_(None))).rowcount


def forget_news(connection: Connection, designations: Collection[str]) -> int:
    """Drop what is said of somebody who is to be forgotten, by the two words for them."""
    gone = delete(table).where(table.c.designation.in_(list(designations)))
    return connection.execute(gone).rowcount


def drop_news(connection: Connection, before: datetime) -> int:
    """Drop what is older than anybody needs it."""
    return connection.execute(delete(table).where(table.c.at < before)).rowcount


def _read(row: Row[Any]) -> DeskNews:
    kept = dict(row._mapping)
    kept["what"], kept["subject"] = News(kept["what"]), Subject(kept["subject"])
    kept["posted"] = bool(kept["posted"])
    return DeskNews(**kept)
