"""What was listened to how often, of nobody in particular; and who listens in which language."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert, select, update

from storage.voice_schema import heard, spoken


def count_heard(connection: Connection, passage: str, language: str, month: str) -> None:
    """Somebody listened to a passage. Never called for a page that is secret."""
    here = (heard.c.passage == passage, heard.c.language == language, heard.c.month == month)
    more = update(heard).where(*here).values(count=heard.c.count + 1)
    if connection.execute(more).rowcount == 0:
        row = {"passage": passage, "language": language, "month": month, "count": 1}
        connection.execute(insert(heard).values(row))


def times_heard(connection: Connection, language: str) -> dict[str, int]:
    """How often each passage was listened to in a language."""
    query = (
        select(heard.c.passage, func.sum(heard.c.count))
        .where(heard.c.language == language)
        .group_by(heard.c.passage)
    )
    return {passage: int(count) for passage, count in connection.execute(query)}


def spoken_of(connection: Connection, person_id: int) -> str:
    """The language somebody listens to; empty where it is the one they read."""
    query = select(spoken.c.language).where(spoken.c.person_id == person_id)
    return connection.execute(query).scalar() or ""


def set_spoken(connection: Connection, person_id: int, language: str) -> None:
    """Keep it; an empty one takes it away."""
    connection.execute(delete(spoken).where(spoken.c.person_id == person_id))
    if language:
        connection.execute(insert(spoken).values(person_id=person_id, language=language))
