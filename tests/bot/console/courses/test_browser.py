"""The courses in a real browser: for every eye and finger, and the roll in ten seconds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, expect

from flows.calendar_model import CourseKind, Presence
from storage.courses.lessons import cancel_lesson, move_lesson
from storage.courses.model import Course
from storage.database import Connection
from storage.operators import Role
from tests.bot.console.courses.classroom import NAMES, a_course, full, lessons, were
from tests.bot.console.house import START, Console, Reader
from tests.bot.console.looks import LOOKS, PHONE, all_faults, faults, share, window, with_cookie
from tests.bot.console.looks import chromium as chromium

pytestmark = pytest.mark.asyncio(loop_scope="module")
module_loop = pytest_asyncio.fixture(loop_scope="module")
LESSON_DAY = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)


@module_loop
async def console(tmp_path: Path) -> AsyncIterator[Console]:
    """A console that runs."""
    async with Console(tmp_path) as running:
        yield running


async def page_of(
    console: Console, chromium: Chromium, reader: Reader, *, size: tuple[int, int], **more: object
) -> Page:
    """A page in which somebody is signed in."""
    cookie = console.room.sessions.begin(reader.operator, reader.key, console.clock.now())
    context = await window(chromium, size, **more)  # type: ignore[arg-type]
    return await with_cookie(context, cookie, console.address)


def a_term(console: Console, teacher: Reader) -> Course:
    """A course in the middle: people, some who wait, lessons taken, moved and cancelled; beside it
    a full day, a draft and a course of another office."""
    operator, vault = teacher.operator, console.database.vault
    course = a_course(
        console,
        operator,
        about="Impariamo l'italiano di tutti i giorni.",
        languages=("ar", "bn"),
        women_only=True,
        childcare=True,
        seats=8,
    )
    members = list(full(console, course, (*NAMES, "Fatou Sarr", "Grace Mensah")).values())
    held = lessons(console, course)
    for number, lesson in enumerate(held[:4]):
        given = [*Presence][1:]
        marks = {id_: given[(n + number) % 3] for n, id_ in enumerate(members)}
        were(console, lesson, marks, operator)

    def change(connection: Connection) -> None:
        cancel_lesson(connection, vault, held[6].id, START)
        move_lesson(connection, vault, held[7].id, date(2026, 12, 3), time(17), START)

    console.do(change)
    for hour in range(9, 15):
        title = f"Laboratorio delle {hour}: il curriculum e il colloquio di lavoro"
        a_course(
            console,
            operator,
            title=title,
            kind=CourseKind.WORKSHOP,
            rule="",
            first=date(2026, 11, 26),
            starts=time(hour),
        )
    a_course(console, operator, is_open=False, title="Bozza", rule="", first=date(2026, 12, 1))
    bea = console.reader("Bea", office=console.office("Comune di Desio"))
    a_course(console, bea.operator, title="Muletto", rule="", first=date(2026, 11, 25))
    console.clock.at = LESSON_DAY
    return course


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
async def test_every_page_is_open_to_everybody(
    console: Console, chromium: Chromium, scheme: str, size: tuple[int, int]
) -> None:
    """axe-core finds nothing, nothing runs out of the screen, the browser complains of nothing."""
    office = console.office("Sportello Lavoro di Carate Brianza")
    anna = console.reader("Anna Colombo", Role.ADMINISTRATOR, office, "it")
    course = a_term(console, anna)
    held = lessons(console, course)
    page = await page_of(console, chromium, anna, size=size, scheme=scheme)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    paths = ["", "?words=x", "/calendar", "/calendar?view=week", "/calendar?view=list", "/new"]
    paths += ["/calendar?view=week&day=2030-01-01", "/figures", f"/{course.id}"]
    paths += [f"/{course.id}/edit", f"/new?copy={course.id}"]
    paths += [f"/lessons/{held[number].id}" for number in (3, 4, 6, 8)]
    paths = share(paths, scheme, size)
    found: dict[str, object] = {}
    for path in paths:
        await page.goto(f"{console.address}/courses{path}")
        found.update(await all_faults(page, path))
    await page.goto(f"{console.address}/courses/{course.id}/edit")
    await page.fill("#except", "Natale")
    await page.click("[value=preview]")
    await expect(page.locator("#except-wrong")).to_be_visible()
    found["a fault"] = await faults(page)
    await page.context.close()
    wrong = {where: one for where, one in found.items() if one != ([], 0)}
    allowed = ["error: Failed to load resource: the server responded with a status of 422"]
    said = [one for one in complaints if not one.startswith(allowed[0])]
    assert (wrong, said, len(found)) == ({}, [], 2 * len(paths) + 1)


@pytest.mark.parametrize("script", [True, False])
async def test_the_roll_is_two_taps_on_a_phone(
    console: Console, chromium: Chromium, script: bool
) -> None:
    """From the course to a kept roll with one absent: the way, the tap, the button; the buttons are
    as big as a thumb, and it works as well without a script."""
    anna = console.reader("Anna")
    course = a_term(console, anna)
    page = await page_of(console, chromium, anna, size=PHONE, java_script_enabled=script)
    await page.goto(f"{console.address}/courses/{course.id}")
    await page.click("text=Take the attendance")
    row = page.locator(".roll-row", has_text=NAMES[1])
    sizes = [await one.bounding_box() for one in await row.locator("label").all()]
    assert [min(box["width"], box["height"]) >= 44 for box in sizes if box] == [True] * 3
    await row.locator("label", has_text="Absent").click()
    if script:
        counts = await page.locator("[data-count]").all_inner_texts()
        assert counts == ["6", "1", "0"]
    keep = page.locator(".roll-keep button")
    await expect(keep).to_be_in_viewport()
    await keep.click()
    await expect(page.locator(".told-good")).to_contain_text("The attendance is kept")
    await expect(page.locator("h1 + .report-facts")).to_contain_text("6 present, 1 absent")
    await expect(row.get_by_role("radio", name="Absent")).to_be_checked()
    await page.context.close()


async def test_the_calendar_goes_by_keyboard(console: Console, chromium: Chromium) -> None:
    """Arrows go from day to day and from week to week, the page keys leaf, Enter opens the day."""
    anna = console.reader("Anna")
    a_term(console, anna)
    page = await page_of(console, chromium, anna, size=(1280, 900))
    await page.goto(f"{console.address}/courses/calendar")
    await page.focus("[aria-current=date]")
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowRight"):
        await page.keyboard.press(key)
    await expect(page.locator("h3 a:focus .leaf-number")).to_have_text("24")
    await page.keyboard.press("Enter")
    await expect(page.locator("h2")).to_contain_text("24 Nov")
    await page.goto(f"{console.address}/courses/calendar")
    await page.focus("[aria-current=date]")
    await page.keyboard.press("PageDown")
    await expect(page.locator("h2")).to_have_text("December 2026")
    await page.context.close()


async def test_only_what_belongs_to_it_is_asked(console: Console, chromium: Chromium) -> None:
    """The form shows weekdays where it repeats by weeks, a level where it is Italian, and the one
    end that was chosen."""
    anna = console.reader("Anna")
    page = await page_of(console, chromium, anna, size=(1280, 900))
    await page.goto(f"{console.address}/courses/new")
    fields = ("#on", "#step", "#until", "#times", "#level", "#except", "#also")

    async def shown() -> list[bool]:
        return [await page.locator(one).is_visible() for one in fields]

    found = [await shown()]
    await page.select_option("#every", "weeks")
    await page.select_option("#kind", "safety")
    found.append(await shown())
    await page.select_option("#every", "months")
    await page.select_option("#ends", "times")
    found.append(await shown())
    await page.context.close()
    assert found == [
        [False, False, False, False, True, False, True],
        [True, True, True, False, False, True, True],
        [False, True, False, True, False, True, True],
    ]


async def test_what_is_typed_outlives_a_click_elsewhere(
    console: Console, chromium: Chromium
) -> None:
    """A half-written course is there again, its boxes too."""
    anna = console.reader("Anna")
    page = await page_of(console, chromium, anna, size=(1280, 900))
    await page.clock.install()
    await page.goto(f"{console.address}/courses/new")
    await page.fill("#title", "Scritto a metà")
    await page.check("[name=childcare]")
    await page.clock.run_for(5_000)
    await expect(page.locator("[data-kept]")).to_be_visible()
    await page.click("nav.side >> text=My account")
    await page.goto(f"{console.address}/courses/new")
    await expect(page.locator("#title")).to_have_value("Scritto a metà")
    await expect(page.locator("[name=childcare]")).to_be_checked()
    await page.context.close()


async def test_on_paper_there_is_the_calendar_alone(console: Console, chromium: Chromium) -> None:
    """Nothing of the console is printed, and the month stands there white with its lessons."""
    anna = console.reader("Anna")
    a_term(console, anna)
    page = await page_of(console, chromium, anna, size=(1280, 900), scheme="dark")
    await page.goto(f"{console.address}/courses/calendar")
    await page.emulate_media(media="print")
    for selector in (".top", "[data-print]", ".leaves", ".views", ".keys"):
        await expect(page.locator(selector).first).to_be_hidden()
    await expect(page.locator(".month")).to_contain_text("Italiano per tutti")
    background = await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert background == "rgb(255, 255, 255)"
    await page.context.close()
