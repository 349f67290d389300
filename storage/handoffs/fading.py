"""What was said to operators goes some time after the end, where no case came of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, exists, or_, select, update

from flows.handoff_model import State
from storage.case_schema import contact
from storage.cases.leaving import with_a_yes
from storage.handoff_schema import handoff, handoff_line, handoff_note
from storage.handoffs.left import Topic as Topic
from storage.handoffs.left import take_left


def take_topics(connection: Connection, person_id: int) -> list[Topic]:
    """The topics that show a person's conversation, or did: they are to be deleted with it."""
    mine = select(handoff.c.id).where(handoff.c.person_id == person_id)
    ids = list(connection.execute(mine).scalars())
    return _topics(connection, ids) if ids else []


def fade(connection: Connection, before: datetime, most: int) -> list[Topic]:
    """Delete the lines and notes of conversations closed before a moment; the topics to delete.

    What remains says that there was a conversation, about what and how it ended, and not a word of
    it. Where the person agreed that a file is kept, it belongs to that, and stays.
    """
    has_file = exists().where(contact.c.person_id == handoff.c.person_id, with_a_yes())
    has_lines = exists().where(handoff_line.c.handoff_id == handoff.c.id)
    has_notes = exists().where(handoff_note.c.handoff_id == handoff.c.id)
    query = (
        select(handoff.c.id)
        .where(handoff.c.state == State.CLOSED.value, handoff.c.closed < before, ~has_file)
        .where(or_(has_lines, has_notes, handoff.c.topic.is_not(None)))
        .order_by(handoff.c.id)
        .limit(most)
        .with_for_update()
    )
    ids = list(connection.execute(query).scalars())
    topics = _topics(connection, ids) if ids else []
    for table in (handoff_line, handoff_note):
        connection.execute(delete(table).where(table.c.handoff_id.in_(ids)))
    connection.execute(
        update(handoff)
        .where(handoff.c.id.in_(ids))
        .values(
            topic=None,
            topic_name="",
            card=None,
            card_shows=None,
            trouble="",
            behind_since=None,
            level=None,
        )
    )
    return topics


def _topics(connection: Connection, ids: list[int]) -> list[Topic]:
    query = select(handoff.c.group_id, handoff.c.topic).where(
        handoff.c.id.in_(ids), handoff.c.group_id.is_not(None), handoff.c.topic.is_not(None)
    )
    shown = [Topic(*row) for row in connection.execute(query)]
    return [*shown, *take_left(connection, ids)]
