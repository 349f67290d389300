"""One message to very many through refusals, pauses, a stop and crashes, while others talk.

Telegram's pauses of 1 to 300 seconds are as many thousandths here.
"""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from typing import Any

from bot.local.faults import Fault
from bot.local.state import Call
from flows.calendar_model import NoticeState
from storage.instants import ROME, instant, wall
from tests.faults.mass_house import House, founded
from tests.faults.nursery import Cradle, Nursery, nursery
from tests.faults.process import BULK, Life, set_ahead
from tests.telegram import LocalTelegram, Phone, local_telegram

FIRST_CHAT = 500_000_000
QUIET_SECONDS = 1800.0
MOST_LEAVING = 16
"""So many calls are under way at once: what is leaving when somebody stops it still arrives."""

POINTS = ("K5", "K6", "K7")


@dataclass(frozen=True)
class Plan:
    """How much of it there is."""

    people: int
    kills: int
    limited: float = 0.3
    blocked: float = 0.1
    talkers: int = 4
    every_seconds: float = 3.0
    still_seconds: float = 3.0
    seed: int = 0


@dataclass
class Outcome:
    """What was run and what came of it. Times are figures, nothing is held against them."""

    people: int = 0
    kills: int = 0
    limited: int = 0
    refused: int = 0
    told: int = 0
    double: int = 0
    again_after_blocked: int = 0
    false_sent: int = 0
    false_blocked: int = 0
    lost: int = 0
    states: dict[str, int] = field(default_factory=dict)
    stopped: int = 0
    after_stop: int = 0
    stop_seconds: float = 0.0
    let_go_seconds: float = 0.0
    sending_seconds: float = 0.0
    answers: int = 0
    answer_p50_ms: float = 0.0
    answer_p95_ms: float = 0.0
    killed_answers: int = 0
    killed_answer_p95_ms: float = 0.0


class Heard(deque[Call]):
    """Every call: to whom of the many it came, and when the others were answered."""

    def __init__(self) -> None:
        super().__init__(maxlen=1000)
        self.told: Counter[int] = Counter()
        self.refused: Counter[int] = Counter()
        self.tried: set[int] = set()
        self.limited = 0
        self.last_bulk = 0.0
        self.bulk = 0
        self.waiting: dict[int, asyncio.Event] = {}

    def append(self, call: Call) -> None:
        """Write a call down."""
        super().append(call)
        chat = call.params.get("chat_id")
        if not isinstance(chat, int):
            return
        if call.params.get(BULK):
            self.last_bulk = time.monotonic()
            self.bulk += 1
            self.tried.add(chat)
            self.limited += call.error_code == 429
            self.refused[chat] += call.error_code == 403
            self.told[chat] += call.error_code is None
        elif call.error_code is None and chat in self.waiting:
            self.waiting[chat].set()


class Storm:
    """Refuses some people for ever, and anybody now and then, as `Faults.due` does."""

    def __init__(self, plan: Plan) -> None:
        self._dice = random.Random(f"{plan.seed}:storm")
        self._plan = plan
        self.blocked = {
            FIRST_CHAT + number
            for number in range(plan.people)
            if self._dice.random() < plan.blocked
        }

    def due(self, method: str, chat_id: Any) -> Fault | None:
        """What this call runs into."""
        if method != "sendmessage" or not isinstance(chat_id, int) or chat_id < FIRST_CHAT:
            return None
        if chat_id >= FIRST_CHAT + self._plan.people:
            return None
        if self._dice.random() < self._plan.limited:
            seconds = self._dice.randint(1, 300) / 1000
            return Fault(0, method, "429", retry_after=seconds)  # type: ignore[arg-type]
        return Fault(0, method, "403") if chat_id in self.blocked else None


@dataclass
class Run:
    """What runs, as long as it does."""

    plan: Plan
    telegram: LocalTelegram
    heard: Heard
    bots: Nursery
    house: House
    phones: list[Phone]
    ahead: timedelta
    times: dict[bool, list[float]] = field(default_factory=lambda: defaultdict(list))
    raging: bool = False
    over: bool = False
    kills: int = 0

    @property
    def now(self) -> datetime:
        """The bot's own time: by day, whatever it is here."""
        return datetime.now(UTC) + self.ahead

    async def talk(self, phone: Phone) -> None:
        """Somebody asks for the menu, waits for it, and asks again."""
        answered = self.heard.waiting[phone.chat_id] = asyncio.Event()
        while not self.over:
            answered.clear()
            raging, began = self.raging, time.monotonic()
            await phone.send("/menu")
            await answered.wait()
            self.times[raging or self.raging].append(time.monotonic() - began)
            await asyncio.sleep(0.1)

    async def rage(self) -> None:
        """Kill the bot every few seconds, at a point or from outside, and start it again."""
        dice = random.Random(f"{self.plan.seed}:kills")
        self.raging = True
        while self.kills < self.plan.kills:
            await asyncio.sleep(self.plan.every_seconds * dice.uniform(0.5, 1.5))
            self.bots.signal(signal.SIGKILL)  # where it has not died by itself already
            await self.bots.ended()
            self.kills += 1
            is_last = self.kills == self.plan.kills
            point = "" if is_last else dice.choice((*POINTS, ""))
            await self.bots.start(point=point, times=dice.randint(5, 60))
        self.raging = False

    async def until(self, share: float) -> None:
        """Wait until so many of the many were tried."""
        wanted = int(self.plan.people * share)
        await self.wait(lambda: len(self.heard.tried) >= wanted)

    async def wait(self, predicate: Callable[[], bool]) -> None:
        """Wait for something."""
        async with asyncio.timeout(QUIET_SECONDS):
            while not predicate():
                await asyncio.sleep(0.05)


async def run(
    folder: Path, memory: Path, cradle: Cradle, plan: Plan, database: str = ""
) -> Outcome:
    """Tell everybody, with all of that, and hold what is left against what must be."""
    async with local_telegram() as telegram:
        heard = telegram.state.calls = Heard()
        storm = Storm(plan)
        telegram.state.faults.due = storm.due  # type: ignore[method-assign]
        telegram.state.faults.active[0] = Fault(0, "", "429")  # so that it is asked at all
        chats = [FIRST_CHAT + number for number in range(plan.people)]
        for chat in chats:
            telegram.state.private_chat(telegram.state.add_person({"id": chat}))
        phones = [await telegram.phone(f"T{n}", language="it") for n in range(plan.talkers)]
        for phone in phones:
            telegram.state.private_chat(telegram.state.people[phone.person_id])
        data, clock = folder / "data", folder / "clock"
        talkers = [phone.chat_id for phone in phones]
        house = await asyncio.to_thread(founded, data, chats, talkers, database)
        now = datetime.now(UTC)
        morning = instant(wall(now, ROME).date() + timedelta(days=1), hour(10), ROME).at
        ahead = morning - now
        set_ahead(clock, ahead.total_seconds())
        life = Life(
            data=str(data),
            api=telegram.address,
            token=telegram.token,
            log=str(folder / "bot.log"),
            database=database,
            memory=str(memory),
            clock=str(clock),
            notice_seconds=0.2,
        )
        async with nursery(cradle, life) as bots:
            going = Run(plan, telegram, heard, bots, house, phones, ahead)
            try:
                return await _told(going, storm)
            except BaseException as error:
                error.add_note(bots.log())
                raise


async def _told(going: Run, storm: Storm) -> Outcome:
    house, outcome = going.house, Outcome()
    await going.bots.start()
    talking = [asyncio.create_task(going.talk(phone)) for phone in going.phones]
    await asyncio.sleep(0)
    began = time.monotonic()
    mass_id = await asyncio.to_thread(house.let_go, going.now)
    outcome.let_go_seconds = round(time.monotonic() - began, 2)
    began = time.monotonic()
    await going.until(0.25)
    raging = asyncio.create_task(going.rage())
    await going.until(0.5)
    await _stop(going, outcome, mass_id)
    await asyncio.to_thread(house.resume, mass_id, going.now)
    await raging
    async with asyncio.timeout(QUIET_SECONDS):
        while not await asyncio.to_thread(house.is_done, mass_id):
            await asyncio.sleep(0.5)
    outcome.sending_seconds = round(time.monotonic() - began, 1)
    going.over = True
    await asyncio.gather(*talking)
    assert await going.bots.stop() == 0
    _mass, states = await asyncio.to_thread(house.look, mass_id)
    _judge(going, storm, states, outcome)
    return outcome


async def _stop(going: Run, outcome: Outcome, mass_id: int) -> None:
    """Stop it half way, and look how much still leaves."""
    heard = going.heard
    assert await asyncio.to_thread(going.house.stop, mass_id)
    stopped, before = time.monotonic(), heard.bulk
    await asyncio.sleep(going.plan.still_seconds)
    outcome.after_stop = heard.bulk - before
    _mass, states = await asyncio.to_thread(going.house.look, mass_id)
    outcome.stopped = sum(one is NoticeState.STOPPED for one in states.values())
    outcome.stop_seconds = round(max(0.0, heard.last_bulk - stopped), 3)


def _judge(going: Run, storm: Storm, states: dict[int, NoticeState], outcome: Outcome) -> None:
    heard, plan = going.heard, going.plan
    outcome.people, outcome.kills = len(states), going.kills
    outcome.limited, outcome.refused = heard.limited, heard.refused.total()
    outcome.told = sum(many > 0 for many in heard.told.values())
    outcome.double = sum(many - 1 for many in heard.told.values() if many > 1)
    outcome.again_after_blocked = sum(many - 1 for many in heard.refused.values() if many > 1)
    outcome.states = dict(Counter(state.value for state in states.values()))
    for chat, state in states.items():
        told = heard.told[chat] > 0
        outcome.false_sent += state is NoticeState.SENT and not told
        outcome.false_blocked += state is NoticeState.BLOCKED and (
            told or chat not in storm.blocked
        )
        known = (NoticeState.SENT, NoticeState.BLOCKED, NoticeState.UNKNOWN)
        outcome.lost += state not in known
    assert len(states) == plan.people + plan.talkers
    quiet, killed = sorted(going.times[False]), sorted(going.times[True])
    outcome.answers, outcome.killed_answers = len(quiet), len(killed)
    outcome.answer_p50_ms, outcome.answer_p95_ms = _at(quiet, 0.5), _at(quiet, 0.95)
    outcome.killed_answer_p95_ms = _at(killed, 0.95)


def _at(times: list[float], share: float) -> float:
    return round(times[min(len(times) - 1, int(len(times) * share))] * 1000, 1) if times else 0.0
