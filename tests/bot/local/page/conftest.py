"""A local Telegram with a small bot, and its page in a Chromium."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, async_playwright, expect

from bot.clock import Clock
from bot.local import create_local_telegram
from tests.bot.local.page.small_bot import TOKEN, Seen, SmallBot

A_MICROPHONE_THAT_BEEPS = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")

# What holds a browser lives in the loop the browser was started in.
module_loop = pytest_asyncio.fixture(loop_scope="module")


@module_loop
async def bot() -> AsyncIterator[SmallBot]:
    """A local Telegram on a port of its own, with the small bot running."""
    runner = web.AppRunner(
        create_local_telegram(TOKEN, Clock()), access_log=None, shutdown_timeout=0.1
    )
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    async with aiohttp.ClientSession() as session:
        bot = SmallBot(session, f"http://{host}:{port}")
        bot.may_answer.set()
        serving = asyncio.create_task(bot.serve())
        yield bot
        serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving
    await runner.cleanup()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    """A Chromium without a window: it takes long to start, so one serves a whole module."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", *A_MICROPHONE_THAT_BEEPS]
        )
        yield browser
        await browser.close()


@module_loop
async def browser(chromium: Browser) -> AsyncIterator[Browser]:
    """The Chromium, with nothing open before the test or after it."""
    yield chromium
    for context in chromium.contexts:
        await context.close()


@module_loop
async def seen(bot: SmallBot, browser: Browser) -> AsyncIterator[Seen]:
    """The page, with Amina's phone in Arabic and Joseph's in English."""
    await bot.act("people", first_name="Amina", language_code="ar", label="cleans offices")
    await bot.act("people", first_name="Joseph", language_code="en")
    page = await browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
    )
    await page.goto(bot.base)
    seen = Seen(page, complaints)
    await expect(seen.phone("Joseph")).to_be_visible()
    yield seen
    assert complaints == []
