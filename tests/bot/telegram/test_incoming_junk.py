"""Updates bent in every way: whatever arrives is read without an error, or ignored."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.incoming import (
    Kind,
    Tap,
    read_update,
)
from tests.bot.bot_api import message, tap


def kind_and_why(raw: dict[str, Any]) -> tuple[str, str]:
    """How an update is classed."""
    found = read_update(raw)
    assert found is not None
    return found.kind.value, found.why


def test_a_tap_on_a_message_too_old_to_touch_is_known() -> None:
    """Telegram gives such a message the date 0; the tap is still a tap."""
    raw = tap(3)
    raw["callback_query"]["message"] = {
        "chat": {"id": 7, "type": "private"},
        "message_id": 2,
        "date": 0,
    }
    found = read_update(raw)
    assert found is not None
    assert found.content == Tap("a:1:yes", "q3", 2, False)


@pytest.mark.parametrize(
    ("change", "kind", "data"),
    [
        ({"data": "x" * 65}, Kind.CALLBACK, ""),
        ({"data": "\x00\ud800"}, Kind.CALLBACK, "\ufffd"),
        ({"data": None}, Kind.IGNORED, ""),
        ({"game_short_name": "g", "data": 5}, Kind.IGNORED, ""),
        ({"message": None, "inline_message_id": "i"}, Kind.IGNORED, "a:1:yes"),
    ],
)
def test_a_tap_nobody_offered_can_still_be_answered(
    change: dict[str, Any], kind: Kind, data: str
) -> None:
    """Forged or odd taps keep their query id, so that the spinner can be ended."""
    raw = tap(3)
    raw["callback_query"].update(change)
    found = read_update(raw)
    assert found is not None
    assert isinstance(found.content, Tap)
    assert (found.kind, found.content.data, found.content.query_id) == (kind, data, "q3")


@pytest.mark.parametrize("code", [5, "x" * 36, "ит", None, ["it"]])
def test_a_language_code_that_is_none_is_dropped(code: object) -> None:
    """Only a short ASCII code is taken for one."""
    found = read_update(message(1, **{"from": {"id": 5, "language_code": code}}))
    assert found is not None
    assert found.language_code is None


@pytest.mark.parametrize("date", [0, -5, 1, 10**12, "now", None, 1.5, True])
def test_a_date_beyond_reason_is_no_date(date: object) -> None:
    """Year 1970, the far future and what is no number do not become times."""
    found = read_update(message(1, date=date))
    assert found is not None
    assert found.date == (
        datetime.fromtimestamp(1, UTC) if date == 1 and date is not True else None
    )


@pytest.mark.parametrize(
    ("change", "classed"),
    [
        ({"edited_channel_post": {}}, ("ignored", "other_type")),
        ({"message_reaction": {}}, ("ignored", "other_type")),
        ({"poll_answer": {}}, ("ignored", "other_type")),
        ({"inline_query": {"id": "1", "query": ""}}, ("ignored", "other_type")),
        ({"chat_join_request": {}}, ("ignored", "other_type")),
        ({"pre_checkout_query": {}}, ("ignored", "other_type")),
        ({"a_type_of_next_year": {"deep": [1, 2]}}, ("ignored", "other_type")),
        ({}, ("ignored", "other_type")),
        ({"message": "text"}, ("ignored", "shape")),
        ({"message": {}}, ("ignored", "shape")),
        ({"message": {"message_id": 1, "chat": {"id": True}}}, ("ignored", "shape")),
        ({"message": {"message_id": 1, "chat": {"id": 2**63}}}, ("ignored", "shape")),
        (
            {"message": {"message_id": 1, "chat": {"id": -5, "type": "channel"}}},
            ("ignored", "channel"),
        ),
        ({"callback_query": 4}, ("ignored", "shape")),
        ({"my_chat_member": []}, ("ignored", "shape")),
        (
            {"my_chat_member": {"chat": {"id": 4}, "new_chat_member": {"status": "?"}}},
            ("ignored", "shape"),
        ),
    ],
)
def test_what_is_not_understood_is_ignored(
    change: dict[str, Any], classed: tuple[str, str]
) -> None:
    """Other types of update and wrong shapes end here, with a word of ours as the reason."""
    assert kind_and_why({"update_id": 1, **change}) == classed


@pytest.mark.parametrize(
    "raw", [None, [], "x", 5, {}, {"update_id": "5"}, {"update_id": True}, {"update_id": -1}]
)
def test_what_has_no_number_is_no_update(raw: object) -> None:
    """Without an update id there is nothing to confirm."""
    assert read_update(raw) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def paths_in(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    keys = (
        value.keys()
        if isinstance(value, dict)
        else range(len(value))
        if isinstance(value, list)
        else ()
    )
    found = [here] if here else []
    for key in keys:
        found += paths_in(value[key], (*here, key))
    return found


SAMPLES = [
    message(1, entities=[{"type": "bot_command", "offset": 0, "length": 3}]),
    message(1, text=None, photo=[{"file_id": "f", "file_size": 3}], caption="c"),
    message(1, text=None, location={"latitude": 1.5, "longitude": 2.5}),
    message(1, text=None, contact={"phone_number": "1", "user_id": 7}),
    {"update_id": 1, "edited_message": message(1)["message"]},
    tap(1),
    {
        "update_id": 1,
        "my_chat_member": {
            "chat": {"id": 7, "type": "private"},
            "from": {"id": 7},
            "date": 5,
            "new_chat_member": {"status": "kicked"},
        },
    },
]


@given(st.sampled_from(SAMPLES), st.data())
@settings(max_examples=600, deadline=None)
def test_any_field_may_be_anything(sample: dict[str, Any], data: st.DataObject) -> None:
    """However an update is bent, it is read without an error, and what is read can be stored."""
    raw = copy.deepcopy(sample)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(paths_in(raw)))
        inner = raw
        for key in place[:-1]:
            inner = inner[key]
        if data.draw(st.booleans()):
            inner[place[-1]] = data.draw(JSON)
        elif isinstance(inner, dict):
            del inner[place[-1]]
        if not paths_in(raw):
            break
    found = read_update(raw)
    if found is None:
        assert type(raw.get("update_id")) is not int or not 0 <= raw["update_id"] < 2**63
        return
    kept = [getattr(found.content, name) for name in getattr(found.content, "__slots__", ())]
    numbers = [found.chat_id, found.from_id, found.message_id, found.update_id]
    assert found.why != "unreadable"
    assert all(number is None or abs(number) < 2**63 for number in numbers)
    json.dumps(kept, allow_nan=False)
    assert not any(isinstance(word, str) and "\x00" in word for word in kept)
    "".join(word for word in kept if isinstance(word, str)).encode()
