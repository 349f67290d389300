"""The console in a real browser: for every eye and finger, by the keyboard alone, on paper."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, expect

from bot.console.recovery import DRAFT, PLACES
from bot.console.sheet import written
from storage.operators import Role
from storage.vault import PrivateKey, totp_code, totp_step
from tests.bot.console.house import PASSPHRASE, Console
from tests.bot.console.looks import DESK, LOOKS, all_faults, comes_in, share, window
from tests.bot.console.looks import chromium as chromium

pytestmark = pytest.mark.asyncio(loop_scope="module")
module_loop = pytest_asyncio.fixture(loop_scope="module")

FOCUS = """() => {
  const one = document.activeElement;
  const look = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const words = one.labels?.[0]?.innerText || one.innerText || one.getAttribute("aria-label");
  return {
    words: (words || "").trim(),
    ring: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.right > 0 && box.left < innerWidth,
    tall: box.height,
  };
}"""


@module_loop
async def console(tmp_path: Path) -> AsyncIterator[Console]:
    """A console that runs, with an administrator, an office more and a link not used yet."""
    async with Console(tmp_path) as running:
        yield running


async def page_of(
    chromium: Chromium, size: tuple[int, int] = DESK, scheme: str = "light", **more: object
) -> Page:
    """A page in Italian."""
    return await (await window(chromium, size, scheme, locale="it-IT", **more)).new_page()


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
async def test_every_page_is_open_to_everybody(
    console: Console, chromium: Chromium, scheme: str, size: tuple[int, int]
) -> None:
    """axe-core finds nothing, nothing runs out of the screen, the browser complains of nothing."""
    office = console.office("Sportello Lavoro di Carate Brianza", duty=True, hours="lun-ven 9-17")
    anna = console.reader("Anna Colombo", Role.ADMINISTRATOR, office, "it")
    console.reader("Bea Riva", office=office)
    token = console.invited("Carla", office=console.office("CAF Desio"))
    page = await page_of(chromium, size, scheme)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    found: dict[str, object] = {}

    async def look(name: str) -> None:
        found.update(await all_faults(page, name))

    await page.goto(f"{console.address}/sign-in")
    await look("door")
    await page.goto(f"{console.address}/join/{token}")
    await look("passphrase")
    await page.fill("#passphrase", "corto")
    await page.fill("#again", "corto")
    await page.click("main form button.strong")
    await look("passphrase, refused")
    await page.fill("#passphrase", PASSPHRASE)
    await page.fill("#again", PASSPHRASE)
    await page.click("main form button.strong")
    await look("phone")
    await page.context.clear_cookies()
    await comes_in(console, page, anna)
    paths = ["account", "account/phone", "recovery-sheet", "offices", f"offices/{office}"]
    paths += ["operators", "recovery", "audit", "audit/check", "help", "help?new=1", "nowhere"]
    paths = share(paths, scheme, size)
    for path in paths:
        await page.goto(f"{console.address}/{path}")
        await look(path)
    await page.goto(f"{console.address}/operators")
    await page.fill("#name", "Dora")
    await page.click("main form.stack button.strong")
    await look("link")
    await page.context.close()
    wrong = {name: one for name, one in found.items() if one != ([], 0)}
    refused = [said for said in complaints if "422" not in said and "404" not in said]
    assert (wrong, refused, len(found)) == ({}, [], 2 * len(paths) + 10)


async def test_the_keyboard_alone_is_enough(console: Console, chromium: Chromium) -> None:
    """From the door to the account and out: every stop is seen, has a ring and is large enough."""
    anna = console.reader("Anna", language="en")
    page = await page_of(chromium)
    keys = page.keyboard
    stops: list[dict[str, object]] = []

    async def to(words: str) -> None:
        for _ in range(40):
            await keys.press("Tab")
            stops.append(await page.evaluate(FOCUS))
            if str(stops[-1]["words"]).startswith(words):
                return
        raise AssertionError(f"The keyboard does not reach: {words}")

    await page.goto(f"{console.address}/sign-in")
    await to("Vai al contenuto" if "Vai al contenuto" in await page.content() else "Skip")
    for words, typed in (
        ("Nome|Name", "anna"),
        ("Passphrase|Frase", PASSPHRASE),
        ("Sei|Six", anna.code(console.clock.now())),
    ):
        label = page.get_by_label(re.compile(words)).first
        await to((await label.evaluate("one => one.labels[0].innerText")).strip())
        await keys.type(typed)
    await keys.press("Enter")
    await page.wait_for_url(re.compile("/account"))
    await to("Skip to the content")
    await keys.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "content"
    await to("Change it")
    await keys.press("Enter")
    await to("The passphrase of now")
    await to("New entry")
    await to("Sign out everywhere")
    await to("Speak this")
    await page.goto(f"{console.address}/help")
    await to("Sign out")
    await keys.press("Enter")
    await page.wait_for_url(re.compile("/sign-in"))
    await page.context.close()
    unseen = [stop for stop in stops if not (stop["ring"] and stop["seen"] and stop["tall"] >= 24)]  # type: ignore[operator]
    assert unseen == []


async def test_the_menu_of_a_phone_opens_and_closes(console: Console, chromium: Chromium) -> None:
    """By a tap, by a tap beside it, and by Escape, which gives the focus back."""
    page = await page_of(chromium, (390, 844))
    await comes_in(console, page, console.reader("Anna", language="en"))
    link = page.locator(".menu-inside a[href='/help']")
    await page.click(".menu summary")
    await expect(link).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(link).to_be_hidden()
    assert await page.evaluate("document.activeElement.tagName") == "SUMMARY"
    await page.click(".menu summary")
    await page.mouse.click(20, 700)
    await expect(link).to_be_hidden()
    await page.context.close()


async def test_everything_works_without_scripts(console: Console, chromium: Chromium) -> None:
    """First visit, sheet, account and way out, in a browser that runs nothing."""
    token = console.invited("Carla", Role.ADMINISTRATOR)
    page = await page_of(chromium, (390, 844), java_script_enabled=False)
    await page.goto(f"{console.address}/join/{token}")
    await page.fill("#passphrase", PASSPHRASE)
    await page.fill("#again", PASSPHRASE)
    await page.click("main form button.strong")
    (joining,) = console.room.joinings.values()
    code = totp_code(joining.totp, totp_step(console.clock.now()))
    await page.fill("#code", code)
    await page.click("main form button.strong")
    await page.wait_for_url(re.compile("/recovery-sheet"))
    (session,) = console.room.sessions._open.values()
    key, places = session.drafts[DRAFT], session.drafts[PLACES]
    assert isinstance(key, PrivateKey)
    words = written(key)
    await page.fill("#first", words[places[0] - 1])  # type: ignore[index]
    await page.fill("#second", words[places[1] - 1])  # type: ignore[index]
    await page.click("main form button.strong")
    await page.wait_for_url(re.compile("/help"))
    await page.click(".menu summary")
    await page.click(".menu-inside button")
    await page.wait_for_url(re.compile("/sign-in"))
    await page.context.close()


async def test_a_page_left_open_warns_and_locks(console: Console, chromium: Chromium) -> None:
    """Two minutes before the end it asks; then nothing of it stays on the screen."""
    page = await page_of(chromium)
    await page.clock.install()
    await comes_in(console, page, console.reader("Anna", language="en"))
    warning = page.locator("[data-idle-words]")
    await page.clock.run_for(27 * 60_000)
    await expect(warning).to_be_hidden()
    await page.clock.run_for(2 * 60_000)
    await expect(warning).to_be_visible()
    async with page.expect_response("**/still-here"):
        await page.click("[data-idle-stay]")
    await expect(warning).to_be_hidden()
    console.clock.go(timedelta(minutes=30))
    await page.clock.run_for(31 * 60_000)
    await page.wait_for_url(re.compile("/sign-in"))
    await expect(page.locator("#passphrase")).to_be_visible()
    await page.context.close()


async def test_the_sheet_is_printed_alone_and_whole(console: Console, chromium: Chromium) -> None:
    """On paper there are the words and the square, on one page, and nothing of the console."""
    page = await page_of(chromium, scheme="dark")
    await comes_in(console, page, console.reader("Anna", Role.ADMINISTRATOR, language="en"))
    await page.goto(f"{console.address}/recovery-sheet")
    await page.emulate_media(media="print")
    await expect(page.locator(".words li")).to_have_count(33)
    for selector in (".top", ".told-warn", "main form", "[data-print]"):
        await expect(page.locator(selector).first).to_be_hidden()
    background = await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert background == "rgb(255, 255, 255)"
    paper = await page.pdf(format="A4")
    assert paper.count(b"/Type /Page\n") == 1
    await page.context.close()
