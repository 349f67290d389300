"""What a chat still shows and can be deleted from it: for 48 hours, then no bot can."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    case,
    delete,
    func,
    literal,
    select,
    type_coerce,
    update,
)

from storage.schema import Instant, chat_message, conversation, outbox, person
from storage.vault import Vault

REMEMBERED = timedelta(hours=49)
"""A bot can delete for 48 hours. Of a message only the hour it was sent in is kept, so it is tried
for one hour more: a refusal costs nothing, and nothing is missed."""

WASHED = timedelta(hours=40)
"""A message that is washed at all goes so long after it was sent at the latest, however often it is
edited: an edit makes no message younger, and Telegram counts from the sending."""

AGED = timedelta(hours=12)
"""A living message of somebody in careful mode is edited for so long; then a new one takes over, so
that nobody who still reads has the page washed away under their eyes."""


@dataclass(frozen=True, slots=True)
class Washable:
    """A message whose time to be deleted has come, and the chat it is in."""

    person_id: int = field(repr=False)
    chat_id: int = field(repr=False)
    message_id: int


def to_hour(moment: datetime) -> datetime:
    """The hour a moment is in: nothing finer is kept of when something was said."""
    return moment.replace(minute=0, second=0, microsecond=0)


def find_washable(
    connection: Connection, vault: Vault, now: datetime, limit: int
) -> list[Washable]:
    """Messages to delete from chats now, the longest due first, while a bot may be able to."""
    query = (
        select(chat_message.c.person_id, person.c.chat, chat_message.c.message_id)
        .join_from(chat_message, person)
        .where(chat_message.c.wash_at <= now, chat_message.c.at > now - REMEMBERED)
        .order_by(chat_message.c.wash_at, chat_message.c.person_id, chat_message.c.message_id)
        .limit(limit)
    )
    return [
        Washable(person_id, vault.open_chat(chat, person_id), message_id)
        for person_id, chat, message_id in connection.execute(query)
    ]


def find_cleanable(connection: Connection, person_id: int, now: datetime) -> list[int]:
    """The messages of a chat that may still be deleted."""
    query = (
        select(chat_message.c.message_id)
        .where(chat_message.c.person_id == person_id, chat_message.c.at > now - REMEMBERED)
        .order_by(chat_message.c.message_id)
    )
    return list(connection.execute(query).scalars())


def find_sending(connection: Connection, person_id: int, message_id: int) -> datetime | None:
    """The hour a message was sent in, if the chat still shows it."""
    query = select(chat_message.c.at).where(
        chat_message.c.person_id == person_id, chat_message.c.message_id == message_id
    )
    return connection.execute(query).scalar()


def forget_shown(connection: Connection, person_id: int, but: int | None = None) -> None:
    """The chat is emptied: nothing it showed is remembered, what is under way is washed.

    `but` is the living message, where it stays.
    """
    gone = delete(chat_message).where(chat_message.c.person_id == person_id)
    connection.execute(gone if but is None else gone.where(chat_message.c.message_id != but))
    last = select(func.max(outbox.c.id)).where(outbox.c.person_id == person_id)
    connection.execute(
        update(conversation)
        .where(conversation.c.person_id == person_id)
        .values(living=but, cleaned=last.scalar_subquery())
    )


def wash_all(connection: Connection, person_id: int, wash_at: datetime) -> None:
    """Let go in time, too, of what the chat shows from before the careful mode."""
    connection.execute(
        update(chat_message)
        .where(chat_message.c.person_id == person_id, chat_message.c.wash_at.is_(None))
        .values(wash_at=in_time(literal(wash_at, Instant)))
    )


def in_time(wash_at: ColumnElement[datetime]) -> ColumnElement[datetime]:
    """The moment of washing, while a bot can still delete the message."""
    sent = type_coerce(chat_message.c.at, BigInteger)
    latest = type_coerce(sent + int(WASHED.total_seconds() * 1000), Instant)
    return case((wash_at > latest, latest), else_=wash_at)
