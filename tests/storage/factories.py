"""Small makers of people and messages, so that a test names only what matters to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from flows.model import Person
from storage.outbox import Lane, Outgoing, Policy, Row, Slot
from storage.unit import Unit
from storage.writer import Writer

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHAT = 777_000_111


def do(writer: Writer, job: Callable[[Unit], Any], chat: int | None = None) -> Any:
    """Run one job and wait for its commit."""
    return writer.submit(job, chat).result(timeout=60)


def someone(writer: Writer, chat: int = CHAT, language: str = "it") -> Person:
    """Somebody who wrote for the first time, with a conversation begun."""

    def job(unit: Unit) -> Person:
        person = unit.create_person(chat, language, TODAY)
        unit.save_conversation(person.id, {"at": "home"})
        return person

    person: Person = do(writer, job)
    return person


def message(
    words: str = "Hello",
    person: Person | None = None,
    *,
    chat: int = CHAT,
    slot: Slot = Slot.NONE,
    policy: Policy = Policy.AGAIN,
    **more: Any,
) -> Outgoing:
    """A message to send."""
    return Outgoing(
        "sendMessage",
        {"chat_id": chat, "text": words},
        Lane.REPLY,
        policy,
        None if person is None else person.id,
        slot,
        **more,
    )


def send(writer: Writer, outgoing: Outgoing) -> Row:
    """Put it into the outbox."""
    row: Row = do(writer, lambda unit: unit.send(outgoing))
    return row
