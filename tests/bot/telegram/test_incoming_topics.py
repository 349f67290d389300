"""In a forum it is read where something was said and what it answers to, and nothing of people."""

from __future__ import annotations

from typing import Any

import pytest

from bot.telegram.incoming import (
    ANONYMOUS,
    PERSON,
    PROMPT,
    Command,
    Incoming,
    Sender,
    Wrote,
    read_update,
)
from tests.bot.bot_api import message, tap

GROUP = {"id": -1_001_000_000_001, "type": "supergroup", "is_forum": True}
BOT = {"id": 7, "is_bot": True, "first_name": "Antenna"}
MEMBER = {"id": 8, "is_bot": False, "first_name": "Anna"}
TOPIC = {"message_thread_id": 40, "is_topic_message": True}


def read(**fields: Any) -> Incoming:
    """A message in the group with these fields."""
    raw = message(1)
    raw["message"].update({"chat": GROUP, **fields})
    found = read_update(raw, "ant_bot")
    assert found is not None
    return found


def answered(**fields: Any) -> tuple[int | None, int | None, bool]:
    """What a message answers to."""
    found = read(**TOPIC, reply_to_message={"message_id": 50, "from": BOT, **fields})
    return found.reply_to, found.reply_bot, found.reply_asks


def test_a_message_in_a_topic_says_which() -> None:
    """A thread counts only where it is a topic's: replies in an ordinary group have one too."""
    assert read(**TOPIC).thread_id == 40
    assert read(message_thread_id=40).thread_id is None


def test_what_begins_a_topic_is_answered_by_nobody() -> None:
    """Telegram says of every plain message of a topic that it answers to its beginning."""
    assert answered(message_id=40) == (None, None, False)
    assert answered(forum_topic_created={"name": "x"}) == (None, None, False)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"text": "hello"}, (50, 7, False)),
        ({"text": f"{PROMPT} write"}, (50, 7, True)),
        ({"text": f"no {PROMPT}"}, (50, 7, False)),
        ({"text": f"{PERSON} Quercia lieta"}, (50, 7, True)),
        ({"caption": f"{PERSON} Quercia lieta"}, (50, 7, True)),
        ({"text": f"📝 Anna\n{PERSON} hello"}, (50, 7, False)),
        ({"photo": []}, (50, 7, False)),
        ({"from": MEMBER, "text": f"{PROMPT} forged"}, (50, None, True)),
        ({"from": "x", "text": 5}, (50, None, False)),
        ({"message_id": "x"}, (None, None, False)),
    ],
)
def test_an_answer_says_to_what(fields: dict[str, Any], expected: tuple[Any, ...]) -> None:
    """Of a person who is answered nothing is known, of a bot its number."""
    assert answered(**fields) == expected


def test_a_tap_says_in_which_topic() -> None:
    """A button's conversation is known by where it stands."""
    raw = tap(1, "h:claim")
    raw["callback_query"]["message"].update({"chat": GROUP, **TOPIC})
    found = read_update(raw)
    assert found is not None
    assert found.thread_id == 40


def test_words_for_a_person_are_not_cut_in_a_group() -> None:
    """`/r` carries a whole message; elsewhere a command carries a key."""
    assert read(text="/r " + "x" * 4000).content == Command("r", "x" * 4000)


def test_a_place_in_a_group_is_a_door() -> None:
    """Operators say where their door is; a person's place is a kilometre wide."""
    found = read(text=None, location={"latitude": 45.464211, "longitude": 9.191383})
    assert found.content == Wrote("location", latitude=45.46421, longitude=9.19138)


def test_an_album_is_known_by_its_parts() -> None:
    """Every part of an album says the same; a message of one part says nothing."""
    file = {"file_id": "f", "file_unique_id": "u"}
    assert read(text=None, document=file, media_group_id="g").album == "g"
    assert (read().album, read(text="/r x").album) == (None, None)


def test_who_writes_as_the_group_is_known() -> None:
    """An anonymous administrator is told apart from channels, which are nobody."""
    found = read(**{"from": {"id": ANONYMOUS, "is_bot": True}, "sender_chat": GROUP})
    other = read(**{"from": {"id": 136817688, "is_bot": True}, "sender_chat": {"id": -5}})
    assert (found.is_anonymous, found.sender) == (True, Sender.CHANNEL)
    assert (other.is_anonymous, other.sender) == (False, Sender.CHANNEL)


FILE = {"file_id": "f", "file_unique_id": "u"}
FORWARDED = {"forward_origin": {"type": "hidden_user"}}


@pytest.mark.parametrize(
    ("caption", "fields", "expected"),
    [
        ("/r look here", {}, ("look here", "r")),
        ("/r", {}, ("", "r")),
        ("look /r here", {}, ("look /r here", "")),
        ("/r@other_bot look", {}, ("/r@other_bot look", "")),
        ("/r look", FORWARDED, ("/r look", "")),
        ("/r look", {"chat": {"id": 8, "type": "private"}}, ("/r look", "")),
    ],
)
def test_a_caption_in_a_group_may_be_a_command(
    caption: str, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    """`/r` under a photo sends it; not where it was forwarded, and never in a private chat."""
    found = read(text=None, document=FILE, caption=caption, **fields).content
    assert isinstance(found, Wrote)
    assert (found.text, found.command) == expected
