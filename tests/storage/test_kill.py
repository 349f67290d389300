"""A process that dies at a kill point: before the commit nothing happened, after it all did."""

from __future__ import annotations

import subprocess
import sys

import pytest

from storage.writer import Writer
from tests.storage.conftest import Place
from tests.storage.factories import CHAT, do

VICTIM = """
import os, sys
from datetime import date
from pathlib import Path
from storage.database import Database
from storage.outbox import Outgoing
from storage.writer import Writer

url, data, point, chat = sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
armed = []

def die(at):
    if armed and at == point:
        os._exit(9)

writer = Writer(Database.open(url, data=data), at=die)

def turn(unit):
    person = unit.create_person(chat, "it", date(2026, 11, 22))
    unit.save_conversation(person.id, {"at": "home"})
    unit.send(Outgoing("sendMessage", {"chat_id": chat}, person_id=person.id))
    unit.mark_handled(7, date(2026, 11, 22))
    armed.append(True)

writer.submit(turn, chat, 7).result()
"""


@pytest.mark.parametrize(("point", "happened"), [("K3", False), ("K4", True)])
def test_a_turn_happened_wholly_or_not_at_all(place: Place, point: str, happened: bool) -> None:
    """After a death at the point, the next start finds all of the turn or nothing of it."""
    arguments = [place.url, str(place.data), point, str(CHAT)]
    died = subprocess.run([sys.executable, "-c", VICTIM, *arguments], timeout=60, check=False)
    assert died.returncode == 9
    database = place.open()
    writer = Writer(database)
    found = do(
        writer,
        lambda unit: (
            unit.person(CHAT) is not None,
            unit.handled(7),
            len(unit.pending_rows(9)) == 1,
        ),
    )
    writer.close()
    database.close()
    assert found == (happened, happened, happened)
