"""The button of a message that hangs on no screen: it opens what it may open, wherever one is."""

from __future__ import annotations

import pytest

from flows.conversation import Conversation, Tap, receive
from flows.directory import PUSHED
from flows.registry import FLOWS
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
