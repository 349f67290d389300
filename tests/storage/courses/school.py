"""A school for the tests of courses: courses and people, so that a test names what matters."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from flows.calendar_model import CourseKind
from flows.model import Person
from storage.courses.editing import open_course, save_course
from storage.courses.model import Course, CourseForm
from storage.people import born
from storage.schema import person
from storage.vault import Vault, random_id
from tests.storage.cases.desk import an_office
from tests.storage.factories import NOON, TODAY

FIRST = date(2026, 12, 2)  # a Wednesday
SIX = time(18)


def a_form(**more: Any) -> CourseForm:
    """A course of Italian: four Wednesdays at six, with two seats."""
    given: dict[str, Any] = {
        "kind": CourseKind.ITALIAN,
        "level": "A1",
        "title": "Italian for beginners",
        "place": "via Roma 1, Desio",
        "seats": 2,
        "first": FIRST,
        "starts": SIX,
        "rule": "weekly wed times 4",
    }
    return CourseForm(**given | more)


def a_course(
    connection: Connection, vault: Vault, *, office: str = "", now: datetime = NOON, **more: Any
) -> Course:
    """A course that people may enrol in."""
    office = office or an_office(connection)
    saved = save_course(connection, vault, a_form(**more), office=office, operator_id=7, now=now)
    assert saved.course is not None, saved
    assert open_course(connection, vault, saved.course.id, now)
    return saved.course


def a_person(connection: Connection, vault: Vault, chat: int, language: str = "it") -> int:
    """Somebody who wrote to the bot; their id."""
    new = Person(random_id(), language, since=TODAY)
    row = born(new, vault.lookup(chat), vault.seal_chat(chat, new.id), TODAY)
    connection.execute(insert(person).values(row))
    return new.id


def people(connection: Connection, vault: Vault, many: int) -> list[int]:
    """So many of them."""
    return [a_person(connection, vault, 900_000 + chat) for chat in range(many)]


def later(**more: float) -> datetime:
    """Some time after noon."""
    return NOON + timedelta(**more)
