"""Files that come in: known courses are changed and not doubled, and one mistake keeps all out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.exchange.applying import Brought, Defaults, bring_in, form_of, read_file
from bot.exchange.mistakes import FileError
from bot.exchange.table import write_table
from flows.calendar_model import CourseKind, CourseState, LessonState
from storage.courses.finding import find_by_ref, find_courses, lessons_of
from storage.database import Database
from storage.desks import Desk, save_desk
from tests.ready import ready_database
from tests.storage.cases.desk import an_office
from tests.storage.factories import NOON, TODAY

TABLE = """id;title;kind;first day;time;minutes;seats;repeat
a1;Italiano A1;italian;2026-12-01;18:30;120;20;weekly tue times 3
a2;Sicurezza;safety;2026-12-02;9:00;4:00;10;
"""
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VEVENT
UID:series@other
SUMMARY:Italiano A2
DTSTART;TZID=Europe/Rome:20261201T183000
DTEND;TZID=Europe/Rome:20261201T203000
RRULE:FREQ=WEEKLY;COUNT=3
END:VEVENT
BEGIN:VEVENT
UID:series@other
RECURRENCE-ID;TZID=Europe/Rome:20261208T183000
DTSTART;TZID=Europe/Rome:20261209T090000
DTEND;TZID=Europe/Rome:20261209T100000
END:VEVENT
BEGIN:VEVENT
UID:series@other
RECURRENCE-ID;TZID=Europe/Rome:20261215T183000
STATUS:CANCELLED
END:VEVENT
END:VCALENDAR
"""


class House:
    """An office that takes files in."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.writing() as connection:
            self.office = an_office(connection)
            connection.commit()

    def brings(self, text: str, now: datetime = NOON, **more: object) -> Brought:
        """Take a file in, as the command does."""
        defaults = Defaults(self.office, **more)  # type: ignore[arg-type]
        with self.database.writing() as connection:
            vault = self.database.vault
            drafts = read_file(text.encode())
            brought = bring_in(connection, vault, drafts, defaults, operator_id=7, now=now)
            connection.commit()
        return brought

    def refuses(self, text: str, **more: Any) -> list[tuple[int, str]]:
        """Take a file in that is not taken; the places of its mistakes."""
        with pytest.raises(FileError) as raised:
            self.brings(text, **more)
        return [(one.line, one.field) for one in raised.value.mistakes]

    def has_desks(self, desks: dict[str, tuple[str, bool]]) -> None:
        """Keep desks by key: of which office, and whether somebody is there."""
        with self.database.writing() as connection:
            for key, (office, active) in desks.items():
                save_desk(connection, Desk(key, f"Desk {key}", "Desio", active, TODAY, office))
            connection.commit()

    @property
    def desks(self) -> dict[str, str]:
        """Where the courses are, by id."""
        with self.database.reading() as connection:
            return {one.ref: one.desk for one in find_courses(connection, office=self.office)}

    @property
    def titles(self) -> dict[str, str]:
        """The courses there are, by id."""
        with self.database.reading() as connection:
            return {one.ref: one.title for one in find_courses(connection, office=self.office)}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An office."""
    database = ready_database(tmp_path)
    yield House(database)
    database.close()


def test_a_file_twice_is_once(house: House) -> None:
    """The same file again changes nothing; a changed line changes its course alone."""
    assert house.brings(TABLE).added == ("Italiano A1", "Sicurezza")
    assert house.brings(TABLE) == Brought((), (), ("Italiano A1", "Sicurezza"), ())
    written_otherwise = TABLE.replace("weekly tue times 3", "weekly  mar  times 3")
    assert house.brings(written_otherwise).same == ("Italiano A1", "Sicurezza")
    changed = TABLE.replace("Italiano A1", "Italiano A1 sera")
    assert house.brings(changed) == Brought((), ("Italiano A1 sera",), ("Sicurezza",), ())
    assert house.titles == {"a1": "Italiano A1 sera", "a2": "Sicurezza"}


def test_one_mistake_keeps_all_out(house: House) -> None:
    """What is wrong in the last line, or only for the storage, leaves nothing of the first."""
    assert house.refuses(TABLE.replace(";10;", ";0;")) == [(3, "seats")]
    assert house.refuses(TABLE.replace("times 3", "never")) == [(2, "repeat")]
    assert house.titles == {}


def test_what_a_file_does_not_say_stays(house: House) -> None:
    """A column that is not in the file keeps what somebody wrote here."""
    house.brings(TABLE.replace("seats;repeat", "seats;repeat;place").replace("3\n", "3;Via Roma\n"))
    house.brings(TABLE)
    with house.database.reading() as connection:
        kept = find_by_ref(connection, house.office, "a1")
    assert kept is not None
    assert (kept.place, kept.starts, kept.state) == ("Via Roma", time(18, 30), CourseState.DRAFT)


def test_a_calendar_comes_with_its_single_lessons(house: House) -> None:
    """Series, a moved lesson, a dropped one; again it is the same, and a wrong one is named."""
    said = {"kind": CourseKind.ITALIAN, "seats": 20, "opens": True}
    assert house.brings(CALENDAR, **said).added == ("Italiano A2",)
    assert house.brings(CALENDAR, **said).same == ("Italiano A2",)
    with house.database.reading() as connection:
        kept = find_by_ref(connection, house.office, "series@other")
        assert kept is not None
        found = [(one.local, one.minutes, one.state) for one in lessons_of(connection, kept.id)]
    at = datetime.fromisoformat
    assert kept.state is CourseState.OPEN
    assert found == [
        (at("2026-12-01T18:30"), 120, LessonState.PLANNED),
        (at("2026-12-09T09:00"), 60, LessonState.MOVED),
        (at("2026-12-15T18:30"), 120, LessonState.CANCELLED),
    ]
    stray = CALENDAR.replace("RECURRENCE-ID;TZID=Europe/Rome:20261215", "RECURRENCE-ID:20270101")
    assert house.refuses(stray, **said) == [(17, "RECURRENCE-ID")]
    assert house.refuses(CALENDAR.replace("series@", "new@")) == [(4, "kind"), (4, "seats")]


def test_a_lesson_that_is_over_is_not_changed_by_a_file(house: House) -> None:
    """What was changed in time stands in a file that comes later, also in one that comes first
    then; a change of a lesson that is over is a mistake with its line."""
    said: dict[str, Any] = {"kind": CourseKind.ITALIAN, "seats": 20}
    planned = CALENDAR[: CALENDAR.index("BEGIN:VEVENT", 60)] + "END:VCALENDAR\n"
    over = datetime(2027, 1, 10, 12, tzinfo=UTC)
    assert house.brings(planned, **said).added == ("Italiano A2",)
    assert house.refuses(CALENDAR, now=over, **said) == [(11, "DTSTART"), (17, "STATUS")]
    assert house.brings(CALENDAR, **said).changed == ("Italiano A2",)
    assert house.brings(CALENDAR, now=over, **said).same == ("Italiano A2",)
    new = CALENDAR.replace("series@", "new@").replace("Italiano A2", "Nuovo")
    assert house.brings(new, now=over, **said).added == ("Nuovo",)


def test_a_course_called_off_elsewhere_is_called_off_here(house: House) -> None:
    """A calendar that says cancelled of a whole event cancels the course, once."""
    said = {"kind": CourseKind.ITALIAN, "seats": 20}
    house.brings(CALENDAR, **said)
    off = CALENDAR.replace("RRULE:FREQ", "STATUS:CANCELLED\nRRULE:FREQ")
    assert house.brings(off, **said).cancelled == ("Italiano A2",)


def test_a_desk_is_known_by_its_name(house: House) -> None:
    """What no desk of the office is called is a mistake with its line."""
    with_desk = TABLE.replace("repeat\n", "repeat;desk\n").replace("3\n", "3;Nowhere\n")
    assert house.refuses(with_desk) == [(2, "desk")]


def test_a_desk_of_another_office_is_none_of_this_one(house: House) -> None:
    """Neither by its key nor by its name, nor said for all courses, nor one that is closed; those
    of every office are of this one too."""
    desks = {"ours": house.office, "everybodys": "", "theirs": "other", "closed": house.office}
    house.has_desks({key: (office, key != "closed") for key, office in desks.items()})
    with_desk = TABLE.replace("repeat\n", "repeat;desk\n")
    refused = [
        house.refuses(with_desk.replace("3\n", f"3;{said}\n"))
        for said in ("theirs", "Desk theirs", "closed")
    ]
    assert refused == [[(2, "desk")]] * 3
    assert house.refuses(TABLE, desk="theirs") == [(2, "desk"), (3, "desk")]
    house.brings(with_desk.replace("3\n", "3;ours\n"), desk="everybodys")
    assert house.desks == {"a1": "ours", "a2": "everybodys"}


def test_a_course_stays_at_a_desk_that_went_to_another_office(house: House) -> None:
    """What is written comes back all the same; a course that is new cannot come there."""
    house.has_desks({"ours": (house.office, True)})
    with_desk = TABLE.replace("repeat\n", "repeat;desk\n").replace("3\n", "3;ours\n")
    house.brings(with_desk)
    house.has_desks({"ours": ("other", True)})
    assert house.brings(with_desk).same == ("Italiano A1", "Sicurezza")
    assert house.refuses(with_desk.replace("a1;", "a3;")) == [(2, "desk")]


def test_what_is_written_comes_back(house: House) -> None:
    """Our own table of the courses brings nothing new."""
    house.brings(TABLE)
    with house.database.reading() as connection:
        courses = [asdict(form_of(one)) for one in find_courses(connection, office=house.office)]
    again = house.brings(write_table(courses))
    assert (sorted(again.same), again.changed) == (["Italiano A1", "Sicurezza"], ())
