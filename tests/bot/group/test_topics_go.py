"""A topic that shows what is kept no more goes from its group, whatever stands in the way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.telegram.client import TelegramClient
from storage import group as kept
from storage.handoff_schema import handoff
from storage.handoffs.left import Topic, leave_topic, leave_undeleted, take_undeleted
from storage.outbox import Lane, Outgoing
from storage.unit import Unit
from tests.bot.bot_api import BotApi, refused
from tests.bot.group.house import SUPERGROUP, House, house
from tests.bot.group.test_rights import FORUM, TOPICS, looks
from tests.storage.factories import TODAY

NO_RIGHT = refused(400, "Bad Request: not enough rights to delete a topic")
GONE = refused(400, "Bad Request: message thread not found")


@pytest.fixture
async def here(tmp_path: Path, client: TelegramClient) -> AsyncIterator[House]:
    """A house with a group that shows topics."""
    async with house(tmp_path, client) as running:
        await running.binds()
        yield running


async def deletes(here: House, topic: int) -> None:
    """A topic is to go."""
    params = {"chat_id": SUPERGROUP, "message_thread_id": topic}

    def job(unit: Unit) -> list[object]:
        unit.send(Outgoing("deleteForumTopic", params, Lane.CLEAN))
        return list(unit.sent)

    here.means.delivery.hand_over(await here.means.done(job))  # type: ignore[arg-type]
    await here.means.delivery.quiet()


async def test_what_is_refused_is_tried_again_with_the_right(here: House, api: BotApi) -> None:
    """A refused deletion is told to the log; when the bot may delete again it is made once more."""
    api.script("deleteForumTopic", NO_RIGHT)
    await deletes(here, 7)
    assert len(api.asked("deleteForumTopic")) == 1
    await here.binds(checked=False)
    await looks(here, api, {**TOPICS, "can_delete_messages": False}, FORUM)
    assert len(api.asked("deleteForumTopic")) == 1
    await here.binds(checked=False)
    await looks(here, api, TOPICS, FORUM)
    again = [params["message_thread_id"] for params in api.asked("deleteForumTopic")]
    assert again == [7, 7]
    group = await here.group()
    assert group is not None
    assert await here.means.done(lambda unit: take_undeleted(unit.direct(), group.id)) == []


async def test_what_is_gone_already_is_not_tried_again(here: House, api: BotApi) -> None:
    """A topic that somebody deleted by hand is forgotten."""
    api.script("deleteForumTopic", GONE)
    await deletes(here, 7)
    await here.binds(checked=False)
    await looks(here, api, TOPICS, FORUM)
    assert len(api.asked("deleteForumTopic")) == 1


async def test_no_topic_stays_in_a_group_that_is_left(here: House) -> None:
    """Those that show a conversation, those it left, those that were refused: each is deleted, and
    then the bot leaves."""
    group = await here.group()
    assert group is not None
    now = here.clock.now()

    def job(unit: Unit) -> list[tuple[str, object]]:
        person = unit.create_person(5, "ar", TODAY)
        connection = unit.direct()
        values = dict.fromkeys(("need", "who", "medium", "safe"), "any")
        shown = {"group_id": group.id, "topic": 11, "state": "waiting", "language": "ar"}
        moments = {"asked": now, "stirred": now}
        born = {"id": 1, "person_id": person.id, "designation": "Airone verde"}
        connection.execute(insert(handoff).values(**values, **shown, **moments, **born))
        leave_topic(connection, 2, Topic(group.id, 12))
        leave_undeleted(connection, Topic(group.id, 13))
        leave_undeleted(connection, Topic(group.id + 1, 14))
        kept.part(unit, group.chat, kept.forget_group(connection, group.id, now))
        return [(row.method, row.params.get("message_thread_id")) for row in unit.sent]

    assert await here.means.done(job) == [
        ("deleteForumTopic", 11),
        ("deleteForumTopic", 12),
        ("deleteForumTopic", 13),
        ("leaveChat", None),
    ]
    assert await here.groups() == []
