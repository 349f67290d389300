"""The regular work on the reports is done every night, at a minute nobody can wait for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages import ROME
from bot.telegram.client import TelegramClient
from bot.upkeep import MIXED, Upkeep, next_night
from storage.errors import BusyError
from tests.bot.group.house import HandClock, House, house

NOON = "2026-11-23T12:00+00:00"


class Reports:
    """Counts what it is asked to do."""

    def __init__(self, clock: HandClock) -> None:
        self.clock = clock
        self.ticks = 0
        self.nights: list[datetime] = []
        self.failures: list[Exception] = []

    def tick(self, now: datetime) -> None:
        if self.failures:
            raise self.failures.pop()
        self.ticks += 1

    def night(self, now: datetime) -> int:
        self.nights.append(now)
        return 2

    def purge(self) -> bool:
        return True


def kept(here: House) -> tuple[Reports, Upkeep]:
    """Reports, and the work on them."""
    reports = Reports(here.clock)
    return reports, Upkeep(here.means, reports)


async def test_every_night_has_its_minute(tmp_path: Path, client: TelegramClient) -> None:
    """A tick every five minutes for a week: seven nights, from 03:30 to 05:05, not all alike."""
    async with house(tmp_path, client, at=NOON) as here:
        reports, upkeep = kept(here)
        for _tick in range(7 * 24 * 12):
            await upkeep.tick()
            here.clock.passes(minutes=5)
        local = [night.astimezone(ROME) for night in reports.nights]
        assert [night.date() for night in local] == [date(2026, 11, 24 + n) for n in range(7)]
        assert {"03:30" <= f"{night:%H:%M}" < "05:05" for night in local} == {True}
        assert len({f"{night:%H:%M}" for night in local}) > 1
        assert reports.ticks == 7 * 24 * 12


@pytest.mark.parametrize(("days", "nights"), [(1, 0), (3, 1)])
async def test_who_sleeps_at_night_is_made_up_for(
    days: int, nights: int, tmp_path: Path, client: TelegramClient
) -> None:
    """A machine that is off every night mixes by day, once two days have passed."""
    async with house(tmp_path, client, at=NOON) as here:
        reports, upkeep = kept(here)
        now = here.clock.now()
        await here.means.done(lambda unit: unit.set_setting(MIXED, now.isoformat()))
        await upkeep.tick()
        for _day in range(days):
            here.clock.passes(days=1)
            await upkeep.tick()
            await upkeep.tick()
        assert len(reports.nights) == nights


async def test_a_restart_keeps_the_plan(tmp_path: Path, client: TelegramClient) -> None:
    """The minute is chosen once: starting again does not choose another, nor work twice."""
    async with house(tmp_path, client, at=NOON) as here:
        reports, upkeep = kept(here)
        await upkeep.tick()
        for _tick in range(18 * 12):
            here.clock.passes(minutes=5)
            await Upkeep(here.means, reports).tick()
        assert len(reports.nights) == 1


async def test_trouble_is_told_and_tried_again(tmp_path: Path, client: TelegramClient) -> None:
    """A database that is away is told of; the next tick does the work."""
    async with house(tmp_path, client, at=NOON) as here:
        reports, upkeep = kept(here)
        reports.failures.append(BusyError("locked"))
        await upkeep.tick()
        await upkeep.tick()
        assert (here.ears.events, reports.ticks) == (["upkeep_failed"], 1)


@given(
    st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2030-01-01")),
    st.integers(0, 1 << 30),
)
def test_a_night_is_always_ahead_and_near(now: datetime, chance: int) -> None:
    """Over four years, both changes of the clocks included: within 26 hours, in its hours."""
    moment = now.replace(tzinfo=ROME)
    night = next_night(moment, chance)
    assert timedelta() < night - moment <= timedelta(hours=26)
    assert "03:30" <= f"{night.astimezone(ROME):%H:%M}" < "05:00"
