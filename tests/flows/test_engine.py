"""The engine: a flow run again from its log, whatever happened in between."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.effects import CountUseful
from flows.engine import (
    MAX_EVENTS,
    Ended,
    EndlessFlowError,
    Event,
    Kind,
    LogFullError,
    Past,
    Run,
    answered,
    back,
    compact,
    edit,
    performed,
    run,
)
from flows.stayed import MAX_STAYED, unsent
from flows.steps import Ask, Do
from tests.flows.samples import (
    DAY,
    FindSlots,
    appointment,
    asks,
    begun,
    binding,
    echoing,
    endless,
    keeping,
    long,
    play,
    three,
    told,
    voting,
)


def kinds(turn):
    """The log as kinds and keys."""
    return [(event.kind.value, event.key) for event in turn.session.log]


def words(stays):
    """The words of messages that stay."""
    return [line.text.source for said in stays for line in said.say.lines]


def test_an_answer_a_look_up_and_a_commit_stand_in_the_log_under_their_keys():
    """The log is the whole memory: what was answered, what was found, what was done."""
    turn = play(
        appointment, begun(), "desio", "9:00", "yes", slots=[["9:00", "10:00"]], book=[True]
    )
    assert kinds(turn) == [
        ("a", "office"),
        ("r", "slots"),
        ("a", "slot"),
        ("a", "agree"),
        ("c", "book"),
    ]
    assert (asks(turn), turn.session.turn) == ("rate", 3)


def test_an_effect_is_handed_to_the_shell_as_data():
    """A flow does nothing itself: it waits with what it wants done."""
    turn = run(appointment, begun(log=(Event(Kind.ANSWER, "office", {"option": "desio"}),)))
    assert turn.waits == Do("slots", FindSlots("desio"))


def test_a_replay_of_a_whole_log_does_nothing_and_asks_the_same():
    """Running a flow twice over its log is running it once."""
    turn = play(appointment, begun(), "desio", slots=[["9:00"]])
    again = run(appointment, turn.session)
    assert (again.session, asks(again), again.cut) == (turn.session, "slot", False)


def test_what_was_said_stands_until_the_next_answer():
    """Words without a question stay above the question that follows, and go with its answer."""
    assert told(run(appointment, begun())) == ["The appointment is free."]
    assert told(play(appointment, begun(), "desio", slots=[["9:00"]])) == []


def test_a_lost_time_is_asked_again_with_a_word_about_it():
    """A commit that failed leads round the loop; the reason stands above the question."""
    turn = play(
        appointment, begun(), "desio", "9:00", "yes", slots=[["9:00"], ["10:00"]], book=[False]
    )
    assert (asks(turn), told(turn)) == ("slot", ["Someone just took that time."])


def test_a_flow_ends_with_its_result():
    """What a flow returns is how it ended."""
    turn = play(appointment, begun(), "desio", slots=[[]])
    assert (turn.waits, turn.ended) == (None, Ended("no slots"))
    assert told(turn) == ["{office} has no free time."]


def test_back_drops_the_last_answer_and_the_look_ups_after_it():
    """Back is the log without its last answer; the look-up is made again."""
    turn = play(appointment, begun(), "desio", slots=[["9:00"]])
    assert back(turn.session) == begun(turn=2, asked="")


def test_back_at_the_beginning_leads_nowhere():
    """Before the first answer there is nothing to undo."""
    assert back(begun()) is None


def test_back_does_not_cross_a_commit():
    """What was done for good is not undone by a button."""
    turn = play(appointment, begun(), "desio", "9:00", "yes", slots=[["9:00"]], book=[True])
    assert back(turn.session) is None
    turn = play(appointment, turn.session, "easy")
    assert back(turn.session) == replace(
        turn.session, log=turn.session.log[:-1], turn=turn.session.turn + 1
    )


def test_back_passes_over_a_vote_that_is_counted_once():
    """A vote cannot be taken back: Back undoes the answer before it."""
    turn = play(voting, begun(), "a", "up", vote=[True])
    earlier = back(turn.session)
    assert earlier is not None
    assert (earlier.log, [one.key for one in earlier.once]) == ((), ["vote"])


def test_a_vote_is_not_counted_again_after_back():
    """The second time the result of the first is used: the shell is not asked."""
    turn = play(voting, begun(), "a", "up", vote=[True])
    earlier = back(turn.session)
    assert earlier is not None
    turn = play(voting, earlier, "b", "down")
    assert (asks(turn), len(turn.session.once)) == ("three", 1)


def test_back_after_an_answer_behind_a_vote_undoes_that_answer_only():
    """A vote stops nobody from going back one step at a time."""
    turn = play(voting, begun(), "a", "up", vote=[True])
    later = answered(turn.session, turn.waits, {"option": "a"})
    assert back(later) == replace(turn.session, turn=4)


def test_a_vote_as_the_first_answer_leaves_nothing_to_go_back_to():
    """Where only the vote was given, Back leaves the flow."""
    vote = Do("vote", CountUseful("card", True))
    session = performed(answered(begun(), Ask("q", ()), {"option": "up"}), vote, True)
    assert back(session) is None


def test_edit_asks_one_question_again_and_keeps_the_later_answers_that_fit():
    """Changing an early answer costs one tap, not the whole way again."""
    turn = play(three(), begun(), "a", "b")
    edited = edit(turn.session, "one")
    assert edited is not None
    assert asks(run(three(), edited)) == "one"
    turn = play(three(), edited, "b")
    assert [event.value for event in turn.session.log] == [{"option": "b"}, {"option": "b"}]
    assert asks(turn) == "three"


def test_edit_lets_go_of_a_later_answer_that_does_not_fit():
    """Another office has other times: the old one is asked for again."""
    turn = play(appointment, begun(), "desio", "9:00", slots=[["9:00"]])
    edited = edit(turn.session, "office")
    assert edited is not None
    turn = play(appointment, edited, "carate", slots=[["11:00"]])
    assert (asks(turn), turn.session.kept) == ("slot", ())


def test_edit_refuses_what_lies_before_a_commit_or_was_never_asked():
    """An answer that something was done with is not changed."""
    turn = play(appointment, begun(), "desio", "9:00", "yes", slots=[["9:00"]], book=[True])
    assert edit(turn.session, "slot") is None
    assert edit(turn.session, "unknown") is None


def test_a_binding_question_is_never_answered_from_an_earlier_log():
    """A yes is said again when an answer before it changed."""
    turn = play(binding, begun(), "a", "yes")
    assert turn.ended == Ended("agreed")
    edited = edit(turn.session, "one")
    assert edited is not None
    assert asks(play(binding, edited, "b")) == "agree"


def test_a_renamed_question_cuts_the_log_there_and_keeps_what_still_fits():
    """The flow was changed under a live conversation: it goes on from the new question."""
    turn = play(three(), begun(), "a", "b")
    changed = run(three("new"), turn.session)
    assert (asks(changed), changed.cut, changed.session.turn) == ("new", True, 3)
    assert [event.key for event in changed.session.kept] == ["one", "two"]
    turn = play(three("new"), changed.session, "b")
    assert (asks(turn), turn.cut) == ("three", False)


def test_a_vanished_option_is_asked_again():
    """An answer that is not offered any more is no answer, and no error."""
    turn = play(long(8), begun(), "n7")
    changed = run(long(3), turn.session)
    assert (asks(changed), changed.cut, changed.session.log) == ("long", True, ())


def test_a_flow_that_became_shorter_than_its_log_ends_and_says_so():
    """Answers past the end are let go, and the change is told."""
    turn = play(three(), begun(), "a", "b")
    changed = run(three(until=1), turn.session)
    assert (changed.ended, changed.cut, len(changed.session.log)) == (Ended("done"), True, 1)


def test_a_cut_is_told_once():
    """The session after a cut fits the changed flow."""
    changed = run(three("new"), play(three(), begun(), "a").session)
    assert run(three("new"), changed.session).cut is False


def test_a_cut_that_would_lose_a_commit_ends_the_flow():
    """What was done is never done a second time because a question got another name."""
    turn = play(appointment, begun(), "desio", "9:00", "yes", slots=[["9:00"]], book=[True])
    renamed = tuple(replace(e, key="bureau") if e.key == "office" else e for e in turn.session.log)
    changed = run(appointment, replace(turn.session, log=renamed))
    assert (changed.ended, changed.cut) == (Ended("changed"), True)


def test_an_effect_that_became_a_commit_is_a_mismatch():
    """A result is no commit: the effect is asked for again."""
    log = (Event(Kind.ANSWER, "office", {"option": "desio"}), Event(Kind.COMMIT, "slots", ["9"]))
    assert run(appointment, begun(log=log)).ended == Ended("changed")


def test_a_flow_that_never_asks_is_stopped():
    """A loop without a question ends as an error that says where to look."""
    with pytest.raises(EndlessFlowError, match="'sample' made 2000 steps"):
        run(endless, begun())


def test_a_full_log_takes_no_answer():
    """The memory of a conversation has a limit."""
    full = begun(log=(Event(Kind.ANSWER, "one", {"option": "a"}),) * MAX_EVENTS)
    with pytest.raises(LogFullError, match="200 events"):
        answered(full, Ask("one", ()), {"option": "a"})


def test_a_kept_message_comes_once_over_replay_and_back():
    """A message that stays is sent when it is reached first, and never for the same words again."""
    turn = play(keeping, begun(), "a")
    stays, session = unsent(turn, 0)
    assert words(stays) == ["first a"]
    assert unsent(run(keeping, session), 1)[0] == ()
    earlier = back(session)
    assert earlier is not None
    assert unsent(play(keeping, earlier, "a"), 0)[0] == ()
    assert words(unsent(play(keeping, earlier, "b"), 0)[0]) == ["first b"]


def test_the_same_words_are_kept_again_when_they_come_once_more():
    """A flow may say the same thing twice on purpose."""
    stays, session = unsent(play(echoing, begun(), "a"), 0)
    stays, session = unsent(play(echoing, session, "a"), 1)
    assert (words(stays), len(session.stayed)) == (["kept a"], 2)


def test_words_changed_by_a_release_do_not_come_as_a_new_message():
    """A message that was sent under other words is not sent again."""
    turn = play(keeping, begun(), "a")
    assert unsent(turn, 1)[0] == ()


def test_the_marks_of_kept_messages_are_few():
    """The memory of what was sent does not grow for ever."""
    turn = play(keeping, begun(stayed=("x",) * MAX_STAYED), "a")
    assert len(unsent(turn, 0)[1].stayed) == MAX_STAYED


def test_what_stays_of_an_ended_flow_has_no_words():
    """Flow, outcome and days stay; answers go."""
    turn = play(binding, begun(), "a", "yes")
    assert compact(turn.session, Ended("agreed"), DAY) == Past("sample", "agreed", DAY, DAY)


def test_a_run_goes_on_from_its_question_as_a_new_one_would():
    """An answer given to the run that asked leads where running the whole log leads."""
    waiting = Run(three(), begun())
    session = answered(waiting.turn.session, waiting.turn.waits, {"option": "a"})
    went_on = waiting.go_on(session)
    waiting.close()
    assert asks(went_on) == asks(run(three(), session)) == "two"
    assert went_on.session == session


@pytest.mark.parametrize(
    "other",
    [
        lambda session: replace(session, log=session.log[:-1]),
        lambda session: replace(session, id="another"),
        lambda session: replace(session, log=(*session.log, *session.log)),
        lambda session: replace(session, log=(replace(session.log[0], key="elsewhere"),)),
        lambda session: replace(session, log=(replace(session.log[0], kind=Kind.RESULT),)),
    ],
)
def test_a_run_takes_nothing_that_is_not_the_answer_to_its_question(other):
    """Another session, no answer, two, or one to another question: it is run from its log."""
    waiting = Run(three(), begun())
    session = answered(waiting.turn.session, waiting.turn.waits, {"option": "a"})
    assert waiting.go_on(other(session)) is None
    assert asks(waiting.go_on(session)) == "two"
    waiting.close()
