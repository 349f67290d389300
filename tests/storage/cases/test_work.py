"""Who has how much to do is seen, and a colleague who leaves leaves nothing stuck."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, func, insert, select, update

from flows.case_model import EndReason
from flows.handoff_model import Event, State
from flows.text import Text
from storage import operators
from storage.audit import Action, find_entries
from storage.case_schema import case_task
from storage.case_schema import contact as contacts
from storage.cases.moving import conclude
from storage.cases.tasks import task_add
from storage.cases.work import LEFTOVER, Moved, hand_over_work, off_board, workload
from storage.database import Database
from storage.handoff_schema import handoff
from storage.handoffs.finding import find
from storage.handoffs.notes import find_notes
from storage.operators import Operator, Role
from storage.schema import operator as table
from tests.storage.cases.desk import LATER, an_office, an_operator, taken
from tests.storage.factories import NOON, TODAY


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction that may write."""
    with database.writing() as connection:
        yield connection


@pytest.fixture
def anna(connection: Connection) -> Operator:
    """An operator of the desk."""
    return an_operator(connection, an_office(connection))


def a_talk(connection: Connection, owner: int, number: int = 5) -> int:
    """A conversation that an operator has claimed."""
    connection.exec_driver_sql(
        "INSERT INTO person (id, lookup, chat, since, seen) "
        f"VALUES ({number}, 'x{number}', 'x', '2026-11-22', '2026-11-22')"
    )
    connection.execute(
        insert(handoff).values(
            id=number,
            person_id=number,
            designation=f"Airone {number}",
            state=State.CLAIMED.value,
            need="work",
            who="anybody",
            medium="text",
            safe="always",
            language="ar",
            owner=owner,
            lock_until=LATER,
            asked=NOON,
            stirred=NOON,
        )
    )
    return number


def a_busy(connection: Connection, database: Database, anna: Operator) -> int:
    """An operator with a conversation, an open case with a late task, and a concluded case."""
    hand = taken(connection, database.vault, anna)
    case = hand.contact.id
    yesterday = TODAY - timedelta(days=1)
    task_add(connection, database.vault, case, "call", yesterday, by=anna.id, owner=anna.id)
    over = taken(connection, database.vault, anna)
    assert conclude(over, EndReason.MOVED_AWAY, "Turin") is None
    a_talk(connection, anna.id)
    return hand.contact.id


def test_the_load_of_everybody_is_seen(
    connection: Connection, database: Database, anna: Operator
) -> None:
    """Open conversations, open cases, tasks and late ones are counted, and who is away is said."""
    a_busy(connection, database, anna)
    connection.execute(update(table).where(table.c.id == anna.id).values(away_from=TODAY))
    an_operator(connection, anna.office, "Dora", Role.ANTENNA)
    (load,) = workload(connection, TODAY)
    assert (load.talks, load.cases, load.tasks, load.overdue, load.away) == (1, 1, 1, 1, True)
    assert load.operator.name == "Anna"


class TestLeaving:
    """Off-boarding, in one transaction."""

    def test_what_a_leaver_had_goes_to_the_colleague_who_is_named(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Conversations wait for anybody, cases and tasks are the colleague's, and it is noted."""
        case = a_busy(connection, database, anna)
        bea = an_operator(connection, anna.office, "Bea")
        moved = off_board(connection, database.vault, anna, bea, LATER, 0)
        assert moved == Moved(bea, 1, 1, 1)
        talk = find(connection, 5)
        assert talk is not None
        assert (talk.state, talk.owner, talk.lock_until) == (State.WAITING, None, None)
        events = [one.event for one in find_notes(connection, database.vault, 5)]
        assert events == [Event.RELEASED]
        owners = select(contacts.c.owner).where(contacts.c.id == case)
        assert connection.execute(owners).scalar_one() == bea.id
        gone = operators.find_operator(connection, anna.id)
        assert gone is not None
        assert not gone.active
        done = [one.action for one in find_entries(connection, limit=2)]
        assert done == [Action.OPERATOR_REMOVED, Action.WORK_HANDED_OVER]

    def test_nothing_is_owned_by_somebody_who_left(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Without anybody to take them cases are the office's, each with a task for today."""
        case = a_busy(connection, database, anna)
        assert off_board(connection, database.vault, anna, None, LATER, 0) == Moved(None, 1, 1, 1)
        for owned in (contacts, case_task, handoff):
            query = select(func.count()).select_from(owned).where(owned.c.owner == anna.id)
            assert connection.execute(query).scalar_one() == 0
        query = select(case_task.c.due).where(
            case_task.c.contact_id == case, case_task.c.created_by == 0
        )
        assert connection.execute(query).scalars().all() == [TODAY]
        assert "non c'è più" in LEFTOVER

    def test_a_coordinator_who_is_there_takes_what_nobody_was_named_for(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Of two coordinators the one who is there; an administrator only where there is none."""
        a_busy(connection, database, anna)
        an_operator(connection, anna.office, "Ada", Role.ADMINISTRATOR)
        away = an_operator(connection, anna.office, "Bea", Role.COORDINATOR)
        here = an_operator(connection, anna.office, "Carla", Role.COORDINATOR)
        values = {"away_from": TODAY, "away_until": TODAY}
        connection.execute(update(table).where(table.c.id == away.id).values(**values))
        moved = hand_over_work(connection, database.vault, anna, None, LATER, 0)
        assert moved == Moved(here, 1, 1, 1)

    def test_work_does_not_go_where_nobody_could_read_it(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Another office, an antenna, somebody who left, the leaver: refused, and nothing moves."""
        a_busy(connection, database, anna)
        elsewhere = an_operator(connection, an_office(connection, "Lecco"), "Lea")
        antenna = an_operator(connection, anna.office, "Dora", Role.ANTENNA)
        gone = an_operator(connection, anna.office, "Gina")
        operators.remove_operator(connection, gone.id)
        left = operators.find_operator(connection, gone.id)
        assert left is not None
        for to in (elsewhere, antenna, left, anna):
            assert isinstance(off_board(connection, database.vault, anna, to, LATER, 0), Text)
        (load, *_others) = workload(connection, TODAY)
        assert (load.operator.name, load.talks, load.cases, load.tasks) == ("Anna", 1, 1, 1)
