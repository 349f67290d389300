"""A real browser for the pages: windows of every look, and what is wrong in one."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, Page, async_playwright

from bot.console.guard import PLAIN_COOKIE
from tests.bot.console.house import Console, Reader

DESK, PHONE = (1280, 900), (390, 844)
LOOKS = [
    ("light", DESK),
    ("dark", PHONE),
    pytest.param("light", PHONE, marks=pytest.mark.faults),
    pytest.param("dark", DESK, marks=pytest.mark.faults),
]
HALVES = {("light", DESK): 0, ("dark", PHONE): 1}


def share(paths: list[str], scheme: str, size: tuple[int, int]) -> list[str]:
    """What a look opens: in `make test` two looks take every second page, in `make faults` the
    two others take all."""
    half = HALVES.get((scheme, size))
    return paths if half is None else paths[half::2]


OPEN_ALL = """() => {
  const all = [...document.querySelectorAll("details:not(.menu)")];
  const shut = all.filter((one) => !one.open).length;
  all.forEach((one) => { one.open = true; });
  return shut;
}"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Chromium]:
    """A Chromium without a window; one serves the whole module."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        await browser.close()


async def window(
    chromium: Chromium, size: tuple[int, int] = DESK, scheme: str = "light", **more: object
) -> BrowserContext:
    """A window of a size, by day or by night."""
    width, height = size
    return await chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        **more,  # type: ignore[arg-type]
    )


async def with_cookie(context: BrowserContext, cookie: str, address: str) -> Page:
    """A page in which somebody is signed in; the door itself is tested elsewhere."""
    given = {"name": PLAIN_COOKIE, "value": cookie, "url": address}
    await context.add_cookies([given])  # type: ignore[list-item]
    return await context.new_page()


async def comes_in(console: Console, page: Page, reader: Reader) -> None:
    """Sign in as a person does."""
    console.clock.go(timedelta(seconds=60))
    await page.goto(f"{console.address}/sign-in")
    await page.fill("#name", reader.operator.name)
    await page.fill("#passphrase", reader.passphrase)
    await page.fill("#code", reader.code(console.clock.now()))
    await page.click("main form button.strong")
    await page.wait_for_url(re.compile("/(account|reports|talks|cases)"))


async def faults(page: Page) -> tuple[list[str], int]:
    """What axe-core finds, and by how much the page is wider than its window."""
    axe = Axe()
    if await page.evaluate("'axe' in window"):
        axe.axe_script = ""
    results = await axe.run(page)
    found = [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in results.response["violations"]
    ]
    return found, await page.evaluate(WIDER)


async def all_faults(page: Page, name: str) -> dict[str, object]:
    """What is wrong in a page as it comes, and with everything open where something opens."""
    closed = await faults(page)
    opened = await page.evaluate(OPEN_ALL)
    return {name: closed, f"{name}, all open": await faults(page) if opened else closed}
