"""A database with many people in it, as a year of work would leave it behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.app import furnish
from bot.group.door import Door
from bot.languages import Languages
from bot.settings import Settings
from bot.telegram.incoming import read_update
from bot.turn import Turns
from flows.model import Person
from flows.registry import FLOWS
from storage.database import Database
from storage.outbox import Row
from storage.unit import Unit
from storage.writer import Writer
from tests.bench.antenna import settings_of
from tests.bench.people import Crowd

LOCALES = Path(__file__).resolve().parents[2] / "locales"
FIRST_CHAT = 5_000_000_000
TEMPLATE_CHAT = 4_999_999_999
LIVING = 100
STEPS_TO_A_CARD = 3
SHARE = 500
LONG_AGO = timedelta(days=30)


class Stored:
    """Fills the database of a folder."""

    def __init__(self, data: Path) -> None:
        self.settings: Settings = settings_of(data, "http://127.0.0.1:1")
        self.database = Database.open(self.settings.database_url, data=data)
        self.writer = Writer(self.database)
        languages = Languages.load(LOCALES)
        self.turns = Turns(
            FLOWS,
            languages,
            furnish(self.settings, languages),
            Door(self.database.vault, languages),
        )
        self._updates = 0

    def close(self) -> None:
        """Finish and close it."""
        self.writer.close()
        self.database.close()

    def people(self, count: int) -> None:
        """Keep so many people who read a card a month ago and stopped there."""
        person, state = self._template()
        day = (datetime.now(UTC) - LONG_AGO).date()

        def jobs(first: int) -> Callable[[Unit], None]:
            def job(unit: Unit) -> None:
                for chat_id in range(first, min(first + SHARE, FIRST_CHAT + count)):
                    new = unit.create_person(chat_id, "en", day)
                    unit.save_person(replace(person, id=new.id, since=new.since))
                    unit.save_conversation(new.id, state, LIVING)

            return job

        for first in range(FIRST_CHAT, FIRST_CHAT + count, SHARE):
            self.writer.submit(jobs(first)).result()

    def bytes_used(self) -> int:
        """What the database takes on the disk once everything is in its one file."""
        with self.database.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            return int(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one())

    def _template(self) -> tuple[Person, dict[str, Any]]:
        """Somebody who really went that way, to be copied."""
        raws: list[dict[str, Any]] = []
        crowd = Crowd(lambda kind, body: raws.append({kind: body}), lambda: 0.0)
        crowd.arrive(TEMPLATE_CHAT, 1)
        while raws:
            self._take(raws.pop(0), crowd)
        for _step in range(STEPS_TO_A_CARD):
            crowd.tap(crowd.people[TEMPLATE_CHAT])
            self._take(raws.pop(0), crowd)

        def job(unit: Unit) -> tuple[Person, dict[str, Any]]:
            person = unit.person(TEMPLATE_CHAT)
            assert person is not None
            state = unit.conversation(person.id).state
            assert state is not None
            unit.delete_person(person.id)
            return person, state

        return self.writer.submit(job).result()

    def _take(self, raw: dict[str, Any], crowd: Crowd) -> None:
        """Take one update and let its answers arrive."""
        self._updates += 1
        update = read_update({"update_id": self._updates, **raw})
        assert update is not None
        now = datetime.now(UTC)
        rows = self.writer.submit(self.turns.take(update, now)).result().rows
        for row in rows:
            self.writer.submit(partial(_arrived, row, now)).result()
            if row.method == "sendMessage":
                crowd.sees(TEMPLATE_CHAT, LIVING, row.params.get("reply_markup"))


def _arrived(row: Row, now: datetime, unit: Unit) -> None:
    unit.mark_sent(row, LIVING if row.method == "sendMessage" else None, now)
