"""A sheet that an operator deletes is gone with all that hangs on it, also from later copies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from flows.case_model import Flag, Lane, Service
from storage import audit
from storage.case_schema import (
    case_choice,
    case_file,
    case_flag,
    case_outcome,
    case_step,
    case_task,
    contact,
    handover,
    plan_action,
)
from storage.cases.choices import flag_add
from storage.cases.deleting import Reason, delete_again, delete_contact
from storage.cases.hand import Hand
from storage.cases.plan import plan_add
from storage.cases.tasks import task_add
from storage.database import Database
from storage.handover import Whose, make_handover
from tests.storage.cases.desk import a_hand, an_office, an_operator, taken, with_outcome
from tests.storage.factories import NOON, TODAY

EVERY: tuple[Any, ...] = (
    contact,
    case_file,
    case_step,
    case_choice,
    plan_action,
    case_outcome,
    case_flag,
    case_task,
    handover,
)


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction that may write."""
    with database.writing() as connection:
        yield connection


def a_full_case(connection: Connection, database: Database) -> Hand:
    """A case with a row in every table there is."""
    vault = database.vault
    hand = with_outcome(taken(connection, vault, an_operator(connection, an_office(connection))))
    flag_add(hand, Flag.DANGER, TODAY, "canary")
    plan_add(hand, Lane.WORK, Service.UNIONS, what="canary", due=TODAY)
    case = hand.contact.id
    task_add(connection, vault, case, "canary", TODAY, by=hand.operator_id)
    make_handover(connection, vault, Whose(contact_id=hand.contact.id), hand.operator_id, NOON)
    return hand


def rows(connection: Connection) -> list[int]:
    """How many rows every table of cases holds."""
    counts = (select(func.count()).select_from(one) for one in EVERY)
    return [int(connection.execute(one).scalar_one()) for one in counts]


def test_everything_of_it_goes(connection: Connection, database: Database) -> None:
    """No table of cases holds a row of it; the audit holds its number and the reason."""
    hand = a_full_case(connection, database)
    assert all(rows(connection))
    typed = f" {hand.contact.number.lower()} "
    assert delete_contact(hand, database.ledger, typed, Reason.ASKED) is True
    assert rows(connection) == [0] * len(EVERY)
    last = next(iter(audit.find_entries(connection, limit=1)))
    told = (last.operator_id, last.action, last.object)
    assert told == (hand.operator_id, "case deleted", f"{hand.contact.number} the person asked")


def test_another_number_deletes_nothing(connection: Connection, database: Database) -> None:
    """What is typed wrong leaves every row, and no mark in the ledger."""
    hand = a_full_case(connection, database)
    before = rows(connection)
    assert delete_contact(hand, database.ledger, "S-222222", Reason.MISTAKE) is False
    assert (rows(connection), database.ledger.all()) == (before, [])


def test_no_copy_brings_it_back(connection: Connection, database: Database) -> None:
    """Its mark in the ledger finds it again in a restored database, and only it."""
    anna = an_operator(connection, an_office(connection))
    gone, stays = (taken(connection, database.vault, anna) for _ in range(2))
    with connection.begin_nested() as undone:
        hand = a_hand(connection, database.vault, anna, gone.contact)
        assert delete_contact(hand, database.ledger, gone.contact.number, Reason.TWICE) is True
        undone.rollback()  # as in a copy that was made before
    marks = {one.lookup for one in database.ledger.all()}
    assert delete_again(connection, database.vault, marks) == 1
    assert connection.execute(select(contact.c.id)).scalars().all() == [stays.contact.id]
    assert connection.execute(select(case_file.c.contact_id)).scalars().all() == [stays.contact.id]
