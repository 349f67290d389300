"""The day in a real browser: for every eye and finger, on paper, and without a script."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import time, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, expect

from flows.calendar_model import Reply
from flows.handoff_model import Need
from storage.appointments.model import Body
from tests.bot.console.agenda.house import HALF, TEN, TUESDAY, Counter
from tests.bot.console.looks import (
    DESK,
    LOOKS,
    PHONE,
    all_faults,
    faults,
    share,
    window,
    with_cookie,
)
from tests.bot.console.looks import chromium as chromium

pytestmark = pytest.mark.asyncio(loop_scope="module")
module_loop = pytest_asyncio.fixture(loop_scope="module")


@module_loop
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    """A console that runs."""
    async with Counter(tmp_path) as running:
        yield running


async def page_of(
    counter: Counter,
    chromium: Chromium,
    look: tuple[str, tuple[int, int]] = ("light", DESK),
    **more: object,
) -> Page:
    """A page in which Anna is signed in."""
    anna = counter.anna
    cookie = counter.room.sessions.begin(anna.operator, anna.key, counter.clock.now())
    context = await window(chromium, look[1], look[0], **more)
    return await with_cookie(context, cookie, counter.address)


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
async def test_every_page_is_open_to_everybody(
    counter: Counter, chromium: Chromium, scheme: str, size: tuple[int, int]
) -> None:
    """axe-core finds nothing, nothing runs out of the screen, the browser complains of nothing."""
    opening = counter.opens(title="Primo incontro con chi ha bisogno di un permesso di soggiorno")
    hours, needs = "tue 14:00-18:00; thu 14:00-18:00; sat 09:00-10:00", (Need.PAPERS, Need.WORK)
    counter.opens(hours=hours, at_once=3, needs=needs, online=False)
    counter.booked(opening=opening, meets=counter.anna.operator.id)
    body = Body("Permesso", "Questura di Milano, via Montebello 26", "M3", "Ricevuta", "ha paura")
    for minute, said in enumerate(one for one in Reply if one is not Reply.NOTHING):
        one = counter.booked(at=time(11, minute * 10), body=body)
        counter.says(one, said, 20)
    counter.lesson()
    sheet = counter.sheet(counter.anna)
    page = await page_of(counter, chromium, (scheme, size))
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    found: dict[str, object] = {}
    paths = ["day", "day/week", "day/paper?rolls=1", "free", "openings", "openings/new"]
    paths += [f"openings/{opening.id}", f"appointments/{one.id}"]
    paths += [f"appointments/new?case={sheet.id}", "day?on=2026-12-25", "free?on=2030-01-01"]
    paths = share(paths, scheme, size)
    for path in paths:
        await page.goto(f"{counter.address}/{path}")
        found.update(await all_faults(page, path))
    await page.goto(f"{counter.address}/openings/new")
    await page.fill("#hours", "domani")
    await page.click("main form button.strong")
    await expect(page.locator("#hours")).to_have_attribute("aria-invalid", "true")
    found["a field is wrong"] = await faults(page)
    await page.context.close()
    # A form that is refused is answered with 422, of which a browser tells its console.
    complaints = [one for one in complaints if "422" not in one]
    wrong = {where: one for where, one in found.items() if one != ([], 0)}
    assert (wrong, complaints, len(found) >= len(paths) + 1) == ({}, [], True)


async def test_a_time_is_booked_with_the_keyboard_alone(
    counter: Counter, chromium: Chromium
) -> None:
    """From the case to the appointment without a pointer: the chosen time is the one that is kept,
    and it stands in the day."""
    counter.opens()
    sheet = counter.sheet(counter.anna)
    page = await page_of(counter, chromium)
    await page.goto(f"{counter.address}/appointments/new?case={sheet.id}")
    await page.locator("input[name=slot]").first.focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/appointments/*done=noted")
    (made,) = counter.all()
    assert (made.time, made.designation) == (TEN, sheet.designation)
    await page.goto(f"{counter.address}/day")
    await expect(page.locator(f"#appointment-{made.id} .line-time")).to_contain_text("10:00")
    await page.context.close()


async def test_everything_is_done_without_a_script(counter: Counter, chromium: Chromium) -> None:
    """On a phone where scripts are off: seen, came, cancelled, a time given and one booked."""
    opening, sheet = counter.opens(), counter.sheet(counter.anna)
    first, second = counter.booked(opening=opening), counter.booked(day=TUESDAY, at=HALF)
    counter.says(first, Reply.CANNOT)
    page = await page_of(counter, chromium, ("light", PHONE), java_script_enabled=False)
    await page.goto(f"{counter.address}/day")
    await page.click(".news-one button")
    await expect(page.locator(".news-one")).to_have_count(0)
    await page.goto(f"{counter.address}/appointments/{first.id}")
    await page.click("button[value=done]")
    await expect(page.locator(".head .chip")).to_have_text("came")
    await page.goto(f"{counter.address}/appointments/{second.id}")
    await page.click("summary:has-text('Cancel it')")
    await page.click("button.grave")
    await expect(page.locator(".head .chip")).to_have_text("cancelled")
    await page.goto(f"{counter.address}/appointments/new?case={sheet.id}")
    await page.locator(".time").first.click()
    await page.click("text=Book this time")
    await expect(page.locator("h1")).to_contain_text(sheet.designation)
    assert sorted(one.state.value for one in counter.all()) == ["booked", "cancelled", "done"]
    await page.context.close()


async def test_the_day_follows_what_people_say(counter: Counter, chromium: Chromium) -> None:
    """A page that is open shows by itself what was said meanwhile."""
    one = counter.booked()
    page = await page_of(counter, chromium)
    await page.clock.install()
    await page.goto(f"{counter.address}/day")
    await expect(page.locator(f"#appointment-{one.id}")).to_contain_text("has not answered")
    counter.says(one, Reply.LATE, 15)
    await page.clock.run_for(31_000)
    await expect(page.locator(f"#appointment-{one.id}")).to_contain_text("15 minutes late")
    await expect(page.locator("#news")).to_contain_text("is 15 minutes late")
    await page.context.close()


async def test_on_paper_there_is_the_list_alone(counter: Counter, chromium: Chromium) -> None:
    """Nothing of the console is printed, and a long day keeps its lines whole on white paper."""
    for hour in range(9, 18):
        counter.booked(at=time(hour), meets=counter.bruno.operator.id)
    page = await page_of(counter, chromium, ("dark", DESK))
    await page.goto(f"{counter.address}/day/paper")
    await page.emulate_media(media="print")
    for selector in (".top", "[data-print]", ".way-back", "form"):
        await expect(page.locator(selector).first).to_be_hidden()
    await expect(page.locator(".paper-list tbody tr")).to_have_count(9)
    style = "getComputedStyle(document.documentElement).backgroundColor"
    assert await page.evaluate(style) == "rgb(255, 255, 255)"
    kept = "getComputedStyle(document.querySelector('.paper-list tbody tr')).breakInside"
    assert await page.evaluate(kept) == "avoid"
    await page.context.close()


async def test_free_times_are_read_without_colour(counter: Counter, chromium: Chromium) -> None:
    """Every hour with times says in words how many are free; a full one is crossed, too."""
    opening = counter.opens(first=TUESDAY, last=TUESDAY + timedelta(days=1), at_once=2)
    for _seat in range(2):
        for at in (time(9), HALF):
            counter.booked(opening=opening, day=TUESDAY, at=at)
    page = await page_of(counter, chromium)
    await page.goto(f"{counter.address}/free")
    cells = page.locator("table.heat").first.locator("tbody td:not(.heat-none)")
    read = [" ".join((await cell.inner_text()).split()) for cell in await cells.all()]
    assert read == ["full ×", "4 free of 4", "4 free of 4", "4 free of 4"]
    await page.context.close()
