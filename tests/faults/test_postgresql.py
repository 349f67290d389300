"""PostgreSQL goes away under the bot: connections break, in the middle of commits too."""

from __future__ import annotations

import asyncio

import psycopg

from tests.faults.conftest import Way
from tests.faults.nursery import Cradle
from tests.faults.process import REFUSED
from tests.faults.scene import Scene, Stage
from tests.faults.test_instances import ON_THIS_DATABASE, second
from tests.faults.test_outages import hold

CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
LOCKS = (
    "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database "
    "WHERE locktype = 'advisory' AND datname = current_database()"
)
CUTS = 12


def ask(here: Scene, question: str) -> int:
    """Ask the database something, beside the bot."""
    with psycopg.connect(here.url, autocommit=True) as connection:
        found = connection.execute(question).fetchone()  # type: ignore[call-overload]
    return int(found[0])


async def test_cut_connections_lose_nothing(stage: Stage, on_postgresql: Way) -> None:
    """All connections are ended again and again in a burst; every update is handled once."""
    async with stage(people=8, **on_postgresql) as here:
        await here.bots.start()
        await here.town.together(lambda person: person.arrive())
        cut = 0

        async def cut_again_and_again() -> None:
            nonlocal cut
            for _time in range(CUTS):
                await asyncio.sleep(0.3)
                cut += await asyncio.to_thread(ask, here, CUT)

        async with asyncio.TaskGroup() as group:
            cutting = group.create_task(cut_again_and_again())
            group.create_task(here.town.live(cutting.done))
        assert cut >= CUTS
        figures = await here.figures()
        hold(figures)
        assert figures.duplicates == 0


async def test_after_a_cut_a_second_one_is_still_refused(
    stage: Stage, on_postgresql: Way, other_cradle: Cradle
) -> None:
    """The lock goes with its connection; the bot takes it again, and stays the only one."""
    async with stage(people=4, **on_postgresql) as here:
        await here.bots.start()
        await here.town.together(lambda person: person.arrive())
        await asyncio.to_thread(ask, here, CUT)
        await here.telegram.wait_until(lambda: ask(here, LOCKS), 30.0)
        code, said = await second(other_cradle, here.bots.life)
        assert (code, ON_THIS_DATABASE in said) == (REFUSED, True)
        await here.town.together(lambda person: person.wander())
        hold(await here.figures())
