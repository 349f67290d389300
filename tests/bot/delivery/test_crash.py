"""A sender killed in the middle, again and again: nothing lost, nothing out of order."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import Database, default_url
from storage.outbox import Lane, Outgoing, Policy, State, count_by_state
from storage.unit import Unit
from storage.writer import Writer
from tests.bot.bot_api import BotApi

CHATS, ROWS, KILLS = 6, 60, 2
TODAY = datetime(2026, 11, 22, tzinfo=UTC).date()


def policy_of(number: int) -> Policy:
    """Every chat has rows of both kinds in turn."""
    return Policy(number // CHATS % 2)


def fill(folder: Path) -> None:
    """Write the rows of several people into an outbox."""

    def job(unit: Unit) -> None:
        people = [unit.create_person(chat, "it", TODAY) for chat in range(1, CHATS + 1)]
        for number in range(ROWS):
            person, chat = people[number % CHATS], number % CHATS + 1
            params = {"chat_id": chat, "text": str(number)}
            unit.send(Outgoing("sendMessage", params, Lane.REPLY, policy_of(number), person.id))

    within(folder, job)


def within(folder: Path, job: object) -> object:
    """Do something with the database while no sender works."""
    database = Database.open(default_url(folder), data=folder)
    writer = Writer(database)
    try:
        return writer.submit(job).result()  # type: ignore[arg-type]
    finally:
        writer.close()
        database.close()


async def sender(folder: Path, address: str, point: str, times: int) -> int:
    """Run a sender to its end; how it ended."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bot.delivery.crashing",
        str(folder),
        address,
        point,
        str(times),
        cwd=Path(__file__).resolve().parents[3],
    )
    return await process.wait()


@pytest.mark.parametrize("point", ["K5", "K6", "K7"])
async def test_a_killed_sender_loses_nothing(api: BotApi, tmp_path: Path, point: str) -> None:
    """At-least-once rows all arrive, a chat doubles one message a kill at most, and order holds.
    At-most-once rows arrive once or are known to be unknown."""
    fill(tmp_path)
    ends = [await sender(tmp_path, api.address, point, 11 + kill) for kill in range(KILLS)]
    ends.append(await sender(tmp_path, api.address, "never", 1))
    assert ends == [9] * KILLS + [0]

    by_chat: dict[int, list[int]] = defaultdict(list)
    for params in api.asked("sendMessage"):
        by_chat[params["chat_id"]].append(int(params["text"]))
    arrived = Counter(number for numbers in by_chat.values() for number in numbers)
    once = [number for number in range(ROWS) if policy_of(number) is Policy.ONCE]
    states = within(tmp_path, lambda unit: count_by_state(unit.direct()))
    assert isinstance(states, dict)
    assert set(states) <= {State.UNKNOWN}
    assert sum(1 for number in once if not arrived[number]) <= states.get(State.UNKNOWN, 0)
    assert [number for number in once if arrived[number] > 1] == []
    assert [n for n in range(ROWS) if n not in once and not arrived[n]] == []
    for numbers in by_chat.values():
        assert len(numbers) - len(set(numbers)) <= KILLS
        assert list(dict.fromkeys(numbers)) == sorted(set(numbers))
