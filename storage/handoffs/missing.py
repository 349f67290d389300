"""What is missing in the topic of a conversation, as the database sees it, and when nothing is."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from flows.handoff_model import LineState, State
from storage.handoff_schema import handoff, handoff_line, handoff_meaning, handoff_note
from storage.handoffs.model import PASSED_OVER


def settle(connection: Connection, handoff_id: int | None) -> None:
    """Where nothing is missing in the topic any more, it is no longer behind."""
    connection.execute(_SETTLE, {"the_id": handoff_id})


def settle_all(connection: Connection) -> None:
    """Where nothing is missing, nothing is behind: also where that came about unnoticed."""
    connection.execute(_SETTLE_ALL)


def missing() -> ColumnElement[bool]:
    """Whether something of a conversation is not in its topic.

    A closed one without lines needs no topic: it was emptied after its time.
    """
    unshown = and_(
        or_(handoff.c.topic.is_not(None), handoff.c.state != State.CLOSED.value),
        or_(handoff.c.topic.is_(None), handoff.c.card.is_(None), handoff.c.card_shows.is_(None)),
    )
    return or_(unshown, lacks_anything(), lacks_acknowledgement(), lacks_meaning())


def unposted(table: Table) -> ColumnElement[bool]:
    """Whether a line or a note stands in no topic."""
    return table.c.posted.is_(None)


def unacknowledged() -> ColumnElement[bool]:
    """Whether the topic does not say yet how far an operator's line has come.

    While it is under way there is nothing to say.
    """
    line = handoff_line
    return and_(
        line.c.outward,
        line.c.acked != line.c.state,
        line.c.state != LineState.SENDING.value,
        func.coalesce(line.c.posted, -1) != PASSED_OVER,
    )


def has(table: Table, *wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a conversation has a line, or a note, of which all this is true."""
    here = table.c.handoff_id == handoff.c.id
    return exists(select(literal(True, Boolean)).where(here, *wanted))


def lacks_anything() -> ColumnElement[bool]:
    """Whether lines or notes of a conversation stand in no topic."""
    return or_(*(has(table, unposted(table)) for table in (handoff_line, handoff_note)))


def lacks_acknowledgement() -> ColumnElement[bool]:
    """Whether the topic does not say yet how far a line of a conversation has come."""
    return has(handoff_line, unacknowledged())


def meaning_unposted() -> ColumnElement[bool]:
    """Whether what a line means stands in no topic, where the line itself does."""
    return and_(handoff_meaning.c.posted.is_(None), handoff_line.c.posted > PASSED_OVER)


def lacks_meaning() -> ColumnElement[bool]:
    """Whether a topic does not show yet what a line of a conversation means."""
    meaning, line = handoff_meaning, handoff_line
    joined = meaning.join(line, line.c.id == meaning.c.line_id)
    here = meaning.c.handoff_id == handoff.c.id
    query = select(literal(True, Boolean)).select_from(joined).where(here, meaning_unposted())
    return exists(query.correlate(handoff))


_SETTLE_ALL = (
    update(handoff)
    .where(handoff.c.behind_since.is_not(None), ~missing())
    .values(behind_since=None, trouble="")
)
_SETTLE = _SETTLE_ALL.where(handoff.c.id == bindparam("the_id", type_=handoff.c.id.type))
"""Built once: it is carried out whenever anything happens in a conversation."""
