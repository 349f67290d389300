"""One report leaves with two people, and with nothing less (T-A5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from bot.console.reports.leaving import AGREED_FOR, ASKED_FOR, Leave, Leaving

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANNA, BRUNO, CARLA = 11, 12, 13


def asked() -> Leaving:
    """Anna wishes to take a report out."""
    leaving = Leaving()
    leaving.ask("r1", ANNA, "for the union", NOW)
    return leaving


def test_one_person_alone_takes_nothing_out() -> None:
    """Who asks cannot agree to it, and without an agreement nothing is let go."""
    leaving = asked()
    assert leaving.agree("r1", ANNA, ANNA, NOW) is False
    assert leaving.use("r1", ANNA, NOW) is None


def test_two_people_let_it_go_once() -> None:
    """With a colleague's yes the report may be taken, a single time."""
    leaving = asked()
    assert leaving.agree("r1", ANNA, BRUNO, NOW) is True
    taken = Leave("r1", ANNA, "for the union", NOW + AGREED_FOR, BRUNO)
    assert [leaving.use("r1", ANNA, NOW), leaving.use("r1", ANNA, NOW)] == [taken, None]


def test_an_agreement_is_for_whoever_asked() -> None:
    """Neither who agreed nor a third one can use it, nor is it good for another report."""
    leaving = asked()
    leaving.agree("r1", ANNA, BRUNO, NOW)
    tries = [("r1", BRUNO), ("r1", CARLA), ("r2", ANNA)]
    assert [leaving.use(report, who, NOW) for report, who in tries] == [None, None, None]


def test_an_agreement_ends_after_an_hour_and_a_wish_after_a_day() -> None:
    """What was not used in time is asked for again."""
    leaving = asked()
    assert leaving.agree("r1", ANNA, BRUNO, NOW + ASKED_FOR) is False
    leaving.ask("r1", ANNA, "again", NOW)
    leaving.agree("r1", ANNA, BRUNO, NOW)
    assert leaving.use("r1", ANNA, NOW + AGREED_FOR) is None
    assert leaving.of("r1", NOW + AGREED_FOR) == ()


def test_nobody_agrees_twice() -> None:
    """A second yes does not make an agreement longer."""
    leaving = asked()
    leaving.agree("r1", ANNA, BRUNO, NOW)
    later = NOW + timedelta(minutes=59)
    assert leaving.agree("r1", ANNA, CARLA, later) is False
    assert leaving.use("r1", ANNA, later + timedelta(minutes=2)) is None


def test_a_new_wish_loses_the_agreement() -> None:
    """What was agreed to is the wish that was read, not another one in its place."""
    leaving = asked()
    leaving.agree("r1", ANNA, BRUNO, NOW)
    leaving.ask("r1", ANNA, "something else", NOW)
    assert leaving.use("r1", ANNA, NOW) is None


def test_a_wish_can_be_refused() -> None:
    """A no takes the wish away; a second no finds nothing."""
    leaving = asked()
    assert [leaving.refuse("r1", ANNA), leaving.refuse("r1", ANNA)] == [True, False]
    assert leaving.of("r1", NOW) == ()


class Office(RuleBasedStateMachine):
    """People ask, agree, refuse and take in any order, while time goes by."""

    def __init__(self) -> None:
        super().__init__()
        self.leaving, self.now = Leaving(), NOW
        self.agreed: dict[int, int] = {}

    @rule(who=st.sampled_from([ANNA, BRUNO, CARLA]))
    def ask(self, who: int) -> None:
        self.leaving.ask("r", who, "", self.now)
        self.agreed.pop(who, None)

    @rule(who=st.sampled_from([ANNA, BRUNO, CARLA]), other=st.sampled_from([ANNA, BRUNO, CARLA]))
    def agree(self, who: int, other: int) -> None:
        if self.leaving.agree("r", who, other, self.now):
            self.agreed[who] = other

    @rule(who=st.sampled_from([ANNA, BRUNO, CARLA]))
    def take(self, who: int) -> None:
        taken = self.leaving.use("r", who, self.now)
        if taken is not None:
            assert taken.agreed_by == self.agreed.pop(who)
            assert taken.agreed_by != taken.asked_by == who

    @rule(minutes=st.integers(1, 2_000))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)


Office.TestCase.settings = settings(max_examples=40, deadline=None)
TestNobodyAlone = Office.TestCase
