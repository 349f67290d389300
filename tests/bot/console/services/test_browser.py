"""The directory in a real browser: for every eye and finger."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser as Chromium

from storage.operators import Role
from tests.bot.console.house import Console
from tests.bot.console.looks import LOOKS, all_faults, window, with_cookie
from tests.bot.console.looks import chromium as chromium
from tests.bot.console.services.test_services import TODAY, a_service

pytestmark = pytest.mark.asyncio(loop_scope="module")
module_loop = pytest_asyncio.fixture(loop_scope="module")


@module_loop
async def console(tmp_path: Path) -> AsyncIterator[Console]:
    """A console that runs."""
    async with Console(tmp_path) as running:
        yield running


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
async def test_every_page_is_open_to_everybody(
    console: Console, chromium: Chromium, scheme: str, size: tuple[int, int]
) -> None:
    """axe-core finds nothing, and nothing runs out of the screen."""
    old = a_service(console, ref="1", name="Old", checked=TODAY - timedelta(days=100))
    a_service(console, ref="2", name="Fresh")
    anna = console.reader("Anna", role=Role.COORDINATOR)
    cookie = console.room.sessions.begin(anna.operator, anna.key, console.clock.now())
    page = await with_cookie(await window(chromium, size, scheme), cookie, console.address)
    found: dict[str, object] = {}
    for path in ("", f"/{old.id}", "/import"):
        await page.goto(f"{console.address}/services{path}")
        found.update(await all_faults(page, path))
    await page.context.close()
    assert {where: one for where, one in found.items() if one != ([], 0)} == {}
