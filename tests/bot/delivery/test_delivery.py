"""Delivery over a real socket, with everything going wrong that can: nothing lost, order kept."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.delivery.delivery import Delivery, Flow
from bot.pace import Limits, Pace
from bot.telegram.client import TelegramClient
from storage.outbox import Lane, Policy, Row, Slot
from tests.bot.bot_api import Answer, BotApi, refused
from tests.bot.delivery.rows import Memory, row

FREE = Limits(per_second=0, chat_seconds=0, group_per_minute=10_000)
SWIFT = Flow(retry_seconds=0.001, longest_retry_seconds=0.002, look_seconds=3600)
BUTTONS = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}


@asynccontextmanager
async def delivering(
    client: TelegramClient, ledger: Memory, limits: Limits = FREE, flow: Flow = SWIFT, **more: Any
) -> AsyncIterator[Delivery]:
    """A delivery at work."""
    delivery = Delivery(client, ledger, Pace(limits), flow=flow, **more)
    await delivery.start()
    try:
        yield delivery
    finally:
        ledger.failures.clear()
        await delivery.stop(5)


async def empty(ledger: Memory) -> None:
    """Wait until every row has met its end."""
    while ledger.rows:
        await asyncio.sleep(0.001)


def hand(delivery: Delivery, ledger: Memory, *rows: Row) -> None:
    """Rows are committed and handed over."""
    for one in rows:
        ledger.rows[one.id] = one
    delivery.hand_over(rows)


def texts_by_chat(api: BotApi) -> dict[int, list[str]]:
    """What each chat was sent, in order."""
    found: dict[int, list[str]] = defaultdict(list)
    for params in api.asked("sendMessage"):
        found[params["chat_id"]].append(params["text"])
    return found


async def test_every_chat_is_sent_everything_in_order(client: TelegramClient, api: BotApi) -> None:
    """A thousand rows of 40 chats, half stored before the start and half handed over."""
    rows = [row(n, n % 40 + 1) for n in range(1, 1001)]
    ledger = Memory(rows[:500])
    async with delivering(client, ledger) as delivery:
        hand(delivery, ledger, *rows[500:])
        await empty(ledger)
    assert dict(texts_by_chat(api)) == {
        chat: [str(n) for n in range(1, 1001) if n % 40 + 1 == chat] for chat in range(1, 41)
    }
    assert {fate for _, fate in ledger.fates} == {"sent"}


async def test_many_chats_are_under_way_at_once_and_no_more_than_allowed(
    client: TelegramClient, api: BotApi
) -> None:
    """A slow answer to one chat does not keep the others waiting."""
    held = asyncio.Event()
    api.on_call = lambda method, params: Answer(body={"ok": True, "result": {}}, hold=held)
    ledger = Memory([row(n, n) for n in range(1, 101)])
    async with delivering(client, ledger, flow=Flow(under_way=30, look_seconds=3600)) as delivery:
        await api.until(lambda: len(api.calls) == 30)
        assert delivery.under_way == 30
        held.set()
        await empty(ledger)
    assert len(api.calls) == 100


async def test_the_next_row_of_a_chat_waits_for_the_record_of_the_last(
    client: TelegramClient, api: BotApi
) -> None:
    """So that a crash can double one message of a chat at most."""
    ledger = Memory([row(1), row(2)])
    ledger.hold = asyncio.Event()
    async with delivering(client, ledger):
        await api.until(lambda: len(api.calls) == 1)
        await asyncio.sleep(0.02)
        assert len(api.calls) == 1
        ledger.hold.set()
        await empty(ledger)
    assert [params["text"] for params in api.asked("sendMessage")] == ["1", "2"]


@pytest.mark.parametrize(
    "trouble",
    [
        refused(429, "Too Many Requests", retry_after=0),
        refused(500, "Internal Server Error"),
        Answer(502, raw=b"<html>"),
        Answer(200, raw=b"<html>"),
        refused(401, "Unauthorized"),
        Answer(cut=True),
    ],
)
async def test_trouble_on_the_way_costs_nothing_and_keeps_the_order(
    client: TelegramClient, api: BotApi, trouble: Answer
) -> None:
    """Every third answer is trouble: all arrive, each chat in order."""
    turn = 0

    def answer(method: str, params: dict[str, Any]) -> Answer | None:
        nonlocal turn
        turn += 1
        return trouble if turn % 3 == 0 and method == "sendMessage" else None

    api.on_call = answer
    ledger = Memory([row(n, n % 5 + 1) for n in range(1, 61)])
    async with delivering(client, ledger):
        await empty(ledger)
    assert sorted(number for number, _ in ledger.fates) == list(range(1, 61))
    assert {fate for _, fate in ledger.fates} == {"sent"}
    for chat, texts in texts_by_chat(api).items():
        once = list(dict.fromkeys(texts))
        assert (chat, once) == (chat, sorted(once, key=int))


async def test_telegram_away_and_back_loses_nothing(client: TelegramClient, api: BotApi) -> None:
    """While nobody listens only one question is asked again and again; then all goes, in order."""
    await api.down()
    ledger = Memory()
    async with delivering(client, ledger) as delivery:
        hand(delivery, ledger, *[row(n, n % 7 + 1) for n in range(1, 71)])
        while not delivery.away:
            await asyncio.sleep(0.001)
        hand(delivery, ledger, *[row(n, n % 7 + 1) for n in range(71, 141)])
        assert ledger.fates == []
        await api.up()
        await empty(ledger)
        assert not delivery.away
    assert api.calls[0][0] == "getMe"
    assert dict(texts_by_chat(api)) == {
        chat: [str(n) for n in range(1, 141) if n % 7 + 1 == chat] for chat in range(1, 8)
    }


async def test_at_most_once_rows_are_not_risked_while_telegram_is_away(
    client: TelegramClient, api: BotApi
) -> None:
    """Three answers that are none close the gate: of ten such rows at most three are unknown."""
    api.on_call = lambda method, params: refused(500, "x") if method == "sendMessage" else None
    ledger = Memory([row(n, n, policy=Policy.ONCE) for n in range(1, 11)])
    flow = Flow(under_way=1, look_seconds=3600, retry_seconds=3600, longest_retry_seconds=3600)
    delivery = Delivery(client, ledger, Pace(FREE), flow=flow)
    await delivery.start()
    while not delivery.away:
        await asyncio.sleep(0.001)
    await delivery.quiet()
    assert ledger.fates == [(1, "unknown"), (2, "unknown"), (3, "unknown")]
    await delivery.stop(1)
    assert sorted(ledger.rows) == [4, 5, 6, 7, 8, 9, 10]


async def test_an_at_most_once_row_is_marked_before_and_never_repeated(
    client: TelegramClient, api: BotApi
) -> None:
    """The mark is committed first; a cut connection makes it unknown, sent once."""
    seen: list[list[int]] = []
    ledger = Memory([row(1, policy=Policy.ONCE), row(2)])

    def answer(method: str, params: dict[str, Any]) -> Answer | None:
        seen.append(list(ledger.marked))
        return Answer(cut=True) if params.get("text") == "1" else None

    api.on_call = answer
    async with delivering(client, ledger):
        await empty(ledger)
    assert (seen, ledger.fates) == ([[1], [1]], [(1, "unknown"), (2, "sent")])


async def test_an_at_most_once_row_that_was_not_taken_is_unmarked_and_goes_again(
    client: TelegramClient, api: BotApi
) -> None:
    """After a 429 the database is told that it is not being sent, so a crash loses nothing."""
    api.script("sendMessage", refused(429, "x", retry_after=0))
    ledger = Memory([row(1, policy=Policy.ONCE)])
    async with delivering(client, ledger):
        await empty(ledger)
    assert (ledger.fates, ledger.marked) == ([(1, "retry"), (1, "sent")], [1, 1])


async def test_a_mark_that_cannot_be_written_sends_nothing(
    client: TelegramClient, api: BotApi
) -> None:
    """With the database away an at-most-once row waits; Telegram is not blamed."""
    ledger = Memory([row(1, policy=Policy.ONCE)])
    ledger.failures = [OSError() for _ in range(5)]
    async with delivering(client, ledger) as delivery:
        while ledger.failures:
            assert api.calls == []
            await asyncio.sleep(0.001)
        await empty(ledger)
        assert not delivery.away
    assert (ledger.fates, len(api.calls)) == ([(1, "sent")], 1)


async def test_results_that_cannot_be_written_are_kept_and_sending_stops(
    client: TelegramClient, api: BotApi
) -> None:
    """While the database is away no more is sent than can be doubled by a crash."""
    ledger = Memory([row(n, n) for n in range(1, 101)])
    ledger.hold = asyncio.Event()
    flow = Flow(unrecorded=10, under_way=5, look_seconds=3600, retry_seconds=0.001)
    async with delivering(client, ledger, flow=flow) as delivery:
        while delivery.under_way or len(api.calls) < 10:
            await asyncio.sleep(0.001)
        sent_meanwhile = len(api.calls)
        ledger.failures = [OSError(), OSError()]
        ledger.hold.set()
        await empty(ledger)
    assert 10 <= sent_meanwhile < 15
    assert (len(api.calls), len(ledger.results)) == (100, 100)


async def test_who_blocked_the_bot_is_tried_once_and_left_alone(
    client: TelegramClient, api: BotApi
) -> None:
    """One 403 ends all that waits for them; the others do not notice."""
    api.on_call = lambda method, params: (
        refused(403, "Forbidden: bot was blocked by the user") if params["chat_id"] == 7 else None
    )
    ledger = Memory([row(n, 7 if n % 2 else 8) for n in range(1, 21)])
    async with delivering(client, ledger):
        await empty(ledger)
    tried = [params["chat_id"] for params in api.asked("sendMessage")]
    assert (tried.count(7), tried.count(8)) == (1, 10)
    assert [fate for number, fate in ledger.fates if number % 2] == ["unreachable"]


async def test_a_message_telegram_will_never_take_is_dropped(
    client: TelegramClient, api: BotApi
) -> None:
    """The one behind it goes."""
    api.script("sendMessage", refused(400, "Bad Request: can't parse entities"))
    ledger = Memory([row(1), row(2)])
    async with delivering(client, ledger):
        await empty(ledger)
    assert ledger.fates == [(1, "refused"), (2, "sent")]


async def test_a_row_that_always_vanishes_is_given_up(client: TelegramClient, api: BotApi) -> None:
    """When others get through again and again and it does not, it is the row."""
    api.on_call = lambda method, params: (
        Answer(cut=True) if params.get("text") == "poison" else None
    )
    flow = Flow(
        retry_seconds=0.0, look_seconds=3600, losses_until_given_up=4, failures_until_away=10**6
    )
    ledger = Memory([row(1, 7, "poison"), row(2, 7)])
    async with delivering(client, ledger, flow=flow) as delivery:
        for number in range(3, 2000):
            if 1 not in ledger.rows:
                break
            hand(delivery, ledger, row(number, 8))
            await asyncio.sleep(0.001)
        await empty(ledger)
    tries = sum(1 for params in api.asked("sendMessage") if params["text"] == "poison")
    fates = dict(ledger.fates)
    assert (fates[1], fates[2], tries >= 4) == ("refused", "sent", True)


async def test_a_row_alone_is_tried_for_as_long_as_it_takes(
    client: TelegramClient, api: BotApi
) -> None:
    """With nobody else getting through, fifty losses are no reason to give up."""
    api.script("sendMessage", *[Answer(cut=True)] * 50)
    ledger = Memory([row(1)])
    async with delivering(client, ledger):
        await empty(ledger)
    assert ledger.fates == [(1, "sent")]


async def test_the_living_message_is_known_before_the_database_knows_it(
    client: TelegramClient, api: BotApi
) -> None:
    """Two turns in a row: the second was written before the first was sent, and edits it."""
    ledger = Memory()
    async with delivering(client, ledger) as delivery:
        hand(
            delivery,
            ledger,
            row(1, text="hello", slot=Slot.EDIT, reply_markup=BUTTONS),
            row(2, text="again", slot=Slot.EDIT, reply_markup=BUTTONS),
            row(3, text="done", slot=Slot.RETIRE),
            row(4, text="new", slot=Slot.EDIT, living=1001),
        )
        await empty(ledger)
    assert [(method, params.get("message_id"), params["text"]) for method, params in api.calls] == [
        ("sendMessage", None, "hello"),
        ("editMessageText", 1001, "again"),
        ("editMessageText", 1001, "done"),
        ("sendMessage", None, "new"),
    ]
    assert [one.sent.living for one in ledger.results] == [1001, 1001, None, 1002]


async def test_an_edit_of_a_message_that_is_gone_is_sent(
    client: TelegramClient, api: BotApi
) -> None:
    """The person sees the words; the row is one and ends once."""
    api.script("editMessageText", refused(400, "Bad Request: message to edit not found"))
    ledger = Memory([row(1, slot=Slot.EDIT, living=55), row(2, slot=Slot.EDIT, living=55)])
    async with delivering(client, ledger):
        await empty(ledger)
    assert [(method, params.get("message_id")) for method, params in api.calls] == [
        ("editMessageText", 55),
        ("sendMessage", None),
        ("editMessageText", 1001),
    ]
    assert ledger.fates == [(1, "sent"), (2, "sent")]


async def test_what_is_about_to_be_deleted_is_not_edited(
    client: TelegramClient, api: BotApi
) -> None:
    """A cleaned chat gets a new message, not the old one that is being deleted."""
    ledger = Memory([row(1, slot=Slot.NEW)])
    async with delivering(client, ledger) as delivery:
        await empty(ledger)
        hand(
            delivery,
            ledger,
            row(2, method="deleteMessages", lane=Lane.CLEAN, message_ids=[900, 1001]),
            row(3, slot=Slot.EDIT),
        )
        await empty(ledger)
    methods = [method for method, _ in api.calls]
    assert sorted(methods) == ["deleteMessages", "sendMessage", "sendMessage"]


async def test_a_tap_waits_until_its_message_has_landed(
    client: TelegramClient, api: BotApi
) -> None:
    """The answer that tells the message's number, and its record, come before the tap's turn."""
    held = asyncio.Event()
    api.script("sendMessage", Answer(body={"ok": True, "result": {"message_id": 5}}, hold=held))
    ledger = Memory([row(1, slot=Slot.EDIT)])
    async with delivering(client, ledger) as delivery:
        await api.until(lambda: len(api.calls) == 1)
        landing = asyncio.create_task(delivery.landed(7, 60))
        await delivery.landed(8)
        await asyncio.sleep(0.01)
        assert not landing.done()
        held.set()
        await landing
        assert ledger.fates == [(1, "sent")]
        hand(delivery, ledger, row(2, slot=Slot.EDIT))
        await delivery.landed(7)
        await empty(ledger)


async def test_a_429_of_one_chat_does_not_stop_the_others(
    client: TelegramClient, api: BotApi
) -> None:
    """The halted chat waits with all it has; everybody else is served meanwhile."""
    api.on_call = lambda method, params: (
        refused(429, "Too Many", retry_after=3600) if params["chat_id"] == 7 else None
    )
    ledger = Memory([row(n, n % 2 + 7) for n in range(1, 21)])
    async with delivering(client, ledger) as delivery:
        while len(ledger.results) < 10:
            await asyncio.sleep(0.001)
        hand(delivery, ledger, row(21, 7, method="deleteMessages", message_ids=[1, 2]))
        await api.until(lambda: len(api.asked("deleteMessages")) == 1)
    tried = [params["chat_id"] for params in api.asked("sendMessage")]
    assert (tried.count(7), tried.count(8)) == (1, 10)


async def test_a_group_that_moved_is_followed(client: TelegramClient, api: BotApi) -> None:
    """What waited goes to the new number, in order, and the new number is told."""
    moved: list[tuple[int, int]] = []

    async def tell(old: int, new: int) -> None:
        moved.append((old, new))

    api.on_call = lambda method, params: (
        refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100)
        if params["chat_id"] == -1
        else None
    )
    ledger = Memory([row(n, -1) for n in range(1, 6)])
    async with delivering(client, ledger, moved=tell):
        await empty(ledger)
    assert (moved, texts_by_chat(api)[-100]) == ([(-1, -100)], ["1", "2", "3", "4", "5"])


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


async def test_the_pace_of_telegram_is_kept(client: TelegramClient, api: BotApi) -> None:
    """A server that refuses the fifth message within its window never has to."""
    arrivals: list[float] = []
    loop = asyncio.get_running_loop()
    refusals = 0

    def strict(method: str, params: dict[str, Any]) -> Answer | None:
        nonlocal refusals
        now = loop.time()
        if sum(1 for one in arrivals if now - one < 1) >= 4:
            refusals += 1
        arrivals.append(now)
        return None

    api.on_call = strict
    limits = Limits(per_second=4, bulk_per_second=3, chat_seconds=0)
    ledger = Memory([row(n, n) for n in range(1, 10)])
    async with delivering(client, ledger, limits=limits):
        await empty(ledger)
    assert (len(arrivals), refusals) == (9, 0)


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


async def test_a_row_due_soon_goes_when_it_is_due(client: TelegramClient, api: BotApi) -> None:
    """Without anybody writing meanwhile."""
    due = datetime.fromtimestamp(datetime.now(UTC).timestamp() + 0.05, UTC)
    ledger = Memory()
    async with delivering(client, ledger) as delivery:
        hand(delivery, ledger, row(1, not_before=due), row(2))
        await empty(ledger)
    assert [params["text"] for params in api.asked("sendMessage")] == ["2", "1"]


async def test_rows_of_other_processes_are_found(client: TelegramClient, api: BotApi) -> None:
    """What nobody handed over is picked up by the next look."""
    ledger = Memory()
    async with delivering(client, ledger, flow=Flow(look_seconds=0.001)):
        ledger.rows[1] = row(1)
        await empty(ledger)
    assert len(api.calls) == 1


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


async def test_a_mistake_of_our_own_does_not_stop_the_others(
    client: TelegramClient, api: BotApi
) -> None:
    """A row nobody can make a call of is dropped."""
    ledger = Memory([row(1, 7, bad={1, 2}), row(2, 7)])
    async with delivering(client, ledger):
        await empty(ledger)
    assert ledger.fates == [(1, "refused"), (2, "sent")]
