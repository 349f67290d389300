"""The tick of messages to many: one that was let go goes at once, one that is over is done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any, cast

import pytest

from bot.delivery.sending import Fate
from bot.mass.masses import Masses, mass_render
from bot.means import Means
from bot.settings import Settings
from flows.calendar_model import MassState
from storage.errors import BusyError
from storage.mass import running
from tests.bot.console.house import LANGUAGES, Told
from tests.bot.mass.house import NOW, ByDay, House
from tests.storage.mass.crowd import kept


class Away:
    """A writer whose database is away."""

    def submit(self, job: Callable[..., Any]) -> Future[Any]:
        """Refuse."""
        future: Future[Any] = Future()
        future.set_exception(BusyError("The database is busy."))
        return future


class Looks:
    """Counts how often is looked for what is due."""

    def __init__(self) -> None:
        self.count = 0

    async def __call__(self) -> None:
        """Look."""
        self.count += 1


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house with two people."""
    made = House(tmp_path, "it", "ar")
    yield made
    made.close()


def means(house: House, tmp_path: Path, writer: Any = None) -> tuple[Means, Told]:
    """What regular work is done with."""
    told = Told()
    given = Means(
        cast(Any, None),
        writer or house.writer,
        cast(Any, None),
        house.database.vault,
        LANGUAGES,
        cast(Any, ByDay()),
        told,
        Settings(data=tmp_path),
    )
    return given, told


def test_it_begins_at_once_and_ends_when_nobody_is_left(house: House, tmp_path: Path) -> None:
    """A new one is looked for once; when everybody was told it is done, and the log says so."""
    given, told = means(house, tmp_path)
    looks = Looks()
    masses = Masses(given, looks)

    def tick() -> tuple[int, MassState]:
        asyncio.run(masses.tick())
        return looks.count, house.write(lambda c: kept(c, mass.id)).state

    asyncio.run(masses.tick())
    mass = house.let_go()
    assert [tick(), tick()] == [(1, MassState.RUNNING)] * 2
    for row in house.claim():
        house.ends(row, Fate.SENT)
    assert tick() == (1, MassState.DONE)
    assert told.notes == [("mass_done", {"masses": 1})]


def test_one_that_goes_on_is_looked_for_again(house: House, tmp_path: Path) -> None:
    """After a stop it need not wait for the next round either."""
    given, _told = means(house, tmp_path)
    looks = Looks()
    masses = Masses(given, looks)
    mass = house.let_go()
    asyncio.run(masses.tick())
    house.write(lambda c: running.stop(c, mass.id))
    asyncio.run(masses.tick())
    house.write(lambda c: running.resume(c, mass.id, NOW))
    asyncio.run(masses.tick())
    assert looks.count == 2


def test_with_the_database_away_the_next_tick_comes(house: House, tmp_path: Path) -> None:
    """It is noted, and nothing is raised."""
    given, told = means(house, tmp_path, Away())
    asyncio.run(Masses(given, Looks()).tick())
    assert told.notes == [("mass_failed", {"error": "BusyError"})]


def test_a_neutral_line_stays_as_long_as_the_house_says(house: House, tmp_path: Path) -> None:
    """As everything else in careful mode."""
    given, _told = means(house, tmp_path)
    assert mass_render(given).washed.total_seconds() == given.settings.wash_hours * 3600
