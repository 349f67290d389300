"""Claims: of operators who reach for the same conversation one gets it, and the others know who."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from flows.handoff_model import Event, Reason, State
from storage.database import Database
from storage.handoffs.claims import claim, release, renew, take_over
from storage.handoffs.closing import close
from storage.handoffs.finding import find
from storage.handoffs.model import LOCK, Claim
from storage.handoffs.notes import find_notes
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.conftest import Place
from tests.storage.factories import CHAT, NOON, do
from tests.storage.handoffs.factories import ANNA, BRUNO, asked

OPERATORS = range(201, 209)
CONVERSATIONS = 12
MINUTE = timedelta(minutes=1)


def events(database: Database, handoff_id: int) -> list[Event]:
    """What happened to a conversation, in order."""
    with database.reading() as connection:
        return [one.event for one in find_notes(connection, database.vault, handoff_id)]


def owner(database: Database, handoff_id: int) -> tuple[State, int | None]:
    """How a conversation stands, and who has it."""
    with database.reading() as connection:
        found = find(connection, handoff_id)
    assert found is not None
    return found.state, found.owner


def test_a_conversation_has_one_owner(writer: Writer, vault: Vault, database: Database) -> None:
    """The first has it, the second is told who that is, and nothing else happens."""
    made = asked(writer, vault)
    first = do(writer, lambda unit: claim(unit.direct(), made.id, ANNA, NOON))
    second = do(writer, lambda unit: claim(unit.direct(), made.id, BRUNO, NOON))
    assert (first, second) == (Claim(True, ANNA), Claim(False, ANNA))
    assert owner(database, made.id) == (State.CLAIMED, ANNA)
    assert events(database, made.id) == [Event.ASKED, Event.CLAIMED]


@pytest.mark.parametrize(
    ("later", "taken"), [(LOCK - MINUTE, Claim(False, ANNA)), (LOCK, Claim(True, BRUNO))]
)
def test_a_lock_runs_out(writer: Writer, vault: Vault, later: timedelta, taken: Claim) -> None:
    """While the lock runs nobody else gets it; from its end on the next one does, plainly."""
    made = asked(writer, vault)
    do(writer, lambda unit: claim(unit.direct(), made.id, ANNA, NOON))
    assert do(writer, lambda unit: claim(unit.direct(), made.id, BRUNO, NOON + later)) == taken


def test_claiming_ones_own_keeps_it_longer(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """The owner's second claim moves the end of the lock, and colleagues read nothing of it."""
    made = asked(writer, vault)
    for moment in (NOON, NOON + MINUTE):
        do(writer, lambda unit, at=moment: claim(unit.direct(), made.id, ANNA, at))
    with database.reading() as connection:
        found = find(connection, made.id)
    assert found is not None
    assert found.lock_until == NOON + MINUTE + LOCK
    assert events(database, made.id) == [Event.ASKED, Event.CLAIMED]


def test_only_the_owner_lets_go(writer: Writer, vault: Vault, database: Database) -> None:
    """Another's release changes nothing; after the owner's it waits for anybody."""
    made = asked(writer, vault)
    do(writer, lambda unit: claim(unit.direct(), made.id, ANNA, NOON))
    assert do(writer, lambda unit: release(unit.direct(), made.id, BRUNO, NOON)) is False
    assert do(writer, lambda unit: release(unit.direct(), made.id, ANNA, NOON)) is True
    assert owner(database, made.id) == (State.WAITING, None)
    assert do(writer, lambda unit: renew(unit.direct(), made.id, ANNA, NOON)) is False


def test_taking_over_says_why(writer: Writer, vault: Vault, database: Database) -> None:
    """A reason takes a conversation from its owner, and colleagues read the reason."""
    made = asked(writer, vault)
    do(writer, lambda unit: claim(unit.direct(), made.id, ANNA, NOON))
    taken = do(
        writer, lambda unit: take_over(unit.direct(), vault, made.id, BRUNO, "in ferie", NOON)
    )
    with database.reading() as connection:
        last = find_notes(connection, vault, made.id)[-1]
    assert (taken, owner(database, made.id)) == (Claim(True, BRUNO), (State.CLAIMED, BRUNO))
    assert (last.event, last.text, last.operator_id) == (Event.TAKEN_OVER, "in ferie", BRUNO)


def test_a_take_over_from_somebody_else_is_refused(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Who meant to take it from one colleague does not take it from another unaware."""
    made = asked(writer, vault)
    do(writer, lambda unit: claim(unit.direct(), made.id, ANNA, NOON))
    third = 103
    refused = do(
        writer, lambda unit: take_over(unit.direct(), vault, made.id, third, "x", NOON, BRUNO)
    )
    assert (refused, owner(database, made.id)) == (Claim(False, ANNA), (State.CLAIMED, ANNA))


def test_nobody_claims_what_is_closed(writer: Writer, vault: Vault) -> None:
    """A closed conversation, and one that is not kept, is nobody's to claim or to take over."""
    made = asked(writer, vault)
    do(writer, lambda unit: close(unit.direct(), vault, made, Reason.ANSWERED, NOON, ANNA))
    for handoff_id in (made.id, 1):
        claimed = do(writer, lambda unit, id_=handoff_id: claim(unit.direct(), id_, ANNA, NOON))
        over = do(
            writer,
            lambda unit, id_=handoff_id: take_over(unit.direct(), vault, id_, ANNA, "x", NOON),
        )
        assert (claimed, over) == (Claim(False, None), Claim(False, None))


def test_of_many_at_once_one_gets_it(
    writer: Writer, vault: Vault, database: Database, place: Place
) -> None:
    """Operators of two processes' connections reach at once: one owner each, told to all."""
    ids = [asked(writer, vault, CHAT + n).id for n in range(CONVERSATIONS)]
    databases = [database, place.open(busy_seconds=30.0)]
    start = threading.Barrier(len(OPERATORS))

    def reach(operator_id: int) -> list[Claim]:
        start.wait(timeout=30)
        return [_claim(databases[operator_id % 2], handoff_id, operator_id) for handoff_id in ids]

    with ThreadPoolExecutor(len(OPERATORS)) as pool:
        told = list(pool.map(reach, OPERATORS))
    databases[1].close()
    _check(database, ids, told)


def test_of_two_processes_one_gets_it(
    writer: Writer, vault: Vault, database: Database, place: Place
) -> None:
    """Two processes that share the database never both own a conversation."""
    ids = [asked(writer, vault, CHAT + n).id for n in range(CONVERSATIONS)]
    jobs = [(place.url, place.data, ids, operator_id) for operator_id in (ANNA, BRUNO)]
    with get_context("spawn").Pool(2) as pool:
        told = pool.map(_claim_all, jobs)
    _check(database, ids, told)


def _claim(database: Database, handoff_id: int, operator_id: int) -> Claim:
    with database.writing() as connection:
        taken = claim(connection, handoff_id, operator_id, NOON)
        connection.commit()
    return taken


def _claim_all(job: tuple[str, Path, list[int], int]) -> list[Claim]:
    url, data, ids, operator_id = job
    database = Database.open(url, data=data, busy_seconds=30.0)
    try:
        return [_claim(database, handoff_id, operator_id) for handoff_id in ids]
    finally:
        database.close()


def _check(database: Database, ids: list[int], told: list[list[Claim]]) -> None:
    for place, handoff_id in enumerate(ids):
        answers = [answers[place] for answers in told]
        state, who = owner(database, handoff_id)
        assert [one.taken for one in answers].count(True) == 1
        assert {one.owner for one in answers} == {who}
        assert (state, events(database, handoff_id)) == (
            State.CLAIMED,
            [Event.ASKED, Event.CLAIMED],
        )


@pytest.mark.parametrize("act", [release, renew])
def test_of_two_who_come_after_the_lock_one_gets_it(
    writer: Writer,
    vault: Vault,
    database: Database,
    place: Place,
    act: Callable[[object, int, int, datetime], bool],
) -> None:
    """At the end of a lock the owner's own move and another's claim do not both count."""
    made = asked(writer, vault)
    do(writer, lambda unit: claim(unit.direct(), made.id, ANNA, NOON))
    other = place.open(busy_seconds=30.0)
    start = threading.Barrier(2)

    def mine() -> bool:
        start.wait(timeout=30)
        with other.writing() as connection:
            done = act(connection, made.id, ANNA, NOON + LOCK)
            connection.commit()
        return done

    def theirs() -> bool:
        start.wait(timeout=30)
        return _claim_at(database, made.id, BRUNO, NOON + LOCK)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(mine), pool.submit(theirs)
        kept, taken = first.result(), second.result()
    other.close()
    _state, who = owner(database, made.id)
    if act is renew:
        assert (kept, taken, who) in ((True, False, ANNA), (False, True, BRUNO))
    else:
        assert (taken, who) == (True, BRUNO)


def _claim_at(database: Database, handoff_id: int, operator_id: int, now: datetime) -> bool:
    with database.writing() as connection:
        taken = claim(connection, handoff_id, operator_id, now).taken
        connection.commit()
    return taken
