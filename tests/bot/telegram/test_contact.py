"""The last contact with Telegram: a gap too long for Telegram's memory is noticed and told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock
from bot.telegram.client import TelegramClient
from bot.telegram.contact import Contact
from tests.bot.bot_api import BotApi, message
from tests.bot.telegram.receiving import Book, World, intake, run_until


class Minutes(Clock):
    """A clock that stands where it was put."""

    def __init__(self, now: datetime) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time


NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "gaps"),
    [
        (None, []),
        (NOON - timedelta(hours=22, minutes=59), []),
        (NOON - timedelta(hours=26), [(NOON - timedelta(hours=26), NOON)]),
    ],
)
async def test_a_gap_is_noticed_at_the_first_contact(
    client: TelegramClient,
    api: BotApi,
    last: datetime | None,
    gaps: list[tuple[datetime, datetime]],
) -> None:
    """More than 23 hours without Telegram are told, once; less is not claimed to be a gap."""
    told: list[tuple[datetime, datetime]] = []

    async def on_gap(start: datetime, end: datetime) -> None:
        told.append((start, end))

    book = Book(last)
    contact = Contact(book, on_gap, Minutes(NOON))
    loop = intake(client, World(), contact=contact)
    await run_until(loop, api.until(lambda: len(api.asked("getUpdates")) > 2))
    assert (told, book.at, book.beats) == (gaps, NOON, 1)


async def test_a_gap_while_the_process_lived_is_noticed_too() -> None:
    """A network that was away for a day is a gap, restart or not; beats come once a minute."""
    told: list[timedelta] = []

    async def on_gap(start: datetime, end: datetime) -> None:
        told.append(end - start)

    clock, book = Minutes(NOON), Book(None)
    contact = Contact(book, on_gap, clock)
    for step in (timedelta(0), timedelta(seconds=59), timedelta(seconds=2), timedelta(hours=24)):
        clock.time += step
        await contact.made()
    assert (told, book.beats) == ([timedelta(hours=24)], 3)


async def test_a_heartbeat_that_cannot_be_written_stops_nothing(
    client: TelegramClient, api: BotApi
) -> None:
    """With the database away updates are still asked for."""

    class Broken(Book):
        async def beat(self, at: datetime) -> None:
            raise OSError

    async def on_gap(start: datetime, end: datetime) -> None:
        """Nobody is told."""

    contact = Contact(Broken(None), on_gap, Minutes(NOON))
    api.updates = [message(1)]
    world = World()
    await run_until(
        intake(client, world, contact=contact), world.until(lambda: world.effects == [1])
    )
    assert world.effects == [1]
