"""Faults do exactly what they say, as often as they say, and nothing else."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from bot.local.faults import KINDS, Faults
from tests.telegram import LocalTelegram, Phone


async def send(telegram: LocalTelegram, chat_id: int, text: str) -> Any:
    """Send, and give the answer, or the name of what broke."""
    try:
        return await telegram.call("sendMessage", chat_id=chat_id, text=text)
    except (aiohttp.ClientError, ConnectionError):
        return "cut"


async def test_too_many_requests_for_a_while(telegram: LocalTelegram, amina: Phone) -> None:
    """429 carries retry_after, in words and as a parameter, the given number of times."""
    await telegram.fault("429", "sendMessage", retry_after=7, times=2)
    answers = [await send(telegram, amina.chat_id, "x") for _ in range(3)]
    assert answers[0] == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert [one["ok"] for one in answers] == [False, False, True]
    assert await telegram.look("faults") == []


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("403", "Forbidden: bot was blocked by the user"),
        ("400", "Bad Request: message can't be edited"),
        ("500", "Internal Server Error"),
    ],
)
async def test_plain_errors(telegram: LocalTelegram, amina: Phone, kind: str, words: str) -> None:
    """An error fault answers with its code; a description of one's own replaces the usual."""
    await telegram.fault(kind, times=1)
    usual = await send(telegram, amina.chat_id, "x")
    await telegram.fault(kind, times=1, description="Own words")
    own = await send(telegram, amina.chat_id, "x")
    assert [(one["error_code"], one["description"]) for one in (usual, own)] == [
        (int(kind), words),
        (int(kind), "Own words"),
    ]


async def test_dropped_before_nothing_happened(telegram: LocalTelegram, amina: Phone) -> None:
    """Cut before the work: the message is not there."""
    await telegram.fault("drop_before", "sendMessage", times=1)
    assert await send(telegram, amina.chat_id, "lost") == "cut"
    assert await amina.transcript() == "USER  /start\n"


async def test_dropped_after_it_happened(telegram: LocalTelegram, amina: Phone) -> None:
    """Cut after the work: no answer, but the message is there, once."""
    await telegram.fault("drop_after", "sendMessage", times=1)
    assert await send(telegram, amina.chat_id, "unknown") == "cut"
    assert await amina.transcript() == "USER  /start\nBOT   unknown\n"


async def test_down_is_down_until_it_ends(telegram: LocalTelegram, amina: Phone) -> None:
    """While down every method is cut; when the fault is removed all is as before."""
    await telegram.fault("down")
    before = [await send(telegram, amina.chat_id, "x") for _ in range(3)]
    await telegram.end_faults()
    after = await send(telegram, amina.chat_id, "up again")
    assert (before, after["ok"]) == (["cut"] * 3, True)


async def test_a_fault_may_last_for_seconds(telegram: LocalTelegram, amina: Phone) -> None:
    """A fault with seconds ends when the clock says so, and the clock is the test's."""
    await telegram.fault("500", seconds=60)
    first = await send(telegram, amina.chat_id, "x")
    await telegram.advance(61)
    second = await send(telegram, amina.chat_id, "x")
    assert (first["ok"], second["ok"]) == (False, True)


async def test_slow_answers_are_right(telegram: LocalTelegram, amina: Phone) -> None:
    """A slow call is carried out all the same."""
    await telegram.fault("slow", seconds=0.01, times=1)
    assert (await send(telegram, amina.chat_id, "late"))["ok"] is True


async def test_a_fault_may_be_for_one_chat(telegram: LocalTelegram, amina: Phone) -> None:
    """Another chat is served."""
    other = await telegram.phone("Bo")
    await other.send("/start")
    await telegram.fault("403", chat_id=amina.chat_id)
    answers = [await send(telegram, chat, "x") for chat in (amina.chat_id, other.chat_id)]
    assert [one["ok"] for one in answers] == [False, True]


def test_chance_is_repeatable() -> None:
    """The same seed hits the same calls; about as many as the probability says."""

    def hits(seed: int) -> list[bool]:
        faults = Faults(lambda: 0.0)
        faults.add({"kind": "500", "probability": 0.3, "seed": seed})
        return [faults.due("sendmessage", 1) is not None for _ in range(200)]

    assert hits(1) == hits(1)
    assert hits(1) != hits(2)
    assert 40 <= sum(hits(1)) <= 80


async def test_an_unknown_kind_is_refused(telegram: LocalTelegram) -> None:
    """A misspelt fault says what there is."""
    with pytest.raises(AssertionError, match=", ".join(KINDS)):
        await telegram.fault("429s")


async def test_one_fault_can_be_removed(telegram: LocalTelegram, amina: Phone) -> None:
    """Removing one leaves the other."""
    first = await telegram.fault("500", "sendMessage")
    second = await telegram.fault("429", "getMe")
    async with telegram.session.delete(f"{telegram.address}/sim/faults/{first}") as response:
        assert response.status == 200
    assert [fault["id"] for fault in await telegram.look("faults")] == [second]
    assert (await send(telegram, amina.chat_id, "x"))["ok"] is True


async def test_reset_ends_everything(telegram: LocalTelegram, amina: Phone) -> None:
    """After a reset there is nobody, no fault, no call; update numbers go on rising."""
    before = (await amina.send("x"))["update_id"]
    await telegram.fault("down")
    await telegram.reset()
    phone = await telegram.phone()
    state = await telegram.look("state")
    assert (len(state["people"]), state["faults"], state["counts"]["calls"]) == (1, [], 0)
    assert (await phone.send("y"))["update_id"] > before


async def test_a_message_for_a_topic_may_land_in_general(telegram: LocalTelegram) -> None:
    """The answer is a success and names no topic: only who compares the two finds out."""
    group = await telegram.group("Operators", await telegram.phone("Rosa"))
    topic = (await telegram.call("createForumTopic", chat_id=group, name="x"))["result"]
    place = {"chat_id": group, "message_thread_id": topic["message_thread_id"]}
    await telegram.fault("general", "sendMessage", times=1)
    first = await telegram.call("sendMessage", **place, text="a")
    second = await telegram.call("sendMessage", **place, text="b")
    assert first["result"].get("message_thread_id") is None
    assert second["description"] == "Bad Request: message thread not found"


async def test_a_group_takes_so_many_a_minute(telegram: LocalTelegram, amina: Phone) -> None:
    """What is over is refused with 429 until the minute has passed; others are not counted."""
    other = await telegram.phone("Rosa")
    await other.send("/start")
    await telegram.fault("429", "sendMessage", per_minute=2, chat_id=amina.chat_id)

    async def answers() -> list[int]:
        chats = [amina.chat_id] * 3 + [other.chat_id] * 3
        return [(await send(telegram, chat, "x")).get("error_code", 0) for chat in chats]

    first = await answers()
    await telegram.advance(61)
    assert [first, await answers()] == [[0, 0, 429, 0, 0, 0]] * 2
    assert (await telegram.look("faults"))[0]["per_minute"] == 2
