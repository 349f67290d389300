"""What does not reach a group is told within two minutes, and a group is never told too much."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.pace import Limits
from bot.relay.mirror_alarm import AFTER, ALARM_SECONDS
from flows.handoff_model import Event, Trouble, Urgency
from tests.bot.relay.mirrored import Mirrored, mirrored

pytestmark = pytest.mark.usefixtures("in_english")


def alarms(here: Mirrored, chat: int) -> list[str]:
    """The alarms in a group, first line each."""
    messages = here.telegram.state.chats[chat].messages.values()
    said = [str(one.body.get("text", "")) for one in messages]
    return [one for one in said if one.startswith("⚠️")]


def test_the_alarm_comes_within_two_minutes() -> None:
    """The longest wait, and the longest pause between two looks, make less than two minutes."""
    assert AFTER.total_seconds() + ALARM_SECONDS < 120


async def test_another_group_hears_that_one_is_not_reached(tmp_path: Path) -> None:
    """Once, with how many, since when, why, and where they can be read; an hour later again."""
    async with mirrored(tmp_path) as here:
        broken = await here.binds("Desio", office="Desio")
        other = await here.binds("Carate", office="Carate")
        talk = await here.asks("One")
        await here.shown()
        body = {"from": here.anna.person_id, "chat": broken.chat, "status": "restricted"}
        await here.telegram.sim("join", **body)
        await here.hears(talk, "Two")

        async def is_troubled() -> bool:
            return (await here.talk(talk)).trouble == Trouble.RIGHTS

        await here.until(is_troubled)
        await here.alarm.tick()
        assert alarms(here, other.chat) == []
        here.clock.passes(91)
        await here.alarm.tick()
        await here.until(lambda: alarms(here, other.chat))
        await here.alarm.tick()
        assert alarms(here, other.chat) == [
            "⚠️ 1 conversation does not reach the group of PUA Desio since "
            "Monday 23 November, 12:00.\nWhy: Antenna may not do in the group what it must."
        ]
        assert here.ears.events.count("topics_behind") == 1
        here.clock.passes(3600)
        await here.alarm.tick()
        assert here.ears.events.count("topics_behind") == 2


async def test_without_any_group_the_log_hears_it(tmp_path: Path) -> None:
    """There is nobody in Telegram to be told; what was mended is told anew when it breaks again."""
    async with mirrored(tmp_path) as here:
        await here.asks("One")
        here.clock.passes(91)
        await here.alarm.tick()
        assert here.ears.events.count("topics_behind") == 1
        await here.binds()
        await here.shown()
        await here.alarm.tick()
        assert here.ears.events.count("topics_behind") == 1


async def test_what_is_only_not_tidy_is_no_alarm(tmp_path: Path) -> None:
    """A note that waits is no person who waits."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await here.asks("One")
        await here.shown()
        await here.stop()
        await here.notes(talk, Event.NOTE, "Later")
        here.clock.passes(200)
        await here.alarm.tick()
        assert "topics_behind" not in here.ears.events


async def test_a_group_is_told_no_more_than_it_takes(tmp_path: Path) -> None:
    """Of twenty a minute a backlog takes sixteen; what is urgent goes before what came before."""
    limits = Limits(per_second=0, chat_seconds=0, group_per_minute=20)
    async with mirrored(tmp_path, limits=limits, started=False) as here:
        group = await here.binds()
        await here.telegram.fault("429", per_minute=20, chat_id=group.chat)
        calm = [await here.asks("Calm") for _ in range(9)]
        await here.hears(calm[0], *[f"n{number}" for number in range(30)])
        urgent = await here.asks("Urgent", urgency=Urgency.NOW)
        here.start()

        def count() -> int:
            return sum(call.params.get("chat_id") == group.chat for call in _good(here))

        await here.until(lambda: count() == 16)
        assert (await here.topic(urgent))[-1].endswith("Urgent")
        await here.telegram.advance(61)
        here.clock.passes(61)
        here.news.tell(urgent.id)
        await here.shown()
        assert not [call for call in here.telegram.state.calls if call.error_code == 429]
        assert count() == 3 * len(calm) + 3 + 1  # thirty-one lines fit in two messages


def _good(here: Mirrored) -> list[object]:
    return [call for call in here.telegram.state.calls if call.error_code is None]
