"""A group is told what the bot lacks there, and several groups are bound side by side."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.group import words
from bot.group.care import LOOKED_AGAIN, missing
from bot.group.door import Door
from bot.languages import Languages
from bot.telegram.client import TelegramClient
from bot.telegram.incoming import read_update
from storage import group as kept
from storage.desks import Desk, save_desk
from storage.group import EVERYBODY, Bond, Group
from storage.unit import Unit
from tests.bot.bot_api import BotApi, message, ok
from tests.bot.group.house import LANGUAGES, SUPERGROUP, House, house

ADMINISTRATOR = {"status": "administrator", "can_delete_messages": True}
TOPICS = {**ADMINISTRATOR, "can_manage_topics": True}
FORUM = {"id": SUPERGROUP, "type": "supergroup", "is_forum": True}


@pytest.fixture
async def here(tmp_path: Path, client: TelegramClient) -> AsyncIterator[House]:
    """A house with one desk where somebody answers people."""
    async with house(tmp_path, client) as running:
        desk = Desk("desio", "PUA Desio", "Desio", True, date(2026, 11, 23), talks=True)
        await running.means.done(lambda unit: save_desk(unit.direct(), desk))
        yield running


def told(api: BotApi) -> list[str]:
    """What the group was told."""
    return [params["text"] for params in api.asked("sendMessage")]


async def looks(here: House, api: BotApi, member: object, chat: object) -> Group:
    """Telegram says what the bot may do; what is kept of it."""
    api.script("getChatMember", ok(member))
    api.script("getChat", ok(chat))
    await here.care.tick()
    await here.means.delivery.quiet()
    group = await here.group()
    assert group is not None
    return group


@pytest.mark.parametrize(
    ("member", "chat", "lacking"),
    [
        (TOPICS, FORUM, []),
        (ADMINISTRATOR, FORUM, [words.NOT_TOPICS]),
        (TOPICS, {"type": "supergroup"}, [words.NOT_FORUM]),
        (TOPICS, True, [words.NOT_FORUM]),
        ({"status": "member"}, FORUM, [words.NOT_DELETING, words.NOT_TOPICS]),
    ],
)
async def test_what_is_missing_is_told(
    member: object, chat: object, lacking: list[object], here: House, api: BotApi
) -> None:
    """Once, in one message, with how to mend it; the same stands in `group list`."""
    await here.binds(checked=False, is_forum=False, may_topics=False)
    group = await looks(here, api, member, chat)
    assert missing(group, topics=True) == lacking
    assert told(api) == ["\n".join(one.source for one in lacking)] * bool(lacking)  # type: ignore[attr-defined]


async def test_topics_that_are_switched_on_are_noticed(here: House, api: BotApi) -> None:
    """Telegram tells nobody: the group is looked at again, and hears when nothing is missing."""
    await here.binds(checked=False)
    await looks(here, api, TOPICS, {"type": "supergroup"})
    here.clock.passes(seconds=LOOKED_AGAIN.total_seconds() - 1)
    await looks(here, api, TOPICS, FORUM)
    assert told(api) == [words.NOT_FORUM.source]
    here.clock.passes(seconds=1)
    group = await looks(here, api, TOPICS, FORUM)
    assert (told(api)[1:], group.is_forum) == ([words.COMPLETE.source], True)


def writes(chat: int, text: str) -> object:
    """Somebody writes in a group."""
    raw = message(1, chat_id=5, text=text)
    raw["message"]["chat"] = {"id": chat, "type": "supergroup"}
    return raw


async def connects(here: House, chat: int, bond: Bond) -> list[int]:
    """Somebody writes the word of a bond in a group; the groups that are left for it."""
    languages: Languages = LANGUAGES
    door = Door(here.means.vault, languages)

    def job(unit: Unit) -> list[int]:
        word = kept.make_word(unit, here.clock.now(), bond)
        update = read_update(writes(chat, f"/connect {word}"))
        assert update is not None
        assert door.take(unit, update, here.clock.now()) == "answered"
        said = [row.params["text"] for row in unit.sent if row.method == "sendMessage"]
        assert said[-1] == f"{words.CONNECTED.source}\n{words.TALKS.source}"
        return [row.params["chat_id"] for row in unit.sent if row.method == "leaveChat"]

    return await here.means.done(job)


async def test_groups_of_different_people_stand_side_by_side(here: House) -> None:
    """A territory's and everybody's are both kept; a second of the same replaces it."""
    first, second, third = SUPERGROUP, SUPERGROUP - 1, SUPERGROUP - 2
    desio = Bond(territory="Desio")
    assert await connects(here, first, EVERYBODY) == []
    assert await connects(here, second, desio) == []
    assert await connects(here, third, desio) == [second]
    bonds = {one.chat: one.territory for one in await here.groups()}
    assert bonds == {first: "", third: "Desio"}


async def test_a_group_that_is_bound_again_keeps_what_it_shows(here: House) -> None:
    """The same group for somebody else is the same row, and is looked at anew."""
    before = await here.binds(status="administrator")
    await connects(here, SUPERGROUP, Bond(territory="Desio"))
    [after] = await here.groups()
    assert (after.id, after.territory, after.checked) == (before.id, "Desio", False)
