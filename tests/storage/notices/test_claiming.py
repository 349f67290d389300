"""What is due goes once, in time or not at all; whoever looks for it, and however often."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from flows.calendar_model import MassState, News, NoticeState, Subject, Wishes
from flows.handoff_model import Safe
from flows.model import Person
from storage.calendar_schema import appointment, desk_news, mass
from storage.database import Database
from storage.notices.checking import Gate, may_go
from storage.notices.claiming import MOST_OF_A_MASS, Claimed, claim
from storage.notices.model import Notice
from storage.notices.planning import add_many, plan, plan_course, plan_person
from storage.notices.stopping import stop
from storage.notices.wishes import keep_wishes
from storage.outbox import Lane, Outgoing, Policy, Row, settle_sending
from storage.schema import outbox
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.factories import do, someone
from tests.storage.notices.factories import (
    NOW,
    OFFICE,
    add_course,
    book,
    change,
    enrol,
    notices,
    people,
    shown,
)

WEEK = datetime.fromisoformat("2026-11-26T09:30+00:00")
DAY_BEFORE = WEEK + timedelta(days=6)
HOURS_BEFORE = WEEK + timedelta(days=6, hours=22)
STARTS = WEEK + timedelta(days=7)


def render(unit: Unit, one: Notice, now: datetime) -> Outgoing | None:
    """The words are not what these tests are about."""
    lane, policy = Lane.NOTICE, Policy.AGAIN
    if one.subject is Subject.MASS:
        lane, policy = Lane.BULK, Policy.ONCE
    chat = unit.chat_id(one.person_id)
    params = {"chat_id": chat, "text": f"{one.subject.value} {one.step}"}
    return Outgoing("sendMessage", params, lane, policy, one.person_id)


def look(writer: Writer, now: datetime, limit: int = 100) -> Claimed:
    """One look for what is due."""
    found: Claimed = do(writer, lambda unit: claim(unit, now, render, limit))
    return found


def waiting(writer: Writer) -> list[Row]:
    """What stands in the outbox."""
    rows: list[Row] = do(writer, lambda unit: unit.pending_rows(10_000))
    return rows


def arrives(writer: Writer, row: Row, now: datetime) -> None:
    """Telegram took a row."""
    do(writer, lambda unit: unit.mark_sent(row, 7, now))


def told(database: Database) -> list[str]:
    """What the desk was told."""
    with database.reading() as connection:
        return sorted(connection.execute(select(desk_news.c.what)).scalars())


@pytest.fixture
def person(writer: Writer) -> Person:
    """Somebody with a chat."""
    return someone(writer)


@pytest.fixture
def booked(writer: Writer, person: Person) -> int:
    """An appointment on Thursday 3 December at half past ten in Rome."""
    id_ = book(writer, person, "2026-12-03T10:30")
    do(writer, lambda unit: plan(unit.direct(), unit.vault, Subject.APPOINTMENT, id_, NOW))
    return id_


@pytest.mark.usefixtures("booked")
def test_each_goes_once_when_it_is_due(writer: Writer, database: Database) -> None:
    """Not a second sooner, and never again; the row of the outbox says which notice it is."""
    assert look(writer, WEEK - timedelta(seconds=1)) == Claimed()
    assert look(writer, WEEK) == Claimed(handed=1)
    assert look(writer, WEEK) == Claimed()
    (row,) = waiting(writer)
    assert (row.lane, row.policy, row.notice) == (
        Lane.NOTICE,
        Policy.AGAIN,
        notices(database)[0].id,
    )
    arrives(writer, row, WEEK)
    assert [one.state for one in notices(database)] == ["sent", "waiting", "waiting"]
    assert notices(database)[0].ended == WEEK
    assert waiting(writer) == []


@pytest.mark.usefixtures("booked")
def test_after_an_outage_only_the_latest_of_an_event(writer: Writer, database: Database) -> None:
    """Of three that were missed one message goes; the event is still to come."""
    assert look(writer, HOURS_BEFORE + timedelta(hours=1)) == Claimed(handed=1)
    assert [one.state for one in notices(database)] == ["stopped", "stopped", "handed"]
    assert told(database) == []


@pytest.mark.usefixtures("booked")
def test_never_after_the_event(writer: Writer, database: Database) -> None:
    """At the minute in which it begins nothing goes any more, and the desk is told once."""
    assert look(writer, STARTS) == Claimed(missed=3)
    assert [one.state for one in notices(database)] == ["missed"] * 3
    assert (waiting(writer), told(database)) == ([], [News.MISSED])


@pytest.mark.usefixtures("booked")
def test_an_outage_that_ends_at_night(writer: Writer, database: Database) -> None:
    """Nobody is woken: what was missed goes in the morning."""
    night = datetime.fromisoformat("2026-12-02T23:10+00:00")
    assert look(writer, night) == Claimed()
    morning = datetime.fromisoformat("2026-12-03T07:00+00:00")
    assert look(writer, morning - timedelta(seconds=1)) == Claimed()
    assert look(writer, morning) == Claimed(handed=1)
    assert [one.state for one in notices(database)].count(NoticeState.HANDED) == 1


def test_what_is_only_of_use_at_night_is_missed(writer: Writer, database: Database) -> None:
    """An outage through the evening before a meeting at eight: the desk learns of it."""
    id_ = book(writer, someone(writer), "2026-12-03T08:00")
    do(writer, lambda unit: plan(unit.direct(), unit.vault, Subject.APPOINTMENT, id_, NOW))
    assert look(writer, WEEK).handed == 1
    assert look(writer, datetime.fromisoformat("2026-12-02T20:30+00:00")).missed == 2
    assert told(database) == [News.MISSED]


@pytest.mark.parametrize("safe", [Safe.EVENING, Safe.SUNDAY])
def test_her_hours_hold_to_the_last(
    safe: Safe, writer: Writer, database: Database, person: Person, booked: int
) -> None:
    """What is due out of her hours, because she has just said which they are, waits for them."""
    do(writer, lambda unit: keep_wishes(unit.direct(), person.id, Wishes(safe=safe)))
    look(writer, WEEK)
    assert waiting(writer) == []
    first = {
        Safe.EVENING: "2026-11-26T17:00+00:00",
        Safe.SUNDAY: "2026-11-29T07:00+00:00",
    }
    assert look(writer, datetime.fromisoformat(first[safe])).handed == 1


@pytest.mark.usefixtures("booked")
def test_paused(writer: Writer, database: Database, person: Person) -> None:
    """In a pause nothing goes; what is of use after it comes then, and only once."""
    until = datetime.fromisoformat("2026-12-02").date()
    do(writer, lambda unit: keep_wishes(unit.direct(), person.id, Wishes(paused_until=until)))
    look(writer, WEEK)
    look(writer, DAY_BEFORE)
    assert waiting(writer) == []
    assert look(writer, HOURS_BEFORE).handed == 1
    assert [one.state for one in notices(database)].count(NoticeState.HANDED) == 1
    assert told(database) == []


@pytest.mark.usefixtures("booked")
def test_paused_beyond_the_event(writer: Writer, database: Database, person: Person) -> None:
    """Nothing goes and nobody is told: she wanted it so. When the pause is over early, what is to
    come goes."""

    def pause(until: str | None) -> None:
        day = None if until is None else datetime.fromisoformat(until).date()

        def job(unit: Unit) -> None:
            keep_wishes(unit.direct(), person.id, Wishes(paused_until=day))
            plan_person(unit.direct(), unit.vault, person.id, DAY_BEFORE)

        do(writer, job)

    pause("2026-12-31")
    look(writer, WEEK)
    look(writer, DAY_BEFORE)
    assert [one.state for one in notices(database)] == ["stopped", "stopped", "waiting"]
    pause(None)
    assert look(writer, HOURS_BEFORE).handed == 1
    assert told(database) == []


@pytest.mark.usefixtures("booked")
def test_blocked(writer: Writer, database: Database, person: Person) -> None:
    """A 403 ends all that waits for her; the desk is told once, and nothing is tried again."""
    look(writer, WEEK)
    (row,) = waiting(writer)
    do(writer, lambda unit: unit.set_unreachable(person.id, WEEK, row))
    assert [one.state for one in notices(database)] == ["blocked"] * 3
    assert (waiting(writer), told(database)) == ([], [News.BLOCKED])
    assert look(writer, HOURS_BEFORE) == Claimed()
    do(writer, lambda unit: plan_person(unit.direct(), unit.vault, person.id, WEEK))
    assert [one.state for one in notices(database)] == ["blocked"] * 3
    do(writer, lambda unit: unit.mark_seen(person.id, WEEK.date()))
    do(writer, lambda unit: plan_person(unit.direct(), unit.vault, person.id, WEEK))
    assert [one.state for one in notices(database)] == ["blocked", "waiting", "waiting"]


def test_planned_for_somebody_who_cannot_be_reached(writer: Writer, database: Database) -> None:
    """The desk that booked for her learns it when the first reminder would have gone."""
    person = someone(writer)
    do(writer, lambda unit: unit.set_unreachable(person.id, NOW))
    id_ = book(writer, person, "2026-12-03T10:30")
    do(writer, lambda unit: plan(unit.direct(), unit.vault, Subject.APPOINTMENT, id_, NOW))
    look(writer, WEEK)
    assert shown(database)[0] == "7d 2026-11-26 10:30 blocked"
    assert told(database) == [News.BLOCKED]


# -- a moment before the call


def gate(writer: Writer, row: Row, now: datetime) -> Gate:
    """What delivery is told."""
    assert row.notice is not None
    notice_id = row.notice
    found: Gate = do(writer, lambda unit: may_go(unit.direct(), notice_id, row.id, now))
    return found


@pytest.mark.usefixtures("booked")
def test_telegram_was_away(writer: Writer, database: Database) -> None:
    """What stood in the outbox while Telegram was away goes, waits for the day, or is missed."""
    look(writer, HOURS_BEFORE)
    (row,) = waiting(writer)
    assert gate(writer, row, HOURS_BEFORE + timedelta(hours=1)) is Gate.OPEN
    assert gate(writer, row, STARTS) is Gate.SHUT
    do(writer, lambda unit: unit.mark_failed(row, STARTS))
    assert notices(database)[-1].state is NoticeState.MISSED
    assert (waiting(writer), told(database)) == ([], [News.MISSED])


@pytest.mark.usefixtures("booked")
def test_telegram_was_away_until_night(writer: Writer, database: Database) -> None:
    """It waits in the outbox for the morning; ten minutes of the quiet hours are no night."""
    look(writer, DAY_BEFORE)
    (row,) = waiting(writer)
    nine = datetime.fromisoformat("2026-12-02T20:00+00:00")
    assert gate(writer, row, nine + timedelta(minutes=9)) is Gate.OPEN
    assert gate(writer, row, nine + timedelta(minutes=11)) is Gate.LATER
    (row,) = waiting(writer)
    assert row.not_before == datetime.fromisoformat("2026-12-03T07:00+00:00")


def test_called_off_meanwhile(writer: Writer, database: Database, booked: int) -> None:
    """A reminder that stands in the outbox does not go when its event is called off."""
    look(writer, WEEK)
    (row,) = waiting(writer)
    change(writer, appointment, booked, state="cancelled")
    do(writer, lambda unit: plan(unit.direct(), unit.vault, Subject.APPOINTMENT, booked, WEEK))
    assert (waiting(writer), gate(writer, row, WEEK)) == ([], Gate.SHUT)
    assert [one.state for one in notices(database)] == ["stopped"]


@pytest.mark.usefixtures("booked")
def test_refused_for_ever(writer: Writer, database: Database) -> None:
    """What Telegram never takes was not sent, and the desk knows."""
    look(writer, WEEK)
    (row,) = waiting(writer)
    do(writer, lambda unit: unit.mark_failed(row, WEEK))
    assert (notices(database)[0].state, told(database)) == ("missed", [News.MISSED])


# -- messages to many


def add_mass(writer: Writer, mass_id: int, ids: list[int], state: MassState) -> None:
    """A message to many."""

    def job(unit: Unit) -> None:
        unit.direct().execute(
            insert(mass).values(
                id=mass_id,
                office=OFFICE,
                kind="strike",
                audience="{}",
                words="{}",
                until=NOW + timedelta(days=2),
                state=state.value,
                created=NOW,
                created_by=1,
            )
        )
        end = NOW + timedelta(days=2)
        add_many(unit.direct(), ids, Subject.MASS, mass_id, due=NOW, until=end, occasion="")

    do(writer, job)


def test_a_message_to_many_goes_in_portions(writer: Writer, database: Database) -> None:
    """So many of it stand in the outbox and no more, beside another one and beside reminders."""
    some = [one.id for one in people(writer, 230)]
    add_mass(writer, 1, some, MassState.RUNNING)
    add_mass(writer, 2, some[:30], MassState.RUNNING)
    add_mass(writer, 3, some[:30], MassState.DRAFT)
    found = [look(writer, NOW, limit=150) for _ in range(3)]
    assert [one.handed for one in found] == [180, 50, 0]
    assert [one.more for one in found] == [True, True, True]
    rows = waiting(writer)
    assert len(rows) == MOST_OF_A_MASS + 30
    first = {one.id for one in notices(database) if one.subject_id == 1}
    arrives(writer, next(row for row in rows if row.notice in first), NOW)
    assert look(writer, NOW).handed == 1


def test_stopped_in_the_middle(writer: Writer, database: Database) -> None:
    """What has not left goes back; what is being sent at most once is left to its end."""
    some = [one.id for one in people(writer, 5)]
    add_mass(writer, 1, some, MassState.RUNNING)
    look(writer, NOW)
    first, second, *_ = waiting(writer)
    do(writer, lambda unit: unit.mark_sending(first))
    arrives(writer, second, NOW)
    assert do(writer, lambda unit: stop(unit.direct(), Subject.MASS, 1)) == 3
    assert sorted(one.state for one in notices(database)) == ["handed", "sent", *["stopped"] * 3]
    assert do(writer, lambda unit: settle_sending(unit.direct())) == 1
    assert sorted(one.state for one in notices(database))[-1] == NoticeState.UNKNOWN


# -- many at once


def test_a_hundred_at_one_moment(writer: Writer, database: Database) -> None:
    """In several looks all go, none twice, each to its own chat."""
    course_id, _ = add_course(writer, "2026-12-01T18:00", seats=150)
    some = people(writer, 120)
    for person in some:
        enrol(writer, course_id, person)
    do(writer, lambda unit: plan_course(unit.direct(), unit.vault, course_id, NOW))
    due = datetime.fromisoformat("2026-11-24T17:00+00:00")
    jobs = [writer.submit(lambda unit: claim(unit, due, render, 50)) for _ in range(6)]
    found = [job.result(timeout=60) for job in jobs]
    assert sum(one.handed for one in found) == 120
    with database.reading() as connection:
        told: list[Any] = list(connection.execute(select(outbox.c.person_id)).scalars())
    assert sorted(told) == sorted(one.id for one in some)
