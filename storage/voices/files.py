"""What Telegram calls a voice it has already, for one bot: no voice is sent up twice."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from storage.voice_schema import voice_file as table


def find_file(connection: Connection, name: str, bot: int) -> str | None:
    """The file of a voice, where Telegram has it."""
    query = select(table.c.file_id).where(table.c.name == name, table.c.bot == bot)
    return connection.execute(query).scalar()


def keep_file(connection: Connection, name: str, bot: int, file_id: str) -> None:
    """Remember it, in the place of an older one."""
    drop_file(connection, name)
    connection.execute(insert(table).values(name=name, bot=bot, file_id=file_id))


def drop_file(connection: Connection, name: str) -> None:
    """Telegram does not know it any more, or the recording is gone."""
    connection.execute(delete(table).where(table.c.name == name))
