"""The steps: what each kind of question shows, takes, refuses and records."""

from __future__ import annotations

from dataclasses import dataclass

from flows.engine import Ended, back, run
from flows.steps import MORE, Accept, Ask, Line, Option, Weight, choose
from flows.text import Text, in_language, ngettext, pgettext, verbatim
from tests.chat import english
from tests.flows.samples import asking, asks, begun, long, options, play


@dataclass(frozen=True)
class Office:
    """Something of the network's that can be offered as it is."""

    id: str
    label: Text


def ids(turn):
    """The ids of the buttons of a question."""
    return [option.id for option in turn.waits.options]


def ask(*, accepts=frozenset(), check=None):
    """A question with one button."""
    return Ask("q", (Line(verbatim("?")),), tuple(options("a")), accepts, check)


def test_more_than_eight_options_are_shown_page_by_page():
    """Seven a page and More; the last page has no More, and Back leads to the page before."""
    turn = run(long(20), begun())
    assert ids(turn) == ["n0", "n1", "n2", "n3", "n4", "n5", "n6", MORE]
    turn = play(long(20), begun(), MORE, MORE)
    assert ids(turn) == ["n14", "n15", "n16", "n17", "n18", "n19"]
    assert ids(run(long(20), back(turn.session)))[0] == "n7"


def test_eight_options_are_one_page():
    """No page is opened for a single option more."""
    assert ids(run(long(8), begun())) == [f"n{number}" for number in range(8)]
    assert len(ids(run(long(9), begun()))) == 8


def test_an_option_chosen_on_a_page_is_found_when_it_moved_to_another():
    """The order of a list may change with the answer; the answer stays good."""
    turn = play(long(20), begun(), MORE, "n8")
    assert run(long(9), turn.session).cut is False
    assert run(long(20), begun(log=turn.session.log[1:])).cut is False


def test_a_list_that_became_short_still_fits_its_log():
    """Turning a page of a list that has one page now leads to that page."""
    turn = play(long(20), begun(), MORE, "n3")
    changed = run(long(5), turn.session)
    assert (asks(changed), changed.cut) == ("end", False)


def test_every_kind_of_question_records_its_answer():
    """Words, skips, days, places, files and marks come back typed from the log."""
    turn = play(
        asking,
        begun(),
        {"text": "hello"},
        "skip",
        "2026-11-24",
        {"place": [45.6213, 9.2178]},
        {"photo": {"file_id": "f1", "size_bytes": 5}},
        *("a", "c", "a", "b", "ok"),
    )
    assert turn.waits.lines[0].text.source == (
        "('hello', None, datetime.date(2026, 11, 24), (45.62, 9.22), "
        "Media(kind=<Accept.PHOTO: 'photo'>, file_id='f1', size_bytes=5), ['b', 'c'])"
    )


def test_what_can_be_skipped_comes_back_as_nothing():
    """Skip is an answer like the others."""
    turn = play(asking, begun(), {"text": "hello"}, {"text": "more"}, "2026-11-23", "skip", "skip")
    turn = play(asking, turn.session, "ok")
    assert turn.waits.lines[0].text.source == (
        "('hello', 'more', datetime.date(2026, 11, 23), None, None, [])"
    )


def test_an_exact_place_never_stands_in_the_log():
    """A kilometre is enough: the rest is not recorded."""
    turn = play(
        asking, begun(), {"text": "hello"}, "skip", "2026-11-23", {"place": [45.62134, 9.21781]}
    )
    assert turn.session.log[-1].value == {"place": [45.62, 9.22]}


def test_something_that_is_no_place_is_refused():
    """A place has two numbers; anything else is asked again."""
    turn = play(asking, begun(), {"text": "hello"}, "skip", "2026-11-23")
    wrong = ([1.0], [1.0, "x"], "here", None)
    refused = {english(turn.waits.refusal({"place": one})) for one in wrong}
    assert refused == {"I cannot find this place. Please send it once more."}


def test_marked_options_carry_a_tick_and_a_second_tap_takes_it_off():
    """Marking is seen on the button."""
    turn = play(
        asking, begun(), {"text": "hello"}, "skip", "2026-11-23", "skip", "skip", "a", "b", "a"
    )
    assert [english(option.label) for option in turn.waits.options] == ["a", "✅ b", "c", "✔️ Done"]


def test_words_that_do_not_fit_are_refused_with_what_is_needed():
    """Too long or empty words are told so; the state is the shell's to keep."""
    waits = run(asking, begun()).waits
    assert english(waits.refusal({"text": "x" * 11})) == (
        "This is too long. Please write at most 10 letters."
    )
    assert english(waits.refusal({"text": "  "})) == "Please write a few words."
    assert waits.refusal({"text": "ten lette"}) is None


def test_a_question_takes_what_it_says_and_nothing_else():
    """An unknown option, another kind of message or no answer at all is refused."""
    question = ask(accepts=frozenset({Accept.VOICE}))
    assert question.refusal({"option": "a"}) is None
    assert question.refusal({"voice": {}}) is None
    assert english(question.refusal({"option": "b"})) == "This answer is not offered any more."
    assert english(question.refusal({"text": "a"})) == "Please use the buttons below."
    assert english(question.refusal(None)) == "Please use the buttons below."


def test_a_choice_keeps_the_weight_of_its_options():
    """What is offered as the main way looks so on its button."""
    main = Option("a", verbatim("a"), Weight.PRIMARY)
    turn = run(lambda: choose("q", verbatim("?"), [main, *options("b")]), begun())
    assert [option.weight for option in turn.waits.options] == [Weight.PRIMARY, Weight.PLAIN]


def test_whatever_has_an_id_and_a_label_can_be_chosen():
    """An office needs no option made of it: its label is the button, and it comes back itself."""
    desio, carate = Office("d", verbatim("Desio")), Office("c", verbatim("Carate"))
    chosen = []

    def flow():
        chosen.append((yield from choose("office", verbatim("Which?"), [desio, carate])))
        return Ended("chosen")

    turn = play(flow, begun(), "c")
    assert (turn.ended, chosen) == (Ended("chosen"), [carate])
    offered = run(flow, begun()).waits.options
    assert offered == (Option("d", desio.label), Option("c", carate.label))


def test_words_for_somebody_else_carry_their_language_to_every_part():
    """A text shown in Italian is Italian in its parameters too; names stay as they are."""
    inner = pgettext("button", "Open")
    text = in_language("it", Text("{a} {b}", (("a", inner), ("b", "Rossi"))))
    assert text.params == (("a", in_language("it", inner)), ("b", "Rossi"))
    assert (text.language, inner.context) == ("it", "button")


def test_a_count_chooses_the_form_and_fills_its_place():
    """One message, two messages."""
    assert [english(ngettext("{count} day", "{count} days", count)) for count in (1, 2)] == [
        "1 day",
        "2 days",
    ]
