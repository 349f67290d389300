"""What a turn costs in the storage alone: read, answer or keep, write, commit, in batches."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeAlias

from flows.handoff_model import Asked, LineKind, Need
from storage.desks import Desk, save_desk
from storage.handoffs.asking import ask
from storage.handoffs.finding import find_of_person
from storage.handoffs.lines import hear
from storage.handoffs.model import Content
from storage.outbox import Lane, Outgoing, Slot
from storage.unit import Unit
from tests.bench.measure import folder
from tests.bench.stored import FIRST_CHAT, Stored

Job: TypeAlias = Callable[[Unit], None]

BATCH = 32
PEOPLE = 640
WORDS = Content(LineKind.TEXT, "They have not paid me for two months. What can I do?")
TEXT = "🏠 " + "Every person who works has the right to be paid and to rest. " * 5


STATE = {"s": [{"i": "aaaaaaaa", "f": "orientation", "d": "2026-11-22", "t": 2}]}


def microseconds_a_turn(turns: int) -> float:
    """The storage's share of a turn in batches of 32: both rows sealed, both marked as sent."""
    with folder() as data:
        stored = Stored(data)
        try:
            stored.people(_people(turns))
            return _spent(stored, turns, _turn)
        finally:
            stored.close()


def microseconds_a_line(turns: int) -> float:
    """The storage's share of a turn in which a person's words go to operators."""
    with folder() as data:
        stored = Stored(data)
        try:
            stored.people(_people(turns))
            stored.writer.submit(partial(_talks, _people(turns))).result()
            return _spent(stored, turns, _line)
        finally:
            stored.close()


def _people(turns: int) -> int:
    """No more people than take turns in full batches."""
    return min(PEOPLE, -(-turns // BATCH) * BATCH)


def _spent(stored: Stored, turns: int, job_of: Callable[[int, int], Job]) -> float:
    spent = 0.0
    for first in range(0, turns, BATCH):
        began = time.perf_counter()
        futures = [
            stored.writer.submit(
                job_of(FIRST_CHAT + number % PEOPLE, 10**6 + number),
                chat=FIRST_CHAT + number % PEOPLE,
                update_id=10**6 + number,
            )
            for number in range(first, first + BATCH)
        ]
        for future in futures:
            future.result()
        spent += time.perf_counter() - began
    return spent / (-(-turns // BATCH) * BATCH) * 1e6


def _turn(chat_id: int, update_id: int) -> Job:
    now = datetime.now(UTC)

    def job(unit: Unit) -> None:
        person = unit.person(chat_id)
        assert person is not None
        assert not unit.handled(update_id)
        unit.mark_handled(update_id, now.date())
        unit.conversation(person.id)
        unit.save_conversation(person.id, STATE)
        answer = {"callback_query_id": str(update_id)}
        rows = [unit.send(Outgoing("answerCallbackQuery", answer, Lane.ANSWER))]
        screen = {"chat_id": chat_id, "text": TEXT, "parse_mode": "HTML"}
        rows.append(unit.send(Outgoing("sendMessage", screen, person_id=person.id, slot=Slot.EDIT)))
        for row in rows:
            unit.mark_sent(row, 100 if row.person_id else None, now)

    return job


def _talks(people: int, unit: Unit) -> None:
    """Everybody has asked for somebody, an hour ago."""
    now = datetime.now(UTC) - timedelta(hours=1)
    save_desk(unit.direct(), Desk("desk", "PUA", "", True, now.date(), talks=True))
    for number in range(people):
        person = unit.person(FIRST_CHAT + number)
        assert person is not None
        ask(unit.direct(), unit.vault, person, Asked(Need.WORK, "desk"), now)


def _line(chat_id: int, update_id: int) -> Job:
    now = datetime.now(UTC)

    def job(unit: Unit) -> None:
        person = unit.person(chat_id)
        assert person is not None
        assert not unit.handled(update_id)
        unit.mark_handled(update_id, now.date())
        unit.remember_message(person.id, update_id, now, incoming=True)
        standing = unit.standing(person.id)
        assert standing is not None
        assert standing.is_open
        found = find_of_person(unit.direct(), person.id)
        assert found is not None
        hear(unit.direct(), unit.vault, found, WORDS, now, source=update_id)

    return job
