"""A person sees her own case in the chat, says yes, no or another day, and can stop it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from flows.case_model import (
    ActionState,
    EndReason,
    How,
    Lane,
    Purpose,
    Said,
    Service,
    Stage,
)
from flows.effects import Json
from flows.handoff_effects import AnswerStep, FindMyPlan, MyPlan, StopCase
from flows.model import Person
from storage.access import for_operator, of_person
from storage.case_effects import CaseEffect, perform_case
from storage.cases.choices import choose
from storage.cases.hand import Hand
from storage.cases.model import Action, File
from storage.cases.moving import take_in_charge
from storage.cases.plan import plan_add, plan_change
from storage.cases.sheets import save_sheet
from storage.database import Database
from storage.operators import Operator
from tests.storage.cases.desk import LATER, a_contact, a_hand, an_office, an_operator, taken
from tests.storage.factories import TODAY

HER = Person(5, "bn", since=TODAY)


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction that may write, with somebody who writes to the bot."""
    with database.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO person (id, lookup, chat, since, seen) "
            "VALUES (5, 'x', 'x', '2026-11-22', '2026-11-22')"
        )
        yield connection


@pytest.fixture
def anna(connection: Connection) -> Operator:
    """An operator of the desk."""
    return an_operator(connection, an_office(connection))


def does(connection: Connection, database: Database, effect: CaseEffect) -> Json:
    """What the person's chat asks for."""
    return perform_case(connection, database.vault, HER, effect, LATER)


def seen(connection: Connection, database: Database) -> MyPlan:
    """Her plan, as the flows read it from the log."""
    found = FindMyPlan().read(does(connection, database, FindMyPlan()))
    assert found is not None
    return found


def read(connection: Connection, database: Database, anna: Operator, hand: Hand) -> File:
    """The case as the operator reads it."""
    file = for_operator(connection, database.vault, anna, hand.contact.id, LATER)
    assert file is not None
    return file


def a_step(hand: Hand, state: ActionState = ActionState.OFFERED) -> Action:
    """A step of the plan."""
    made = plan_add(hand, Lane.WORK, Service.TRAINING, what="Corso HACCP", state=state)
    assert isinstance(made, Action)
    return made


def test_she_sees_where_it_is_and_what_is_planned(
    connection: Connection, database: Database, anna: Operator
) -> None:
    """Stage, office, goal and steps; what was dropped is not shown, and nobody else's case is."""
    assert does(connection, database, FindMyPlan()) is None
    hand = taken(connection, database.vault, anna, person_id=5)
    step = a_step(hand)
    dropped = a_step(hand)
    plan_change(hand, dropped.id, state=ActionState.DROPPED)
    plan = seen(connection, database)
    assert (plan.stage, plan.office, plan.goal) == (
        Stage.TAKEN_IN_CHARGE,
        "PUA Desio",
        "a regular job",
    )
    assert [(one.id, one.what, one.state) for one in plan.steps] == [
        (str(step.id), "Corso HACCP", ActionState.OFFERED)
    ]
    assert plan.designation == hand.contact.designation
    assert not plan.stopped


@pytest.mark.parametrize(
    ("said", "state", "tasks"),
    [
        (Said.YES, ActionState.ACCEPTED, 0),
        (Said.NO, ActionState.REFUSED, 1),
        (Said.MOVE, ActionState.OFFERED, 1),
    ],
)
def test_what_she_says_to_a_step_is_kept(
    connection: Connection,
    database: Database,
    anna: Operator,
    said: Said,
    state: ActionState,
    tasks: int,
) -> None:
    """Yes accepts, no refuses, another day is asked for; the last two are a task for the office."""
    hand = taken(connection, database.vault, anna, person_id=5)
    step = a_step(hand)
    assert does(connection, database, AnswerStep(str(step.id), said)) is True
    (shown,) = seen(connection, database).steps
    assert (shown.said, shown.state) == (said, state)
    file = read(connection, database, anna, hand)
    assert [one.owner for one in file.tasks] == [anna.id] * tasks


def test_she_answers_only_her_own_open_steps(
    connection: Connection, database: Database, anna: Operator
) -> None:
    """A step of somebody else, one that is over, or nothing at all: no, and nothing changes."""
    vault = database.vault
    assert does(connection, database, AnswerStep("7", Said.YES)) is False
    theirs = a_step(taken(connection, vault, anna))
    hand = taken(connection, vault, anna, person_id=5)
    over = a_step(hand, ActionState.DELIVERED)
    for step in (str(theirs.id), str(over.id), "7", "x", ""):
        assert does(connection, database, AnswerStep(step, Said.NO)) is False
    assert seen(connection, database).steps[0].state is ActionState.DELIVERED


def test_her_yes_does_not_send_anybody_to_the_boss_before_the_bed(
    connection: Connection, database: Database, anna: Operator
) -> None:
    """The yes is kept, the step goes no further."""
    hand = taken(connection, database.vault, anna, person_id=5)
    choose(hand, Purpose.EMPLOYER, given=True, how=How.SPOKEN)
    made = plan_add(hand, Lane.WORK, Service.COMPANIES, state=ActionState.OFFERED)
    assert isinstance(made, Action)
    save_sheet(hand, {"housing_tied": "yes"}, 0)
    assert does(connection, database, AnswerStep(str(made.id), Said.YES)) is True
    (shown,) = seen(connection, database).steps
    assert (shown.said, shown.state) == (Said.YES, ActionState.OFFERED)


def test_she_stops_it_and_it_stops(
    connection: Connection, database: Database, anna: Operator
) -> None:
    """Her choices are revoked, the case is concluded by her choice, the steps are dropped, the
    office has a task; and it is taken up again only with a new choice."""
    vault = database.vault
    assert does(connection, database, StopCase()) is False
    hand = taken(connection, vault, anna, person_id=5)
    a_step(hand)
    assert does(connection, database, StopCase()) is True
    assert does(connection, database, StopCase()) is False
    plan = seen(connection, database)
    assert (plan.stage, plan.stopped, plan.steps) == (Stage.CONCLUDED, True, ())
    file = read(connection, database, anna, hand)
    assert file.charge is not None
    assert (file.charge.reason, file.charge.concluded) == (EndReason.PERSONS_CHOICE, TODAY)
    assert [one.holds for one in file.choices] == [False]
    assert [one.operator_id for one in file.steps if one.after is Stage.CONCLUDED] == [0]
    assert len(file.tasks) == 1
    mine = of_person(connection, vault, 5, LATER)
    assert mine is not None
    assert take_in_charge(mine, "again") is not None


def test_without_a_case_her_choices_are_revoked(
    connection: Connection, database: Database, anna: Operator
) -> None:
    """A sheet on which nobody works yet keeps its stage; nothing agreed to holds any more."""
    a_contact(connection, database.vault, anna, person_id=5)
    mine = of_person(connection, database.vault, 5, LATER)
    assert mine is not None
    choose(mine, Purpose.KEEP, given=True, how=How.CHAT)
    assert does(connection, database, StopCase()) is True
    assert mine.given() == set()
    assert seen(connection, database).stage is Stage.SHEET_OPEN


def test_what_nobody_took_in_charge_yet_can_be_stopped(
    connection: Connection, database: Database, anna: Operator
) -> None:
    """Also without a choice on record: the steps are dropped, and the office is told, once."""
    contact = a_contact(connection, database.vault, anna, person_id=5)
    hand = a_hand(connection, database.vault, anna, contact)
    a_step(hand)
    assert does(connection, database, StopCase()) is True
    assert does(connection, database, StopCase()) is True
    assert seen(connection, database).steps == ()
    file = read(connection, database, anna, hand)
    assert [one.created_by for one in file.tasks] == [0]


def test_a_new_day_is_asked_about_anew(
    connection: Connection, database: Database, anna: Operator
) -> None:
    """Who asked for another day is answered by it; a yes to the step itself stays."""
    hand = taken(connection, database.vault, anna, person_id=5)
    for said, after in ((Said.MOVE, Said.NOTHING), (Said.YES, Said.YES)):
        step = a_step(hand)
        assert does(connection, database, AnswerStep(str(step.id), said)) is True
        same = plan_change(hand, step.id, what="Corso HACCP, Desio")
        assert isinstance(same, Action)
        assert same.said is said
        moved = plan_change(hand, step.id, due=TODAY)
        assert isinstance(moved, Action)
        assert moved.said is after
