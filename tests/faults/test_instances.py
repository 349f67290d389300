"""Two bots by mistake: one of them says so and stops, and people notice nothing."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import replace
from pathlib import Path

from tests.faults.nursery import Cradle, nursery
from tests.faults.process import REFUSED, Life, set_ahead
from tests.faults.scene import Stage
from tests.faults.test_outages import hold

LONG_SECONDS = 600.0  # after so long the first is at home, and the other one the newcomer
ON_THIS_DATABASE = "Another Antenna already works on this database."
ON_THIS_TOKEN = "Another instance receives the updates of this bot."


async def second(cradle: Cradle, life: Life) -> tuple[int, str]:
    """Start another bot and wait until it ends; give its exit code and what it says about it."""
    log = Path(f"{life.log}.second")
    async with nursery(cradle, replace(life, log=str(log))) as bots:
        await bots.start()
        return await bots.ended(), log.read_text()


async def test_a_second_one_on_the_same_database_says_so_and_stops(
    stage: Stage, other_cradle: Cradle
) -> None:
    """While people write, another start on the same database ends at once and harms nothing."""
    async with stage(people=6) as here:
        await here.bots.start()
        ended: list[tuple[int, str]] = []

        async def start_second() -> None:
            ended.append(await second(other_cradle, here.bots.life))

        async with asyncio.TaskGroup() as group:
            group.create_task(start_second())
            group.create_task(here.town.live(lambda: bool(ended)))
        code, said = ended[0]
        assert (code, ON_THIS_DATABASE in said) == (REFUSED, True)
        hold(await here.figures())


async def test_a_frozen_first_one_still_holds_the_database(
    stage: Stage, other_cradle: Cradle
) -> None:
    """Stopped by the system and not dead, the first keeps the second out, then goes on."""
    async with stage(people=6) as here:
        await here.bots.start()
        await here.town.together(lambda person: person.arrive())
        async with asyncio.TaskGroup() as group:
            group.create_task(here.town.live(lambda: True))
            await asyncio.sleep(0.2)
            here.bots.signal(signal.SIGSTOP)
            code, said = await second(other_cradle, here.bots.life)
            here.bots.signal(signal.SIGCONT)
        assert (code, ON_THIS_DATABASE in said) == (REFUSED, True)
        hold(await here.figures())


async def test_two_databases_on_one_token_are_noticed(
    stage: Stage, other_cradle: Cradle, tmp_path: Path
) -> None:
    """Telegram tells the two apart by refusing: the newcomer says so and stops."""
    clock = tmp_path / "clock"
    set_ahead(clock, 0.0)
    async with stage(people=4, clock=str(clock)) as here:
        await here.bots.start()
        await here.town.together(lambda person: person.arrive())
        set_ahead(clock, LONG_SECONDS)
        elsewhere = replace(here.bots.life, data=str(tmp_path / "elsewhere"), clock="")
        code, said = await second(other_cradle, elsewhere)
        assert (code, ON_THIS_TOKEN in said) == (REFUSED, True)
        await here.town.together(lambda person: person.wander())
        hold(await here.figures())
