"""A burst of people against a bot that dies again and again: the run that all crash tests share."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.app import LOCALES
from bot.content import load_library
from bot.languages import Languages
from storage.database import default_url
from tests.faults.history import problems, read_kept, read_sent
from tests.faults.nursery import PATIENCE_SECONDS, Nursery, nursery
from tests.faults.people import Book, Town
from tests.faults.process import KILLED, Life
from tests.telegram import LocalTelegram, local_telegram

OUTSIDE = "SIGKILL"
POINTS = ("K1", "K2", "K3", "K4", "K5", "K6", "K7", OUTSIDE)
REPEATED_SHARE = 0.2


@dataclass(frozen=True)
class Plan:
    """How much of it there is to be, at least."""

    point: str
    kills: int
    updates: int
    people: int
    seed: int = 0


@dataclass
class Figures:
    """What was run and what came of it."""

    point: str = ""
    kills: int = 0
    updates: int = 0
    repeated: int = 0
    lost: int = 0
    double: int = 0
    votes: int = 0
    rows: int = 0
    duplicates: int = 0
    most_duplicates_in_a_chat: int = 0
    problems: list[str] = field(default_factory=list)


class CountingLine(deque[Any]):
    """The line of updates that come again, and how many ever stood in it."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def append(self, update: Any) -> None:
        self.count += 1
        super().append(update)


def keep_everything(telegram: LocalTelegram) -> CountingLine:
    """Let the local Telegram forget no call, and count what it delivers again."""
    telegram.state.calls = Book()
    line = CountingLine()
    telegram.state.updates.again = line
    return line


def a_life(telegram: LocalTelegram, folder: Path, **more: Any) -> Life:
    """A bot on this Telegram, with its data in this folder."""
    return Life(
        data=str(folder / "data"),
        api=telegram.address,
        token=telegram.token,
        log=str(folder / "bot.log"),
        **more,
    )


def a_town(telegram: LocalTelegram) -> Town:
    """Nobody yet, before the library of the house."""
    book = telegram.state.calls
    assert isinstance(book, Book)
    return Town(telegram, load_library(LOCALES / "content"), Languages.load(LOCALES), book)


class Nemesis:
    """Lets the bot die again and again, at one point, and start again each time."""

    def __init__(self, bots: Nursery, plan: Plan) -> None:
        self._bots = bots
        self._plan = plan
        self._dice = random.Random(f"{plan.seed}:{plan.point}")
        self.kills = 0

    async def rage(self) -> None:
        """Kill as often as planned; the last life goes on."""
        while self.kills < self._plan.kills:
            await self._one_life()
            self.kills += 1
        await self._bots.start()

    async def _one_life(self) -> None:
        if self._plan.point == OUTSIDE:
            await self._bots.start()
            await asyncio.sleep(self._dice.uniform(0.05, 0.8))
            self._bots.signal(signal.SIGKILL)
            code = await self._bots.ended()
            assert code == -signal.SIGKILL, f"ended by itself with {code}\n{self._bots.log()}"
            return
        await self._bots.start(point=self._plan.point, times=self._dice.randint(1, 40))
        async with asyncio.timeout(PATIENCE_SECONDS):
            code = await self._bots.ended()
        assert code == KILLED, f"ended with {code} instead\n{self._bots.log()}"


async def run(plan: Plan, folder: Path, **more: Any) -> Figures:
    """Carry out a plan, wait until all is quiet, and hold the history against the model."""
    async with local_telegram() as telegram:
        again = keep_everything(telegram)
        await telegram.sim("repeat", fraction=REPEATED_SHARE, seed=plan.seed, standing=True)
        town = a_town(telegram)
        await town.settle(plan.people, plan.seed)
        life = a_life(telegram, folder, **more)
        async with nursery(life) as bots:
            nemesis = Nemesis(bots, plan)

            def enough() -> bool:
                return nemesis.kills >= plan.kills and len(town.updates) >= plan.updates

            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(nemesis.rage())
                    group.create_task(town.live(enough))
                await quiet(telegram, town, bots)
            except BaseException as error:
                error.add_note(bots.log())
                raise
            code = await bots.stop()
            assert code == 0, f"stopped with {code}\n{bots.log()}"
        kept = read_kept(
            life.database or default_url(Path(life.data)),
            Path(life.data),
            [person.phone.chat_id for person in town.people],
        )
        sent = read_sent(telegram.state.calls)
        return Figures(
            point=plan.point,
            kills=nemesis.kills,
            updates=len(town.updates),
            repeated=again.count,
            lost=len(town.updates - kept.handled) + (town.votes.counts - kept.votes).total(),
            double=(kept.votes - town.votes.counts).total(),
            votes=sum(kept.votes.values()),
            rows=len(sent.times),
            duplicates=sent.repeated,
            most_duplicates_in_a_chat=_most_in_a_chat(telegram),
            problems=problems(town, kept, sent),
        )


def _most_in_a_chat(telegram: LocalTelegram) -> int:
    chats: Counter[int] = Counter()
    seen: set[int] = set()
    for call in telegram.state.calls:
        row = call.params.get("test_row")
        if row is None or call.error_code is not None or not call.method.startswith("send"):
            continue
        if row in seen:
            chats[call.params["chat_id"]] += 1
        seen.add(row)
    return max(chats.values(), default=0)


async def quiet(telegram: LocalTelegram, town: Town, bots: Nursery) -> None:
    """Wait until every update is confirmed and every tap is answered."""
    state = telegram.state

    def is_quiet() -> bool:
        answered = all(
            query.answer is None or query.answer.done() for query in state.queries.values()
        )
        return answered and not state.updates.pending and not state.updates.again

    await telegram.wait_until(is_quiet, PATIENCE_SECONDS)
