"""The words in a real browser: nothing cut, nothing unreadable, right to left where it belongs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser as Chromium
from playwright.async_api import expect

from tests.bot.console.house import Reader
from tests.bot.console.looks import LOOKS, all_faults, share, window, with_cookie
from tests.bot.console.looks import chromium as chromium
from tests.bot.console.words.house import NEW_PRICE, Words

pytestmark = pytest.mark.asyncio(loop_scope="module")
module_loop = pytest_asyncio.fixture(loop_scope="module")
PATHS = [
    "/words",
    "/words/card?of=docs.fee",
    "/words/card?of=docs.fee&language=ar",
    "/words/waiting",
    "/words/digest",
]


@module_loop
async def house(tmp_path: Path) -> AsyncIterator[Words]:
    """A price that went up, a translation that waits."""
    house = Words(tmp_path)
    async with house.console:
        await house.open()
        await house.propose(house.anna, "en", NEW_PRICE, meaning="changes")
        await house.decide(house.bruno, "approved")
        await house.propose(house.anna, "ar", "تدفعون 20 يورو (Poste).")
        yield house


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
async def test_the_pages_are_for_every_eye_and_finger(
    house: Words, chromium: Chromium, scheme: str, size: tuple[int, int]
) -> None:
    """No barrier that a machine finds, nothing wider than the phone."""
    paths = share([*PATHS, house.way("ar")], scheme, size)
    reader: Reader = house.readers["Bruno"]
    cookie = house.console.room.sessions.begin(
        reader.operator, reader.key, house.console.clock.now()
    )
    page = await with_cookie(await window(chromium, size, scheme), cookie, house.console.address)
    found: dict[str, object] = {}
    for path in paths:
        await page.goto(house.console.address + path)
        found |= await all_faults(page, path)
    assert found == dict.fromkeys(found, ([], 0))
    await page.goto(house.console.address + house.way("ar"))
    field = page.locator("textarea")
    await expect(field).to_have_attribute("dir", "rtl")
