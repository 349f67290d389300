"""Clocks that jump, nights that are suspended, outages, several who tick: each reminder once.

What must come of it is computed here anew for each row of moments at which the house could look.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from flows.calendar_model import NoticeState
from storage.database import Database
from storage.notices.claiming import claim
from storage.schema import outbox
from storage.writer import Writer
from tests.storage.conftest import Place
from tests.storage.factories import do
from tests.storage.notices.factories import add_course, enrol, notices, people
from tests.storage.notices.test_claiming import render
from tests.storage.notices.test_nights import ALL_DAY
from tests.storage.notices.test_planning import planned_course
from tests.storage.notices.world import MINUTE, Booked, World, book_many, wish

HOUR = timedelta(hours=1)
STEPS = {"7d": 168 * HOUR, "1d": 24 * HOUR, "2h": 2 * HOUR}
TUESDAY = date(2026, 12, 1)
MORNING = datetime(2026, 12, 1, 5, tzinfo=UTC)
Record = Callable[[str, object], None]


class Ends(NamedTuple):
    """How reminders ended: told, too late, or said by a later one of the same event."""

    told: list[tuple[int, str, datetime]]
    missed: int
    stopped: int


def expected(ticks: Sequence[datetime], events: Sequence[Booked], planned: datetime) -> Ends:
    """What must come of these looks."""
    told, missed, stopped = [], 0, 0
    for event in events:
        starts = datetime.combine(event.day, time(), UTC) - HOUR + event.minute * MINUTE
        waiting = {step: starts - ahead for step, ahead in STEPS.items()}
        waiting = {step: due for step, due in waiting.items() if due > planned}
        for tick in ticks:
            due = sorted((at, step) for step, at in waiting.items() if at <= tick)
            for _at, step in due:
                del waiting[step]
            if due and tick < starts:
                told.append((event.id, due[-1][1], tick))
                stopped += len(due) - 1
            elif due:
                missed += len(due)
    return Ends(sorted(told), missed, stopped)


def minutes_of(*spans: tuple[datetime, timedelta]) -> list[datetime]:
    """A look every minute of these spans, one after the other."""
    return [
        first + number * MINUTE for first, length in spans for number in range(length // MINUTE)
    ]


SPANS = {
    "three hours forward": ((MORNING, 4 * HOUR), (MORNING + 7 * HOUR, 8 * HOUR)),
    "three hours back": ((MORNING, 6 * HOUR), (MORNING + 3 * HOUR, 12 * HOUR)),
    "suspended for ten hours": ((MORNING, 2 * HOUR), (MORNING + 12 * HOUR, 4 * HOUR)),
    "an hour of outage": ((MORNING, 5 * HOUR), (MORNING + 6 * HOUR, 9 * HOUR)),
    "thirty hours of outage": ((MORNING, 3 * HOUR), (MORNING + 33 * HOUR, 8 * HOUR)),
}
"""When the house could look. Everybody's day is from half past six to ten in the evening."""


def lived(writer: Writer, database: Database, ticks: Sequence[datetime], every: int) -> None:
    """Events all through two days, and these looks: as expected, and nothing else."""
    days = [TUESDAY, TUESDAY + timedelta(days=1)]
    (person,) = people(writer, 1)
    events = book_many(
        writer, person.id, [(day, minute) for day in days for minute in range(390, 1320, every)]
    )
    planned = MORNING - HOUR
    wish(writer, person.id, ",".join(STEPS), planned, ALL_DAY)
    world = World(writer, ALL_DAY)
    for tick in ticks:
        world.tick(tick)
    right = expected(ticks, events, planned)
    assert sorted((one.event, one.step, one.at) for one in world.told) == right.told
    states = [one.state for one in notices(database)]
    assert states.count(NoticeState.MISSED) == right.missed
    assert states.count(NoticeState.STOPPED) == right.stopped
    assert len({(one.event, one.step) for one in world.told}) == len(world.told)


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("what", SPANS)
@pytest.mark.parametrize(
    "every",
    [30, pytest.param(5, marks=[pytest.mark.faults, pytest.mark.timeout(900)])],
    ids=["short", "long"],
)
def test_time_goes_its_own_way(
    what: str, every: int, writer: Writer, database: Database, record_property: Record
) -> None:
    """What is still of use is told once, the latest of each event; the rest is missed or said."""
    ticks = minutes_of(*SPANS[what])
    if every == 30:
        ticks = ticks[::5]
    lived(writer, database, ticks, every)
    states = [one.state.value for one in notices(database)]
    counts = {state: states.count(state) for state in sorted(set(states))}
    record_property("reminders", json.dumps({"what": what, "looks": len(ticks), **counts}))


steps_of_time = st.lists(
    st.sampled_from([1, 3, 10, 45, 120, 300, -15, -180]), min_size=5, max_size=40
)


@pytest.mark.parametrize("engine", ["sqlite"])
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=steps_of_time)
def test_whatever_the_clock_does(steps: list[int], place: Place) -> None:
    """Forward, back, by minutes or by hours: no reminder twice, none after its event."""
    database = place.open(busy_seconds=5.0)
    writer = Writer(database)
    try:
        do(writer, lambda unit: unit.direct().exec_driver_sql("DELETE FROM outbox").rowcount)
        do(writer, lambda unit: unit.direct().exec_driver_sql("DELETE FROM person").rowcount)
        tick, ticks = MORNING, []
        for minutes in steps:
            tick += minutes * MINUTE
            ticks.append(tick)
        lived(writer, database, ticks, 90)
    finally:
        writer.close()
        database.close()


@pytest.mark.parametrize(
    "how_many",
    [60, pytest.param(1000, marks=[pytest.mark.faults, pytest.mark.timeout(900)])],
    ids=["short", "long"],
)
def test_several_tick_at_once(
    how_many: int, place: Place, writer: Writer, database: Database, record_property: Record
) -> None:
    """Four processes look for the same rows at the same time: each goes once, on both databases."""
    course_id, _ = add_course(writer, "2026-12-01T18:00", seats=how_many)
    for person in people(writer, how_many):
        enrol(writer, course_id, person)
    planned_course(writer, course_id)
    due = datetime(2026, 11, 24, 17, tzinfo=UTC)
    others = [place.open(busy_seconds=30.0, migrate=False) for _ in range(4)]
    writers = [Writer(one) for one in others]

    def tick(one: Writer) -> int:
        handed = 0
        for _ in range(3 + how_many // 10):
            handed += do(one, lambda unit: claim(unit, due, render, 20)).handed
        return handed

    try:
        with ThreadPoolExecutor(4) as pool:
            handed = list(pool.map(tick, writers))
    finally:
        for one in writers:
            one.close()
        for other in others:
            other.close()
    with database.reading() as connection:
        query = select(func.count(), func.count(outbox.c.notice.distinct())).select_from(outbox)
        total, different = connection.execute(query).one()
    record_property("several tick", json.dumps([place.engine, how_many, handed]))
    assert (sum(handed), total, different) == (how_many, how_many, how_many)
