"""Long polling on a real socket: nothing is confirmed before its turn or holds up the rest."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.clock import Clock
from bot.telegram.client import TelegramClient
from bot.telegram.intake import (
    AnotherInstanceError,
    TokenRefusedError,
)
from tests.bot.bot_api import Answer, BotApi, message, ok, refused
from tests.bot.telegram.receiving import SWIFT, World, intake, run_until

CONFLICT = refused(409, "Conflict: terminated by other getUpdates request; make sure that only one")


def offsets(api: BotApi) -> list[int]:
    """The offsets that were asked for, each once."""
    asked = [params.get("offset", 0) for params in api.asked("getUpdates")]
    return sorted(set(asked))


async def test_every_update_is_taken_and_then_confirmed(
    client: TelegramClient, api: BotApi
) -> None:
    """A thousand updates of 40 chats: each has its effect once, and none is left at Telegram's."""
    api.updates = [message(n, chat_id=n % 40 + 1) for n in range(1, 1001)]
    world = World()
    await run_until(intake(client, world), world.until(lambda: len(world.effects) == 1000))
    assert (sorted(world.effects), len(world.taken)) == (list(range(1, 1001)), 1000)
    assert (api.updates, max(offsets(api))) == ([], 1001)


async def test_polling_begins_clean(client: TelegramClient, api: BotApi) -> None:
    """A webhook left behind is taken away, nothing that waits is dropped, all types are named."""
    world = World()
    await run_until(intake(client, world), api.until(lambda: len(api.asked("getUpdates")) > 0))
    assert api.calls[0] == ("deleteWebhook", {"drop_pending_updates": False})
    assert api.calls[1] == (
        "getUpdates",
        {
            "limit": 100,
            "timeout": 1,
            "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member"],
        },
    )


async def test_nothing_is_confirmed_before_it_is_finished(
    client: TelegramClient, api: BotApi
) -> None:
    """While one turn is slow, the offset stays at it; the others, later ones too, are processed."""
    api.updates = [message(n, chat_id=n) for n in range(1, 51)]
    world = World()
    world.holds[7] = asyncio.Event()
    loop = intake(client, world)

    async def story() -> None:
        await world.until(lambda: len(world.effects) == 49)
        api.updates += [message(n, chat_id=n) for n in range(51, 71)]
        await world.until(lambda: len(world.effects) == 69)
        assert max(offsets(api)) == 7
        world.holds[7].set()
        await world.until(lambda: len(world.effects) == 70)
        await api.until(lambda: max(offsets(api)) == 71)

    await run_until(loop, story())
    assert (sorted(world.taken), api.updates) == (list(range(1, 71)), [])


async def test_a_poison_update_harms_nobody(client: TelegramClient, api: BotApi) -> None:
    """It is tried, set aside with its number and kind, confirmed, and the rest are served."""
    api.updates = [message(n, chat_id=n % 3 + 1) for n in range(1, 31)]
    world = World()
    world.poison = {4, 12}
    await run_until(
        intake(client, world),
        world.until(lambda: len(world.effects) == 28 and len(world.quarantined) == 2),
    )
    assert (sorted(world.quarantined), api.updates) == ([(4, "message"), (12, "message")], [])
    assert [world.taken.count(number) for number in (4, 12, 5)] == [3, 3, 1]


async def test_an_update_that_cannot_be_read_is_found_and_set_aside(
    client: TelegramClient, api: BotApi
) -> None:
    """When a whole batch cannot be read, it is asked for one by one, and only the one is lost."""
    api.updates = [message(n, chat_id=n) for n in range(1, 11)]
    broken = b'{"ok":true,"result":[{"update_id":4,"message":' + b"[" * 100_000

    def answer(method: str, params: dict[str, Any]) -> Answer | None:
        if method != "getUpdates":
            return None
        offset, limit = params.get("offset", 0), params["limit"]
        seen = [u["update_id"] for u in api.updates if u["update_id"] >= offset][:limit]
        return (
            Answer(raw=broken)
            if 4 in seen and (limit == 1 or seen[0] == 4)
            else (Answer(raw=broken.replace(b"4", b"1", 1)) if 4 in seen else None)
        )

    api.on_call = answer
    world = World()
    await run_until(intake(client, world), world.until(lambda: len(world.effects) == 9))
    assert sorted(world.effects) == [1, 2, 3, 5, 6, 7, 8, 9, 10]
    assert world.quarantined == [(4, "ignored")]


async def test_what_is_no_update_is_passed_over(client: TelegramClient, api: BotApi) -> None:
    """Things without a number, and an answer that is no list, stop nothing."""
    api.script("getUpdates", ok({"not": "a list"}), ok([None, "x", {"update_id": "y"}]))
    api.updates = [message(1)]
    world = World()
    await run_until(intake(client, world), world.until(lambda: world.effects == [1]))
    assert world.effects == [1]


async def test_repeated_updates_are_taken_once(client: TelegramClient, api: BotApi) -> None:
    """Telegram handing the same batch in again, in any order, changes nothing."""
    batch = [message(n, chat_id=n) for n in range(1, 6)]
    api.script("getUpdates", ok(batch), ok(batch[::-1]), ok([*batch, *batch, message(6)]))
    world = World()
    await run_until(intake(client, world), world.until(lambda: 6 in world.effects))
    assert sorted(world.effects) == [1, 2, 3, 4, 5, 6]


async def test_numbers_that_begin_anew_are_followed(client: TelegramClient, api: BotApi) -> None:
    """After a quiet week Telegram's numbers may be lower than before: nobody is shut out."""
    world = World()
    loop = intake(client, world)
    api.script("getUpdates", ok([message(900_000)]), ok([message(17)]))

    async def story() -> None:
        await world.until(lambda: len(world.effects) == 2)
        await api.until(lambda: 18 in offsets(api))

    await run_until(loop, story())
    assert world.effects == [900_000, 17]


@pytest.mark.parametrize(
    "trouble",
    [
        Answer(cut=True),
        Answer(502, raw=b"<html>"),
        Answer(200, raw=b"<html>"),
        refused(429, "Too Many Requests", retry_after=0),
        refused(500, "Internal"),
        refused(400, "Bad Request: odd"),
    ],
)
async def test_trouble_on_the_way_is_waited_out(
    client: TelegramClient, api: BotApi, trouble: Answer
) -> None:
    """After each kind of failure the loop goes on where it was."""
    api.script("getUpdates", *[trouble] * 5)
    api.script("deleteWebhook", trouble)
    api.updates = [message(1)]
    world = World()
    loop = intake(client, world)
    await run_until(loop, world.until(lambda: world.effects == [1]))
    assert (world.effects, world.quarantined) == ([1], [])


async def test_telegram_gone_and_back(client: TelegramClient, api: BotApi) -> None:
    """A server that is away and comes back finds the loop asking, and nothing is lost."""
    world = World()
    loop = intake(client, world)
    running = asyncio.create_task(loop.run())
    await api.until(lambda: len(api.asked("getUpdates")) > 0)
    await api.down()
    api.updates = [message(1)]
    while loop.receiving:
        await asyncio.sleep(0)
    await api.up()
    await world.until(lambda: world.effects == [1])
    loop.stop()
    await running
    assert api.updates == []


async def test_another_instance_is_noticed_and_left_alone(
    client: TelegramClient, api: BotApi
) -> None:
    """Three conflicts in a row are proof: this one stops and says why."""
    api.script("getUpdates", *[CONFLICT] * 20)
    with pytest.raises(AnotherInstanceError, match="Another instance"):
        await intake(client, World()).run()
    assert len(api.asked("getUpdates")) == 3


async def test_one_conflict_is_no_proof(client: TelegramClient, api: BotApi) -> None:
    """What an old connection of our own can cause does not stop the bot."""
    api.script("getUpdates", CONFLICT, CONFLICT, ok([]), CONFLICT, CONFLICT, ok([message(1)]))
    world = World()
    await run_until(intake(client, world), world.until(lambda: world.effects == [1]))
    assert world.effects == [1]


async def test_the_one_who_was_there_first_stays_longer(
    client: TelegramClient, api: BotApi
) -> None:
    """Of two instances it is the newcomer who gives up."""

    class Late(Clock):
        time = 0.0

        def monotonic(self) -> float:
            self.time += 100
            return self.time

    api.script("getUpdates", ok([]), *[CONFLICT] * 50)
    with pytest.raises(AnotherInstanceError):
        await intake(client, World(), clock=Late()).run()
    assert len(api.asked("getUpdates")) == 1 + SWIFT.conflicts_of_an_incumbent


async def test_a_token_telegram_does_not_know_ends_the_run(
    client: TelegramClient, api: BotApi
) -> None:
    """There is nothing to wait for: the message says which setting to mend."""
    api.script("getUpdates", refused(401, "Unauthorized"))
    with pytest.raises(TokenRefusedError, match="ANTENNA_TELEGRAM_TOKEN"):
        await intake(client, World()).run()


async def test_stopping_finishes_what_is_inside_and_confirms_it(
    client: TelegramClient, api: BotApi
) -> None:
    """What was begun is ended and told to Telegram, so that the next start does not get it."""
    api.updates = [message(n, chat_id=n) for n in range(1, 4)]
    world = World()
    world.holds[2] = asyncio.Event()
    loop = intake(client, world)
    running = asyncio.create_task(loop.run())
    await world.until(lambda: len(world.effects) == 2)
    loop.stop()
    world.holds[2].set()
    await running
    assert (sorted(world.effects), api.asked("getUpdates")[-1]["offset"]) == ([1, 2, 3], 4)
