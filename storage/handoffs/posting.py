"""Which conversation the topics of a group lack most, and where one lacks something too long."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    update,
)

from flows.handoff_model import State, Trouble
from storage.handoff_schema import handoff, handoff_line, handoff_note
from storage.handoffs.finding import read
from storage.handoffs.left import Topic, leave_topic
from storage.handoffs.missing import has, lacks_acknowledgement, lacks_anything, unposted
from storage.handoffs.model import PASSED_OVER, Handoff
from storage.handoffs.stirring import since
from storage.handoffs.view import lose_topic, set_topic


@dataclass(frozen=True, slots=True)
class Late:
    """How many conversations of a group are late, since when, and why; None: they have no group."""

    group_id: int | None
    count: int
    oldest: datetime
    trouble: Trouble | None


def next_of_group(
    connection: Connection, group_id: int, *, opens: bool = True, skip: Collection[int] = ()
) -> Handoff | None:
    """The conversation of a group to be shown next; None where its topics lack nothing.

    The urgent come first, then a person's words, acknowledgements, notes, summaries. Without
    `opens` only those that have a topic.
    """
    query = select(handoff).where(
        handoff.c.group_id == group_id,
        handoff.c.behind_since.is_not(None),
        handoff.c.id.not_in(skip),
    )
    if not opens:
        query = query.where(handoff.c.topic.is_not(None))
    ranks = (_heard(), lacks_acknowledgement(), lacks_anything())
    order = [_first(rank) for rank in ranks]
    query = query.order_by(handoff.c.urgency.desc(), *order, handoff.c.behind_since, handoff.c.id)
    row = connection.execute(query.limit(1)).first()
    return None if row is None else read(row)


def find_corrected(
    connection: Connection, handoff_id: int, line_ids: Collection[int]
) -> dict[int, int]:
    """Where in the topic lines stand that others correct; those that stand there."""
    line = handoff_line
    query = select(line.c.id, line.c.posted).where(
        line.c.handoff_id == handoff_id, line.c.id.in_(line_ids), line.c.posted > PASSED_OVER
    )
    return {one.id: one.posted for one in connection.execute(query)} if line_ids else {}


def find_shared(
    connection: Connection, handoff_id: int, messages: Collection[int]
) -> frozenset[int]:
    """Those of these messages that acknowledge more than one line."""
    ack = handoff_line.c.ack
    query = select(ack).where(handoff_line.c.handoff_id == handoff_id, ack.in_(messages))
    query = query.group_by(ack).having(func.count() > 1)
    return frozenset(connection.execute(query).scalars()) if messages else frozenset()


def find_homeless(connection: Connection) -> list[Handoff]:
    """Conversations that belong into a topic and have no group."""
    query = select(handoff).where(handoff.c.group_id.is_(None), handoff.c.behind_since.is_not(None))
    return [read(row) for row in connection.execute(query.order_by(handoff.c.id))]


def find_stranded(connection: Connection, group_id: int) -> list[Handoff]:
    """Conversations of a group in which nothing can be said now."""
    query = select(handoff).where(
        handoff.c.group_id == group_id, handoff.c.behind_since.is_not(None)
    )
    return [read(row) for row in connection.execute(query.order_by(handoff.c.id))]


def move_in(connection: Connection, seen: Handoff, group_id: int | None, now: datetime) -> None:
    """A group shows a conversation from now on, in a topic that is still to be opened."""
    if seen.topic is not None:
        if seen.group_id is not None:
            leave_topic(connection, seen.id, Topic(seen.group_id, seen.topic))
        lose_topic(connection, seen.id, now)
    statement = update(handoff).where(handoff.c.id == seen.id)
    connection.execute(statement.values(group_id=group_id, trouble=""))


def open_topic(
    connection: Connection, handoff_id: int, group_id: int, topic: int, name: str, now: datetime
) -> bool:
    """A topic was made for a conversation: the last of it is shown there. Whether one was wanted:
    not where the person was forgotten meanwhile, or another topic shows it."""
    row = connection.execute(select(handoff.c.topic).where(handoff.c.id == handoff_id)).first()
    if row is None or row[0] is not None:
        return False
    lose_topic(connection, handoff_id, now)
    set_topic(connection, handoff_id, group_id, topic, name)
    return True


def close_topic(connection: Connection, seen: Handoff, now: datetime) -> None:
    """The topic of a conversation is gone. One that is closed gets none before it is open again."""
    query = select(handoff.c.topic, handoff.c.state).where(handoff.c.id == seen.id)
    row = connection.execute(query).first()
    if row is None or row[0] != seen.topic:
        return
    lose_topic(connection, seen.id, now)
    if row[1] != State.CLOSED.value:
        return
    for table in (handoff_line, handoff_note):
        unshown = update(table).where(table.c.handoff_id == seen.id, unposted(table))
        connection.execute(unshown.values(posted=PASSED_OVER))
    line = update(handoff_line).where(handoff_line.c.handoff_id == seen.id)
    connection.execute(line.values(acked=handoff_line.c.state))
    settled = update(handoff).where(handoff.c.id == seen.id)
    connection.execute(settled.values(behind_since=None, trouble=""))


def trouble_all(connection: Connection, group_id: int | None, why: Trouble, now: datetime) -> None:
    """Keep why nothing can be shown of a group's conversations, on each that lacks something."""
    whose = handoff.c.group_id == group_id if group_id else handoff.c.group_id.is_(None)
    statement = update(handoff).where(whose, handoff.c.behind_since.is_not(None))
    connection.execute(
        statement.values(trouble=why.value, behind_since=since(handoff.c.behind_since, now))
    )


def find_late(connection: Connection, before: datetime) -> list[Late]:
    """Where a person's words, or the topic itself, are missing since before a moment."""
    query = (
        select(
            handoff.c.group_id,
            func.count(),
            func.min(handoff.c.behind_since),
            func.max(handoff.c.trouble),
        )
        .where(handoff.c.behind_since < before, _heard())
        .group_by(handoff.c.group_id)
        .order_by(func.min(handoff.c.behind_since))
    )
    return [
        Late(group_id, count, oldest, Trouble(trouble) if trouble else None)
        for group_id, count, oldest, trouble in connection.execute(query)
    ]


def _heard() -> ColumnElement[bool]:
    """Whether words of the person, or the topic they belong into, are missing."""
    open_ = handoff.c.state != State.CLOSED.value
    said = has(handoff_line, handoff_line.c.outward.is_(False), unposted(handoff_line))
    return or_(said, and_(open_, or_(handoff.c.topic.is_(None), handoff.c.card.is_(None))))


def _first(wanted: ColumnElement[bool]) -> ColumnElement[int]:
    return case((wanted, literal(0, Integer)), else_=literal(1, Integer))
