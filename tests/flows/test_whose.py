"""Whose words are that nobody asked for, and where a link leads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.conversation import Conversation, Wrote, enter, hides, is_wanted
from flows.registry import FLOWS
from tests.chat import Chat
from tests.factories import a_chat, a_world, somebody
from tests.flows.secret import secret_flows

WORDS = Wrote("text", "Buongiorno", 1000)
VOICE = Wrote("voice", {"file_id": "f", "size_bytes": 1}, 1000)


def wanted(chat: Chat, heard: Wrote = WORDS) -> bool:
    """Whether the flows keep something for themselves."""
    return is_wanted(chat.flows, chat.conversation, heard, chat.world)


@pytest.mark.parametrize("page", ["/menu", "/help", "/privacy"])
def test_a_page_that_asks_for_no_words_wants_none(page: str) -> None:
    """Home, the numbers to call, privacy: nobody reads there what is written."""
    assert wanted(a_chat().walks(page)) is False


def test_before_the_first_page_nothing_is_wanted() -> None:
    """There is no question yet."""
    assert wanted(a_chat()) is False


def test_a_question_wants_what_it_asks_for() -> None:
    """The kinds it takes, and no others."""
    chat = a_chat(flows=secret_flows()).walks("/twice")
    assert (wanted(chat), wanted(chat, VOICE)) == (True, False)


def test_another_question_of_a_new_release_wants_it_too() -> None:
    """Nobody knows what the one on the screen asked for."""
    chat = a_chat().walks("/menu")
    *below, top = chat.conversation.stack
    changed = replace(top, asked="a question of before")
    chat.conversation = replace(chat.conversation, stack=(*below, changed))
    assert wanted(chat) is True


def test_the_rest_of_a_paste_is_wanted() -> None:
    """Words within three seconds of words that were taken belong to these; a voice does not."""
    chat = a_chat().walks("/menu")
    chat.conversation = replace(chat.conversation, typed=998)
    later = replace(WORDS, at=1002)
    assert (wanted(chat), wanted(chat, later), wanted(chat, VOICE)) == (True, False, False)


def test_something_secret_wants_everything() -> None:
    """On its page, and on every page that opened over it."""
    chat = a_chat().walks("/code")
    over = a_chat().walks("/code", "/help")
    assert (wanted(chat, VOICE), wanted(over, VOICE)) == (True, True)


def test_what_was_secret_and_is_gone_wants_everything() -> None:
    """The words were meant for it."""
    lost = replace(a_chat().walks("/menu").conversation, lost=True)
    assert (hides(FLOWS, lost), hides(FLOWS, replace(lost, lost=False))) == (True, False)


def test_the_numbers_to_call_hide_nothing() -> None:
    """Whoever wrote of danger goes on writing to the people who answer."""
    chat = a_chat().walks("/menu")
    chat.hear(Wrote("text", "they beat me", 5, worrying=True))
    assert chat.conversation.stack[-1].flow == "danger"
    assert wanted(chat) is False


def where(conversation: Conversation) -> list[tuple[str, str]]:
    """The flows that are open, and what each was opened with."""
    return [(one.flow, one.at) for one in conversation.stack]


def test_a_link_opens_its_flow_where_one_is() -> None:
    """Also over nothing, where home comes first."""
    chat = a_chat()
    first = enter(FLOWS, chat.conversation, "code", "12345678", chat.world)
    lost = replace(first.conversation, lost=True)
    again = enter(FLOWS, lost, "code", "87654321", chat.world)
    assert where(first.conversation)[-1] == ("code", "12345678")
    assert where(again.conversation)[-1] == ("code", "87654321")
    assert (first.secret, again.conversation.lost) == (True, False)


def test_before_the_first_minute_is_over_it_waits() -> None:
    """A newcomer reads the promise, then stands where the link leads."""
    chat = a_chat(world=a_world(somebody(welcomed=False)))
    chat.walks("/start")
    reply = enter(FLOWS, chat.conversation, "code", "12345678", chat.world)
    assert where(reply.conversation) == [("code", "12345678"), ("onboarding", "")]
