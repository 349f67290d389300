"""What a desk is told of people's lessons and appointments."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from flows.calendar_model import News, Subject
from storage.database import Database
from storage.desk_news import (
    drop_news,
    find_news,
    forget_news,
    mark_posted,
    mark_seen,
    tell_desk,
    to_post,
)
from tests.storage.cases.desk import an_office
from tests.storage.factories import NOON

TEN = NOON + timedelta(days=1)


def tell(connection: Connection, office: str, what: News = News.LATE, **more: Any) -> None:
    """Tell an office something of an appointment."""
    given: dict[str, Any] = {
        "desk": "desio",
        "subject": Subject.APPOINTMENT,
        "subject_id": 7,
        "designation": "Airone verde",
        "event": TEN,
        "at": NOON,
    }
    tell_desk(connection, what, office=office, **given | more)


def test_an_office_finds_its_own_news_the_latest_first(database: Database) -> None:
    """What is told to an office is found by it alone, the latest first."""
    with database.engine.begin() as connection:
        mine, other = an_office(connection), an_office(connection, "Sindacato")
        tell(connection, mine, minutes=10)
        tell(connection, mine, News.CANNOT, at=NOON + timedelta(minutes=1))
        tell(connection, other)
        found = find_news(connection, mine)
    assert [(one.what, one.minutes, one.event) for one in found] == [
        (News.CANNOT, None, TEN),
        (News.LATE, 10, TEN),
    ]


def test_the_same_news_is_corrected_until_it_is_seen(database: Database) -> None:
    """Somebody who is later still stands in one line; once seen, a new line tells of it."""
    with database.engine.begin() as connection:
        office = an_office(connection)
        tell(connection, office, minutes=10)
        tell(connection, office, minutes=30)
        once = find_news(connection, office)
        seen = mark_seen(connection, [one.id for one in once], 5, office)
        tell(connection, office, minutes=45)
        again = find_news(connection, office)
    assert ([one.minutes for one in once], seen, [one.minutes for one in again]) == ([30], 1, [45])


def test_nobody_of_another_office_marks_news_as_seen(database: Database) -> None:
    """A mark by another office changes nothing."""
    with database.engine.begin() as connection:
        office, other = an_office(connection), an_office(connection, "Sindacato")
        tell(connection, office)
        (one,) = find_news(connection, office)
        assert mark_seen(connection, [one.id], 5, other) == 0
        assert find_news(connection, office) == [one]


def test_a_group_is_told_once_and_not_of_everything(database: Database) -> None:
    """What is posted is not posted again until it says something else; a booking never is."""
    with database.engine.begin() as connection:
        office = an_office(connection)
        tell(connection, office, News.BOOKED)
        tell(connection, office, minutes=10)
        first = to_post(connection)
        mark_posted(connection, [one.id for one in first])
        tell(connection, office, minutes=10)
        same = to_post(connection)
        tell(connection, office, minutes=20)
        changed = to_post(connection)
    assert [[one.minutes for one in told] for told in (first, same, changed)] == [[10], [], [20]]


def test_news_of_somebody_forgotten_or_old_goes(database: Database) -> None:
    """News goes by the two words of somebody, and by its age."""
    with database.engine.begin() as connection:
        office = an_office(connection)
        tell(connection, office)
        tell(connection, office, designation="Lago blu")
        tell(connection, office, designation="Noce alto", at=NOON - timedelta(days=40))
        assert forget_news(connection, ["Airone verde"]) == 1
        assert drop_news(connection, NOON - timedelta(days=30)) == 1
        assert [one.designation for one in find_news(connection, office)] == ["Lago blu"]
