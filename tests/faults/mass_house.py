"""A house with very many people in it, and what becomes of a message to all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select

from flows.calendar_model import MassState, NoticeState, Subject
from storage.calendar_schema import notice
from storage.database import Connection, Database, default_url
from storage.mass import drafting, running
from storage.mass.facts import of_words
from storage.mass.model import Audience, Crowd, Mass
from storage.offices import add_office
from storage.unit import Unit
from storage.writer import Writer
from tests.ready import make_ready

BEGAN = date(2026, 1, 1)
AT_ONCE = 500
WORDS = (("it", "Domani lo sportello è chiuso."), ("ar", "غدا المكتب مغلق."))
LANGUAGES = ("it", "ar", "bn", "en")


@dataclass(frozen=True)
class House:
    """Where it is kept, and whose chat is whose; the message to them all, once it was let go."""

    data: Path
    url: str
    people: dict[int, int] = field(repr=False)  # person → chat
    office: str

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The database, from outside of the bot: as the console would write."""
        database = Database.open(self.url, data=self.data, migrate=False)
        try:
            yield database
        finally:
            database.close()

    def let_go(self, now: datetime) -> int:
        """Write to everybody; the message's id."""

        def job(connection: Connection) -> int:
            facts = of_words(connection, self.office, WORDS, Audience(Crowd.EVERYBODY), now)
            mass_id = drafting.draft(connection, facts, office=self.office, operator_id=1, now=now)
            found = drafting.find_mass(connection, mass_id)
            assert found is not None
            assert running.let_go(connection, found, 2, now) is not None
            return mass_id

        with self.opened() as database, database.writing() as connection:
            mass_id = job(connection)
            connection.commit()
            return mass_id

    def stop(self, mass_id: int) -> bool:
        """Stop it, as the console does."""
        with self.opened() as database, database.writing() as connection:
            done = running.stop(connection, mass_id)
            connection.commit()
            return done

    def resume(self, mass_id: int, now: datetime) -> bool:
        """Go on with it, as the console does."""
        with self.opened() as database, database.writing() as connection:
            done = running.resume(connection, mass_id, now)
            connection.commit()
            return done

    def look(self, mass_id: int) -> tuple[Mass, dict[int, NoticeState]]:
        """The message, and the state of each person's notice, by chat."""
        with self.opened() as database, database.reading() as connection:
            mass = drafting.find_mass(connection, mass_id)
            assert mass is not None
            query = select(notice.c.person_id, notice.c.state).where(
                notice.c.subject == Subject.MASS.value, notice.c.subject_id == mass_id
            )
            states = {
                self.people[row.person_id]: NoticeState(row.state)
                for row in connection.execute(query)
            }
            return mass, states

    def is_done(self, mass_id: int) -> bool:
        """Whether nobody is left to be told."""
        with self.opened() as database, database.reading() as connection:
            found = drafting.find_mass(connection, mass_id)
            return found is not None and found.state is MassState.DONE


def founded(data: Path, chats: list[int], talkers: list[int], url: str = "") -> House:
    """An office, people who came at some time, and a few who talk now."""
    url = url or default_url(data)
    if url == default_url(data):
        make_ready(data)
    database = Database.open(url, data=data)
    writer = Writer(database)
    today = datetime.now(UTC).date()

    def job(some: list[int]) -> dict[int, int]:
        def enter(unit: Unit) -> dict[int, int]:
            found = {}
            for chat in some:
                language = LANGUAGES[chat % len(LANGUAGES)]
                person = unit.create_person(chat, language, today)
                unit.save_person(replace(person, welcomed=True, careful=chat % 50 == 7))
                found[person.id] = chat
            return found

        return writer.submit(enter).result(60)

    try:
        everybody = [*chats, *talkers]
        people: dict[int, int] = {}
        for first in range(0, len(everybody), AT_ONCE):
            people |= job(everybody[first : first + AT_ONCE])

        def found_office(unit: Unit) -> str:
            return add_office(unit.direct(), "PUA Desio", BEGAN, duty=False).key

        office = writer.submit(found_office).result(60)
        return House(data, url, people, office)
    finally:
        writer.close()
        database.close()
