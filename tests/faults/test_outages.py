"""Telegram is away, slow, or says no: it is waited for, and nothing is lost or said twice."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from storage.database import Database
from storage.outbox import Lane, Outgoing, Policy
from storage.unit import Unit
from storage.writer import Writer
from tests.faults.nursery import PATIENCE_SECONDS
from tests.faults.process import KILLED, ROW, set_ahead
from tests.faults.scene import Figures, Scene, Stage

HOUR_SECONDS = 3600.0
SENDING = ("sendMessage", "editMessageText", "deleteMessage", "editMessageReplyMarkup")


def hold(figures: Figures) -> None:
    """Nothing came of what was done to the bot."""
    assert figures.problems == []
    assert (figures.lost, figures.double) == (0, 0)


def announce(here: Scene) -> set[int]:
    """Put a broadcast for everybody into the outbox, at most once each; give its rows."""
    database = Database.open(here.url, data=here.data, migrate=False)
    writer = Writer(database)

    def job(unit: Unit) -> set[int]:
        rows = set()
        for one in here.town.people:
            person = unit.person(one.phone.chat_id)
            assert person is not None
            params = {"chat_id": one.phone.chat_id, "text": "A course begins."}
            outgoing = Outgoing("sendMessage", params, Lane.BULK, Policy.ONCE, person.id)
            rows.add(unit.send(outgoing).id)
        return rows

    try:
        return writer.submit(job).result()
    finally:
        writer.close()
        database.close()


def carried_out(here: Scene) -> list[int]:
    """The rows that Telegram has carried out, in order, repeats included."""
    return [
        call.params[ROW] for call in here.town.book if ROW in call.params and not call.error_code
    ]


async def test_an_hour_without_telegram_loses_nothing(stage: Stage, tmp_path: Path) -> None:
    """What waited on both sides arrives in order afterwards, answers before broadcasts."""
    clock = tmp_path / "clock"
    set_ahead(clock, 0.0)
    async with stage(people=10, clock=str(clock), per_second=10) as here:
        telegram, town = here.telegram, here.town
        await here.bots.start()
        await town.together(lambda person: person.arrive())
        for method in SENDING:
            await telegram.fault("down", method)
        async with asyncio.TaskGroup() as group:
            for person in town.people:
                group.create_task(person.wander())
            await telegram.wait_until(lambda: not telegram.state.updates.pending)
            await telegram.fault("down")
            for person in town.people:
                group.create_task(person.says("…"))
            broadcast = announce(here)
            before = len(carried_out(here))
            set_ahead(clock, HOUR_SECONDS)
            await telegram.advance(HOUR_SECONDS)
            seen = telegram.state.call_count
            await telegram.wait_until(lambda: telegram.state.call_count > seen + 2)
            await telegram.end_faults()
        await telegram.wait_until(lambda: broadcast <= set(carried_out(here)), PATIENCE_SECONDS)
        figures = await here.figures()
        hold(figures)
        after = carried_out(here)[before:]
        first_broadcast = next(n for n, row in enumerate(after) if row in broadcast)
        assert first_broadcast >= len(town.people)
        assert sorted(row for row in after if row in broadcast) == sorted(broadcast)


async def test_a_storm_of_429_loses_nothing(stage: Stage) -> None:
    """Three calls of ten are refused with a pause; every one of them is made later."""
    async with stage(people=6) as here:
        number = await here.telegram.fault("429", retry_after=1, probability=0.3)
        storm = here.telegram.state.faults.active[number]
        await here.bots.start()
        await here.town.live(lambda: storm.hits >= 24)
        await here.telegram.end_faults()
        figures = await here.figures()
        hold(figures)
        assert figures.duplicates == 0


@pytest.mark.faults
async def test_a_slow_telegram_loses_nothing(stage: Stage) -> None:
    """Answers that take their time hold up nobody for good and make nothing go out twice."""
    async with stage(people=6) as here:
        number = await here.telegram.fault("slow", seconds=0.4, probability=0.3)
        slow = here.telegram.state.faults.active[number]
        await here.bots.start()
        await here.town.live(lambda: slow.hits >= 50)
        await here.telegram.end_faults()
        figures = await here.figures()
        hold(figures)
        assert figures.duplicates == 0


async def test_a_cut_connection_repeats_answers_and_no_broadcast(stage: Stage) -> None:
    """Carried out and never heard of: an answer is sent again, a broadcast is not."""
    async with stage(people=6) as here:
        telegram, town = here.telegram, here.town
        await here.bots.start()
        await town.together(lambda person: person.arrive())
        await here.quiet()
        await telegram.fault("drop_after", "sendMessage", times=len(town.people))
        broadcast = announce(here)
        await telegram.wait_until(lambda: broadcast <= set(carried_out(here)), PATIENCE_SECONDS)
        drops = []
        for method in SENDING:
            number = await telegram.fault("drop_after", method, probability=0.2)
            drops.append(telegram.state.faults.active[number])
        await town.live(lambda: sum(drop.hits for drop in drops) >= 40)
        await telegram.end_faults()
        kept, sent = await here.end()
        figures = here.judged(kept, sent)
        unknown = sum(person.farewells == 0 for person in town.people)  # the others' rows are gone
        assert kept.waiting == ({"UNKNOWN": unknown} if unknown else {})
        assert [one for one in figures.problems if "UNKNOWN" not in one] == []
        assert figures.duplicates <= sum(drop.hits for drop in drops)
        once = sorted(row for row in carried_out(here) if row in broadcast)
        assert once == sorted(broadcast)


LONG = [pytest.param(point, marks=pytest.mark.faults) for point in ("K5", "K7")]


@pytest.mark.parametrize("point", ["K6", *LONG])
async def test_a_broadcast_never_goes_out_twice(point: str, stage: Stage) -> None:
    """Killed in the middle of broadcasts, the bot sends each row once, or not and says so."""
    dice = random.Random(point)
    async with stage(people=8) as here:
        await here.bots.start()
        await here.town.together(lambda person: person.arrive())
        await here.quiet()
        assert await here.bots.stop() == 0
        broadcast = {row for _time in range(6) for row in announce(here)}
        for _kill in range(4):
            await here.bots.start(point=point, times=dice.randint(1, 4))
            assert await here.bots.ended() == KILLED
        await here.bots.start()
        await here.town.together(lambda person: person.wander())
        kept, sent = await here.end()
        times = {row: sent.times[row] for row in broadcast}
        assert max(times.values()) == 1
        unknown = kept.waiting.get("UNKNOWN", 0)
        assert list(times.values()).count(0) <= unknown
        assert kept.waiting == {"UNKNOWN": unknown}


async def test_somebody_blocks_the_bot_in_the_middle(stage: Stage) -> None:
    """Nothing waits for who blocked the bot, everybody else goes on, and coming back is easy."""
    async with stage(people=6) as here:
        telegram, town = here.telegram, here.town
        await here.bots.start()
        gone = await telegram.phone("Gone", language="it")
        async with asyncio.TaskGroup() as group:
            group.create_task(town.live(lambda: len(town.updates) >= 150))
            for name in ("start", "help", "privacy", "language", "help"):
                town.updates.add((await gone.send(f"/{name}"))["update_id"])
            town.updates.add((await gone.block())["update_id"])
        await here.quiet()
        tried = len(town.book.chats[gone.chat_id])
        await town.together(lambda person: person.wander())
        assert len(town.book.chats[gone.chat_id]) == tried
        town.updates.add((await gone.block(False))["update_id"])
        town.updates.add((await gone.send("/start"))["update_id"])
        await gone.wait_until(lambda text: text.rstrip().endswith("]"))
        hold(await here.figures())


async def test_a_page_nobody_heard_of_goes_when_it_is_tapped(stage: Stage) -> None:
    """A tap tells the number of a message whose arrival was never confirmed: it can be deleted."""
    async with stage(people=1, repeated=0) as here:
        person = here.town.people[0]
        await here.bots.start()
        await person.arrive()
        await here.quiet()
        await here.telegram.fault("drop_after", "sendMessage", times=1)
        await person.commands_("forget")
        first = await person.sees_new("yes")
        await person.sees(lambda shown: shown.message_id > first.message_id, "the page once more")
        await person.taps(first, 0, "yes")
        chat = here.telegram.state.chats[person.phone.chat_id]
        await here.telegram.wait_until(lambda: len(chat.messages) == 1, PATIENCE_SECONDS)
        farewell = next(iter(chat.messages.values()))
        assert "/start" in farewell.body["text"]
        await here.quiet()
        assert await here.bots.stop() == 0
