"""A summary that can be corrected, marks over many pages, and words over the chat."""

from __future__ import annotations

from flows.engine import Ended, back, edit, run
from flows.steps import MORE, Ask, choose_many
from flows.text import verbatim
from tests.chat import english
from tests.factories import a_chat
from tests.flows.samples import (
    SAMPLES,
    asks,
    begun,
    flows_of,
    many,
    options,
    play,
    three,
)


def labels(turn):
    """The buttons of a question."""
    return [english(option.label) for option in turn.waits.options]


def line(turn):
    """The first line of a question."""
    return turn.waits.lines[0].text.source


def rounds():
    """The same marks asked twice."""
    yield from choose_many("many", verbatim("Which ones?"), options("m0", "m1", "m2"))
    yield from choose_many("many", verbatim("And now?"), options("m0", "m1", "m2"))
    return Ended("done")


def sample_chat(name):
    """The chat of one sample flow, begun."""
    return a_chat(flows=flows_of(**SAMPLES)).walks(f"/{name}")


def test_edit_takes_back_only_the_last_of_several_answers_to_a_question():
    """Marks and files given one by one stay; what ended them is asked again."""
    turn = play(many(3), begun(), "m0", "m2", "ok", "a")
    edited = edit(turn.session, "many")
    assert edited is not None
    assert labels(run(many(3), edited)) == ["✅ m0", "m1", "✅ m2", "✔️ Done"]
    turn = play(many(3), edited, "m1", "ok")
    assert (asks(turn), line(turn)) == ("end", "m0 m1 m2 a")


def test_back_out_of_a_question_asked_again_leads_to_where_it_was_asked_from():
    """Who looks again and changes nothing has lost nothing."""
    turn = play(three(), begun(), "a", "b")
    edited = edit(turn.session, "one")
    assert edited is not None
    returned = back(edited)
    assert returned is not None
    again = run(three(), returned)
    assert (asks(again), again.session.log) == ("three", turn.session.log)


def test_the_summary_asks_one_question_again_and_comes_back():
    """What was answered later stays, marks and files too, and what no longer fits is asked."""
    chat = sample_chat("telling")
    chat.walks("[field]", "[pay]", "[✔️ Done]", "[foot]", "(photo)", "[⏭️ Skip]")
    chat.reads("""
        USER  [kinds]
        BOT   What?
              [✅ pay] [hours] [✔️ Done]
              [⬅️] [🏠]
        USER  [hours]
        BOT   What?
              [✅ pay] [✅ hours] [✔️ Done]
              [⬅️] [🏠]
        USER  [✔️ Done]
        BOT   field pay hours foot 1
              [place] [kinds] [file] [how] [send]
              [⬅️] [🏠]
        USER  [place]
        BOT   Where?
              [field] [kitchen]
              [⬅️] [🏠]
        USER  [⬅️]
        BOT   field pay hours foot 1
              [place] [kinds] [file] [how] [send]
              [⬅️] [🏠]
        USER  [place]
        BOT   Where?
              [field] [kitchen]
              [⬅️] [🏠]
        USER  [kitchen]
        BOT   kitchen pay hours - 1
              [place] [kinds] [file] [send]
              [⬅️] [🏠]
        USER  [file]
        BOT   A photo?
              [⏭️ Skip]
              [⬅️] [🏠]
        USER  (photo)
        TRACE ✓ A photo?
        BOT   A photo?
              [⏭️ Skip]
              [⬅️] [🏠]
        USER  [⏭️ Skip]
        BOT   kitchen pay hours - 2
              [place] [kinds] [file] [send]
              [⬅️] [🏠]
        USER  [send]
        BOT   sent kitchen pay hours - 2
              [ok]
              [⬅️] [🏠]
    """)


def test_words_over_the_chat_come_with_every_tap_that_leads_to_them():
    """They are in no message; a page drawn for another reason brings them again."""
    sample_chat("popping").reads("""
        USER  [go]
        ALERT the word
              once more
        BOT   have it?
              [yes] [again]
              [⬅️] [🏠]
        USER  [again]
        ALERT the word
              once more
        BOT   have it?
              [yes] [again]
              [⬅️] [🏠]
    """)


def test_twenty_five_marks_are_shown_page_by_page():
    """Six a page, More and Done; Back turns a page and keeps the marks."""
    turn = play(many(25), begun(), "m1", MORE, "m7", MORE)
    assert labels(turn) == [*(f"m{n}" for n in range(12, 18)), "➕ More", "✔️ Done"]
    turn = run(many(25), back(turn.session, turn.waits))
    assert labels(turn)[:3] == ["m6", "✅ m7", "m8"]
    turn = play(many(25), back(turn.session, turn.waits), "ok", "a")
    assert line(turn) == "m1 m7 a"
    assert labels(play(many(25), begun(), *[MORE] * 4)) == ["m24", "✔️ Done"]


def test_back_leaves_a_question_with_all_its_marks():
    """Marks are taken off one by one by a tap; Back is the way to the question before."""
    turn = play(many(3), begun(), "m0", "m1", "m2")
    assert back(turn.session, turn.waits) is None
    assert len(back(turn.session).log) == 2


def test_back_out_of_the_same_marks_in_another_round_stays_in_that_round():
    """Marks that were done with are not taken off by Back out of the next ones."""
    turn = play(rounds, begun(), "m0", "ok", "m1")
    earlier = back(turn.session, turn.waits)
    assert labels(run(rounds, earlier)) == ["✅ m0", "m1", "m2", "✔️ Done"]


def test_an_item_without_an_answer_leads_nowhere():
    """A summary may show what was never asked: nothing changes."""
    assert edit(play(three(), begun(), "a").session, "two") is None
    ask = Ask("q", (), tuple(options("=two")), edits=frozenset({"two"}))
    assert ask.refusal({"option": "=two"}) is None
