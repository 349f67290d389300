"""The conversations in a real browser: two operators at once, live, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, expect

from bot.console.guard import PLAIN_COOKIE
from flows.handoff_model import LineKind, Need, Safe, Urgency
from storage.handoffs import Content, Handoff
from storage.operators import Role
from tests.bot.console.house import Reader
from tests.bot.console.looks import LOOKS, PHONE, all_faults, window, with_cookie
from tests.bot.console.looks import chromium as chromium
from tests.bot.console.talks.house import Bureau
from tests.bot.evidence.pictures import drawn, saved

pytestmark = pytest.mark.asyncio(loop_scope="module")
module_loop = pytest_asyncio.fixture(loop_scope="module")


@module_loop
async def bureau(tmp_path: Path) -> AsyncIterator[Bureau]:
    """A console that runs, with Anna and Bruno of Desio."""
    async with Bureau(tmp_path) as running:
        yield running


async def page_of(
    bureau: Bureau,
    chromium: Chromium,
    reader: Reader,
    look: tuple[str, tuple[int, int]] = ("light", (1280, 900)),
    **more: object,
) -> Page:
    """A page in which somebody is signed in."""
    cookie = bureau.room.sessions.begin(reader.operator, reader.key, bureau.clock.now())
    context = await window(chromium, look[1], look[0], **more)
    return await with_cookie(context, cookie, bureau.address)


async def looks_at(bureau: Bureau, page: Page, talk: Handoff) -> None:
    """Open a conversation and wait until it is live."""
    async with page.expect_response("**/talks/live**"):
        await page.goto(f"{bureau.address}/talks/{talk.id}#now")


async def a_rich_one(bureau: Bureau) -> Handoff:
    """A conversation with everything in it."""
    talk = bureau.asks(
        words="مرحبا، لم يدفعوا لي", interpreter=True, level=3, urgency=Urgency.NOW, about="check"
    )
    anna, bruno = bureau.anna.operator, bureau.bruno.operator
    bureau.files["F1"] = saved(drawn(), "JPEG")
    await bureau.handoffs.say(anna, talk.id, Content(LineKind.CANNED, "hello"))
    bureau.says(talk, Content(LineKind.PHOTO, "كشف الراتب", "F1"))
    bureau.says(talk, Content(LineKind.VOICE, "", "F2", {"seconds": 12}))
    bureau.says(talk, Content(LineKind.DOCUMENT, "", "F3"))
    bureau.says(talk, Content(LineKind.PLACE, extra={"latitude": 45.66, "longitude": 9.2}))
    bureau.says(talk, Content(LineKind.OTHER))
    await bureau.handoffs.note(bruno, talk.id, "Chiede la busta paga di ottobre. " * 6)
    await bureau.handoffs.say(anna, talk.id, Content(LineKind.TEXT, "Grazie, ho letto."))
    await bureau.handoffs.mediator(anna, talk.id)
    return talk


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
async def test_every_page_is_open_to_everybody(
    bureau: Bureau, chromium: Chromium, scheme: str, size: tuple[int, int]
) -> None:
    """axe-core finds nothing, nothing runs out of the screen, the browser complains of nothing:
    yours, a colleague's, nobody's, a closed one, and the list with and without anything in it."""
    page = await page_of(bureau, chromium, bureau.anna, (scheme, size))
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    found: dict[str, object] = {}

    async def look(name: str) -> None:
        found.update(await all_faults(page, name))

    await page.goto(f"{bureau.address}/talks")
    await look("nobody waits")
    mine = await a_rich_one(bureau)
    free = bureau.asks("bn", need=Need.PAPERS, safe=Safe.EVENING, words="আমার পাসপোর্ট")
    theirs, over = bureau.asks(), bureau.asks()
    await bureau.handoffs.claim(bureau.bruno.operator, theirs.id)
    await bureau.handoffs.release(bureau.anna.operator, over.id)
    await bureau.handoffs.reopen(bureau.anna.operator, over.id)
    paths = {"list": "/talks", "narrowed": "/talks?need=house", "free": f"/talks/{free.id}"}
    paths |= {"mine": f"/talks/{mine.id}", "a colleague's": f"/talks/{theirs.id}"}
    for name, path in paths.items():
        await page.goto(f"{bureau.address}{path}")
        await look(name)
    await page.goto(f"{bureau.address}/talks/{over.id}")
    await page.click("#close-more summary")
    await page.check("input[value=answered]")
    await page.click("#close-more button")
    await expect(page.get_by_role("button", name="Open the conversation again")).to_be_visible()
    await look("closed")
    rosa = bureau.reader("Rosa", Role.ADMINISTRATOR, bureau.carate)
    cookie = bureau.room.sessions.begin(rosa.operator, rosa.key, bureau.clock.now())
    await page.context.clear_cookies()
    await page.context.add_cookies([{"name": PLAIN_COOKIE, "value": cookie, "url": bureau.address}])
    await page.goto(f"{bureau.address}/talks/others")
    await look("others")
    await page.context.close()
    wrong = {where: one for where, one in found.items() if one != ([], 0)}
    assert (wrong, complaints, len(found)) == ({}, [], 16)


async def test_two_operators_see_each_other(bureau: Bureau, chromium: Chromium) -> None:
    """Who has it open, who is writing, who has it and until when: on the other's page, by
    itself, and no form to answer is left where a colleague has it."""
    talk = bureau.asks(words="ciao")
    anna = await page_of(bureau, chromium, bureau.anna)
    bruno = await page_of(bureau, chromium, bureau.bruno, ("dark", PHONE))
    await looks_at(bureau, anna, talk)
    await looks_at(bureau, bruno, talk)
    stands = bruno.locator("#now")
    await expect(stands).to_contain_text("Anna has this open")
    await anna.fill("#say-text", "Buongiorno")
    await expect(stands).to_contain_text("Anna is writing to the person now")
    await anna.click("text=Send to the person")
    await expect(stands).to_contain_text("Anna has it until")
    await expect(bruno.locator("#thread")).to_contain_text("Buongiorno")
    await expect(bruno.locator("#say-text")).to_have_count(0)
    await bruno.fill("#over-why", "Anna ha finito il turno")
    await bruno.get_by_role("button", name="Take it over").click()
    await expect(anna.locator("#now")).to_contain_text("Bruno has it until")
    await expect(anna.locator("#thread")).to_contain_text("Anna ha finito il turno")
    for page in (anna, bruno):
        await page.context.close()


async def test_nothing_that_is_typed_is_lost(bureau: Bureau, chromium: Chromium) -> None:
    """While both fields are half written the person writes, a note is kept, a colleague takes it,
    and the answer is refused: every word that was not sent is still where it was typed."""
    talk = bureau.asks(words="ciao")
    page = await page_of(bureau, chromium, bureau.anna)
    await looks_at(bureau, page, talk)
    await page.fill("#say-text", "Una risposta a metà")
    await page.fill("#note-text", "una nota")
    bureau.says(talk, "ancora io")
    await expect(page.locator("#thread")).to_contain_text("ancora io")
    await page.click("text=Keep the note")
    await expect(page.locator("#thread")).to_contain_text("una nota")
    await expect(page.locator("#note-text")).to_have_value("")
    await expect(page.locator("#say-text")).to_have_value("Una risposta a metà")
    await bureau.handoffs.claim(bureau.bruno.operator, talk.id)
    await expect(page.locator("#now")).to_contain_text("Bruno has it until")
    await page.click("text=Send to the person")
    await expect(page.locator("#told")).to_contain_text("Bruno")
    await expect(page.locator("#say-text")).to_have_value("Una risposta a metà")
    assert bureau.outbox.rows == []
    async with page.expect_response("**/draft"):
        await page.fill("#say-text", "Una risposta ancora a metà")
    await page.goto(f"{bureau.address}/talks")
    await page.goto(f"{bureau.address}/talks/{talk.id}")
    await expect(page.locator("#say-text")).to_have_value("Una risposta ancora a metà")
    await page.context.close()


async def test_an_answer_is_sent_and_taken_back_without_leaving(
    bureau: Bureau, chromium: Chromium
) -> None:
    """Sent, its field is empty; taken back with a tap, the page says so; the page never left."""
    talk = bureau.asks(words="ciao")
    page = await page_of(bureau, chromium, bureau.anna, ("light", PHONE))
    left: list[str] = []
    await looks_at(bureau, page, talk)
    page.on("framenavigated", lambda frame: left.append(frame.url))
    await page.fill("#say-text", "Venga domani alle 9")
    await page.click("text=Send to the person")
    await expect(page.locator("#thread")).to_contain_text("Venga domani alle 9")
    await expect(page.locator("#say-text")).to_have_value("")
    await page.get_by_role("button", name="Take it back").click()
    await expect(page.locator("#thread")).to_contain_text("taken back")
    await expect(page.get_by_role("button", name="Take it back")).to_have_count(0)
    assert left == []
    await page.context.close()


async def test_a_ready_answer_is_read_in_both_languages(bureau: Bureau, chromium: Chromium) -> None:
    """Before it is sent an operator reads it, and what the person will read, side by side."""
    talk = bureau.asks("it", words="ciao")
    page = await page_of(bureau, chromium, bureau.anna)
    await looks_at(bureau, page, talk)
    await page.click("#ready-more summary")
    safe = page.locator("button[value=safe]")
    theirs = safe.locator("[lang=it]")
    await expect(safe).to_contain_text("Are you safe now?")
    await expect(theirs).to_contain_text("112")
    words = await theirs.inner_text()
    await safe.click()
    await expect(page.locator("#thread .entry-theirs")).to_contain_text(words[2:20])
    assert len(bureau.outbox.rows) == 1
    await page.context.close()


async def test_a_photo_is_fetched_when_it_is_to_be_seen(bureau: Bureau, chromium: Chromium) -> None:
    """Opening the conversation fetches nothing; a tap on the photo shows it, made harmless."""
    talk = bureau.asks()
    bureau.files["F1"] = saved(drawn(), "JPEG")
    bureau.says(talk, Content(LineKind.PHOTO, "", "F1"))
    page = await page_of(bureau, chromium, bureau.anna)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await looks_at(bureau, page, talk)
    before = [url for url in asked if "/files/" in url]
    await page.click("summary:has-text('Photo')")
    shown = page.locator(".entry-file img")
    await expect(shown).to_be_visible()
    await page.wait_for_function("document.querySelector('.entry-file img').naturalWidth > 0")
    bureau.says(talk, "e poi")
    await expect(page.locator("#thread")).to_contain_text("e poi")
    await expect(shown).to_be_visible()
    assert before == []
    await page.context.close()


async def test_the_list_is_live(bureau: Bureau, chromium: Chromium) -> None:
    """Who asks stands in it by itself, first who is urgent; the title counts who waits."""
    page = await page_of(bureau, chromium, bureau.anna)
    async with page.expect_response("**/talks/live"):
        await page.goto(f"{bureau.address}/talks")
    calm = bureau.asks(words="con calma")
    await expect(page.locator(".talk-name bdi")).to_have_text([calm.designation])
    urgent = bureau.asks(words="subito", urgency=Urgency.NOW)
    names = [urgent.designation, calm.designation]
    await expect(page.locator(".talk-name bdi")).to_have_text(names)
    await expect(page).to_have_title("(2) Conversations · Antenna")
    await bureau.handoffs.claim(bureau.bruno.operator, urgent.id)
    await expect(page.locator(f"#talk-{urgent.id}")).to_contain_text("with Bruno")
    await page.context.close()


async def test_everything_works_without_scripts(bureau: Bureau, chromium: Chromium) -> None:
    """Take it, answer, take back, note and close, in a browser that runs nothing."""
    talk = bureau.asks(words="ciao")
    page = await page_of(bureau, chromium, bureau.anna, ("light", PHONE), java_script_enabled=False)
    await page.goto(f"{bureau.address}/talks")
    await page.click(".talk-link")
    await page.click("text=I take it")
    await page.fill("#say-text", "Buongiorno")
    await page.click("text=Send to the person")
    await expect(page.locator("#thread")).to_contain_text("Buongiorno")
    await page.get_by_role("button", name="Take it back").click()
    await expect(page.locator("#thread")).to_contain_text("taken back")
    await page.fill("#note-text", "richiamare")
    await page.click("text=Keep the note")
    await expect(page.locator("#thread")).to_contain_text("richiamare")
    await page.click("#close-more summary")
    await page.check("input[value=answered]")
    await page.click("#close-more button")
    await expect(page.locator("#now")).to_contain_text("It is closed: Answered.")
    assert bureau.kept(talk).closed is not None
    await page.context.close()


async def test_the_keyboard_alone_is_enough(bureau: Bureau, chromium: Chromium) -> None:
    """From the list to a sent answer by Tab and Enter; the focus stays where one writes."""
    talk = bureau.asks(words="ciao")
    page = await page_of(bureau, chromium, bureau.anna)
    keys = page.keyboard
    await page.goto(f"{bureau.address}/talks")

    async def to(selector: str) -> None:
        for _ in range(60):
            await keys.press("Tab")
            if await page.evaluate("one => document.activeElement.matches(one)", selector):
                return
        raise AssertionError(f"The keyboard does not reach: {selector}")

    await to(f"#talk-{talk.id} a")
    await keys.press("Enter")
    await page.wait_for_url(f"**/talks/{talk.id}#now")
    await to("#say-text")
    await keys.type("Buongiorno")
    await to("form[action$='/say'] button.strong")
    await keys.press("Enter")
    await expect(page.locator("#thread")).to_contain_text("Buongiorno")
    await expect(page.locator("#say-text")).to_be_focused()
    await page.context.close()
