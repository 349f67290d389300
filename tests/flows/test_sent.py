"""Somebody who begins with a photo, a voice message or a file is asked what it is for."""

from __future__ import annotations

import pytest

from flows.conversation import Conversation, begin
from flows.engine import Session
from tests.chat import Chat
from tests.factories import a_chat, somebody
from tests.flows.check_walks import a_house_with_offices


def opened(chat: Chat, at: str) -> Chat:
    """The chat with the small door open."""
    session = Session("s", "sent", chat.world.today, at=at)
    reply = begin(chat.flows, Conversation((session,)), chat.world)
    chat.conversation, chat.screen = reply.conversation, reply.screen
    return chat


def shown(chat: Chat) -> list[str]:
    """The page and the flow that is on."""
    lines = chat.lines(begin(chat.flows, chat.conversation, chat.world))
    return [line.removeprefix("BOT   ").strip() for line in lines]


def test_a_photo_leads_to_the_report():
    """With offices, work leads to the report; the photo is sent again there."""
    chat = opened(a_house_with_offices(), "photo")
    assert shown(chat) == [
        "📎 You sent a photo",
        "I did not open it, and I keep no copy.",
        "What is it for? Choose first, then send it again.",
        "[⚠️ Something is wrong at work] [🤝 Talk to someone] [🧹 Delete it]",
        "[⬅️] [🚪] [🆘]",
    ]
    assert shown(chat.walks("[⚠️ Something is wrong at work]"))[0] == "report ''"


@pytest.mark.parametrize(
    ("at", "title"),
    [
        ("voice", "📎 You sent a voice message"),
        ("document", "📎 You sent a file"),
        ("", "📎 You sent a file"),
    ],
)
def test_each_kind_is_called_by_its_name(at, title):
    """A voice is a voice, anything else is a file."""
    assert shown(opened(a_chat(), at))[0] == title


def test_without_offices_it_leads_to_the_door():
    """Nobody reads reports: the door says so, with the numbers."""
    chat = opened(a_chat(), "photo").walks("[⚠️ Something is wrong at work]")
    assert chat.conversation.stack[-1].flow == "wrong"


def test_talk_and_back():
    """The way to people, and back to the small door."""
    chat = opened(a_chat(), "photo").walks("[🤝 Talk to someone]")
    assert chat.conversation.stack[-1].flow == "talk"
    assert shown(chat.walks("[⬅️]"))[0] == "📎 You sent a photo"


def test_delete_cleans_the_chat():
    """What was sent goes, with all the rest."""
    chat = opened(a_chat(somebody(careful=True)), "photo").walks("[🧹 Delete it]")
    assert [type(one).__name__ for one in chat.world.effects] == ["CleanChat"]


def test_a_watched_phone_reads_no_word_of_trouble():
    """In careful mode the door is called by its quiet name."""
    page = shown(opened(a_chat(somebody(careful=True)), "photo"))
    assert page[3] == "[💼 My work] [🤝 Talk to someone] [🧹 Delete it]"
