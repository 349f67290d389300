"""One chat over flows of every kind: commits, forms, words, releases, limits, and what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.conversation import Command, Conversation, Wrote, begin, receive
from flows.engine import MAX_EVENTS, Ended, Event, FlowError, Kind, Session
from flows.record import dump, load
from flows.registry import FLOWS
from flows.steps import ask_text, say
from flows.text import verbatim
from tests.chat import english
from tests.factories import a_chat
from tests.flows.samples import DAY, SAMPLES, FindSlots, flows_of, three


def seen(screen):
    """The lines of a screen."""
    return [english(line.text) for line in screen.lines]


def open_flows(chat):
    """The names of the flows that are open, the last on top."""
    return [session.flow for session in chat.conversation.stack]


def sample_chat(name, *actions, **conducts):
    """The chat of one sample flow."""
    return a_chat(flows=flows_of(**(conducts or SAMPLES))).walks(f"/{name}", *actions)


def test_back_over_a_commit_is_refused_with_a_word():
    """What is done is done; the page stays."""
    chat = a_chat(flows=flows_of(**SAMPLES))
    chat.given(FindSlots("desio"), ["9:00"])
    chat.walks("/appointment", "[desio]", "[9:00]")
    chat.reads("""
        USER  [✅ Yes]
        KEEP  Booked: 9:00, desio.
        BOT   Was it easy?
              [easy] [hard]
              [⬅️] [🏠]
        USER  [⬅️]
        POP   This is already done. You cannot go back here.
        BOT   Was it easy?
              [easy] [hard]
              [⬅️] [🏠]
        USER  [easy]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        =>    booked
    """)


def test_what_a_flow_says_last_stands_above_the_next_page():
    """An end with a word and without a question is still read."""
    chat = a_chat(flows=flows_of(**SAMPLES))
    chat.given(FindSlots("desio"), [])
    chat.walks("/appointment", "[desio]")
    assert seen(chat.screen)[:2] == ["desio has no free time.", "🏠 How can I help you?"]


def test_an_interrupted_form_is_offered_again_by_the_home_button_too():
    """A form holds what was told: leaving it by any way loses nothing."""
    chat = sample_chat("three", "[a]", "[🏠]", "[▶️ Go on where you were]")
    assert seen(chat.screen) == ["two?"]


def test_a_form_is_set_aside_before_a_page_that_was_read_over_it():
    """There is one place for what was interrupted, and what somebody told is worth more."""
    chat = a_chat(flows=flows_of(**SAMPLES)).walks("/three", "[a]")
    reading = Session("r", "orientation", DAY, "work.pay")
    stack = (*chat.conversation.stack, reading)
    chat.conversation = replace(chat.conversation, stack=stack)
    assert chat.walks("/menu").conversation.paused.flow == "three"


def test_words_answer_a_question_that_takes_them_and_leave_a_line():
    """The message above keeps the question; what is too long is told, and what can be sent."""
    sample_chat("asking").reads("""
        USER  much too long for this
        BOT   Tell me.
              This is too long. Please write at most 10 letters.
              [⬅️] [🏠]
        USER  (voice)
        BOT   Tell me.
              I cannot listen to voice here.
              You can write words here.
              🎤 The small microphone on your keyboard writes what you say.
              [⬅️] [🏠]
        USER  hello
        TRACE ✓ Tell me.
        BOT   More?
              [⏭️ Skip]
              [⬅️] [🏠]
    """)


def changed(chat, **conducts):
    """The same chat after a release with other flows."""
    chat.flows = flows_of(**conducts)
    return chat


def test_a_tap_on_a_question_that_a_release_replaced_is_not_an_answer():
    """A yes to words that were not read is no yes: the new question is shown with an apology."""
    chat = sample_chat("three")
    changed(chat, three=three("new")).reads("""
        USER  [a]
        BOT   I have changed since then, sorry. Let us go on from here.
              new?
              [a] [b]
              [⬅️] [🏠]
        USER  [a]
        BOT   two?
              [a] [b]
              [⬅️] [🏠]
    """)


def test_words_for_a_question_that_a_release_replaced_are_not_an_answer():
    """Also what was written is not taken for something else."""
    chat = sample_chat("asking")
    changed(chat, asking=three()).reads("""
        USER  hello
        BOT   I have changed since then, sorry. Let us go on from here.
              one?
              [a] [b]
              [⬅️] [🏠]
    """)


def test_a_flow_cut_by_a_release_says_sorry_once_and_keeps_what_fits():
    """One apology, one question again, and on."""
    chat = sample_chat("three", "[a]", "[b]")
    changed(chat, three=three("new")).reads("""
        USER  [a]
        BOT   I have changed since then, sorry. Let us go on from here.
              new?
              [a] [b]
              [⬅️] [🏠]
        USER  [b]
        BOT   three?
              [a] [b]
              [⬅️] [🏠]
    """)


def test_a_flow_that_is_no_more_leads_home():
    """A conversation kept under a name nobody knows is let go without an error."""
    record = dump(sample_chat("three", "[a]", "/menu").conversation)
    assert record["p"]["f"] == "three"
    assert load(record, FLOWS).paused is None
    record = dump(sample_chat("three", "[a]").conversation)
    assert [session.flow for session in load(record, FLOWS).stack] == ["home"]
    assert load(None, FLOWS) == Conversation()


def test_a_full_log_leads_home_with_a_word():
    """A talk without end is ended kindly."""
    chat = sample_chat("three", "[a]")
    session = chat.conversation.stack[-1]
    full = (Event(Kind.ANSWER, "one", {"option": "a"}),) * MAX_EVENTS

    def long_talk():
        for _event in full:
            yield from three(until=1)()
        return (yield from three()())

    chat.conversation = Conversation((replace(session, log=full),))
    chat.flows = flows_of(three=long_talk)
    chat.hear(Command("nothing"))
    reply = chat.hear(chat.tap(chat.button("a")))
    assert english(reply.notice) == "We have talked for long. Let us begin again from here."
    assert open_flows(chat) == ["home"]


def test_flows_that_lead_to_each_other_without_a_question_are_stopped():
    """A circle is an error, and the caller keeps the conversation as it was."""

    def circle():
        yield from say(verbatim("round"))
        return Ended("round", then="circle")

    chat = a_chat(flows=flows_of(circle=circle)).walks("/menu")
    before = chat.conversation
    with pytest.raises(FlowError, match="more than 20 effects and endings"):
        chat.do("/circle")
    assert chat.conversation == before


def test_effects_without_end_are_stopped():
    """A turn has a limit of effects."""

    def looking():
        while True:
            yield from SAMPLES["appointment"]()

    chat = a_chat(flows=flows_of(looking=looking))
    chat.given(FindSlots("desio"), *[[] for _round in range(30)])
    log = [Event(Kind.ANSWER, "office", {"option": "desio"})]
    kept = tuple(log * 30)
    chat.conversation = Conversation((Session("s", "looking", DAY, kept=kept),))
    with pytest.raises(FlowError, match="more than 20 effects"):
        begin(chat.flows, chat.conversation, chat.world)


def test_the_trace_of_a_private_question_is_not_left():
    """What a private page asked does not stay in the chat."""
    chat = sample_chat("private", private=_private)
    reply = chat.hear(Wrote("text", "hello", 50))
    assert (reply.trace, reply.below) == (None, True)


def _private():
    """One private question."""
    yield from ask_text("secret", verbatim("What happened?"), sensitive=True)
    return (yield from three()())


def test_a_stored_conversation_is_the_same_after_its_way_through_json():
    """Every field survives, and what is empty is not written."""
    session = Session(
        "s",
        "home",
        DAY,
        "at",
        7,
        "door",
        (Event(Kind.ANSWER, "door", {"option": "a"}), Event(Kind.RESULT, "r", [1])),
        (Event(Kind.ANSWER, "k", {"text": "w"}),),
        (Event(Kind.RESULT, "o", True),),
        ("aa",),
    )
    conversation = Conversation((session,), replace(session, id="p"), hinted=9)
    assert load(dump(conversation), FLOWS) == conversation
    assert dump(Conversation()) == {}


def test_receive_leaves_the_conversation_it_was_given_alone():
    """A turn makes a new conversation; the old one is as it was."""
    chat = a_chat().walks("/menu", "[🧭 I need information]", "[💼 My rights]", "[📄 Pay]")
    before = dump(chat.conversation)
    receive(FLOWS, chat.conversation, chat.tap(chat.button("📄 Hours")), chat.world)
    assert dump(chat.conversation) == before
