"""Messages to many in a real browser: for every eye and finger, and how far one is, by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, expect
from sqlalchemy import update

from flows.calendar_model import MassState, NoticeState
from storage.calendar_schema import notice
from tests.bot.console.house import START, Reader
from tests.bot.console.looks import LOOKS, all_faults, window, with_cookie
from tests.bot.console.looks import chromium as chromium
from tests.bot.console.messages.house import School
from tests.bot.console.messages.test_making import WORDS

pytestmark = pytest.mark.asyncio(loop_scope="module")
module_loop = pytest_asyncio.fixture(loop_scope="module")
DESK = (1280, 900)


@module_loop
async def school(tmp_path: Path) -> AsyncIterator[School]:
    """A console that runs, of an office with a course."""
    async with School(tmp_path) as running:
        yield running


async def page_of(
    school: School,
    chromium: Chromium,
    reader: Reader,
    look: tuple[str, tuple[int, int]] = ("light", DESK),
    **more: object,
) -> Page:
    """A page in which somebody is signed in."""
    cookie = school.room.sessions.begin(reader.operator, reader.key, school.clock.now())
    context = await window(chromium, look[1], look[0], **more)
    return await with_cookie(context, cookie, school.address)


async def sends(school: School, page: Page) -> int:
    """Whoever is at the page prepares the message about the moved lesson and lets it go."""
    school.moves()
    await page.goto(f"{school.address}/messages/new")
    await page.locator("form[action='/messages/about'] button").first.click()
    await page.get_by_role("button", name="Send it to 5 people").click()
    await expect(page.locator("#how-title")).to_have_text("How far it is")
    return school.masses[0].id


def ends(school: School, place: int, state: NoticeState) -> None:
    """What became of one of the recipients."""
    who = school.people[place]

    def end(connection: Any) -> None:
        mine = notice.c.person_id == who
        connection.execute(update(notice).where(mine).values(state=state.value))

    school.do(end)


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
async def test_every_page_is_open_to_everybody(
    school: School, chromium: Chromium, scheme: str, size: tuple[int, int]
) -> None:
    """axe-core finds nothing, nothing runs out of the screen, the browser complains of nothing:
    before, while and after a message goes, of each kind."""
    page = await page_of(school, chromium, school.anna, (scheme, size))
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    found: dict[str, object] = {}

    async def look(name: str, path: str = "") -> None:
        if path:
            await page.goto(f"{school.address}{path}")
        found.update(await all_faults(page, name))

    await look("nothing yet", "/messages")
    await look("new, nothing to tell", "/messages/new")
    mass_id = await sends(school, page)
    await look("running")
    ends(school, 0, NoticeState.SENT)
    ends(school, 1, NoticeState.BLOCKED)
    await page.get_by_role("button", name="Stop it now").click()
    await expect(page.get_by_role("button", name="Go on")).to_be_visible()
    await look("stopped")
    day = (START + timedelta(days=3)).date().isoformat()
    await page.goto(f"{school.address}/messages/new")
    await page.fill("#day", day)
    await page.locator("form[action='/messages/strike'] button").click()
    await expect(page.locator("#how-title")).to_have_text("Who gets it")
    await look("a strike that concerns nobody")
    await page.goto(f"{school.address}/messages/new")
    await page.select_option("#to", index=1)
    for name, words in WORDS.items():
        await page.fill(f"#{name}", words * 8)
    await page.locator("form[action='/messages/words'] button").click()
    await expect(page.locator("#how-title")).to_have_text("Who gets it")
    await look("own words")
    await page.get_by_role("link", name="Change the message").click()
    await expect(page.locator("#words-it")).to_be_visible()
    await look("own words, to be changed")
    await look("the list", "/messages")
    await page.goto(f"{school.address}/messages/{mass_id}")
    await page.get_by_role("button", name="Leave it at that").click()
    await expect(page.get_by_role("button", name="Go on")).to_have_count(0)
    await look("over")
    await page.context.close()
    wrong = {where: one for where, one in found.items() if one != ([], 0)}
    assert (wrong, complaints, len(found)) == ({}, [], 18)


async def test_a_page_shows_how_far_it_is_by_itself(school: School, chromium: Chromium) -> None:
    """While people are told the numbers go on, on the page and in the list; nobody looks again."""
    page = await page_of(school, chromium, school.anna)
    await sends(school, page)
    listed = await page_of(school, chromium, school.rita)
    await listed.goto(f"{school.address}/messages")
    await expect(page.locator("#how")).to_contain_text("0 of 5 people")
    await expect(listed.locator("#list")).to_contain_text("0 of 5 people")
    ends(school, 0, NoticeState.SENT)
    ends(school, 1, NoticeState.UNKNOWN)
    await expect(page.locator("#how")).to_contain_text("2 of 5 people")
    await expect(listed.locator("#list")).to_contain_text("2 of 5 people")
    for one in (page, listed):
        await one.context.close()


async def test_it_is_stopped_without_leaving_the_page(school: School, chromium: Chromium) -> None:
    """One tap, and the page says so where it is; another goes on."""
    page = await page_of(school, chromium, school.anna)
    mass_id = await sends(school, page)
    left: list[str] = []
    page.on("framenavigated", lambda frame: left.append(frame.url))
    await page.get_by_role("button", name="Stop it now").click()
    await expect(page.locator("#told")).to_contain_text("It is stopped.")
    assert school.state(mass_id) is MassState.STOPPED
    await page.get_by_role("button", name="Go on").click()
    await expect(page.locator("#told")).to_contain_text("It goes on.")
    assert (school.state(mass_id), left) == (MassState.RUNNING, [])
    await page.context.close()


async def test_without_scripts_it_is_sent_and_stopped_too(
    school: School, chromium: Chromium
) -> None:
    """Every deed is a form."""
    page = await page_of(school, chromium, school.anna, java_script_enabled=False)
    mass_id = await sends(school, page)
    await page.get_by_role("button", name="Stop it now").click()
    await expect(page.locator("#told")).to_contain_text("It is stopped.")
    assert school.state(mass_id) is MassState.STOPPED
    await page.context.close()
