"""The reports' pages in a real browser: for every eye and finger, on a phone and on a desk."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, expect

from bot.console.guard import PLAIN_COOKIE
from flows.report_model import Level, Status, Words
from storage.reports import Note
from tests.bot.console.looks import LOOKS, OPEN_ALL, all_faults, faults, window
from tests.bot.console.looks import chromium as chromium
from tests.bot.console.reports.bureau import Bureau, open_bureau
from tests.bot.console.reports.shelf import ANSWERS, WEEK

pytestmark = pytest.mark.asyncio(loop_scope="module")
module_loop = pytest_asyncio.fixture(loop_scope="module")

NAMED = "Ciao Ahmed, il codice è 1234 5678 9012 3456."


@module_loop
async def bureau(tmp_path: Path) -> AsyncIterator[Bureau]:
    """The bureau with reports of every kind; one of them, in Arabic, has all there can be."""
    async with open_bureau(tmp_path, language="it") as opened:
        fill(opened)
        yield opened


def fill(bureau: Bureau) -> None:
    """Everything that can be seen."""
    who = [bureau.id("Anna"), bureau.id("Bruno")]
    add, monza = bureau.shelf.add, bureau.offices["monza"].key
    add("r2", "M2QX", who, level=Level.DANGER, status=Status.WORK, assigned=who[0], unread=2)
    add("r3", "4HTA", who, status=Status.READ, assigned=who[1])
    add("r4", "9KPW", who, level=Level.IRREGULAR, goes=date(2026, 12, 7), status=Status.WAITING)
    add("r5", "C3VN", who, level=Level.INFORMATION)
    add("r6", "ZZ4L", who, level=Level.DANGER, doubt="La stessa frase sei volte")
    add(
        "r1",
        "7F3K",
        who,
        level=Level.DANGER,
        answers={**ANSWERS, "danger": True, "excluded": [monza]},
        excluded=(monza,),
        words=(
            Words(True, "", "safe", "ar"),
            Words(False, "نعم، أنا بخير الآن. شكراً.", "", "ar"),
        ),
        notes=(Note(who[1], "Chiamata la Caritas: un letto da lunedì.", WEEK),),
        doubt="Forse",
    )
    picture = io.BytesIO()
    Image.new("RGB", (900, 600), (120, 150, 140)).save(picture, "JPEG")
    bureau.shelf.add_file("r1", "e1", "photo", "image/jpeg", picture.getvalue())
    bureau.shelf.add_file("r1", "e2", "voice", "audio/ogg", b"OggS" + bytes(2_000))
    bureau.shelf.add_file("r1", "e3", "document", "application/pdf", b"%PDF-1.7")


async def context_of(
    bureau: Bureau, chromium: Chromium, scheme: str, size: tuple[int, int]
) -> BrowserContext:
    """A window in which Anna is signed in."""
    context = await window(chromium, size, scheme)
    cookie = {"name": PLAIN_COOKIE, "value": bureau["Anna"].cookie, "url": address(bureau)}
    await context.add_cookies([cookie])  # type: ignore[list-item]
    return context


def address(bureau: Bureau, path: str = "/") -> str:
    """An address of the console."""
    return str(bureau.server.make_url(path))


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
async def test_every_page_is_open_to_everybody(
    bureau: Bureau, chromium: Chromium, scheme: str, size: tuple[int, int]
) -> None:
    """axe-core finds nothing, nothing runs out of the screen, the browser complains of nothing."""
    context = await context_of(bureau, chromium, scheme, size)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text))
    found: dict[str, object] = {}
    await bureau["Bruno"].post("/reports/r1/leaving", step="ask", reason="Per l'avvocata")
    for path in ("/reports", "/reports?level=0&mine=1", "/reports/r1", "/reports/r5"):
        await page.goto(address(bureau, path))
        found.update(await all_faults(page, path))
    await page.goto(address(bureau, "/reports/r1"))
    await page.evaluate(OPEN_ALL)
    await page.fill("#reply-text", NAMED)
    await page.click("form[data-kind=reply] button")
    await expect(page.locator(".caution")).to_be_visible()
    found["preview"] = await faults(page)
    await bureau["Anna"].post("/reports/r1/leaving", step="ask", reason="Per l'avvocata")
    anna = str(bureau.id("Anna"))
    await bureau["Bruno"].post("/reports/r1/leaving", step="agree", asked_by=anna)
    await page.goto(address(bureau, "/reports/r1"))
    await page.click("button[value=print]")
    await expect(page.locator("h1")).to_contain_text("7F3K")
    found["paper"] = await faults(page)
    await page.goto(address(bureau, "/reports/r1"))
    await page.evaluate(OPEN_ALL)
    await page.fill("#reply-text", NAMED)
    await page.click("form[data-kind=reply] button")
    bureau.clock.advance(timedelta(minutes=31))
    await page.click("button[value=edit]")
    await expect(page.locator("textarea[readonly]")).to_have_value(NAMED)
    found["not sent"] = await faults(page)
    await context.close()
    wrong = {where: one for where, one in found.items() if one != ([], 0)}
    # The browser says of itself that the answer to a form from after the lock was a 409.
    complaints = [said for said in complaints if "409 (Conflict)" not in said]
    assert (wrong, complaints, len(found)) == ({}, [], 11)


async def test_a_picture_is_fetched_only_when_it_is_opened(
    bureau: Bureau, chromium: Chromium
) -> None:
    """Until somebody opens its line, no picture leaves the storage; then it is shown in place."""
    context = await context_of(bureau, chromium, "light", (1280, 900))
    page = await context.new_page()
    await page.goto(address(bureau, "/reports/r1"))
    await page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    assert "evidence" not in bureau.shelf.asked
    await page.click(".file-open summary")
    picture = page.locator(".file-picture")
    await expect(picture).to_be_visible()
    await page.wait_for_function("document.querySelector('.file-picture').naturalWidth === 900")
    await context.close()
    assert bureau.shelf.asked.count("evidence") == 1


async def test_news_are_told_and_nothing_moves(bureau: Bureau, chromium: Chromium) -> None:
    """A new report is a quiet line with a link; the list under somebody's finger stays."""
    context = await context_of(bureau, chromium, "light", (390, 844))
    page = await context.new_page()
    await page.goto(address(bureau, "/reports"))
    news, look = (
        page.locator("[data-news]"),
        "document.dispatchEvent(new Event('visibilitychange'))",
    )
    await page.evaluate(look)
    await expect(news).to_be_hidden()
    bureau.shelf.add("r9", "NEWS", [bureau.id("Anna")], level=Level.DANGER)
    await page.evaluate(look)
    await expect(news).to_be_visible()
    assert await page.locator(".ticket").count() == 6
    await news.locator("a").click()
    await expect(page.locator(".ticket")).to_have_count(7)
    await context.close()


async def test_the_list_is_walked_with_the_keyboard(bureau: Bureau, chromium: Chromium) -> None:
    """Arrow keys go from report to report, Enter opens; Tab alone does it too."""
    context = await context_of(bureau, chromium, "light", (1280, 900))
    page = await context.new_page()
    await page.goto(address(bureau, "/reports"))
    await page.locator(".ticket-link").first.focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowUp")
    await expect(page.locator(".ticket-link").nth(1)).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(page.locator(".ticket-link").nth(2)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(".report-number")).to_be_visible()
    await context.close()


async def test_a_reply_is_sent_with_the_keyboard_alone(bureau: Bureau, chromium: Chromium) -> None:
    """Choose a ready reply, look at it, send it: no mouse, and the page says what became of it."""
    context = await context_of(bureau, chromium, "dark", (390, 844))
    page = await context.new_page()
    await page.goto(address(bureau, "/reports/r1#talk"))
    await page.locator(".write-one summary").first.focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.locator("button[value=send]").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".told-good")).to_be_visible()
    await context.close()
    assert [one.canned for one in bureau.shelf.replied] == ["thanks"]


async def test_what_is_typed_survives_a_window_that_closes(
    bureau: Bureau, chromium: Chromium
) -> None:
    """The page keeps what is typed, sealed, when it is left; opened again it is there."""
    context = await context_of(bureau, chromium, "light", (390, 844))
    page = await context.new_page()
    await page.goto(address(bureau, "/reports/r1"))
    await page.evaluate(OPEN_ALL)
    await page.fill("#reply-text", "Domani alle nove")
    async with page.expect_response(lambda answer: answer.url.endswith("/draft")) as kept:
        await page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert (await kept.value).status == 204
    await page.goto(address(bureau, "/reports/r1"))
    await expect(page.locator("#reply-text")).to_have_value("Domani alle nove")
    await context.close()
    assert bureau.shelf.replied == []


async def test_without_scripts_everything_works(bureau: Bureau, chromium: Chromium) -> None:
    """The list, a report, its picture, a reply and a note need no script at all."""
    context = await chromium.new_context(java_script_enabled=False)
    cookie = {"name": PLAIN_COOKIE, "value": bureau["Anna"].cookie, "url": address(bureau)}
    await context.add_cookies([cookie])  # type: ignore[list-item]
    page = await context.new_page()
    await page.goto(address(bureau, "/reports"))
    await page.click(".ticket-link >> text=M2QX")
    await page.click(".write-one summary")
    await page.click("button[value=thanks]")
    await page.click("button[value=send]")
    await page.fill("#note-text", "Solo per noi")
    await page.click("form[action$=notes] button")
    await expect(page.locator(".note-words")).to_have_text("Solo per noi")
    await context.close()
    assert [one.canned for one in bureau.shelf.replied] == ["thanks"]
