"""A case goes from stage to stage by the rules, with who, when and why, and the bed comes first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from flows.case_model import (
    ActionState,
    Bed,
    EndReason,
    Flag,
    How,
    Lane,
    Outcome,
    Purpose,
    Said,
    Service,
    Stage,
)
from flows.text import Text
from storage.access import for_operator
from storage.cases.choices import choose, flag_add, flag_end, revoke
from storage.cases.files import Kind, timeline
from storage.cases.model import Action, Choice, Flagged
from storage.cases.moving import conclude, may_move_to, move, set_bed, take_in_charge
from storage.cases.plan import outcome_add, plan_add, plan_change, step_answer
from storage.cases.sheets import save_sheet
from storage.cases.tasks import find_tasks, task_add, task_done
from storage.database import Database
from storage.operators import Operator
from tests.storage.cases.desk import (
    LATER,
    a_contact,
    a_hand,
    an_office,
    an_operator,
    taken,
    with_outcome,
)
from tests.storage.factories import TODAY


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction that may write."""
    with database.writing() as connection:
        yield connection


@pytest.fixture
def anna(connection: Connection) -> Operator:
    """An operator of the desk."""
    return an_operator(connection, an_office(connection))


class TestStages:
    """Every move is guarded, and kept."""

    def test_nobody_is_taken_in_charge_without_their_choice(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Without the choice that a file is kept, or after it was taken back, it is refused."""
        vault = database.vault
        hand = a_hand(connection, vault, anna, a_contact(connection, vault, anna))
        assert move(hand, Stage.IDENTIFIED_NO, "talk") is None
        assert isinstance(take_in_charge(hand, "help"), Text)
        made = choose(hand, Purpose.KEEP, given=True, how=How.SPOKEN)
        assert isinstance(made, Choice)
        assert revoke(hand, made.id) == 1
        assert isinstance(take_in_charge(hand, "help"), Text)
        choose(hand, Purpose.KEEP, given=False, how=How.SPOKEN)
        assert isinstance(take_in_charge(hand, "help"), Text)
        choose(hand, Purpose.KEEP, given=True, how=How.SIGNED)
        assert take_in_charge(hand, "help") is None
        assert (hand.contact.stage, hand.contact.owner) == (Stage.TAKEN_IN_CHARGE, anna.id)

    def test_every_move_says_why(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """A move without a reason changes nothing."""
        vault = database.vault
        hand = a_hand(connection, vault, anna, a_contact(connection, vault, anna))
        assert isinstance(move(hand, Stage.IDENTIFIED_YES, "  "), Text)
        assert hand.contact.stage is Stage.SHEET_OPEN

    def test_a_goal_is_reached_only_with_an_outcome(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """What is counted as reached has something that came of it; the open steps are dropped."""
        hand = taken(connection, database.vault, anna)
        step = plan_add(hand, Lane.WORK, Service.TRAINING)
        assert isinstance(step, Action)
        assert move(hand, Stage.PROJECT_ACTIVE, "a course") is None
        assert isinstance(conclude(hand, EndReason.GOAL_REACHED, "works"), Text)
        assert conclude(with_outcome(hand), EndReason.GOAL_REACHED, "works") is None
        file = for_operator(connection, database.vault, anna, hand.contact.id, LATER)
        assert file is not None
        assert file.charge is not None
        assert (file.charge.reason, file.charge.concluded) == (EndReason.GOAL_REACHED, TODAY)
        assert [one.state for one in file.actions] == [ActionState.DROPPED]

    def test_a_concluded_case_is_taken_up_again_from_its_first_day(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """What was agreed stays, the end is gone, and the story tells both."""
        hand = taken(connection, database.vault, anna)
        assert conclude(hand, EndReason.MOVED_AWAY, "Turin") is None
        assert take_in_charge(hand, "came back") is None
        file = for_operator(connection, database.vault, anna, hand.contact.id, LATER)
        assert file is not None
        assert file.charge is not None
        assert (file.charge.concluded, file.charge.reason) == (None, None)
        assert (file.charge.goals, file.charge.taken) == ("a regular job", TODAY)
        stages = [one.code for one in timeline(file) if one.kind is Kind.STAGE]
        assert sorted(stages) == ["concluded", "identified_no", *["taken_in_charge"] * 2]
        assert {one.why for one in file.steps} == {"a talk", "needs help", "Turin", "came back"}

    def test_suspended_goes_back_where_it_was(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """A case rests and is taken up; a project needs a step of a plan."""
        hand = taken(connection, database.vault, anna)
        assert move(hand, Stage.SUSPENDED, "in hospital") is None
        assert isinstance(may_move_to(hand, Stage.PROJECT_ACTIVE), Text)
        assert move(hand, Stage.TAKEN_IN_CHARGE, "is back") is None
        plan_add(hand, Lane.SOCIAL, Service.HEALTH)
        assert move(hand, Stage.PROJECT_ACTIVE, "begins") is None


class TestBedBeforeBoss:
    """Who sleeps where the boss decides is not sent against the boss."""

    def test_no_step_reaches_the_employer_before_there_is_a_bed(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Refused while the bed is tied; allowed once a bed is found, and not again without."""
        hand = taken(connection, database.vault, anna, sheet={"housing_tied": "yes"})
        choose(hand, Purpose.EMPLOYER, given=True, how=How.SPOKEN)
        refused = plan_add(hand, Lane.WORK, Service.UNIONS, to_employer=True)
        assert isinstance(refused, Text)
        assert isinstance(plan_add(hand, Lane.WORK, Service.COMPANIES), Text)
        assert isinstance(plan_add(hand, Lane.WORK, Service.UNIONS), Action)
        assert set_bed(hand, Bed.FOUND, "a room at the friars'") is None
        made = plan_add(hand, Lane.WORK, Service.UNIONS, to_employer=True)
        assert isinstance(made, Action)
        assert set_bed(hand, Bed.NONE, "the room is gone") is None
        assert isinstance(plan_change(hand, made.id, state=ActionState.DELIVERED), Text)
        assert isinstance(plan_change(hand, made.id, state=ActionState.DROPPED), Action)

    def test_the_bed_that_becomes_tied_stops_what_was_planned(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """A step from before goes no further, not even by the person's yes."""
        hand = taken(connection, database.vault, anna)
        choose(hand, Purpose.EMPLOYER, given=True, how=How.SPOKEN)
        made = plan_add(hand, Lane.WORK, Service.LEGAL, to_employer=True)
        assert isinstance(made, Action)
        save_sheet(hand, {"housing_tied": "yes"}, 0)
        assert step_answer(hand, made.id, Said.YES)
        changed = plan_change(hand, made.id, what="a letter")
        assert isinstance(changed, Action)
        assert (changed.state, changed.said) == (ActionState.PLANNED, Said.YES)
        assert isinstance(plan_change(hand, made.id, state=ActionState.OFFERED), Text)
        assert set_bed(hand, Bed.WAIVED, "she wants it now") is None
        assert isinstance(plan_change(hand, made.id, state=ActionState.OFFERED), Action)

    def test_nobody_speaks_with_the_employer_unless_the_person_agrees(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Without the choice a step toward the employer is refused, bed or no bed."""
        hand = taken(connection, database.vault, anna)
        assert isinstance(plan_add(hand, Lane.WORK, Service.COMPANIES), Text)


class TestBesideThePlan:
    """Outcomes, flags and tasks."""

    def test_an_outcome_lies_behind(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """What is still to come did not come of it yet."""
        hand = taken(connection, database.vault, anna)
        tomorrow = TODAY + timedelta(days=1)
        assert isinstance(outcome_add(hand, Outcome.PERMIT, tomorrow), Text)

    def test_a_flag_has_an_end(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """No flag stands for ever, and one that was ended stands no more."""
        hand = taken(connection, database.vault, anna)
        assert isinstance(flag_add(hand, Flag.DANGER, TODAY + timedelta(days=400)), Text)
        made = flag_add(hand, Flag.DANGER, TODAY + timedelta(days=30), "the brother")
        assert isinstance(made, Flagged)
        assert made.stands(TODAY)
        assert not made.stands(TODAY + timedelta(days=31))
        assert (flag_end(hand, made.id), flag_end(hand, made.id)) == (True, False)

    def test_a_task_is_done_once_and_only_where_it_belongs(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """A task of one case is not done from another, and not twice."""
        vault = database.vault
        mine, other = taken(connection, vault, anna), taken(connection, vault, anna)
        case, wrong = mine.contact.id, other.contact.id
        made = task_add(connection, vault, case, "call", TODAY, by=anna.id, owner=anna.id)
        assert not task_done(connection, made.id, wrong, LATER)
        assert task_done(connection, made.id, case, LATER)
        assert not task_done(connection, made.id, case, LATER)
        (kept,) = find_tasks(connection, vault, case)
        assert (kept.id, kept.words, kept.owner, kept.done) == (made.id, "call", anna.id, LATER)
