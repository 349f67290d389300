"""Somebody is told that there is an answer: once, quietly, with nothing of what it says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.console.reports.sent import Fate as Landed
from bot.push import Pusher
from bot.telegram.client import TelegramClient
from storage.reports import Push
from storage.unit import Unit
from tests.bot.bot_api import Answer, BotApi, refused
from tests.bot.group.house import House, house

CHAT = 7_345_678_901
TODAY = date(2026, 11, 23)


@pytest.fixture
async def here(tmp_path: Path, client: TelegramClient) -> AsyncIterator[House]:
    """A house that knows one person, who reads English."""
    async with house(tmp_path, client) as running:
        await running.means.done(lambda unit: unit.create_person(CHAT, "en", TODAY).id)
        yield running


async def push(here: House, chat: int = CHAT) -> Landed:
    """Tell somebody."""
    return await Pusher(here.means).push(Push(chat, "en"))


async def test_the_message_says_nothing(here: House, api: BotApi) -> None:
    """A neutral first line, one sentence, two buttons that open flows, and no sound."""
    assert await push(here) is Landed.SENT
    (sent,) = api.asked("sendMessage")
    first, _free, second = sent["text"].split("\n")
    assert first.startswith(("📚", "📘", "🗂️"))
    assert (second, sent["disable_notification"]) == ("✉️ There is an answer for you.", True)
    rows = sent["reply_markup"]["inline_keyboard"]
    assert [(row[0]["text"], row[0]["callback_data"]) for row in rows] == [
        ("🔑 Read with my code", "push:0:code"),
        ("✂️ Stop these messages", "push:0:line"),
    ]


@pytest.mark.parametrize(("careful", "minutes"), [(False, 60), (True, 10)])
async def test_the_message_leaves_the_chat(
    careful: bool, minutes: int, here: House, api: BotApi
) -> None:
    """It is washed after an hour, after ten minutes where somebody else looks at the phone."""
    pusher = Pusher(here.means)
    assert await pusher.push(Push(CHAT, "en", careful)) is Landed.SENT
    await here.means.delivery.quiet()
    here.clock.passes(minutes=minutes, seconds=-1)
    now = here.clock.now()
    assert await here.means.done(lambda unit: unit.washable(now, 10)) == []
    here.clock.passes(seconds=1)
    now = here.clock.now()
    assert len(await here.means.done(lambda unit: unit.washable(now, 10))) == 1


ENDS = {
    "blocked": (refused(403, "Forbidden: bot was blocked by the user"), Landed.FAILED),
    "gone": (refused(400, "Bad Request: chat not found"), Landed.FAILED),
    "no answer": (Answer(status=504), Landed.UNKNOWN),
    "a pause": (refused(429, "x", retry_after=0), Landed.SENT),
}


@pytest.mark.parametrize("name", ENDS)
async def test_what_became_of_it_is_told_truly(name: str, here: House, api: BotApi) -> None:
    """Blocked is not sent, no answer is unknown and never tried again, a 429 is waited out."""
    answer, landed = ENDS[name]
    api.script("sendMessage", answer)
    assert await push(here) is landed
    await here.means.delivery.quiet()
    assert len(api.asked("sendMessage")) == 1 + (name == "a pause")


async def test_who_blocked_is_not_tried(here: House, api: BotApi) -> None:
    """Attempts after a 403: none."""
    api.script("sendMessage", refused(403, "Forbidden: bot was blocked by the user"))
    await push(here)
    await here.means.delivery.quiet()
    assert await push(here) is Landed.FAILED
    assert len(api.asked("sendMessage")) == 1


async def test_who_was_forgotten_is_not_written_to(here: House, api: BotApi) -> None:
    """Somebody of whom nothing is kept any more gets nothing."""
    assert await push(here, 7_000_000_001) is Landed.FAILED
    assert api.asked("sendMessage") == []


async def test_who_became_careful_is_not_written_to(here: House, api: BotApi) -> None:
    """Where somebody else looks at the phone by now, nothing is sent; the console is told so."""

    def watched(unit: Unit) -> None:
        person = unit.person(CHAT)
        assert person is not None
        unit.save_person(replace(person, careful=True))

    await here.means.done(watched)
    assert await push(here) is Landed.FAILED
    await here.means.delivery.quiet()
    assert (api.asked("sendMessage"), here.ears.events) == ([], ["push_failed"])


async def test_nothing_of_it_is_kept(here: House, api: BotApi) -> None:
    """While the message is on its way no table holds a row of it."""
    seen: list[int] = []

    def look(method: str, params: dict[str, object]) -> Answer | None:
        rows = here.means.writer.submit(lambda unit: len(unit.pending_rows(10))).result()
        seen.append(rows)
        return None

    api.on_call = look
    assert await push(here) is Landed.SENT
    assert seen == [0]
