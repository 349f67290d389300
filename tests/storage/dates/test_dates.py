"""Dates that are a person's own: kept, reminded of, deleted, and nobody else's."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

import storage
from flows.calendar_effects import DropDate, FindMyDates, KeepDate
from flows.calendar_model import DateKind, NoticeState, OwnDate
from flows.effects import Json
from flows.model import Person
from storage.calendar_schema import notice, own_date
from storage.database import Database
from storage.dates.keeping import find_date, find_mine
from storage.dates.performing import DateEffect, perform_dates
from storage.writer import Writer
from tests.storage.factories import NOON, do, someone

PERMIT = date(2027, 5, 31)
ROOMS = Path(storage.__file__).parents[1]
DOORS = [
    "storage/calendar_effects.py",
    "storage/calendar_personal.py",
    "storage/calendar_schema.py",
    "storage/dates/keeping.py",
    "storage/dates/performing.py",
    "storage/notices/checking.py",
    "storage/notices/events.py",
    "storage/notices/facts.py",
    "storage/notices/planning.py",
    "storage/notices/replanning.py",
]
"""Who has to do with them: her own conversation, what she gets of her data, her reminders."""


def ask(writer: Writer, person: Person, effect: DateEffect, now: datetime = NOON) -> Json:
    """What comes back for an effect of a person's conversation."""
    value: Json = do(
        writer, lambda unit: perform_dates(unit.direct(), unit.vault, person, effect, now)
    )
    return value


def dates(writer: Writer, person: Person) -> list[tuple[DateKind, date, date | None]]:
    """A person's own dates as her conversation finds them."""
    found = FindMyDates().read(ask(writer, person, FindMyDates()))
    assert all(isinstance(one, OwnDate) for one in found)
    return [(one.kind, one.day, one.reminded) for one in found]


def test_a_date_is_kept_and_says_when_she_is_reminded(writer: Writer) -> None:
    """A permit's end is kept, and its first reminder is ninety days before."""
    fatima = someone(writer)
    made = ask(writer, fatima, KeepDate(DateKind.PERMIT, PERMIT))
    assert str(made).isdecimal()
    assert dates(writer, fatima) == [(DateKind.PERMIT, PERMIT, PERMIT - timedelta(days=90))]


def test_a_date_takes_the_place_of_the_one_of_its_kind(writer: Writer, database: Database) -> None:
    """There is one date of each kind, and the old one reminds of nothing any more."""
    fatima, later = someone(writer), PERMIT + timedelta(days=365)
    old = ask(writer, fatima, KeepDate(DateKind.PERMIT, PERMIT))
    ask(writer, fatima, KeepDate(DateKind.HEALTH_CARD, PERMIT))
    ask(writer, fatima, KeepDate(DateKind.PERMIT, later))
    assert [(kind, day) for kind, day, _next in dates(writer, fatima)] == [
        (DateKind.HEALTH_CARD, PERMIT),
        (DateKind.PERMIT, later),
    ]
    with database.reading() as connection:
        query = select(notice.c.id).where(
            notice.c.subject_id == int(str(old)), notice.c.state == NoticeState.WAITING.value
        )
        assert connection.execute(query).all() == []


def test_a_date_is_deleted_with_its_reminders_by_her_alone(
    writer: Writer, database: Database
) -> None:
    """Nobody drops the date of another; what she drops is gone, and she hears of it no more."""
    fatima, rahim = someone(writer), someone(writer, chat=5)
    made = str(ask(writer, fatima, KeepDate(DateKind.CONTRACT, PERMIT)))
    refused = [ask(writer, rahim, DropDate(made)), ask(writer, fatima, DropDate("x"))]
    dropped = [ask(writer, fatima, DropDate(made)), ask(writer, fatima, DropDate(made))]
    assert (refused, dropped) == ([False, False], [True, False])
    with database.reading() as connection:
        waiting = select(notice.c.id).where(notice.c.state == NoticeState.WAITING.value)
        assert connection.execute(waiting).all() == []
        assert connection.execute(select(own_date.c.id)).all() == []


def test_neither_day_nor_kind_can_be_read_in_the_table(writer: Writer, database: Database) -> None:
    """What the date is of is sealed for its own row; whose reminders are planned finds it."""
    fatima = someone(writer)
    made = int(str(ask(writer, fatima, KeepDate(DateKind.JOB_LOST, PERMIT))))
    with database.reading() as connection:
        body = bytes(connection.execute(select(own_date.c.body)).scalar_one())
        kept = find_date(connection, database.vault, made)
        assert find_mine(connection, database.vault, fatima.id) == [kept]
        assert find_date(connection, database.vault, made + 1) is None
    assert not any(word in body for word in (b"job_lost", b"2027", b"05-31"))


def test_no_operators_door_leads_to_a_persons_own_dates() -> None:
    """No module but those of her conversation, her data and her reminders names table or package;
    none of them is of the console or of the group."""
    named = re.compile(r"\bown_date\b|storage\.dates|storage import dates")
    found = {
        str(file.relative_to(ROOMS))
        for room in ("bot", "storage")
        for file in (ROOMS / room).rglob("*.py")
        if "migrations" not in file.parts and named.search(file.read_text("utf-8"))
    }
    assert sorted(found) == DOORS
