"""Whatever operators and the person do, in whatever order: no guard is passed, and nothing reaches
the boss before there is a bed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from flows.case_model import (
    ActionState,
    Bed,
    EndReason,
    How,
    Outcome,
    Purpose,
    Said,
    Service,
    Stage,
)
from flows.case_rules import FORWARD, IN_CHARGE, NEEDS_OUTCOME, NEXT
from storage.access import for_operator, of_person
from storage.cases.choices import choose, revoke
from storage.cases.files import load_file
from storage.cases.hand import Hand
from storage.cases.mine import stop_case
from storage.cases.model import File
from storage.cases.moving import conclude, move, set_bed, take_in_charge
from storage.cases.plan import outcome_add, plan_add, plan_change, step_answer
from storage.cases.sheets import save_sheet
from storage.database import Database
from storage.operators import Operator
from storage.sample_words import LANES
from tests.storage.cases.desk import LATER, a_contact, a_hand, an_office, an_operator
from tests.storage.factories import TODAY

SERVICES = (Service.UNIONS, Service.COMPANIES, Service.TRAINING, Service.LEGAL)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.sampled_from(Stage)),
        st.tuples(st.just("take"), st.none()),
        st.tuples(st.just("conclude"), st.sampled_from(EndReason)),
        st.tuples(st.just("choose"), st.tuples(st.sampled_from(Purpose), st.booleans())),
        st.tuples(st.just("revoke"), st.none()),
        st.tuples(st.just("tie"), st.sampled_from(["yes", "no"])),
        st.tuples(st.just("bed"), st.sampled_from(Bed)),
        st.tuples(
            st.just("plan"),
            st.tuples(st.sampled_from(SERVICES), st.booleans(), st.sampled_from(ActionState)),
        ),
        st.tuples(
            st.just("change"),
            st.tuples(st.integers(0, 5), st.sampled_from(ActionState), st.booleans()),
        ),
        st.tuples(st.just("answer"), st.tuples(st.integers(0, 5), st.sampled_from(Said))),
        st.tuples(st.just("outcome"), st.none()),
        st.tuples(st.just("stop"), st.none()),
    ),
    max_size=40,
)


@pytest.fixture
def engine() -> str:
    """What is tried here is the rules, which know of no database."""
    return "sqlite"


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


def does(hand: Hand, deed: str, with_what: Any) -> None:
    """One thing that somebody tries."""
    hand.now += timedelta(seconds=1)
    actions = load_file(hand.connection, hand.vault, hand.contact).actions
    match deed:
        case "move":
            move(hand, with_what, "why")
        case "take":
            take_in_charge(hand, "why")
        case "conclude":
            conclude(hand, with_what, "why")
        case "choose":
            purpose, yes = with_what
            office = hand.contact.office if purpose is Purpose.SHARE else ""
            choose(hand, purpose, given=yes, how=How.SPOKEN, office=office)
        case "revoke":
            revoke(hand)
        case "tie":
            save_sheet(hand, {"housing_tied": with_what}, hand.contact.version)
        case "bed":
            set_bed(hand, with_what, "why")
        case "plan":
            service, to_employer, state = with_what
            plan_add(
                hand,
                LANES.get(service, LANES[SERVICES[0]]),
                service,
                state=state,
                to_employer=to_employer,
            )
        case "change" if with_what[0] < len(actions):
            place, state, to_employer = with_what
            plan_change(hand, actions[place].id, state=state, to_employer=to_employer)
        case "answer" if with_what[0] < len(actions):
            step_answer(hand, actions[with_what[0]].id, with_what[1])
        case "outcome":
            outcome_add(hand, Outcome.REGULAR_CONTRACT, TODAY)
        case "stop":
            mine = of_person(hand.connection, hand.vault, 5, hand.now)
            assert mine is not None
            stop_case(mine)
            hand.contact = mine.contact


def guards_hold(before: File, after: File) -> None:
    """What one deed may have changed, and no more."""
    was, now = before.contact, after.contact
    kept = {one.purpose for one in before.choices if one.holds}
    if now.stage is not was.stage:
        assert now.stage in NEXT[was.stage]
        step = after.steps[-1]
        assert (step.before, step.after, bool(step.why)) == (was.stage, now.stage, True)
    if now.stage is Stage.TAKEN_IN_CHARGE is not was.stage:
        assert Purpose.KEEP in kept
    if now.stage is Stage.CONCLUDED is not was.stage:
        assert after.charge is not None
        assert after.charge.reason not in NEEDS_OUTCOME or before.outcomes
        assert was.stage in IN_CHARGE
    known = {one.id: one for one in before.actions}
    tied = was.housing_tied and was.bed is Bed.NONE
    for one in after.actions:
        old = known.get(one.id)
        moved = old is None or (old.state, old.to_employer) != (one.state, one.to_employer)
        if moved and one.to_employer and one.state in FORWARD:
            assert not tied
            assert Purpose.EMPLOYER in kept


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=DEEDS)
def test_no_order_of_deeds_passes_a_guard(
    connection: Connection, database: Database, anna: Operator, deeds: list[tuple[str, Any]]
) -> None:
    """After every deed the stage follows from the one before, nobody is in charge without their
    choice, and no step toward the boss went on while the bed was his."""
    point = connection.begin_nested()
    fields = {"housing_tied": "yes"}
    made = a_contact(connection, database.vault, anna, person_id=5, sheet=fields)
    hand = a_hand(connection, database.vault, anna, made)
    start = [("choose", (Purpose.KEEP, True)), ("move", Stage.IDENTIFIED_YES), ("take", None)]
    for deed, with_what in [*start, *deeds]:
        before = load_file(connection, database.vault, hand.contact)
        does(hand, deed, with_what)
        after = load_file(connection, database.vault, hand.contact)
        guards_hold(before, after)
    assert for_operator(connection, database.vault, anna, made.id, LATER) == after
    point.rollback()
