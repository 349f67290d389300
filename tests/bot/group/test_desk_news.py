"""What operators' groups are told of lessons and appointments: once, two words for a name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.group.desk_news import DeskPosts
from bot.group.meetings import MOST_LINES, line
from bot.telegram.client import TelegramClient
from flows.calendar_model import News, Subject
from storage import group as kept
from storage.desk_news import DeskNews, find_news, tell_desk
from storage.group import Bond
from tests.bot.bot_api import BotApi, refused
from tests.bot.group.house import SUPERGROUP, House, house
from tests.storage.cases.desk import an_office

OTHER = SUPERGROUP - 1


@pytest.fixture
async def here(tmp_path: Path, client: TelegramClient) -> AsyncIterator[House]:
    """A house with a group for everybody."""
    async with house(tmp_path, client) as running:
        await running.binds()
        yield running


@pytest.fixture
async def office(here: House) -> str:
    """An office that has no group of its own."""
    return await here.means.done(lambda unit: an_office(unit.direct()))


async def news(here: House, office: str, what: News = News.LATE, **more: Any) -> None:
    """Something that a desk should see."""
    now = here.clock.now()
    given: dict[str, Any] = {
        "desk": "desio",
        "subject": Subject.APPOINTMENT,
        "subject_id": 7,
        "designation": "Airone verde",
        "event": now + timedelta(hours=1),
        "at": now,
    }
    await here.means.done(
        lambda unit: tell_desk(unit.direct(), what, office=office, **given | more)
    )


def texts(api: BotApi) -> list[list[str]]:
    """What groups were told, message by message, in lines."""
    return [params["text"].splitlines() for params in api.asked("sendMessage")]


async def test_what_cannot_wait_is_told_once(here: House, office: str, api: BotApi) -> None:
    """Designation, what and when, in one message; a booking stands in the console only."""
    posts = DeskPosts(here.means)
    await news(here, office, minutes=15)
    await news(here, office, News.LOST, designation="Lago blu", at=here.clock.now())
    await news(here, office, News.BOOKED)
    await posts.tick()
    await posts.tick()
    assert [sorted(one) for one in texts(api)] == [
        [
            "🏃 Airone verde is 15 minutes late: Monday 23 November, 10:00.",
            "🗺️ Lago blu does not find the place: Monday 23 November, 10:00. Can somebody call?",
        ]
    ]
    found = await here.means.done(lambda unit: find_news(unit.direct(), office))
    assert sorted(one.what for one in found) == [News.BOOKED, News.LATE, News.LOST]


async def test_each_office_hears_of_its_own(here: House, office: str, api: BotApi) -> None:
    """An office with a group of its own is told there, the others in the one of everybody."""

    def bind(unit: Any) -> str:
        other = an_office(unit.direct(), "Sindacato")
        kept.add_group(unit.direct(), here.means.vault, OTHER, here.clock.now(), Bond(other))
        return other

    other = await here.means.done(bind)
    await news(here, office, News.CANNOT)
    await news(here, other, News.CANNOT, designation="Lago blu")
    await DeskPosts(here.means).tick()
    told = {params["chat_id"]: params["text"][:16] for params in api.asked("sendMessage")}
    assert told == {SUPERGROUP: "🚫 Airone verde c", OTHER: "🚫 Lago blu canno"}


async def test_what_can_wait_makes_no_sound(here: House, office: str, api: BotApi) -> None:
    """A reminder that was missed is told silently, somebody who cannot come is not."""
    posts = DeskPosts(here.means)
    for what in (News.MISSED, News.CANNOT):
        await news(here, office, what)
        await posts.tick()
    silent = [params.get("disable_notification", False) for params in api.asked("sendMessage")]
    assert silent == [True, False]


async def test_without_a_group_the_console_has_it(
    tmp_path: Path, client: TelegramClient, api: BotApi
) -> None:
    """Nobody is told later of what was new while no group was bound."""
    async with house(tmp_path, client) as here:
        office = await here.means.done(lambda unit: an_office(unit.direct()))
        await news(here, office)
        posts = DeskPosts(here.means)
        await posts.tick()
        await here.binds()
        await posts.tick()
        found = await here.means.done(lambda unit: find_news(unit.direct(), office))
    assert (texts(api), len(found)) == ([], 1)


async def test_what_a_group_does_not_take_is_not_tried_again(
    here: House, office: str, api: BotApi
) -> None:
    """Refused is refused: whoever looks after the house sees it, and nobody is told twice."""
    api.script("sendMessage", refused(403, "Forbidden: bot was kicked"))
    await news(here, office)
    posts = DeskPosts(here.means)
    await posts.tick()
    await posts.tick()
    assert len(texts(api)) == 1
    assert "desk_news_refused" in here.ears.events


async def test_messages_leave_the_group_before_telegram_keeps_them(
    here: House, office: str, api: BotApi
) -> None:
    """After two days at most nobody reads in the group who was late."""
    await news(here, office)
    await DeskPosts(here.means).tick()
    group = await here.group()
    assert group is not None
    sent, now = len(api.asked("sendMessage")), here.clock.now()
    held = [
        await here.means.done(lambda unit, at=at: len(kept.take_said(unit.direct(), group.id, at)))
        for at in (now + timedelta(hours=38), now + timedelta(hours=41))
    ]
    assert (sent, held) == (1, [0, 1])


async def test_many_are_counted(here: House, office: str, api: BotApi) -> None:
    """A message has twenty lines of news, and how many more there are."""
    for number in range(MOST_LINES + 3):
        await news(here, office, subject_id=number)
    await DeskPosts(here.means).tick()
    ((*_lines, last),) = texts(api)
    assert (len(_lines), last) == (MOST_LINES, "3 more, in the console.")


@pytest.mark.parametrize("what", [*News])
def test_there_is_a_line_for_all_news(here: House, what: News) -> None:
    """Whatever a desk can be told has its words."""
    now = here.clock.now()
    one = DeskNews(
        1, "o", "d", what, Subject.LESSON, 7, "Airone verde", now, None, now, None, posted=False
    )
    assert "{who}" in line(one).source
