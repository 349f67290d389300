"""Words with their translation in a real browser: what was typed stays until both are sent."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import expect

from bot.meaning.interpreter import Interpreter
from bot.meaning.translator import Meant
from tests.bot.console.looks import PHONE, all_faults
from tests.bot.console.looks import chromium as chromium
from tests.bot.console.talks.house import Bureau
from tests.bot.console.talks.test_browser import bureau as bureau
from tests.bot.console.talks.test_browser import looks_at, page_of
from tests.bot.meaning.scripted import Scripted

pytestmark = pytest.mark.asyncio(loop_scope="module")
WORDS = "Venga domani alle 10"


async def test_it_is_seen_and_then_sent_without_leaving_the_page(
    bureau: Bureau, chromium: Chromium
) -> None:
    """Looking at it keeps the words in their field and sends nothing; sending both clears it."""
    scripted = Scripted([Meant("تعال غدا 10", "it"), Meant("Vieni domani 10", "ar")])
    bureau.talks.interpreter = Interpreter(scripted, bureau.clock, bureau.told)
    talk = bureau.asks(words="مرحبا")
    page = await page_of(bureau, chromium, bureau.anna, ("dark", PHONE))
    await looks_at(bureau, page, talk)
    await page.fill("#say-text", WORDS)
    await page.click("button[name=meaning]")
    await expect(page.locator(".meant-ahead")).to_contain_text("Vieni domani 10")
    await expect(page.locator("#say-text")).to_have_value(WORDS)
    assert bureau.outbox.rows == []
    found = await all_faults(page, "looked at")
    assert found == dict.fromkeys(found, ([], 0))
    await page.click("button[name=meant]")
    await expect(page.locator("#thread")).to_contain_text("تعال غدا 10")
    await expect(page.locator("#say-text")).to_have_value("")
    await expect(page.locator(".meant-ahead")).to_have_count(0)
    assert len(bureau.outbox.rows) == 1
