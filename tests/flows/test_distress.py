"""Words of somebody in danger: numbers before anything else, and nothing is lost by them."""

from __future__ import annotations

from dataclasses import replace

from flows.conversation import Conversation, Wrote, receive
from flows.directory import Entry
from flows.engine import MAX_EVENTS, Ended, Event, Kind
from flows.model import Person
from flows.opening import Opening
from flows.registry import FLOWS
from flows.steps import Flow, ask_text
from flows.text import _
from tests.chat import Chat
from tests.factories import a_chat, a_world
from tests.flows.check_walks import ME, OFFICES

PAGE = """
        🆘 Are you in danger? Call 112.
        I am only a machine. These people can help you.
        📞 112 · Danger line
        📞 1522 · Violence line
        📞 800 290 290 · Exploitation line · Every day
        📞 039 1 · Union line
        This chat is not for emergencies. No person reads it.
        [🤝 Talk to someone]
        [⬅️] [🚪]
""".strip("\n")


def worry(chat: Chat) -> list[str]:
    """What the chat answers to words of danger."""
    said = chat.lines(chat.hear(Wrote("text", "I want to die", chat.seconds, worrying=True)))
    return [line.removeprefix("BOT   ").strip() for line in said]


def test_danger_comes_before_everything_else():
    """Numbers and people, no advice; Back leads to where the person was."""
    chat = a_chat().walks(*ME)
    asked = chat.conversation.stack[-1]
    assert worry(chat) == [line.strip() for line in PAGE.splitlines()]
    chat.walks("[⬅️]")
    assert chat.conversation.stack[-1] == asked


def test_somebody_who_was_never_here_sees_the_numbers_too():
    """Nobody has to choose a language first; the first minute waits below."""
    chat = a_chat(Person(1))
    assert worry(chat) == [line.strip() for line in PAGE.splitlines()]
    assert [one.flow for one in chat.conversation.stack] == ["onboarding", "danger"]


def test_a_house_with_offices_says_when_reports_are_read():
    """Nobody is told that a report is an emergency call."""
    chat = a_chat(world=a_world(offices=OFFICES))
    assert worry(chat)[-3] == (
        "This chat is not for emergencies. An office reads reports only in its hours."
    )


def test_what_was_written_still_answers_its_question():
    """In the middle of a story the numbers come first, and the story is not lost."""

    def story(_opening: Opening) -> Flow[Ended]:
        told = yield from ask_text("story", _("What happened?"), sensitive=True)
        return Ended(f"told {told}")

    flows = replace(FLOWS, entries={**FLOWS.entries, "wrong": Entry(story)})
    chat = a_chat(flows=flows).walks("/menu", "[⚠️ Something is wrong at work]")
    worry(chat)
    below, page = chat.conversation.stack
    assert (page.flow, below.log) == (
        "danger",
        (Event(Kind.ANSWER, "story", {"text": "I want to die"}),),
    )


def test_a_full_story_takes_no_more_and_the_numbers_come_all_the_same():
    """At the limit of a log the words are let go; whoever is in danger still sees whom to call."""

    def story(_opening: Opening) -> Flow[Ended]:
        while True:
            yield from ask_text("story", _("What happened?"), sensitive=True)

    flows = replace(FLOWS, entries={**FLOWS.entries, "wrong": Entry(story)})
    chat = a_chat(flows=flows).walks("/menu", "[⚠️ Something is wrong at work]")
    full = tuple(Event(Kind.ANSWER, "story", {"text": "x"}) for _event in range(MAX_EVENTS))
    top = replace(chat.conversation.stack[-1], log=full)
    chat.conversation = replace(chat.conversation, stack=(top,))
    worry(chat)
    below, page = chat.conversation.stack
    assert (page.flow, below.log) == ("danger", full)


def test_a_worry_twice_is_one_page():
    """Who writes it again sees the same page, and one way back."""
    chat = a_chat().walks("/menu")
    assert worry(chat) == worry(chat)
    assert [one.flow for one in chat.conversation.stack] == ["home", "danger"]


def test_a_house_without_the_page_goes_on_as_always():
    """Flows that name no page for danger take the words as words."""
    flows = replace(FLOWS, danger="")
    reply = receive(flows, Conversation(), Wrote("text", "x", 1, worrying=True), a_world())
    assert [one.flow for one in reply.conversation.stack] == ["home"]


def test_where_nobody_talks_the_numbers_are_one_back_away():
    """Who looks for a person finds those who answer, and the way back to the numbers."""
    chat = a_chat().walks("/menu")
    reply = chat.hear(Wrote("text", "I want to die", chat.seconds, worrying=True))
    chat.screen = reply.screen
    chat.walks("[🤝 Talk to someone]")
    assert [one.flow for one in chat.conversation.stack] == ["home", "danger", "talk"]
    chat.walks("[⬅️]")
    assert [one.flow for one in chat.conversation.stack] == ["home", "danger"]
