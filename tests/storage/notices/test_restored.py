"""After a backup was put back, and under new rules of the world's clocks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

import storage.notices.replanning as replanning
from flows.calendar_model import DateKind, News, NoticeState, Subject
from storage.calendar_schema import appointment, desk_news, lesson
from storage.database import Database
from storage.instants import rules_version
from storage.notices.planning import plan, plan_course
from storage.notices.replanning import RULES, replan_all, settle_restored
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.factories import do, someone
from tests.storage.notices.factories import (
    NOW,
    add_course,
    book,
    change,
    enrol,
    keep_date,
    notices,
    shown,
)


def test_what_was_due_meanwhile_is_not_told_again(writer: Writer, database: Database) -> None:
    """Nobody knows whether it was told: it is not told twice, and the desk can call."""
    id_ = book(writer, someone(writer), "2026-12-03T10:30")
    do(writer, lambda unit: plan(unit.direct(), unit.vault, Subject.APPOINTMENT, id_, NOW))
    later = NOW + timedelta(days=5)
    settled = do(writer, lambda unit: settle_restored(unit.direct(), unit.vault, later))
    with database.reading() as connection:
        told = list(connection.execute(select(desk_news.c.what)).scalars())
    assert (settled, told) == (1, [News.MISSED])
    assert [one.state for one in notices(database)] == ["unknown", "waiting", "waiting"]
    assert notices(database)[0].state is NoticeState.UNKNOWN


def replanned(writer: Writer, now: datetime) -> int:
    """Do all that new rules ask for; how many transactions that took."""
    jobs: list[Any] = do(writer, lambda unit: replan_all(unit, now))
    for job in jobs:
        do(writer, job)
    return len(jobs)


def test_new_rules_of_the_clocks(
    writer: Writer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Italy stays on summer time: every moment follows, of meetings and of reminders; the times on
    the wall stay. It is done once."""
    person = someone(writer)
    course_id, (lesson_id,) = add_course(writer, "2026-12-01T18:00")
    enrol(writer, course_id, person)
    booked = book(writer, person, "2026-12-03T10:30")
    date_id = keep_date(writer, person, DateKind.PERMIT, date(2027, 3, 2))

    def planned(unit: Unit) -> None:
        plan_course(unit.direct(), unit.vault, course_id, NOW)
        plan(unit.direct(), unit.vault, Subject.APPOINTMENT, booked, NOW)
        plan(unit.direct(), unit.vault, Subject.DATE, date_id, NOW)

    do(writer, planned)
    hour = timedelta(hours=1)
    right = {one.id: one.due for one in notices(database)}
    before = shown(database)
    # As if all had been computed by rules without winter time.
    for one in notices(database):
        change(writer, replanning.table, one.id, due=one.due - hour, until=one.until - hour)
    for table, row_id, local in (
        (lesson, lesson_id, "2026-12-01T16:00+00:00"),
        (appointment, booked, "2026-12-03T08:30+00:00"),
    ):
        starts = datetime.fromisoformat(local)
        change(writer, table, row_id, starts=starts, ends=starts + hour)
    assert [replanned(writer, NOW), replanned(writer, NOW)] == [5, 0]
    assert {one.id: one.due for one in notices(database)} == right
    assert shown(database) == before
    with database.reading() as connection:
        starts = connection.execute(select(lesson.c.starts)).scalar_one()
        begins = connection.execute(select(appointment.c.starts)).scalar_one()
    assert (f"{starts:%H:%M}", f"{begins:%H:%M}") == ("17:00", "09:30")
    assert do(writer, lambda unit: unit.setting(RULES)) == rules_version()
    monkeypatch.setattr(replanning, "rules_version", lambda: "2099.1")
    assert replanned(writer, NOW) == 5
