"""What a turn costs in the storage alone: read, answer, write, commit, in batches."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from storage.outbox import Lane, Outgoing, Slot
from storage.unit import Unit
from tests.bench.measure import folder
from tests.bench.stored import FIRST_CHAT, Stored

BATCH = 32
PEOPLE = 640
TEXT = "🏠 " + "Every person who works has the right to be paid and to rest. " * 5


def microseconds_a_turn(turns: int) -> float:
    """The storage's share of a turn in batches of 32: both rows sealed, both marked as sent."""
    with folder() as data:
        stored = Stored(data)
        try:
            stored.people(PEOPLE)
            state = {"s": [{"i": "aaaaaaaa", "f": "orientation", "d": "2026-11-22", "t": 2}]}
            spent = 0.0
            for first in range(0, turns, BATCH):
                began = time.perf_counter()
                futures = [
                    stored.writer.submit(
                        _turn(FIRST_CHAT + number % PEOPLE, 10**6 + number, state),
                        chat=FIRST_CHAT + number % PEOPLE,
                        update_id=10**6 + number,
                    )
                    for number in range(first, first + BATCH)
                ]
                for future in futures:
                    future.result()
                spent += time.perf_counter() - began
        finally:
            stored.close()
    return spent / (-(-turns // BATCH) * BATCH) * 1e6


def _turn(chat_id: int, update_id: int, state: dict[str, object]) -> Callable[[Unit], None]:
    now = datetime.now(UTC)

    def job(unit: Unit) -> None:
        person = unit.person(chat_id)
        assert person is not None
        assert not unit.handled(update_id)
        unit.mark_handled(update_id, now.date())
        unit.conversation(person.id)
        unit.save_conversation(person.id, state)
        answer = {"callback_query_id": str(update_id)}
        rows = [unit.send(Outgoing("answerCallbackQuery", answer, Lane.ANSWER))]
        screen = {"chat_id": chat_id, "text": TEXT, "parse_mode": "HTML"}
        rows.append(unit.send(Outgoing("sendMessage", screen, person_id=person.id, slot=Slot.EDIT)))
        for row in rows:
            unit.mark_sent(row, 100 if row.person_id else None, now)

    return job
