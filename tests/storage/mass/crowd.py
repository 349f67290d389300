"""People to be written to, and messages for them, so that a test names what matters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from flows.calendar_model import CourseKind
from storage.calendar_schema import interest, wish
from storage.courses.seats import enrol
from storage.mass import drafting
from storage.mass.facts import of_words
from storage.mass.model import Audience, Crowd, Mass
from storage.schema import person
from storage.vault import Vault
from tests.storage.courses.school import a_person
from tests.storage.factories import NOON

WORDS = (("it", "Ciao a tutti"), ("ar", "مرحبا"))
EVERYBODY = Audience(Crowd.EVERYBODY)


def a_crowd(
    connection: Connection, vault: Vault, languages: Sequence[str], first_chat: int = 800_000
) -> list[int]:
    """One person for each language named; their ids."""
    return [
        a_person(connection, vault, first_chat + place, language)
        for place, language in enumerate(languages)
    ]


def known_as(connection: Connection, person_id: int, **values: Any) -> None:
    """Change what is known of somebody."""
    connection.execute(update(person).where(person.c.id == person_id).values(values))


def wishes(connection: Connection, person_id: int, **values: Any) -> None:
    """What somebody wishes of reminders."""
    connection.execute(insert(wish).values(person_id=person_id, **values))


def asks(connection: Connection, person_id: int, kind: CourseKind) -> None:
    """Somebody wants to be told of new courses."""
    connection.execute(insert(interest).values(person_id=person_id, kind=kind.value))


def seat(
    connection: Connection, vault: Vault, course_id: int, people: Sequence[int], now: datetime
) -> None:
    """They enrol, one after the other."""
    for one in people:
        enrol(connection, vault, course_id, person_id=one, now=now)


def a_draft(
    connection: Connection,
    office: str,
    audience: Audience = EVERYBODY,
    *,
    author: int = 7,
    now: datetime = NOON,
    words: tuple[tuple[str, str], ...] = WORDS,
) -> Mass:
    """A message in an operator's own words."""
    facts = of_words(connection, office, words, audience, now)
    mass_id = drafting.draft(connection, facts, office=office, operator_id=author, now=now)
    return kept(connection, mass_id)


def kept(connection: Connection, mass_id: int) -> Mass:
    """A message as it is kept."""
    found = drafting.find_mass(connection, mass_id)
    assert found is not None
    return found


def a_day(words: str) -> date:
    """A day by its ISO name."""
    return date.fromisoformat(words)
