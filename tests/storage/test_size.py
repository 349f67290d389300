"""What a person costs who does nothing."""

from __future__ import annotations

import pytest

from storage.database import Database
from storage.erase import purge
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.factories import TODAY, do

PEOPLE = 5000
IDLE = {
    "session": "AbCdEfGh",
    "flow": "home",
    "log": [],
    "v": 1,
    "paused": [],
    "begun": "2026-11-22",
}


@pytest.fixture
def engine() -> str:
    """The file of SQLite can be measured."""
    return "sqlite"


def test_an_idle_person_takes_less_than_600_bytes(writer: Writer, database: Database) -> None:
    """Rows, indexes and empty space together, a person at home costs at most 600 bytes."""
    assert database.file is not None
    before = database.file.stat().st_size

    def some(unit: Unit, first: int) -> None:
        for chat in range(first, first + 500):
            person = unit.create_person(7_000_000_000 + chat, "it", TODAY, desk="abcdefghjk")
            unit.save_conversation(person.id, IDLE, living=123_456)

    for first in range(0, PEOPLE, 500):
        do(writer, lambda unit, first=first: some(unit, first))
    assert purge(database) is True
    each = (database.file.stat().st_size - before) / PEOPLE
    print(f"bytes of an idle person: {each:.0f}")
    assert each <= 600
