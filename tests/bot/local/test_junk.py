"""Nothing a bot or a script sends breaks the local Telegram."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import Clock
from bot.local import people, rooms
from bot.local.arguments import Arguments
from bot.local.methods import METHODS
from bot.local.server import BotApi
from bot.local.telegram import Telegram
from tests.telegram import LocalTelegram

PLACES = st.sampled_from(
    (
        {},
        {"chat_id": 700000001, "message_id": 1, "from_chat_id": 700000001, "message_ids": [1]},
        {"chat_id": -1002000000001, "message_thread_id": 2, "message_id": 2, "text": "x"},
    )
)
WAITING = {"getupdates", "setwebhook", "deletewebhook"}
NAMES = (
    *("chat_id", "message_id", "text", "reply_markup", "entities", "parse_mode", "media", "photo"),
    *("message_thread_id", "reply_parameters", "caption", "reaction", "scope", "commands", "name"),
    *("message_ids", "from_chat_id", "user_id", "file_id", "callback_query_id", "latitude"),
    *("longitude", "menu_button", "language_code", "action", "icon_color", "title", "voice"),
    *("link_preview_options", "caption_entities", "phone_number", "first_name", "document"),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from((1, 2, -1, 0, 700000001, -1002000000001, 1 << 70, 0.5)),
    st.sampled_from(("", "1", "700000001", "-1002000000001", "{", "[]", "{}", "<b>", "\ud800")),
    st.text(max_size=5),
)
KEYS = st.sampled_from(
    (
        *("type", "text", "url", "callback_data", "offset", "length", "media", "message_id"),
        *("inline_keyboard", "command", "description", "emoji", "chat_id", "is_disabled"),
        "keyboard",
    )
)
JUNK = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)


def furnished() -> Telegram:
    """A Telegram with a person, a message, a forum and a topic."""
    t = Telegram("4242:x", Clock())
    t.add_person({"first_name": "Amina"})
    people.send(t, {"from": 700000001, "text": "/start"})
    group = rooms.found_group(t, {"title": "Ops", "admins": [700000001]})
    rooms.change_topic(t, {"from": 700000001, "chat": group["id"], "name": "T"})
    return t


@pytest.mark.parametrize("name", sorted(set(METHODS) - WAITING))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(place=PLACES, values=st.dictionaries(st.sampled_from(NAMES), JUNK, max_size=5))
def test_every_method_answers_whatever_it_is_sent(
    name: str, place: dict[str, Any], values: dict[str, Any]
) -> None:
    """Each method gives a result or a refusal of the Bot API's form, never anything else."""
    status, body = asyncio.run(BotApi(furnished()).call(name, Arguments(place | values)))
    answer = json.loads(body)
    assert answer["ok"] is (status == 200)
    assert ("result" in answer) is answer["ok"]
    assert ("description" in answer) is not answer["ok"]


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("application/json", b"{", 400),
        ("application/json", b"[1]", 400),
        ("application/json", b'{"chat_id": "\xff"}', 400),
        ("application/json", b"[" * 100_000, 400),
        ("multipart/form-data; boundary=x", b"nonsense", 400),
        ("application/x-www-form-urlencoded", b"%ff=%zz&&=", 400),
        ("text/plain", b"chat_id=1", 400),
    ],
)
async def test_a_broken_body_is_refused(
    telegram: LocalTelegram, content_type: str, body: bytes, status: int
) -> None:
    """A body that cannot be read is refused in JSON, and the next request is served."""
    url = f"{telegram.address}/bot{telegram.token}/sendMessage"
    headers = {"Content-Type": content_type}
    async with telegram.session.post(url, data=body, headers=headers) as response:
        answer = await response.json()
    assert (response.status, answer["ok"]) == (status, False)
    assert (await telegram.call("getMe"))["ok"] is True
