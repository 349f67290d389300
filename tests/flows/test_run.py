"""A run that goes on from its question is the run a replay of the longer log would be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from flows.engine import Conduct, EndlessFlowError, Event, Kind, Run, answered, run
from flows.steps import Ask
from tests.flows.samples import begun, endless, keeping, long, three, voting


def option(turn):
    """An answer by the first button of the question."""
    return {"option": turn.waits.options[0].id}


@pytest.mark.parametrize("conduct", [three(), keeping, voting, long()])
def test_going_on_is_a_replay_of_the_longer_log(conduct: Conduct) -> None:
    """Session, words, what stays and what is asked are the same either way, answer by answer."""
    going = Run(conduct, begun())
    turn, seen = going.turn, []
    while isinstance(turn.waits, Ask) and turn.waits.options and len(seen) < 4:
        longer = answered(turn.session, turn.waits, option(turn))
        found = going.go_on(longer)
        seen.append(found)
        turn = run(conduct, longer)
        assert found == turn
    assert seen != []


STRANGERS: list[Callable] = [
    lambda longer: replace(longer, id="another"),
    lambda longer: replace(longer, log=longer.log[:-1]),
    lambda longer: replace(longer, log=(*longer.log, longer.log[-1])),
    lambda longer: replace(longer, log=(*longer.log[:-1], Event(Kind.ANSWER, "odd", None))),
    lambda longer: replace(longer, kept=longer.log),
]


@pytest.mark.parametrize("change", STRANGERS)
def test_only_the_next_answer_of_the_same_session_goes_on(change: Callable) -> None:
    """Whatever is not this session with one answer more has to be run from its beginning."""
    going = Run(three(), begun())
    longer = answered(going.turn.session, going.turn.waits, option(going.turn))
    assert going.go_on(change(longer)) is None
    assert going.go_on(longer) == run(three(), longer)


def test_a_run_that_was_cut_or_waits_for_no_answer_does_not_go_on() -> None:
    """After a change of the flow, and behind its end, everything is run anew."""
    cut = Run(three(), begun(log=(Event(Kind.ANSWER, "gone", {"option": "a"}),)))
    longer = answered(cut.turn.session, cut.turn.waits, option(cut.turn))
    assert (cut.turn.cut, cut.go_on(longer)) == (True, None)


def test_a_run_without_end_is_stopped() -> None:
    """A flow that never asks is let go after so many steps, as in a replay."""
    with pytest.raises(EndlessFlowError):
        Run(endless, begun())
