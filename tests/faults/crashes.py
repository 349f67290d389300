"""A burst of people against a bot that dies again and again: the run that all crash tests share."""

from __future__ import annotations

import asyncio
import random
import signal
from dataclasses import dataclass
from typing import Any

from tests.faults.nursery import Nursery
from tests.faults.process import KILLED
from tests.faults.scene import Figures, Stage

OUTSIDE = "SIGKILL"
POINTS = ("K1", "K2", "K3", "K4", "K5", "K6", "K7", OUTSIDE)


@dataclass(frozen=True)
class Plan:
    """How much of it there is to be, at least; the points take turns."""

    points: tuple[str, ...]
    kills: int
    updates: int
    people: int
    seed: int = 0
    passes: int = 40


class Nemesis:
    """Lets the bot die again and again, at some points, and start again each time."""

    def __init__(self, bots: Nursery, plan: Plan) -> None:
        self._bots = bots
        self._plan = plan
        self._dice = random.Random(f"{plan.seed}:{'-'.join(plan.points)}")
        self.kills = 0

    async def rage(self) -> None:
        """Kill as often as planned; the last life goes on."""
        while self.kills < self._plan.kills:
            await self._one_life(self._plan.points[self.kills % len(self._plan.points)])
            self.kills += 1
        await self._bots.start()

    async def _one_life(self, point: str) -> None:
        if point == OUTSIDE:
            await self._bots.start()
            await asyncio.sleep(self._dice.uniform(0.05, 0.8))
            self._bots.signal(signal.SIGKILL)
            code = await self._bots.ended()
            assert code == -signal.SIGKILL, f"ended by itself with {code}"
            return
        await self._bots.start(point=point, times=self._dice.randint(1, self._plan.passes))
        code = await self._bots.ended()
        assert code == KILLED, f"ended with {code} instead"


async def run(plan: Plan, stage: Stage, **life: Any) -> Figures:
    """Carry out a plan, wait until all is quiet, and hold the history against the model."""
    async with stage(people=plan.people, seed=plan.seed, **life) as here:
        nemesis = Nemesis(here.bots, plan)

        def enough() -> bool:
            return nemesis.kills >= plan.kills and len(here.town.updates) >= plan.updates

        async with asyncio.TaskGroup() as group:
            group.create_task(nemesis.rage())
            group.create_task(here.town.live(enough))
        return await here.figures(nemesis.kills)
