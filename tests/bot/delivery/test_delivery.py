"""What a delivery does as a whole: it stops in good order, tells its figures, forgets people."""

from __future__ import annotations

import asyncio

from bot.delivery.delivery import Delivery
from bot.delivery.flow import Flow
from bot.pace import Pace
from bot.telegram.client import TelegramClient
from storage.outbox import Lane, Policy
from tests.bot.bot_api import Answer, BotApi, refused
from tests.bot.delivery.rows import Memory, row
from tests.bot.delivery.running import FREE, delivering, empty, texts_by_chat


async def test_stopping_waits_for_what_is_under_way_and_leaves_the_rest(
    client: TelegramClient, api: BotApi
) -> None:
    """The answer under way is written down; broadcasts that had not begun stay in the database."""
    held = asyncio.Event()
    api.on_call = lambda method, params: Answer(body={"ok": True, "result": {}}, hold=held)
    ledger = Memory([row(n, n, lane=Lane.BULK) for n in range(1, 51)])
    delivery = Delivery(client, ledger, Pace(FREE), flow=Flow(bulk_under_way=4))
    await delivery.start()
    await api.until(lambda: len(api.calls) == 4)
    stopping = asyncio.create_task(delivery.stop(30))
    await asyncio.sleep(0.01)
    assert not stopping.done()
    held.set()
    await stopping
    assert ([number for number, _ in sorted(ledger.fates)], len(ledger.rows)) == ([1, 2, 3, 4], 46)


async def test_stopping_does_not_wait_for_ever(client: TelegramClient, api: BotApi) -> None:
    """An answer that never comes is given up; its row stays and goes at the next start."""
    forever = asyncio.Event()
    api.on_call = lambda method, params: Answer(hold=forever, body={})
    ledger = Memory([row(1)])
    delivery = Delivery(client, ledger, Pace(FREE))
    await delivery.start()
    await api.until(lambda: len(api.calls) == 1)
    await delivery.stop(0.01)
    forever.set()
    assert (ledger.fates, list(ledger.rows)) == ([], [1])


async def test_the_points_where_faults_kill_are_passed_in_order(
    client: TelegramClient, api: BotApi
) -> None:
    """K5 before the call, K7 after the answer and before the record."""
    points: list[tuple[str, int, int]] = []
    ledger = Memory([row(1)])

    def kill(point: str) -> None:
        points.append((point, len(api.calls), len(ledger.results)))

    async with delivering(client, ledger, kill=kill):
        await empty(ledger)
    assert points == [("K5", 0, 0), ("K7", 1, 0)]


async def test_a_forgotten_person_is_sent_nothing_more(client: TelegramClient, api: BotApi) -> None:
    """Their rows are gone from the database, and from memory with it."""
    held = asyncio.Event()
    api.script("sendMessage", Answer(body={"ok": True, "result": {}}, hold=held))
    ledger = Memory([row(1, 7), row(2, 7), row(3, 7)])
    async with delivering(client, ledger) as delivery:
        await api.until(lambda: len(api.calls) == 1)
        for number in (2, 3):
            del ledger.rows[number]
        delivery.drop_person(7, 7)
        held.set()
        await empty(ledger)
        await delivery.quiet()
        assert (len(api.calls), len(delivery)) == (1, 0)


async def test_the_figures_are_told(client: TelegramClient, api: BotApi) -> None:
    """Every call with its method and what became of it; no chat, no words."""
    told: list[tuple[str, str]] = []

    class Ears:
        def count(self, event: str, amount: int = 1) -> None:
            """Not asked."""

        def note(self, event: str, **fields: int | float | str) -> None:
            """Not asked."""

        def called(self, method: str, result: str, seconds: float) -> None:
            told.append((method, result))

    api.script("sendMessage", refused(429, "x", retry_after=0))
    ledger = Memory([row(1)])
    async with delivering(client, ledger, watch=Ears()):
        await empty(ledger)
    assert told == [("sendMessage", "retry_after"), ("sendMessage", "sent")]


async def test_what_was_taken_back_is_not_sent(client: TelegramClient, api: BotApi) -> None:
    """The database has the last word as a row is marked; what follows in the chat goes on."""
    ledger = Memory([row(1, 7, policy=Policy.ONCE), row(2, 7, policy=Policy.ONCE)])
    ledger.taken_back.add(1)
    async with delivering(client, ledger):
        await empty(ledger)
    assert (ledger.fates, texts_by_chat(api)) == ([(1, "not_needed"), (2, "sent")], {7: ["2"]})
