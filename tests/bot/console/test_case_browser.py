"""The case file in a real browser: for every eye and finger, and what is typed outlives a click."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, expect

from storage.desks import Desk, save_desk
from storage.operators import Role
from tests.bot.console.casework import a_case
from tests.bot.console.house import START, Console, Reader
from tests.bot.console.looks import LOOKS, all_faults, faults, share, window, with_cookie
from tests.bot.console.looks import chromium as chromium

pytestmark = pytest.mark.asyncio(loop_scope="module")
module_loop = pytest_asyncio.fixture(loop_scope="module")


@module_loop
async def console(tmp_path: Path) -> AsyncIterator[Console]:
    """A console that runs."""
    async with Console(tmp_path) as running:
        yield running


async def page_of(
    console: Console,
    chromium: Chromium,
    reader: Reader,
    look: tuple[str, tuple[int, int]],
) -> Page:
    """A page in which somebody is signed in."""
    cookie = console.room.sessions.begin(reader.operator, reader.key, console.clock.now())
    context = await window(chromium, look[1], look[0])
    return await with_cookie(context, cookie, console.address)


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
async def test_every_page_is_open_to_everybody(
    console: Console, chromium: Chromium, scheme: str, size: tuple[int, int]
) -> None:
    """axe-core finds nothing, nothing runs out of the screen, the browser complains of nothing."""
    office = console.office("Sportello Lavoro di Carate Brianza")
    anna = console.reader("Anna Colombo", Role.ADMINISTRATOR, office, "it")
    bea = console.reader("Bea Riva", office=office, language="it")
    hours = "lun-ven 09:00-12:30 14:00-18:00"
    desk = Desk("abcd2345", "Maggiolino", "Carate", True, START.date(), office, hours, talks=True)
    console.do(lambda connection: save_desk(connection, desk))
    case = f"cases/{a_case(console, bea.operator)}"
    page = await page_of(console, chromium, anna, (scheme, size))
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    found: dict[str, object] = {}
    paths = ["cases", "cases?owner=mine&stage=suspended", "cases/new", case, f"{case}/sheet"]
    paths += [f"{case}/paper", f"{case}/plan-paper", "code", "desks", "desks/abcd2345", "operators"]
    paths += [f"operators/{bea.operator.id}/leave", "account"]
    paths = share(paths, scheme, size)
    for path in paths:
        await page.goto(f"{console.address}/{path}")
        found.update(await all_faults(page, path))
    await page.goto(f"{console.address}/{case}")
    await page.click("#codes button")
    await expect(page.locator(".code-digits")).to_be_visible()
    found["code made"] = await faults(page)
    await page.goto(f"{console.address}/operators/{bea.operator.id}/leave")
    await page.click("main button.grave")
    found["left"] = await faults(page)
    await page.context.close()
    wrong = {where: one for where, one in found.items() if one != ([], 0)}
    assert (wrong, complaints, len(found)) == ({}, [], 2 * len(paths) + 2)


async def test_what_is_typed_outlives_a_click_elsewhere(
    console: Console, chromium: Chromium
) -> None:
    """Whoever leaves a half-written sheet by the menu finds it as it was, and can send it."""
    anna = console.reader("Anna")
    page = await page_of(console, chromium, anna, ("light", (1280, 900)))
    await page.clock.install()
    await page.goto(f"{console.address}/cases/new")
    await page.fill("[id='f.story']", "Dorme sopra il ristorante")
    await page.check("[name='f.needs.house']")
    await page.clock.run_for(5_000)
    await expect(page.locator("[data-kept]")).to_be_visible()
    await page.click("nav.side >> text=My account")
    await page.goto(f"{console.address}/cases/new")
    await expect(page.locator("[id='f.story']")).to_have_value("Dorme sopra il ristorante")
    await expect(page.locator("[name='f.needs.house']")).to_be_checked()
    await page.click("main form.sheet button.strong")
    await expect(page.locator("#sheet")).to_contain_text("Dorme sopra il ristorante")
    await page.goto(f"{console.address}/cases/new")
    await expect(page.locator("[id='f.story']")).to_have_value("")
    await page.context.close()


async def test_on_paper_there_is_the_case_alone(console: Console, chromium: Chromium) -> None:
    """Nothing of the console is printed, and the plan for the person holds no name and no story."""
    anna = console.reader("Anna")
    case = a_case(console, anna.operator)
    page = await page_of(console, chromium, anna, ("dark", (1280, 900)))
    await page.goto(f"{console.address}/cases/{case}/plan-paper")
    await page.emulate_media(media="print")
    for selector in (".top", "[data-print]", ".way-back"):
        await expect(page.locator(selector).first).to_be_hidden()
    words = await page.locator(".paper").inner_text()
    assert ("Un posto letto" in words, "Dodici ore" in words) == (True, False)
    background = await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert background == "rgb(255, 255, 255)"
    await page.context.close()
