"""People can be acted and chats looked at, by this machine's own programs and by nobody else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiogram import Bot

from bot.local.__main__ import main
from bot.local.guard import is_loopback
from tests.telegram import LocalTelegram, Phone

BUTTONS = {"inline_keyboard": [[{"text": "Go", "callback_data": "1:go"}]]}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:80"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "OWN"}, 200),
    ],
)
async def test_strangers_are_refused(
    telegram: LocalTelegram, headers: dict[str, str], status: int
) -> None:
    """A page of another site reaches neither the state nor the people, whatever name it uses."""
    sent = {name: value.replace("OWN", telegram.address) for name, value in headers.items()}
    url = f"{telegram.address}/sim/"
    async with telegram.session.get(url + "state", headers=sent) as look:
        looked = look.status
    async with telegram.session.post(url + "people", json={}, headers=sent) as act:
        acted = act.status
    assert (looked, acted) == (status, status)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("0.0.0.0", False),
        ("localhost", False),
        (None, False),
    ],
)
def test_only_loopback_is_loopback(address: str | None, expected: bool) -> None:
    """An address is the machine's own or it is not; a name is no address."""
    assert is_loopback(address) is expected


def test_it_serves_no_other_address(capsys: pytest.CaptureFixture[str]) -> None:
    """Asked to listen to the network, it says no and stops."""
    assert main(["--host", "0.0.0.0"]) == 2
    assert capsys.readouterr().err == "0.0.0.0 is not a loopback address; use 127.0.0.1\n"


async def test_a_tap_waits_for_the_answer(telegram: LocalTelegram, bot: Bot, amina: Phone) -> None:
    """The tap gives the words of the pop-up and says it was answered; unanswered, it says so."""
    await telegram.call("sendMessage", chat_id=amina.chat_id, text="?", reply_markup=BUTTONS)
    await bot.get_updates(offset=-1)
    tap = asyncio.create_task(amina.tap("Go"))
    await telegram.wait_until(lambda: telegram.state.queries)
    query = next(iter(telegram.state.queries))
    await bot.answer_callback_query(query, "Saved", show_alert=True)
    answered = await tap
    unanswered = await amina.tap(data="1:go", wait=0)
    assert (answered["query_id"], answered["answered"], answered["text"]) == (query, True, "Saved")
    assert (answered["show_alert"], unanswered["answered"]) == (True, False)


async def test_a_tap_finds_the_newest_button(telegram: LocalTelegram, amina: Phone) -> None:
    """Of two messages with the button the newer is tapped; a missing button names the others."""
    for text in "ab":
        await telegram.call("sendMessage", chat_id=amina.chat_id, text=text, reply_markup=BUTTONS)
    await amina.tap("Go", wait=0)
    update = (await telegram.call("getUpdates", offset=-1))["result"][0]
    assert update["callback_query"]["message"]["text"] == "b"
    with pytest.raises(AssertionError, match=r"no button 'Stop'; there are \['Go', 'Go'\]"):
        await amina.tap("Stop")


async def test_a_button_with_an_address_calls_nobody(telegram: LocalTelegram, amina: Phone) -> None:
    """Tapping a link gives its address and makes no update."""
    link = {"inline_keyboard": [[{"text": "Site", "url": "https://a.it"}]]}
    await telegram.call("sendMessage", chat_id=amina.chat_id, text="x", reply_markup=link)
    before = telegram.state.updates.last_id
    tap = await amina.tap("Site")
    assert (tap["url"], telegram.state.updates.last_id) == ("https://a.it/", before)


async def test_deleted_and_edited_messages_of_people(
    telegram: LocalTelegram, bot: Bot, amina: Phone
) -> None:
    """An edit reaches the bot, a deletion does not; nobody edits what is not theirs."""
    sent = await amina.send("helo")
    await amina.edit(sent["message_id"], "hello")
    update = (await bot.get_updates(offset=-1))[0]
    assert update.edited_message is not None
    assert update.edited_message.text == "hello"
    await amina.delete(1)
    assert await amina.transcript() == "USER  hello\n"
    mine = await bot.send_message(amina.chat_id, "mine")
    with pytest.raises(AssertionError, match="somebody else's"):
        await amina.edit(mine.message_id, "hers")


async def test_a_locked_screen_shows_what_was_sent(
    telegram: LocalTelegram, bot: Bot, amina: Phone
) -> None:
    """The line is cut at sixty letters, keeps the words sent, and an edit makes no other."""
    sent = await bot.send_message(amina.chat_id, "secret\nline " + "x" * 80)
    await bot.edit_message_text("nothing", chat_id=amina.chat_id, message_id=sent.message_id)
    line = (await amina.notifications())[0]
    assert (line["title"], line["text"]) == ("Antenna", "secret line " + "x" * 47 + "…")
    assert len(await amina.notifications()) == 1


async def test_members_of_a_group_are_notified(telegram: LocalTelegram, bot: Bot) -> None:
    """A message in a group shows on every member's screen but the writer's."""
    rosa, bo = await telegram.phone("Rosa"), await telegram.phone("Bo")
    group = await telegram.group("Ops", rosa, members=[bo.person_id])
    await rosa.within(group).send("look")
    assert [line["text"] for line in await bo.notifications()] == ["Rosa: look"]
    assert await rosa.notifications() == []


async def test_a_person_who_blocked_the_bot_writes_no_more(amina: Phone) -> None:
    """A blocked bot's chat takes no message until it is unblocked."""
    await amina.block()
    with pytest.raises(AssertionError, match="blocked the bot"):
        await amina.send("x")


async def test_a_long_text_is_sent_in_parts(telegram: LocalTelegram, amina: Phone) -> None:
    """Over 4,096 letters a client sends several messages, and so does /sim/."""
    sent = await amina.send("x" * 5000)
    lengths = [len(message["text"]) for message in (await amina.chat())[1:]]
    assert (lengths, len(sent["message_ids"])) == ([4096, 904], 2)


async def test_half_a_letter_does_no_harm(telegram: LocalTelegram, amina: Phone) -> None:
    """A lone surrogate travels as an escape; transcript, chat and state can still be read."""
    await amina.send("half \ud83d")
    answer = await telegram.call("getUpdates", offset=-1)
    assert answer["result"][0]["message"]["text"] == "half \ud83d"
    assert await amina.transcript() == "USER  /start\nUSER  half ?\n"
    assert (await telegram.look("state"))["people"][0]["id"] == amina.person_id


async def test_the_state_has_what_the_page_needs(
    telegram: LocalTelegram, bot: Bot, amina: Phone
) -> None:
    """People with chats, groups with topics, buttons, media, safe HTML, keyboards, typing."""
    rosa = await telegram.phone("Rosa", label="operator")
    group = await telegram.group("Ops", rosa)
    topic = await bot.create_forum_topic(group, "Blue heron")
    await bot.send_message(group, "case", message_thread_id=topic.message_thread_id)
    await amina.send(voice={"duration": 4, "size": 10})
    await bot.send_message(amina.chat_id, "<b>a</b> & b", parse_mode="HTML")
    await bot.send_chat_action(amina.chat_id, "typing")
    state = await telegram.look("state")
    phone = state["people"][0]
    assert phone["chat"]["typing"] == "typing"
    assert [m["media"]["kind"] for m in phone["chat"]["messages"] if "media" in m] == ["voice"]
    assert phone["chat"]["messages"][-1]["html"] == "<b>a</b> &amp; b"
    topics = state["groups"][0]["topics"]
    assert [(one["thread_id"], one["name"], len(one["messages"])) for one in topics] == [
        (1, "General", 0),
        (topic.message_thread_id, "Blue heron", 2),
    ]
    media = next(m["media"] for m in phone["chat"]["messages"] if "media" in m)
    async with telegram.session.get(telegram.address + media["url"]) as response:
        assert (response.status, len(await response.read())) == (200, 10)


async def test_calls_are_logged(telegram: LocalTelegram, amina: Phone) -> None:
    """Each call is there with its parameters and its outcome, after a number, by method."""
    await telegram.call("sendMessage", chat_id=amina.chat_id, text="x")
    await telegram.call("sendMessage", chat_id=5, text="y")
    await telegram.call("getMe")
    calls = await telegram.calls("sendMessage")
    assert [
        (one["n"], one["params"]["text"], one["status"], one["description"]) for one in calls
    ] == [
        (1, "x", 200, None),
        (2, "y", 400, "Bad Request: chat not found"),
    ]
    assert [one["method"] for one in await telegram.calls(since=2)] == ["getMe"]


async def events(telegram: LocalTelegram) -> AsyncGenerator[tuple[int, dict[str, Any]]]:
    """Read the event stream: the number and the event."""
    async with telegram.session.get(f"{telegram.address}/sim/events") as response:
        number = 0
        async for raw in response.content:
            line = raw.decode().rstrip("\n")
            if line.startswith("id: "):
                number = int(line[4:])
            elif line.startswith("data: "):
                yield number, json.loads(line[6:])


async def test_the_page_is_told_what_happens(
    telegram: LocalTelegram, bot: Bot, amina: Phone
) -> None:
    """Every kind of event comes, in order, with rising numbers."""
    stream = events(telegram)
    first = asyncio.ensure_future(anext(stream))
    await telegram.wait_until(lambda: telegram.state.events.listeners)
    sent = await bot.send_message(amina.chat_id, "?", reply_markup=None)
    place: dict[str, Any] = {"chat_id": amina.chat_id, "message_id": sent.message_id}
    await bot.edit_message_text("!", **place)
    await bot.send_chat_action(amina.chat_id, "typing")
    await amina.react(sent.message_id, "👍")
    await bot.delete_message(**place)
    await telegram.fault("500")
    await telegram.reset()
    seen = [await first]
    async for event in stream:
        seen.append(event)
        if event[1]["type"] == "reset":
            break
    await stream.aclose()
    assert [event["type"] for _, event in seen] == [
        "message",
        "notification",
        "edit",
        "typing",
        "reaction",
        "delete",
        "fault",
        "reset",
    ]
    numbers = [number for number, _ in seen]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


async def test_the_page_and_nothing_else_is_served(telegram: LocalTelegram) -> None:
    """Only files of the page's folder are given out."""
    answers = []
    for path in ("/page/../server.py", "/page/..%2fserver.py", "/page/nothing.js"):
        async with telegram.session.get(telegram.address + path) as response:
            answers.append(response.status)
    assert answers == [404, 404, 404]


async def test_a_phone_that_waits_in_vain_shows_the_chat(amina: Phone) -> None:
    """The error of a failed wait is the transcript."""
    with pytest.raises(AssertionError, match="waited in vain; the chat was:\nUSER  /start"):
        await amina.wait_for("never said", timeout=0.01)
