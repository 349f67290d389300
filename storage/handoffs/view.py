"""What the topic of a conversation shows, and what is still missing there.

The database is the truth. Everything that happens marks a conversation as behind (`behind_since`);
here it is found, shown piece by piece, and no longer behind when nothing is missing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import (
    Connection,
    Table,
    and_,
    case,
    func,
    or_,
    select,
    update,
)

from storage.handoff_schema import handoff, handoff_line, handoff_meaning, handoff_note
from storage.handoffs.ending import UNDER_WAY
from storage.handoffs.lines import find_lines_where
from storage.handoffs.meanings import lose_posted
from storage.handoffs.missing import missing, settle, unacknowledged, unposted
from storage.handoffs.model import PASSED_OVER, Handoff, Line, Note
from storage.handoffs.notes import find_notes_where
from storage.handoffs.stirring import since
from storage.vault import Vault

Kind = Literal["line", "note", "meaning"]

SHOWN_AGAIN = 30
"""So many lines and notes are shown again where a topic was lost."""

_TABLES: dict[Kind, Table] = {
    "line": handoff_line,
    "note": handoff_note,
    "meaning": handoff_meaning,
}


def oldest_behind(connection: Connection) -> datetime | None:
    """Since when something is missing in some topic, for the alarm."""
    query = select(func.min(handoff.c.behind_since)).where(missing())
    return connection.execute(query).scalar()


def find_unposted(connection: Connection, vault: Vault, handoff_id: int) -> list[Line | Note]:
    """The lines and notes of a conversation that stand in no topic yet, in order."""
    line, note = handoff_line, handoff_note
    lines = find_lines_where(connection, vault, handoff_id, unposted(line))
    notes = find_notes_where(connection, vault, handoff_id, unposted(note))
    return sorted([*lines, *notes], key=lambda one: one.number)


def find_unacknowledged(connection: Connection, vault: Vault, handoff_id: int) -> list[Line]:
    """Lines of operators of which the topic does not say yet how far they have come."""
    return find_lines_where(connection, vault, handoff_id, unacknowledged())


def begin_post(connection: Connection, kind: Kind, id_: int) -> int:
    """Note, before it is sent, that something is being posted; how often that was begun before.

    Where it was, and is not known to have arrived, it may stand in the topic twice: say so there.
    """
    table = _TABLES[kind]
    row = connection.execute(
        update(table)
        .where(table.c.id == id_)
        .values(tries=table.c.tries + 1)
        .returning(table.c.tries)
    ).first()
    return 0 if row is None else int(row[0]) - 1


def set_posted(connection: Connection, kind: Kind, id_: int, message_id: int) -> None:
    """Keep in which message of the topic something stands now."""
    table = _TABLES[kind]
    statement = update(table).where(table.c.id == id_).values(posted=message_id)
    settle(connection, connection.execute(statement.returning(table.c.handoff_id)).scalar())


def undo_post(connection: Connection, kind: Kind, id_: int) -> None:
    """It is known not to have arrived: the next posting is no repetition."""
    table = _TABLES[kind]
    tries = case((table.c.tries > 0, table.c.tries - 1), else_=0)
    connection.execute(update(table).where(table.c.id == id_).values(tries=tries))


def set_ack(connection: Connection, line_id: int, message_id: int | None, acked: str) -> None:
    """Keep the message of the topic that acknowledges a line, and the state this shows."""
    table = handoff_line
    statement = update(table).where(table.c.id == line_id).values(ack=message_id, acked=acked)
    settle(connection, connection.execute(statement.returning(table.c.handoff_id)).scalar())


def set_topic(
    connection: Connection, handoff_id: int, group_id: int, topic: int, name: str
) -> None:
    """Keep the topic that shows a conversation from now on, and how it is called."""
    _change(connection, handoff_id, group_id=group_id, topic=topic, topic_name=name)


def set_name(connection: Connection, handoff_id: int, name: str) -> None:
    """Keep how the topic is called now."""
    _change(connection, handoff_id, topic_name=name)


def set_card(connection: Connection, seen: Handoff, message_id: int, shows: bytes) -> None:
    """Keep the message of the summary, made of the conversation as it was `seen`.

    Where something happened since, the summary has to be looked at again.
    """
    same = handoff.c.count == seen.count
    _change(connection, seen.id, card=message_id, card_shows=case((same, shows), else_=None))


def set_trouble(connection: Connection, handoff_id: int, why: str, now: datetime) -> None:
    """Keep why the topic cannot be brought up to date."""
    behind_since = since(handoff.c.behind_since, now)
    values = {"trouble": why, "behind_since": behind_since}
    connection.execute(update(handoff).where(handoff.c.id == handoff_id).values(values))


def clear_trouble(connection: Connection, handoff_id: int) -> None:
    """Nothing is in the way any more."""
    _change(connection, handoff_id, trouble="")


def lose_topic(connection: Connection, handoff_id: int, now: datetime) -> None:
    """The topic is gone: what came last is to be shown again in a new one.

    Older lines and notes that had been shown are passed over; those never shown are still due, and
    so are operators' words whose end the topic did not say. In which message operators wrote them
    is forgotten: elsewhere its number is another message.
    """
    count = connection.execute(
        update(handoff)
        .where(handoff.c.id == handoff_id)
        .values(
            topic=None,
            topic_name="",
            card=None,
            card_shows=None,
            behind_since=since(handoff.c.behind_since, now),
        )
        .returning(handoff.c.count)
    ).scalar()
    if count is None:
        return
    for table in (handoff_line, handoff_note):
        old = and_(table.c.number <= count - SHOWN_AGAIN, table.c.posted.is_not(None))
        if table is handoff_line:
            ended = and_(table.c.acked == table.c.state, table.c.state.not_in(UNDER_WAY))
            old = and_(old, or_(table.c.outward.is_(False), ended))
        values = {"posted": case((old, PASSED_OVER), else_=None), "tries": 0}
        if table is handoff_line:  # the person's own messages stay where they are
            values |= {"ack": None, "acked": case((old, table.c.state), else_="")}
            values["source"] = case((table.c.outward, None), else_=table.c.source)
        else:
            values["source"] = None
        connection.execute(update(table).where(table.c.handoff_id == handoff_id).values(values))
    lose_posted(connection, handoff_id)


def topics_in(connection: Connection, group_id: int) -> list[int]:
    """The topics of a group that show conversations."""
    shown = (handoff.c.group_id == group_id, handoff.c.topic.is_not(None))
    query = select(handoff.c.topic).where(*shown).order_by(handoff.c.topic)
    return list(connection.execute(query).scalars())


def move_group(connection: Connection, old: int, new: int | None, now: datetime) -> int:
    """A group shows nothing any more: its topics are lost; the conversations go to another group.

    How many they are. `new` None: which group it is, is found out anew.
    """
    query = select(handoff.c.id).where(handoff.c.group_id == old).order_by(handoff.c.id)
    found = connection.execute(query).scalars().all()
    for handoff_id in found:
        lose_topic(connection, handoff_id, now)
        statement = update(handoff).where(handoff.c.id == handoff_id)
        connection.execute(statement.values(group_id=new, trouble=""))
    return len(found)


def _change(connection: Connection, handoff_id: int, **values: object) -> None:
    connection.execute(update(handoff).where(handoff.c.id == handoff_id).values(values))
    settle(connection, handoff_id)
