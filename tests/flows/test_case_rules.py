"""The rules of a case: which stage follows which, and the bed before the boss."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import case_fields, case_words, plan_words
from flows.case_model import (
    ActionState,
    Bed,
    EndReason,
    Flag,
    How,
    Lane,
    Outcome,
    Purpose,
    Result,
    Said,
    Service,
    Source,
    Stage,
)
from flows.case_rules import (
    FORWARD,
    IDENTIFIED,
    IN_CHARGE,
    NEXT,
    TO_EMPLOYER,
    Facts,
    may_move,
    may_step,
    reaches_employer,
)
from tests.flows.laws import LAW

ALL_TRUE = Facts(True, True, True, True, EndReason.GOAL_REACHED, employer_agreed=True)
FACTS = st.builds(
    Facts,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.none() | st.sampled_from(EndReason),
    st.booleans(),
    st.sampled_from(Bed),
    st.booleans(),
)


class TestStages:
    """From a contact to the end, never past a guard."""

    @LAW
    @given(st.lists(st.tuples(st.sampled_from(Stage), FACTS), max_size=30))
    def test_no_walk_passes_a_guard(self, walk: list[tuple[Stage, Facts]]) -> None:
        """Whatever is tried: who is in charge has agreed, and came by the sheet and a talk."""
        stage, seen = Stage.CONTACT, {Stage.CONTACT}
        for to, facts in walk:
            if may_move(stage, to, facts) is not None:
                continue
            if to is Stage.TAKEN_IN_CHARGE:
                assert facts.kept
                assert seen & set(IDENTIFIED)
            if to is Stage.CONCLUDED:
                assert stage in IN_CHARGE
                assert facts.reason is not None
                assert facts.outcome or facts.reason.value not in ("goal_reached", "partly_reached")
            if to is Stage.REFERRED_FORMAL:
                assert facts.shared
            if to is Stage.PROJECT_ACTIVE:
                assert facts.planned
                assert Stage.TAKEN_IN_CHARGE in seen
            assert to is not stage
            stage = to
            seen.add(to)

    @given(st.sampled_from(Stage), st.sampled_from(Stage), FACTS)
    def test_more_facts_never_forbid(self, stage: Stage, to: Stage, facts: Facts) -> None:
        """What may be done with less may be done with everything."""
        fuller = replace(facts, kept=True, shared=True, planned=True, outcome=True)
        if may_move(stage, to, facts) is None:
            assert may_move(stage, to, fuller) is None

    def test_every_stage_is_reached_and_none_is_a_dead_end(self) -> None:
        """From a contact there is a way to every stage, and from every stage one to the end."""
        reached, edge = {Stage.CONTACT}, [Stage.CONTACT]
        while edge:
            for to in NEXT[edge.pop()]:
                if to not in reached:
                    reached.add(to)
                    edge.append(to)
        assert reached == set(Stage)
        assert all(NEXT[stage] for stage in Stage)

    @pytest.mark.parametrize("stage", IDENTIFIED)
    def test_help_is_not_tied_to_an_identification(self, stage: Stage) -> None:
        """Whatever the talk has shown, who agrees is taken in charge."""
        assert may_move(stage, Stage.TAKEN_IN_CHARGE, Facts(kept=True)) is None

    def test_each_guard_says_something_else(self) -> None:
        """Five things can be missing, and each is told by its own words."""
        said = {
            may_move(Stage.IDENTIFIED_NO, Stage.TAKEN_IN_CHARGE, Facts()),
            may_move(Stage.IDENTIFIED_YES, Stage.REFERRED_FORMAL, Facts()),
            may_move(Stage.TAKEN_IN_CHARGE, Stage.PROJECT_ACTIVE, Facts()),
            may_move(Stage.SUSPENDED, Stage.CONCLUDED, Facts()),
            may_move(Stage.SUSPENDED, Stage.CONCLUDED, Facts(reason=EndReason.GOAL_REACHED)),
            may_move(Stage.CONTACT, Stage.CONCLUDED, ALL_TRUE),
        }
        assert len(said) == 6
        assert None not in said
        away = Facts(reason=EndReason.MOVED_AWAY)
        assert may_move(Stage.SUSPENDED, Stage.CONCLUDED, away) is None
        assert may_move(Stage.PROJECT_ACTIVE, Stage.CONCLUDED, ALL_TRUE) is None


class TestBedBeforeBoss:
    """As long as the bed is the boss's, nothing goes toward the boss."""

    @given(st.sampled_from(Service), st.booleans(), st.sampled_from(ActionState), FACTS)
    def test_nothing_goes_toward_the_boss_before_the_bed(
        self, service: Service, to_employer: bool, state: ActionState, facts: Facts
    ) -> None:
        """Allowed where it ends a step, does not reach the boss, or bed and word are there."""
        allowed = (
            state not in FORWARD
            or not (to_employer or service in TO_EMPLOYER)
            or (facts.employer_agreed and not (facts.housing_tied and facts.bed is Bed.NONE))
        )
        assert (may_step(service, to_employer, state, facts) is None) == allowed

    def test_the_two_reasons_are_told_apart(self) -> None:
        """The bed is spoken of before the choice."""
        tied, free = Facts(housing_tied=True), Facts()
        step = (Service.COMPANIES, False, ActionState.PLANNED)
        assert may_step(*step, tied) != may_step(*step, free)
        assert reaches_employer(Service.COMPANIES, False)


def test_every_code_has_words() -> None:
    """Operators and persons read words for every value, never a code."""
    titles = [
        (case_words.SOURCES, Source),
        (case_words.STAGES, Stage),
        (case_words.END_REASONS, EndReason),
        (case_words.RESULTS, Result),
        (case_words.SERVICES, Service),
        (case_words.OUTCOMES, Outcome),
        (case_words.LANES, Lane),
        (case_words.ACTION_STATES, ActionState),
        (case_words.SAID, Said),
        (case_words.BEDS, Bed),
        (case_words.FLAGS, Flag),
        (case_words.PURPOSES, Purpose),
        (case_words.HOWS, How),
        (plan_words.MY_LANES, Lane),
        (plan_words.MY_STAGES, Stage),
        (plan_words.MY_SERVICES, Service),
        (plan_words.MY_STATES, ActionState),
    ]
    for words, codes in titles:
        assert list(words) == list(codes)  # type: ignore[arg-type]
    assert set(case_fields.GROUPS) == {field.group for field in case_fields.FIELDS}


def test_the_first_questions_are_of_the_sheet() -> None:
    """What is asked first is on the sheet, each once, and few."""
    assert set(case_fields.FIRST) <= set(case_fields.BY_KEY)
    assert len(set(case_fields.FIRST)) == len(case_fields.FIRST) <= 8


def test_a_step_says_by_when() -> None:
    """The day is a day, which each language writes in its own way."""
    day = date(2026, 12, 3)
    assert plan_words.my_due(day).params == (("day", day),)
