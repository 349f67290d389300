"""An office whose message goes to a few people, and a sender that is stepped by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.delivery.ledger import Result, StorageLedger
from bot.delivery.sending import Fate, Sent
from bot.mass.message import MassRender
from flows.calendar_model import NoticeState
from storage.calendar_schema import notice
from storage.database import Connection
from storage.mass import running
from storage.mass.model import Mass
from storage.notices.claiming import claim
from storage.offices import add_office
from storage.outbox import Row
from storage.unit import Unit
from storage.writer import Writer
from tests.bot.console.house import LANGUAGES
from tests.ready import ready_database
from tests.storage.mass.crowd import WORDS, a_draft

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
FIRST = 700


class ByDay:
    """A clock at which it is the middle of a morning."""

    def now(self) -> datetime:
        """The moment."""
        return NOW


class House:
    """A database with people of some languages, and a message to all of them."""

    def __init__(self, folder: Path, *languages: str, careful: bool = False) -> None:
        self.database = ready_database(folder)
        self.writer = Writer(self.database)
        self.ledger = StorageLedger(self.writer.submit, clock=ByDay())  # type: ignore[arg-type]
        self.render = MassRender(LANGUAGES, timedelta(hours=40))
        self.chats = [FIRST + place for place in range(len(languages))]

        def enter(unit: Unit) -> list[int]:
            found = []
            for chat, language in zip(self.chats, languages, strict=True):
                person = unit.create_person(chat, language, NOW.date())
                unit.save_person(replace(person, welcomed=True, careful=careful))
                found.append(person.id)
            return found

        self.people: list[int] = self.do(enter)

    def do(self, job: Callable[[Unit], Any]) -> Any:
        """Run one job."""
        return self.writer.submit(job).result(60)

    def write(self, change: Callable[[Connection], Any]) -> Any:
        """Change the database as the console does."""
        with self.database.writing() as connection:
            result = change(connection)
            connection.commit()
            return result

    def close(self) -> None:
        """Close everything."""
        self.writer.close()
        self.database.close()

    def let_go(self, words: tuple[tuple[str, str], ...] = WORDS) -> Mass:
        """A message that was let go now."""

        def go(connection: Connection) -> Mass | None:
            office = add_office(connection, "PUA Desio", NOW.date(), duty=False).key
            return running.let_go(
                connection, a_draft(connection, office, now=NOW, words=words), 8, NOW
            )

        found = self.write(go)
        assert isinstance(found, Mass)
        return found

    def claim(self) -> list[Row]:
        """What is due goes into the outbox; what was put there."""

        def job(unit: Unit) -> list[Row]:
            claim(unit, NOW, self.render)
            return list(unit.sent)

        found: list[Row] = self.do(job)
        return found

    def asks(self, row: Row) -> Fate | None:
        """Whether a row may leave now; what became of it where not."""
        return asyncio.run(self.ledger.mark_sending(row))

    def ends(self, row: Row, fate: Fate) -> None:
        """What became of a row is written down."""
        sent = Sent(fate, (5,) if fate is Fate.SENT else ())
        asyncio.run(self.ledger.record([Result(row, sent, NOW)]))

    @property
    def states(self) -> list[NoticeState]:
        """How each stands, in the order in which people came."""
        with self.database.reading() as connection:
            rows = connection.execute(select(notice.c.person_id, notice.c.state))
            found = {row.person_id: NoticeState(row.state) for row in rows}
        return [found[one] for one in self.people if one in found]
