"""The judge of every acceptance test can fail: each kind of fault is caught."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aiogram.methods
import aiogram.types
import pytest
import structlog
from pydantic import BaseModel

from tests.acceptance.schema import (
    faults_of_answer,
    faults_of_refusal,
    faults_of_request,
    faults_of_update,
    limits,
)
from tests.acceptance.story import Story
from tests.acceptance.town import Town, open_town
from tests.acceptance.updates import hand_in, tap_of

GOOD: dict[str, Any] = {"chat_id": 1, "text": "<b>hi</b>", "parse_mode": "HTML"}
DATA = {"text": "Go", "callback_data": "s:1:go"}


def with_button(**button: Any) -> dict[str, Any]:
    """A message with one button."""
    return {**GOOD, "reply_markup": {"inline_keyboard": [[{**DATA, **button}]]}}


BAD_CALLS = {
    "no chat": ("sendMessage", {"text": "hi"}),
    "a misspelt parameter": ("sendMessage", {**GOOD, "silent": True}),
    "a misspelt key of a button": ("sendMessage", with_button(callback="x")),
    "no text": ("sendMessage", {**GOOD, "text": ""}),
    "too long": ("sendMessage", {**GOOD, "text": "x" * 4097}),
    "too long in units": ("sendMessage", {**GOOD, "text": "😀" * 2049}),
    "an open tag": ("sendMessage", {**GOOD, "text": "<b>hi"}),
    "another markup": ("sendMessage", {**GOOD, "parse_mode": "HTMLX"}),
    "65 bytes of data": ("sendMessage", with_button(callback_data="é" * 33)),
    "a long label": ("sendMessage", with_button(text="💼 " + "x" * 41)),
    "an empty row": ("sendMessage", {**GOOD, "reply_markup": {"inline_keyboard": [[]]}}),
    "201 characters": ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}),
    "101 messages": ("deleteMessages", {"chat_id": 1, "message_ids": list(range(1, 102))}),
    "no such method": ("sendTelepathy", {"chat_id": 1}),
}


@pytest.mark.parametrize("name", BAD_CALLS)
def test_a_bad_call_is_caught(name: str) -> None:
    """One fault is told for every call that is wrong in one way."""
    method, parameters = BAD_CALLS[name]
    assert len(faults_of_request(method, parameters)) == 1


@pytest.mark.parametrize(
    "parameters",
    [GOOD, {**GOOD, "text": "<b>" + "x" * 4096 + "</b>"}, with_button(callback_data="é" * 32)],
)
def test_a_good_call_passes(parameters: dict[str, Any]) -> None:
    """What is just within the limits is no fault; markup is not counted."""
    assert faults_of_request("sendMessage", parameters) == []


def test_the_limits_of_the_reference_are_read() -> None:
    """At least 120 limits stand in the reference that aiogram carries."""
    every = [*vars(aiogram.methods).values(), *vars(aiogram.types).values()]
    models = {one for one in every if isinstance(one, type) and issubclass(one, BaseModel)}
    assert sum(len(limits(model)) for model in models) >= 120


def test_bad_answers_and_updates_are_caught() -> None:
    """A message without its chat, a field nobody knows, a tap without its instance, no words."""
    message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
    headless = {name: value for name, value in message.items() if name != "chat"}
    tap = {"id": "1", "from": {"id": 1, "is_bot": False, "first_name": "A"}, "data": "x"}
    assert [
        len(faults_of_answer("sendMessage", message)),
        len(faults_of_answer("sendMessage", {**message, "aura": 1})),
        len(faults_of_answer("sendMessage", headless)) > 0,
        len(faults_of_update({"update_id": 1, "message": message})),
        len(faults_of_update({"update_id": 1, "callback_query": tap})),
        len(faults_of_refusal("sendMessage", {"ok": False, "error_code": 400})),
    ] == [0, 1, True, 0, 1, 1]


async def misspell(town: Town) -> None:
    """Say what no Bot API understands."""
    await town.telegram.call("sendMessage", chat_id=1, text="x", silent=True)


async def stay_silent(town: Town) -> None:
    """Leave a tap without an answer."""
    town.judge.asked.add("a tap")


async def complain(town: Town) -> None:
    """Log an error."""
    structlog.get_logger().error("turn", exc_info=ValueError("x"))


@pytest.mark.parametrize("deed", [misspell, stay_silent, complain])
async def test_a_town_does_not_close_over_a_fault(deed: Any, tmp_path: Path) -> None:
    """Whatever a test was about: a wrong call, a tap without answer, a logged error fail it."""
    with pytest.raises(AssertionError):
        async with open_town(tmp_path / "data") as town:
            await deed(town)


async def test_a_story_tells_of_every_difference(town: Town) -> None:
    """A word that is not there, and a message that is not written, fail a story."""
    story = Story(await town.newcomer(language="en"))
    with pytest.raises(AssertionError):
        await story.reads("USER  /start\nBOT   🌐 Choose your tongue\n      …")
    with pytest.raises(AssertionError):
        await story.reads("USER  [English]")


async def test_made_up_updates_are_not_judged(town: Town) -> None:
    """What a test made wrong on purpose is no fault of the local Telegram."""
    amina = await town.resident()
    query = tap_of(amina, 7)
    await hand_in(town, query)
    await town.until(lambda: query["callback_query"]["id"] in town.judge.answered)
    assert town.judge.faults == []
