"""What the group is told: danger at once, the rest in two slots, never what a report says."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.group.words import MOST_NAMED
from bot.telegram.client import TelegramClient
from flows.report_model import Level
from storage.handoff_schema import staff_group
from tests.bot.bot_api import Answer, BotApi, ok, refused
from tests.bot.group.house import SUPERGROUP, Fresh, House, Open, house

DANGER, SERIOUS, IRREGULAR = Level.DANGER, Level.SERIOUS, Level.IRREGULAR
BEFORE = "2026-11-23T06:00+00:00"  # seven in the morning in Italy


@pytest.fixture
async def here(tmp_path: Path, client: TelegramClient) -> AsyncIterator[House]:
    """A house with a bound group, at seven on a Monday morning, after its first tick."""
    async with house(tmp_path, client, at=BEFORE) as running:
        await running.binds()
        await running.alerts.tick()
        yield running


async def said_in(here: House) -> str:
    """What is remembered of what was said in the group."""
    query = select(staff_group.c.said)
    return str(await here.means.done(lambda unit: unit.direct().execute(query).scalar()))


def texts(api: BotApi) -> list[list[str]]:
    """What the group was told, message by message, in lines."""
    return [params["text"].splitlines() for params in api.asked("sendMessage")]


async def test_danger_is_told_at_once(here: House, api: BotApi) -> None:
    """Number, level, sector, territory; the reports are told that the group knows."""
    here.reports.comes("7F3K", DANGER)
    await here.alerts.tick()
    assert texts(api) == [
        ["🔴 Danger now: 1 new report.", "• 7F3K – 🔴 danger – 🏥 Care home – MB"]
    ]
    assert here.reports.told == ["7F3K"]
    await here.alerts.tick()
    assert len(texts(api)) == 1


async def test_everything_else_waits_for_its_slot(here: House, api: BotApi) -> None:
    """Nothing at 8:59; at nine one message tells of all, the most urgent first."""
    here.reports.comes("2AAA", IRREGULAR)
    here.reports.comes("3BBB", SERIOUS)
    here.clock.passes(hours=1, minutes=59)
    await here.alerts.tick()
    assert texts(api) == []
    here.clock.passes(minutes=1)
    await here.alerts.tick()
    assert texts(api) == [
        [
            "📋 Reports, Monday 23 November, 09:00",
            "New: 2 reports",
            "• 3BBB – 🟠 serious – 🏥 Care home – MB",
            "• 2AAA – 🟡 irregular – 🏥 Care home – MB",
            "⏳ Waiting for an answer:",
            "🟠 serious: 1",
            "🟡 irregular: 1",
        ]
    ]
    await here.alerts.tick()
    assert len(texts(api)) == 1


async def test_a_day_has_two_slots(here: House, api: BotApi) -> None:
    """Ticks every quarter of an hour for a week: fourteen messages, at nine and at three."""
    here.reports.comes("2AAA", IRREGULAR)
    told: list[str] = []
    for _quarter in range(7 * 24 * 4):
        here.clock.passes(minutes=15)
        before = len(texts(api))
        await here.alerts.tick()
        if len(texts(api)) > before:
            told.append(f"{here.clock.now():%H:%M}")
    assert told == ["08:00", "14:00"] * 7


async def test_a_quiet_house_says_nothing(here: House, api: BotApi) -> None:
    """Where nothing is new and nothing waits, a slot passes in silence."""
    here.clock.passes(days=2)
    for _hour in range(24):
        here.clock.passes(hours=1)
        await here.alerts.tick()
    assert texts(api) == []


@pytest.mark.parametrize(("hours", "messages"), [(3, 1), (6, 0)])
async def test_a_slot_that_was_missed(hours: int, messages: int, here: House, api: BotApi) -> None:
    """Away at nine: made up for within four hours, once; later the next slot tells of it."""
    here.reports.comes("2AAA", IRREGULAR)
    here.clock.passes(hours=2 + hours - 0.25)
    here.restarts()
    await here.alerts.tick()
    await here.alerts.tick()
    assert len(texts(api)) == messages


async def test_what_waits_too_long_is_counted(here: House, api: BotApi) -> None:
    """Serious on Monday morning is over time on Tuesday night, irregular on Thursday night."""
    here.reports.comes("3BBB", SERIOUS)
    here.reports.comes("2AAA", IRREGULAR)
    await here.alerts.tick()
    lines = []
    for _hour in range(4 * 24 + 2):
        here.clock.passes(hours=1)
        before = len(texts(api))
        await here.alerts.tick()
        if len(texts(api)) > before:
            lines.append([line for line in texts(api)[-1] if "over time" in line])
    assert [len(found) for found in lines] == [0] * 4 + [1] * 4 + [2]
    assert lines[-1] == [
        "🟠 serious: 1, ⏰ over time: 1",
        "🟡 irregular: 1, ⏰ over time: 1",
    ]


@pytest.mark.parametrize(
    ("week", "over"), [("2026-11-23", False), ("2026-11-16", True)], ids=["this week", "last"]
)
async def test_after_a_restart_the_week_counts_from_its_monday(
    week: str, over: bool, here: House, api: BotApi
) -> None:
    """Nobody knows any more when it came: rather over time too early than too late."""
    monday = here.clock.now().date().fromisoformat(week)
    here.reports.open.append(Open("2AAA", IRREGULAR, monday))
    here.restarts()
    here.clock.passes(hours=2)
    await here.alerts.tick()
    assert any("over time" in line for line in texts(api)[-1]) == over


async def test_an_alert_nobody_answered_goes_again_and_says_so(here: House, api: BotApi) -> None:
    """No answer from Telegram: the next tick sends it again, marked; then it is told of."""
    here.reports.comes("7F3K", DANGER)
    api.script("sendMessage", Answer(status=502))
    await here.alerts.tick()
    assert here.reports.told == []
    await here.alerts.tick()
    assert [lines[-1] for lines in texts(api)] == [
        "• 7F3K – 🔴 danger – 🏥 Care home – MB",
        "(repeated)",
    ]
    assert here.reports.told == ["7F3K"]


async def test_after_a_crash_it_goes_again_and_says_so(here: House, api: BotApi) -> None:
    """Killed between Telegram's answer and our note of it: sent twice, the second time marked."""
    here.reports.comes("7F3K", DANGER)
    honest = here.reports.alert_sent
    here.reports.alert_sent = _crash  # type: ignore[method-assign]
    with pytest.raises(ZeroDivisionError):
        await here.alerts.tick()
    here.reports.alert_sent = honest  # type: ignore[method-assign]
    here.restarts()
    await here.alerts.tick()
    assert [lines[-1] == "(repeated)" for lines in texts(api)] == [False, True]


def _crash(_numbers: Sequence[str]) -> object:
    raise ZeroDivisionError


async def test_a_flood_of_danger_is_one_message(here: House, api: BotApi) -> None:
    """A thousand at once: one message names thirty and counts the others; all are told of."""
    for number in range(1_000):
        here.reports.fresh.append(Fresh(f"{number:04}", DANGER))
    await here.alerts.tick()
    assert [len(lines) for lines in texts(api)] == [32]
    assert texts(api)[0][-1] == "and 970 more"
    assert len(here.reports.told) == 1_000


async def test_no_group_no_word(tmp_path: Path, client: TelegramClient, api: BotApi) -> None:
    """Without a group nothing is sent, nothing is lost, and it is told to whoever runs this."""
    async with house(tmp_path, client) as here:
        here.reports.comes("7F3K", DANGER)
        await here.alerts.tick()
        assert (texts(api), here.reports.told) == ([], [])
        assert here.ears.events == ["alert_undeliverable"]
        await here.binds()
        await here.alerts.tick()
        assert here.reports.told == ["7F3K"]


async def test_a_refused_group_is_tried_again_after_an_hour(here: House, api: BotApi) -> None:
    """Telegram refuses: nothing is tried for an hour, then once more; the alert is not lost."""
    here.reports.comes("7F3K", DANGER)
    api.script("sendMessage", refused(400, "Bad Request: TOPIC_CLOSED"))
    api.script("getChatMember", ok({"status": "administrator", "can_delete_messages": True}))
    for _minute in range(59):
        await here.care.tick()
        await here.alerts.tick()
        here.clock.passes(minutes=1)
    assert (len(texts(api)), here.reports.told) == (1, [])
    here.clock.passes(minutes=2)
    await here.care.tick()
    await here.alerts.tick()
    assert (len(texts(api)), here.reports.told) == (2, ["7F3K"])


async def test_a_group_that_moved_is_found_by_the_next_alert(here: House, api: BotApi) -> None:
    """The refusal tells the new id: the alert goes there, and the id is kept."""
    here.reports.comes("7F3K", DANGER)
    api.script("sendMessage", refused(400, "Bad Request: upgraded", migrate_to_chat_id=-100_555))
    await here.alerts.tick()
    group = await here.group()
    assert group is not None
    assert (group.chat, here.reports.told) == (-100_555, ["7F3K"])
    assert [params["chat_id"] for params in api.asked("sendMessage")] == [SUPERGROUP, -100_555]


@pytest.mark.parametrize(("may", "days"), [(True, 30), (False, 2)])
async def test_the_groups_history_goes(
    may: bool, days: int, here: House, api: BotApi, tmp_path: Path
) -> None:
    """After thirty days the bot deletes what it said, or within two where it may not do more."""
    await here.binds(may_delete=may, status="administrator")
    here.reports.comes("7F3K", DANGER)
    await here.alerts.tick()
    assert (await said_in(here)).count("2026") == 1
    here.clock.passes(days=days, hours=-9)
    await here.care.tick()
    assert api.asked("deleteMessages") == []
    here.clock.passes(hours=9)
    await here.care.tick()
    await here.means.delivery.quiet()
    assert [params["chat_id"] for params in api.asked("deleteMessages")] == [SUPERGROUP]


@pytest.mark.parametrize(
    ("may", "goes"), [(True, "2026-12-23T00:00:00+00:00"), (False, "2026-11-24T22:00:00+00:00")]
)
async def test_no_setting_tells_when_somebody_was_in_danger(
    may: bool, goes: str, here: House, api: BotApi
) -> None:
    """When an alert goes from the group is kept to the day, or to the hour where days are short."""
    await here.binds(may_delete=may, status="administrator")
    here.clock.passes(minutes=17, seconds=33)
    here.reports.comes("7F3K", DANGER)
    await here.alerts.tick()
    assert [at for _number, at in json.loads(await said_in(here))] == [goes]


async def test_what_must_go_sooner_goes_at_an_hour(here: House, api: BotApi) -> None:
    """Without the right to delete, what was said is let go in forty hours, told to the hour."""
    await here.binds(may_delete=True, status="administrator", checked=False)
    here.reports.comes("7F3K", DANGER)
    await here.alerts.tick()
    here.clock.passes(minutes=17, seconds=33)
    api.script("getChatMember", ok({"status": "member"}))
    await here.care.tick()
    kept = json.loads(await said_in(here))
    assert [at for _number, at in kept] == ["2026-11-24T22:00:00+00:00"]


async def test_what_is_told_is_nothing_but_numbers(here: House, api: BotApi) -> None:
    """Every message to the group consists of known words, numbers, sectors and territories."""
    for number, level in enumerate(Level):
        here.reports.comes(f"{number}ABC", level)
    here.clock.passes(hours=2)
    await here.alerts.tick()
    words = {word for lines in texts(api) for line in lines for word in line.split()}
    known = "📋 Reports, Monday 23 November, 09:00 New: 3 reports – • ⏳ Waiting for an answer: "
    known += "🔴 🟠 🟡 ⚪ danger serious irregular information danger: serious: irregular: "
    known += "information: 1 🏥 Care home MB 0ABC 1ABC 2ABC 3ABC Danger now: new report."
    assert words - set(known.split()) == set()


async def test_what_is_going_to_be_deleted_is_named_once(here: House, api: BotApi) -> None:
    """Two weeks before, by its number; of very many, some in the next slot and the rest later."""
    here.reports.going += [Fresh(f"{n}XYZ", SERIOUS) for n in range(MOST_NAMED + 1)]
    here.reports.comes("2AAA", IRREGULAR)
    for _slot in range(2):
        here.clock.passes(hours=6)
        here.restarts()
        await here.alerts.tick()
    marks = [[line.count("XYZ") for line in lines if "🗓️ Deleted" in line] for lines in texts(api)]
    assert (marks, here.reports.going) == ([[MOST_NAMED], [1]], [])
