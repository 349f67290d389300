"""A house in the fewest words: two offices with operators, a desk of each, and people who ask."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.app import LOCALES
from bot.languages import Languages
from bot.relay.deeds import Deeds
from bot.settings import load_settings
from flows.handoff_model import Asked, Need
from flows.model import Person
from storage.database import Database, default_url
from storage.desks import Desk, save_desk
from storage.handoffs import Handoff, Line, Note
from storage.handoffs.asking import ask
from storage.handoffs.finding import find
from storage.handoffs.lines import find_lines
from storage.handoffs.notes import find_notes
from storage.offices import add_office
from storage.operators import Operator, Role, add_operator
from storage.outbox import Row
from storage.people import Standing
from storage.unit import Unit
from storage.writer import Writer

R = TypeVar("R")

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, ten o'clock in Italy
TODAY = date(2026, 11, 23)
FATIMA = 700_001
DESIO = Desk("desio", "PUA Desio", "Desio", True, TODAY, talks=True)
CARATE = Desk("carate", "PUA Carate", "Carate", True, TODAY, talks=True)
SILENT = Desk("silent", "CAV Seregno", "Seregno", True, TODAY)


@dataclass
class Bureau:
    """The database, and everybody who works there."""

    database: Database
    writer: Writer
    languages: Languages
    deeds: Deeds
    anna: Operator
    bruno: Operator
    carla: Operator  # of the other office
    ada: Operator  # an antenna of the first
    rosa: Operator  # a coordinator of everybody

    def do(self, job: Callable[[Unit], R]) -> R:
        """Do something in a transaction."""
        return self.writer.submit(job).result(60)

    def deed(self, deed: Callable[..., R], *args: Any, **more: Any) -> R:
        """One of the deeds, in a transaction."""
        return self.do(lambda unit: deed(unit, *args, **more))

    def asks(self, chat: int = FATIMA, language: str = "ar", **more: Any) -> Handoff:
        """Somebody asks for a human."""
        wish = Asked(**({"need": Need.PAY, "desk": "desio"} | more))

        def job(unit: Unit) -> Handoff | None:
            person = unit.create_person(chat, language, TODAY)
            unit.save_person(replace(person, welcomed=True))
            return ask(unit.direct(), self.database.vault, person, wish, NOW)

        found = self.do(job)
        assert found is not None
        return found

    def person(self, chat: int = FATIMA) -> Person:
        """The person of a chat."""
        found = self.do(lambda unit: unit.person(chat))
        assert found is not None
        return found

    def standing(self, chat: int = FATIMA) -> Standing | None:
        """The conversation of a chat, as every turn knows it."""

        def job(unit: Unit) -> Standing | None:
            person = unit.person(chat)
            return None if person is None else unit.standing(person.id)

        return self.do(job)

    def handoff(self, handoff_id: int) -> Handoff:
        """The conversation as it is kept now."""
        found = self.do(lambda unit: find(unit.direct(), handoff_id))
        assert found is not None
        return found

    def lines(self, handoff_id: int) -> list[Line]:
        """What was said in it."""
        vault = self.database.vault
        return self.do(lambda unit: find_lines(unit.direct(), vault, handoff_id))

    def notes(self, handoff_id: int) -> list[Note]:
        """What was noted about it."""
        vault = self.database.vault
        return self.do(lambda unit: find_notes(unit.direct(), vault, handoff_id))

    def rows(self) -> list[Row]:
        """What waits to leave."""
        return self.do(lambda unit: unit.pending_rows(100))

    def bodies(self) -> str:
        """All that waits to leave, as one text to be searched."""
        return json.dumps([[row.method, dict(row.params)] for row in self.rows()])


@contextmanager
def open_bureau(folder: Path, url: str = "") -> Iterator[Bureau]:
    """A bureau with its database, closed afterwards; one on PostgreSQL has three writers."""
    settings = load_settings(None)
    languages = Languages.load(LOCALES)
    database = Database.open(url or default_url(folder), data=folder)
    writer = Writer(database, threads=3)

    def furnish(unit: Unit) -> list[Operator]:
        connection = unit.direct()
        desio = add_office(connection, "Desio", TODAY, duty=False).key
        carate = add_office(connection, "Carate", TODAY, duty=False).key
        for desk in (replace(DESIO, office=desio), replace(CARATE, office=carate), SILENT):
            save_desk(connection, desk)
        return [
            _operator(connection, name, office, role)
            for name, office, role in (
                ("Anna", desio, Role.OPERATOR),
                ("Bruno", desio, Role.OPERATOR),
                ("Carla", carate, Role.OPERATOR),
                ("Ada", desio, Role.ANTENNA),
                ("Rosa", carate, Role.COORDINATOR),
            )
        ]

    try:
        anna, bruno, carla, ada, rosa = writer.submit(furnish).result(60)
        deeds = Deeds(database.vault, languages, settings)
        yield Bureau(database, writer, languages, deeds, anna, bruno, carla, ada, rosa)
    finally:
        writer.close()
        database.close()


def _operator(connection: Any, name: str, office: str, role: Role) -> Operator:
    made = add_operator(connection, name, office, role, TODAY)
    assert made is not None
    return made
