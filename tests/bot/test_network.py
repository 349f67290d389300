"""Intake, storage and delivery together over the local Telegram, while Telegram misbehaves."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import Delivery, Flow, StorageLedger
from bot.local import updates
from bot.pace import Limits, Pace
from bot.telegram.client import TelegramClient, Wire
from bot.telegram.incoming import Incoming, Tap, Wrote
from bot.telegram.intake import AnotherInstanceError, Intake, Polling
from bot.telegram.turnstile import Turnstile
from storage.outbox import Lane, Outgoing, Row, Slot
from storage.unit import Unit
from storage.writer import Writer
from tests.ready import ready_database
from tests.telegram import LocalTelegram, Phone, local_telegram

SWIFT = Polling(long_poll_seconds=2, retry_seconds=0.02, longest_retry_seconds=0.1)
TODAY = datetime(2026, 11, 22, tzinfo=UTC).date()
BUTTONS = {"inline_keyboard": [[{"text": "yes", "callback_data": "a:1:yes"}]]}


class LateAnswers:
    """A client that hears Telegram's answers only when it is let to."""

    def __init__(self, client: TelegramClient) -> None:
        self.client = client
        self.open = asyncio.Event()
        self.open.set()

    async def call(self, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """Call, and wait to hear."""
        result = await self.client.call(method, params)
        await self.open.wait()
        return result


class Echo:
    """A bot that answers every message with its own words and counts its effects."""

    def __init__(self, telegram: LocalTelegram, folder: Path, *, buttons: bool = False) -> None:
        self.buttons = buttons
        self.effects: Counter[int] = Counter()
        self.database = ready_database(folder)
        self.writer = Writer(self.database)
        self.wire = Wire(answer_seconds=5)
        self.client = TelegramClient(self.wire, telegram.address, telegram.token)
        self.ears = LateAnswers(self.client)
        self.tapped = asyncio.Event()
        self.delivery = Delivery(
            self.ears,
            StorageLedger(self.writer.submit),
            Pace(Limits(per_second=0, chat_seconds=0)),
            flow=Flow(retry_seconds=0.01, longest_retry_seconds=0.05),
        )
        gate = Turnstile(self.take, self.take)
        self.intake = Intake(self.client, gate, self.take, polling=SWIFT)

    async def take(self, update: Incoming) -> None:
        """One turn: the effect and the reply in one transaction."""
        assert update.chat_id is not None
        if isinstance(update.content, Tap):
            self.tapped.set()
            await self.delivery.landed(update.chat_id)
        done = self.writer.submit(
            lambda unit: self._turn(unit, update), update.chat_id, update.update_id
        )
        rows = await asyncio.wrap_future(done)
        self.effects[update.update_id] += bool(rows)
        self.delivery.hand_over(rows)

    def _turn(self, unit: Unit, update: Incoming) -> list[Row]:
        if unit.handled(update.update_id):
            return []
        unit.mark_handled(update.update_id, TODAY)
        assert update.chat_id is not None
        person = unit.create_person(update.chat_id, None, TODAY)
        chat: dict[str, Any] = {"chat_id": update.chat_id}
        if isinstance(update.content, Tap):
            _, living = unit.conversation(person.id)
            words = "here" if living == update.content.message_id else "old"
            answer = {**chat, "callback_query_id": update.content.query_id}
            unit.send(Outgoing("answerCallbackQuery", answer, Lane.ANSWER, person_id=person.id))
        else:
            words = update.content.text or "" if isinstance(update.content, Wrote) else "/start"
        params = {**chat, "text": f"you said {words}"}
        if self.buttons:
            unit.send(
                Outgoing(
                    "sendMessage",
                    {**params, "reply_markup": BUTTONS},
                    person_id=person.id,
                    slot=Slot.EDIT,
                )
            )
        else:
            unit.send(Outgoing("sendMessage", params, person_id=person.id))
        unit.save_conversation(person.id, {})
        return unit.sent


@asynccontextmanager
async def echoing(telegram: LocalTelegram, folder: Path, **more: Any) -> AsyncIterator[Echo]:
    """An echo at work; ends in good order."""
    echo = Echo(telegram, folder, **more)
    await echo.delivery.start()
    running = asyncio.create_task(echo.intake.run())
    try:
        yield echo
    finally:
        await telegram.end_faults()
        echo.intake.stop()
        await running
        await echo.delivery.stop()
        echo.writer.close()
        await echo.wire.close()
        echo.database.close()


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    """A local Telegram."""
    async with local_telegram() as running:
        yield running


async def answers(phone: Phone) -> list[str]:
    """What the bot has said in a chat, in order."""
    return [
        message["text"].removeprefix("you said ")
        for message in await phone.chat()
        if str(message.get("text", "")).startswith("you said ")
    ]


async def until_answered(telegram: LocalTelegram, phones: list[Phone], last: str) -> None:
    """Wait until everybody has the answer to their last message."""
    for phone in phones:
        await phone.wait_for(f"you said {last}", timeout=60)


FAULTS: list[list[dict[str, Any]]] = [
    [],
    [{"kind": "500", "probability": 0.3}],
    [{"kind": "drop_before", "probability": 0.3}],
    [{"kind": "drop_after", "probability": 0.2, "method": "sendMessage"}],
    [{"kind": "drop_after", "probability": 0.3, "method": "getUpdates"}],
    [{"kind": "429", "probability": 0.1, "method": "sendMessage"}],
    [{"kind": "slow", "seconds": 0.05, "probability": 0.2}],
    [{"kind": "400", "description": "Bad Request: odd", "method": "getUpdates", "times": 5}],
]


@pytest.mark.parametrize("faults", FAULTS, ids=lambda faults: faults and faults[0]["kind"])
async def test_every_message_has_its_effect_once_and_its_answer_in_order(
    telegram: LocalTelegram, tmp_path: Path, faults: list[dict[str, Any]]
) -> None:
    """Whatever goes wrong on the way, nobody's words are lost, doubled in effect, or swapped."""
    phones = [await telegram.phone(f"P{number}") for number in range(8)]
    for fault in faults:
        await telegram.fault(**fault)
    async with echoing(telegram, tmp_path) as echo:
        for number in range(10):
            for phone in phones:
                await phone.send(f"word {number}")
        await phones[0].send("end")
        for phone in phones[1:]:
            await phone.send("end")
        await until_answered(telegram, phones, "end")
        said = [await answers(phone) for phone in phones]
    may_double = any(fault["kind"] == "drop_after" for fault in faults)
    for words in said:
        assert list(dict.fromkeys(words)) == [*[f"word {n}" for n in range(10)], "end"]
        assert may_double or len(words) == 11
    assert set(echo.effects.values()) == {1}
    assert len(echo.effects) == 88


async def test_a_day_s_end_without_telegram_loses_nothing(
    telegram: LocalTelegram, tmp_path: Path
) -> None:
    """Telegram goes down in the middle and comes back: every word is answered, in order."""
    phones = [await telegram.phone(f"P{number}") for number in range(5)]
    async with echoing(telegram, tmp_path) as echo:
        for phone in phones:
            await phone.send("before")
        await telegram.fault("down")
        for phone in phones:
            await phone.send("during")
        while echo.intake.receiving:
            await asyncio.sleep(0.005)
        await telegram.end_faults()
        for phone in phones:
            await phone.send("after")
        await until_answered(telegram, phones, "after")
        said = [await answers(phone) for phone in phones]
    assert said == [["before", "during", "after"]] * 5


async def test_a_restart_takes_up_where_it_stopped(telegram: LocalTelegram, tmp_path: Path) -> None:
    """What came while nobody listened is answered by the next process, and nothing twice."""
    phone = await telegram.phone("P")
    for number in range(4):
        await phone.send(f"word {number}")
        async with echoing(telegram, tmp_path):
            await phone.wait_for(f"you said word {number}")
    assert await answers(phone) == [f"word {number}" for number in range(4)]


async def test_the_second_instance_stops_and_the_first_goes_on(
    telegram: LocalTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes with one token: the newcomer says so and ends, people notice nothing."""
    monkeypatch.setattr(updates, "CONFLICT_PAUSE_SECONDS", 0.1)
    phone = await telegram.phone("P")
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    async with echoing(telegram, tmp_path / "first") as first:
        await phone.send("one")
        await phone.wait_for("you said one")
        first.intake._polling = Polling(
            **{**{n: getattr(SWIFT, n) for n in SWIFT.__slots__}, "conflicts": 10**6}
        )
        second = Echo(telegram, tmp_path / "second")
        with pytest.raises(AnotherInstanceError):
            await second.intake.run()
        second.writer.close()
        await second.wire.close()
        second.database.close()
        await phone.send("two")
        await phone.wait_for("you said two")
    assert await answers(phone) == ["one", "two"]


async def test_a_tap_on_a_message_just_sent_is_known_to_hang_on_it(
    telegram: LocalTelegram, tmp_path: Path
) -> None:
    """Even when the tap is quicker than Telegram's answer to us."""
    phone = await telegram.phone("P")
    async with echoing(telegram, tmp_path, buttons=True) as echo:
        echo.ears.open.clear()
        await phone.send("hello")
        await phone.wait_for("[yes]")
        tapping = asyncio.create_task(phone.tap("yes"))
        await echo.tapped.wait()
        echo.ears.open.set()
        await tapping
        await phone.wait_for("you said here")
    assert await answers(phone) == ["here"]


async def test_who_blocks_the_bot_is_left_alone_and_heard_again(
    telegram: LocalTelegram, tmp_path: Path
) -> None:
    """While blocked one call is refused; afterwards the conversation goes on."""
    phone, other = await telegram.phone("P"), await telegram.phone("Q")
    async with echoing(telegram, tmp_path) as echo:
        await phone.send("one")
        await phone.wait_for("you said one")
        await telegram.fault("403", "sendMessage", chat_id=phone.chat_id)
        for number in range(5):
            await phone.send(f"lost {number}")
        await other.send("hello")
        await other.wait_for("you said hello")
        await telegram.wait_until(lambda: echo.effects.total() == 7)
        await echo.delivery.quiet()
        await telegram.end_faults()
        await phone.send("two")
        await phone.wait_for("you said two")
    assert await answers(phone) == ["one", "two"]
