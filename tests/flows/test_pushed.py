"""The button of a message that hangs on no screen: it opens what it may open, wherever one is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.conversation import Conversation, Tap, receive
from flows.directory import PUSHED, Entry, Flows
from flows.engine import Ended
from flows.opening import Opening
from flows.registry import FLOWS
from flows.steps import Flow, show
from flows.text import verbatim
from tests.factories import a_chat, a_world, somebody


def flow_after(option: str, conversation: Conversation | None = None) -> str:
    """Where somebody stands after tapping such a button."""
    chat = a_chat()
    if conversation is None:
        chat.walks("/menu")
        conversation = chat.conversation
    reply = receive(FLOWS, conversation, Tap(PUSHED, 0, option, False), chat.world)
    return reply.conversation.stack[-1].flow


@pytest.mark.parametrize("flow", ["code", "line"])
def test_it_opens_its_flow(flow: str) -> None:
    """Reading with the code, and stopping the messages."""
    assert flow_after(flow) == flow


@pytest.mark.parametrize("option", ["report", "forget", "nothing", "", "^", "<"])
def test_it_opens_nothing_else(option: str) -> None:
    """Whatever a forged button says: the page stays the one it was."""
    assert flow_after(option) == "home"


def test_a_newcomer_reads_the_promise_first() -> None:
    """Before the first minute is over no such button opens anything."""
    chat = a_chat(world=a_world(somebody(welcomed=False)))
    chat.walks("/start")
    assert flow_after("code", chat.conversation) == "onboarding"


def about(opening: Opening) -> Flow[Ended]:
    """A page about the thing a button named."""
    return (yield from show("about", verbatim(opening.at)))


POINTING = Flows(
    {**FLOWS.entries, "about": Entry(about, over=True, pushed=True, points=True)},
    FLOWS.commands,
    FLOWS.help,
)


def thing_after(option: str, conversation: Conversation) -> str:
    """Where somebody stands after tapping such a button, and at which thing."""
    world = a_world(somebody())
    reply = receive(POINTING, conversation, Tap(PUSHED, 0, option, False), world)
    top = reply.conversation.stack[-1]
    return f"{top.flow}/{top.at}" if top.at else top.flow


@pytest.mark.parametrize("at", ["12.yes", "a-B_9.no", "x" * 40])
def test_it_says_about_which_thing(at: str) -> None:
    """The flow opens at what the button names; the longest fits in Telegram's 64 bytes."""
    home = a_chat().walks("/menu").conversation
    assert thing_after(f"about/{at}", home) == f"about/{at}"
    assert len(f"{PUSHED}:0:courses12345678/{'x' * 40}") <= 64


@pytest.mark.parametrize(
    "option", ["about/", "about/../x", "about/a b", "about/\u0661", f"about/{'x' * 41}", "code/1"]
)
def test_what_no_button_says_opens_nothing(option: str) -> None:
    """Signs that are in no id, too many of them, or a thing where the flow knows none."""
    home = a_chat().walks("/menu").conversation
    assert thing_after(option, home) == "home"


def test_it_opens_where_nothing_is_left_of_the_conversation() -> None:
    """Weeks later, when the pages are gone, the button of a reminder still leads on."""
    assert thing_after("about/12.yes", Conversation()) == "about/12.yes"


def test_what_was_lost_does_not_stand_in_its_way() -> None:
    """Where something secret is gone, that is said, and the button leads on all the same."""
    home = replace(a_chat().walks("/menu").conversation, lost=True)
    reply = receive(POINTING, home, Tap(PUSHED, 0, "about/12.yes", False), a_world(somebody()))
    assert reply.screen is not None
    said = [line.text.source for line in reply.screen.lines]
    assert said == [
        "12.yes",
        "⏳ What you began here is not kept any more. Please begin again.",
    ]
