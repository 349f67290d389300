"""A message to many on the phones of those it is for: one reads it, one opens it behind a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flows.calendar_model import MassState
from storage.courses.editing import open_course, save_course
from storage.courses.finding import lessons_of
from storage.courses.lessons import move_lesson
from storage.courses.seats import enrol
from storage.database import Connection, Database
from storage.mass import drafting, running
from storage.mass.facts import of_lesson
from storage.mass.model import Mass
from storage.offices import add_office
from storage.vault import Vault
from tests.acceptance.test_careful import NEUTRAL
from tests.acceptance.town import Person, Town
from tests.storage.courses.school import a_form

WORDS = ("Your lesson has moved", "Italian for beginners")


def change(town: Town, deed: Callable[[Connection, Vault], Any]) -> Any:
    """Change the database as an operator's page does."""
    database = Database.open(town.settings.database_url, data=town.data)
    try:
        with database.writing() as connection:
            result = deed(connection, database.vault)
            connection.commit()
            return result
    finally:
        database.close()


def a_moved_lesson(town: Town) -> Mass:
    """Everybody there is has a seat, the second lesson is moved, and its message is let go."""
    now = town.clock.now()
    people = [row[0] for row in town.query("SELECT id FROM person")]

    def deed(connection: Connection, vault: Vault) -> Mass | None:
        office = add_office(connection, "PUA Desio", now.date(), duty=False).key
        form = a_form(seats=9)
        made = save_course(connection, vault, form, office=office, operator_id=7, now=now).course
        assert made is not None
        assert open_course(connection, vault, made.id, now)
        for one in people:
            enrol(connection, vault, made.id, person_id=one, now=now)
        lesson = lessons_of(connection, made.id)[1]
        moved = lesson.day + timedelta(days=1)
        assert move_lesson(connection, vault, lesson.id, moved, lesson.at, now) is None
        facts = of_lesson(connection, office, lesson.id, now)
        assert facts is not None
        mass_id = drafting.draft(
            connection,
            facts,
            office=office,
            operator_id=7,
            now=now,
            course_id=made.id,
            lesson_id=lesson.id,
        )
        found = drafting.find_mass(connection, mass_id)
        assert found is not None
        return running.let_go(connection, found, 7, now)

    found = change(town, deed)
    assert isinstance(found, Mass)
    return found


async def tick(town: Town) -> None:
    """The house looks what is to be told to many."""
    await town.antenna.scheduler.do("messages to many")
    await town.settles()
    await town.antenna.scheduler.do("messages to many")


def told(person: Person) -> list[str]:
    """What of the message their chat shows."""
    return [text for text in person.said if all(word in text for word in WORDS)]


async def test_each_is_told_once_in_her_manner(town: Town) -> None:
    """One reads at once what has moved and finds her calendar behind the button; in the chat of
    the other there is a neutral line without a sound, and the words only after a tap."""
    amina = await town.resident()
    samira = await town.resident("Samira", careful=True)
    mass = a_moved_lesson(town)
    await tick(town)
    await tick(town)
    assert (len(told(amina)), told(samira)) == (1, [])
    (line,) = [screen for screen in samira.screens if screen.labels == ["📘 Read"]]
    assert line.text.startswith(NEUTRAL)
    assert samira.phone.telegram.state.people[samira.phone.person_id].notifications[-1].silent
    await samira.taps("📘 Read")
    assert len(told(samira)) == 1
    await samira.taps("🗓️ My calendar")
    assert told(samira) == []
    assert "My calendar" in samira.screen.text
    await amina.taps("🗓️ My calendar")
    assert "My calendar" in amina.screen.text
    assert len(told(amina)) == 1
    found = town.query("SELECT state, recipients FROM mass WHERE id = ?", mass.id)
    assert found == [(MassState.DONE.value, 2)]


async def test_at_night_nobody_is_told(town: Town) -> None:
    """What is let go late in the evening goes in the morning."""
    amina = await town.resident()
    town.clock.advance(timedelta(hours=12))
    a_moved_lesson(town)
    await tick(town)
    assert told(amina) == []
    town.clock.advance(timedelta(hours=11))
    await town.antenna.scheduler.do("notices")
    await town.settles()
    assert len(told(amina)) == 1
