"""Updates made small: what a client sends becomes something harmless."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.telegram.incoming import (
    Command,
    Content,
    Kind,
    Membership,
    Moved,
    Sender,
    Tap,
    Wrote,
    clean,
    read_update,
)
from tests.bot.bot_api import message, tap


def content_of(**fields: Any) -> Content:
    """What a message with these fields says; `text` only where it is given."""
    raw = message(1)
    del raw["message"]["text"]
    raw["message"].update(fields)
    found = read_update(raw, "ant_bot")
    assert found is not None
    return found.content


def test_a_message_is_read_whole() -> None:
    """Who, where, when and what of an ordinary message."""
    found = read_update(message(5, chat_id=77, text="hello"))
    assert found is not None
    assert (
        found.update_id,
        found.kind,
        found.chat_id,
        found.chat_type,
        found.from_id,
        found.sender,
        found.is_bot,
        found.language_code,
        found.message_id,
        found.date,
        found.content,
    ) == (
        5,
        Kind.MESSAGE,
        77,
        "private",
        77,
        Sender.PERSON,
        False,
        "bn",
        5,
        datetime(2025, 11, 24, 16, 0, tzinfo=UTC),
        Wrote("text", "hello"),
    )


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("/start", Command("start", "")),
        ("/start desk_7-x", Command("start", "desk_7-x")),
        ("/start  two  words ", Command("start", "two  words")),
        ("/start\nline", Command("start", "line")),
        ("/Start", Command("start", "")),
        ("/start@ant_bot key", Command("start", "key")),
        ("/start@ANT_BOT", Command("start", "")),
        ("/start@other_bot", Wrote("text", "/start@other_bot")),
        ("/start " + "x" * 500, Command("start", "x" * 128)),
        ("/ѕtart", Wrote("text", "/ѕtart")),  # the first letter is Cyrillic
        ("/st\u200bart", Wrote("text", "/st\u200bart")),
        ("⁄start", Wrote("text", "⁄start")),
        ("/", Wrote("text", "/")),
        ("//start", Wrote("text", "//start")),
        ("/start!", Wrote("text", "/start!")),
        ("/start-now", Wrote("text", "/start-now")),
        (" /start", Wrote("text", " /start")),
        ("say /start", Wrote("text", "say /start")),
        ("/" + "a" * 33, Wrote("text", "/" + "a" * 33)),
        ("/start\x00", Command("start", "")),
        ("", Wrote("text", "")),
    ],
)
def test_only_a_plain_slash_word_at_the_start_is_a_command(text: str, content: Content) -> None:
    """Look-alikes, other bots' commands and words around it are text."""
    assert content_of(text=text) == content


def test_an_edit_is_never_a_command() -> None:
    """Turning an old message into "/forget" does nothing but change words."""
    raw = message(1, text="/forget", edit_date=1_764_000_100)
    raw["edited_message"] = raw.pop("message")
    found = read_update(raw)
    assert found is not None
    assert (found.kind, found.content) == (Kind.EDITED, Wrote("text", "/forget"))


def test_a_forwarded_command_is_only_words_and_its_origin_is_gone() -> None:
    """Nobody can be made to forward a command, and nobody learns whom a message came from."""
    origin = {"type": "user", "sender_user": {"id": 99, "first_name": "Origin"}}
    raw = message(1, text="/forget", forward_origin=origin)
    found = read_update(raw)
    assert found is not None
    assert found.content == Wrote("text", "/forget")
    assert "Origin" not in str([getattr(found, name) for name in found.__slots__])


FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 9, "file_name": "../../etc/passwd"}


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        (
            {"voice": {**FILE, "duration": 4, "mime_type": "audio/ogg"}},
            Wrote("voice", None, "f", 9, 4, "audio/ogg"),
        ),
        (
            {"photo": [{"file_id": "s", "file_size": 1}, {"file_id": "l", "file_size": 2}]},
            Wrote("photo", None, "l", 2),
        ),
        ({"photo": [], "caption": "see"}, Wrote("photo", "see")),
        ({"photo": "x"}, Wrote("photo")),
        (
            {"document": FILE, "caption": "a\x00b", "media_group_id": "g"},
            Wrote("document", "ab", "f", 9, album="g"),
        ),
        ({"document": FILE, "animation": FILE}, Wrote("animation", None, "f", 9)),
        ({"sticker": {"file_id": 7}}, Wrote("sticker")),
        ({"video_note": None, "video": FILE}, Wrote("video", None, "f", 9)),
        (
            {"contact": {"phone_number": "+39", "first_name": "N", "user_id": 7}},
            Wrote("contact", phone="+39", own=True),
        ),
        ({"contact": {"phone_number": "+39", "user_id": 8}}, Wrote("contact", phone="+39")),
        ({"contact": {"phone_number": "+39"}}, Wrote("contact", phone="+39")),
        (
            {"location": {"latitude": 45.464211, "longitude": 9.191383}},
            Wrote("location", latitude=45.46, longitude=9.19),
        ),
        (
            {"location": {"latitude": 45.4, "longitude": 9, "live_period": 60}},
            Wrote("live_location"),
        ),
        ({"location": {"latitude": float("nan"), "longitude": 9.1}}, Wrote("location")),
        ({"location": {"latitude": 91, "longitude": 9.1}}, Wrote("location")),
        ({"location": {"latitude": "45", "longitude": 9.1}}, Wrote("location")),
        (
            {"venue": {"location": {"latitude": 1, "longitude": 2}}, "location": {"latitude": 3}},
            Wrote("venue", latitude=1.0, longitude=2.0),
        ),
        ({"poll": {"id": "1"}}, Wrote("poll")),
        ({"dice": {"value": 3}}, Wrote("dice")),
        ({"story": {}}, Wrote("story")),
        ({"paid_media": {}}, Wrote("paid_media")),
        ({"something_new": {}}, Wrote("other")),
        ({}, Wrote("other")),
        ({"text": 5}, Wrote("other")),
        ({"text": None}, Wrote("other")),
        ({"new_chat_members": [{}]}, None),
        ({"pinned_message": {}}, None),
        ({"migrate_to_chat_id": -100}, Moved(-100)),
        ({"migrate_to_chat_id": "x"}, None),
        ({"forum_topic_created": {"name": "x"}}, None),
    ],
)
def test_everything_that_can_be_said_has_a_kind(fields: dict[str, Any], content: Content) -> None:
    """Media, places, cards, service messages and what is not known yet."""
    assert content_of(**fields) == content


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\x00b\x07c", "abc"),
        ("line\n\ttab", "line\n\ttab"),
        ("\r\n", "\n"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("\udfff", "\ufffd"),
        ("👨‍👩‍👧 🇮🇹 👍🏽", "👨‍👩‍👧 🇮🇹 👍🏽"),
        ("\u202eabc", "\u202eabc"),
        ("%s {{7*7}} ${jndi:x}", "%s {{7*7}} ${jndi:x}"),
        ("", ""),
    ],
)
def test_what_no_database_can_hold_is_taken_out(text: str, left: str) -> None:
    """Control characters go, halves of characters are marked, everything visible stays."""
    assert clean(text) == left


def test_a_tap_is_read_whole() -> None:
    """Data, the query to be answered, the message and the chat of a tap."""
    found = read_update(tap(3, 7, "a:1:yes"))
    assert found is not None
    assert (found.kind, found.content, found.chat_id, found.from_id) == (
        Kind.CALLBACK,
        Tap("a:1:yes", "q3", 3, True),
        7,
        7,
    )


@pytest.mark.parametrize(
    ("sender", "more", "who"),
    [
        ({"id": 5, "is_bot": False}, {}, Sender.PERSON),
        ({"id": 5, "is_bot": True}, {}, Sender.BOT),
        ({"id": 1087968824, "is_bot": True}, {}, Sender.CHANNEL),
        ({"id": 5}, {"sender_chat": {"id": -100}}, Sender.CHANNEL),
        ({"id": 777000}, {"is_automatic_forward": True}, Sender.CHANNEL),
        (None, {}, Sender.NOBODY),
        ({"id": "5"}, {}, Sender.NOBODY),
        ({"id": 10**30}, {}, Sender.NOBODY),
        ([], {}, Sender.NOBODY),
    ],
)
def test_who_is_behind_a_message_is_known(
    sender: object, more: dict[str, Any], who: Sender
) -> None:
    """A person is told from bots, from channels and from a group's anonymous administrators."""
    found = read_update(message(1, **{"from": sender}, **more))
    assert found is not None
    assert found.sender is who


def test_blocking_and_coming_back_are_seen() -> None:
    """A change of what the bot may do in a chat is an update of its own."""
    raw = {
        "update_id": 1,
        "my_chat_member": {
            "chat": {"id": 7, "type": "private"},
            "from": {"id": 7},
            "date": 1_764_000_000,
            "new_chat_member": {"status": "kicked", "user": {}},
        },
    }
    found = read_update(raw)
    assert found is not None
    assert (found.kind, found.content) == (Kind.MEMBER, Membership("kicked"))


def test_nothing_of_a_person_is_in_the_printed_form() -> None:
    """An update in a log, an error or a debugger shows no text, no number of a person."""
    raws = [
        message(1, 777_123, "CANARY", **{"from": {"id": 777_123, "language_code": "bn"}}),
        message(1, 777_123, "/start CANARY"),
        tap(1, 777_123, "CANARY"),
        message(1, 777_123, text=None, contact={"phone_number": "CANARY"}),
    ]
    shown = [repr(read_update(raw)) for raw in raws]
    assert [word for word in ("CANARY", "777123") if word in str(shown)] == []
