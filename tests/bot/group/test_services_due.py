"""Old services are told in the groups once a week, as a number, in the hours of the day."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.group.services_due import DueServices
from bot.languages import ROME
from bot.telegram.client import TelegramClient
from storage.services.editing import save_service
from tests.bot.bot_api import BotApi, refused
from tests.bot.group.house import House, house
from tests.storage.services.factories import ME, a_form


@pytest.fixture
async def here(tmp_path: Path, client: TelegramClient) -> AsyncIterator[House]:
    """A house with a group for everybody, on a Monday morning a week after it began."""
    async with house(tmp_path, client) as running:
        await running.binds()
        await DueServices(running.means).tick()
        await to_monday(running)
        yield running


async def to_monday(here: House, hour: int = 10) -> None:
    """Let the time pass until the next Monday at that hour."""
    local = here.clock.now().astimezone(ROME)
    then = (local + timedelta(days=7 - local.weekday())).replace(hour=hour, minute=0)
    here.clock.passes(seconds=(then - local).total_seconds())


async def keep(here: House, ref: str = "old", **changes: Any) -> None:
    """A service that somebody saw long ago."""
    now = here.clock.now()
    form = a_form(**{"ref": ref, "checked": now.date() - timedelta(days=100), **changes})

    def save(unit: Any) -> None:
        assert save_service(unit.direct(), form, operator_id=ME, now=now).service is not None

    await here.means.done(save)


def texts(api: BotApi) -> list[str]:
    """What groups were told."""
    return [params["text"] for params in api.asked("sendMessage")]


async def test_once_a_week(here: House, api: BotApi) -> None:
    """A number and where to look; the next time a week later, and nothing where nothing is old."""
    due = DueServices(here.means)
    await due.tick()
    assert texts(api) == []
    await keep(here)
    await keep(here, "older", checked=None)
    await due.tick()
    await due.tick()
    assert [one[:12] for one in texts(api)] == ["📍 2 services"]
    assert "AFOL" not in texts(api)[0]
    await to_monday(here, hour=7)
    await due.tick()
    assert len(texts(api)) == 1
    here.clock.passes(hours=3)
    await due.tick()
    assert len(texts(api)) == 2


async def test_a_house_that_begins_has_a_week(
    tmp_path: Path, client: TelegramClient, api: BotApi
) -> None:
    """In the first week nobody is told of what the house began with."""
    async with house(tmp_path, client) as running:
        await running.binds()
        await keep(running)
        for _time in range(2):
            await DueServices(running.means).tick()
    assert texts(api) == []


async def test_what_a_group_does_not_take_is_noted(here: House, api: BotApi) -> None:
    """It is not said again that week; the console shows it all the same."""
    await keep(here)
    api.script("sendMessage", refused(403, "Forbidden: bot was kicked"))
    due = DueServices(here.means)
    await due.tick()
    await due.tick()
    assert len(texts(api)) == 1
    assert "services_due_refused" in here.ears.events
