"""The page keeps its rules: sizes, themes, markup let in, where its code comes from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.bot.local.page.small_bot import HOME_KEYS, Seen, SmallBot, started

PAGE_FOLDER = Path(__file__).parents[4] / "bot" / "local" / "page"
STRICT_POLICY = (
    "default-src 'self'; style-src 'self'; script-src 'self'; "
    "img-src 'self' data: blob:; media-src 'self' blob:"
)
LONGEST_FILE_LINES = 400
SMALLEST_KEY_PX = 44
in_browser = pytest.mark.asyncio(loop_scope="module")


@in_browser
@pytest.mark.parametrize("width", [320, 390])
async def test_a_small_screen_shows_one_phone(seen: Seen, width: int) -> None:
    """On a phone's width one screen is seen, names switch it, nothing scrolls or is cut."""
    await seen.page.set_viewport_size({"width": width, "height": 844})
    await expect(seen.phone("Amina")).to_be_visible()
    await expect(seen.phone("Joseph")).to_be_hidden()
    await seen.page.get_by_role("button", name="Joseph", exact=True).click()
    await expect(seen.phone("Joseph")).to_be_visible()
    await expect(seen.phone("Amina")).to_be_hidden()
    await started(seen)
    assert await seen.page.evaluate("document.documentElement.scrollWidth") == width
    cut = await seen.page.locator(".phone button:visible, .phone textarea:visible").evaluate_all(
        """(all, width) => all.map((one) => one.getBoundingClientRect())
            .filter((box) => box.left < 0 || box.right > width).length""",
        width,
    )
    assert cut == 0


@in_browser
async def test_keys_are_large_enough_for_a_thumb(seen: Seen) -> None:
    """Every key below a message is at least 44 px high."""
    phone = await started(seen)
    heights = await phone.locator(".key").evaluate_all(
        "keys => keys.map((key) => key.getBoundingClientRect().height)"
    )
    assert len(heights) == len(HOME_KEYS)
    assert [height for height in heights if height < SMALLEST_KEY_PX] == []


@in_browser
async def test_the_theme_is_chosen_and_kept(seen: Seen) -> None:
    """The toggle changes light to dark, says so, and a reload keeps it."""
    button = seen.page.get_by_role("button", name="Dark theme")
    await expect(button).to_have_attribute("aria-pressed", "false")
    await button.click()
    await seen.page.reload()
    await expect(button).to_have_attribute("aria-pressed", "true")
    scheme = await seen.page.evaluate("getComputedStyle(document.documentElement).colorScheme")
    assert scheme == "dark"


@in_browser
@pytest.mark.parametrize(
    ("html", "built"),
    [
        ("<b>a</b> &lt;i&gt;<br><i>b</i>", "<b>a</b> &lt;i&gt;<br><i>b</i>"),
        ("a<script>alert(1)</script>b", "ab"),
        ("<img src=x>c<u class=y>d</u>", "c<u>d</u>"),
        ('<a href="javascript:alert(1)">e</a>', "e"),
        (
            '<a href="https://example.org/">f</a>',
            '<a href="https://example.org/" target="_blank" rel="noopener noreferrer">f</a>',
        ),
        ("<blockquote>g</blockquote><br>h", "<blockquote>g</blockquote>h"),
    ],
)
async def test_markup_outside_the_list_never_enters(seen: Seen, html: str, built: str) -> None:
    """Message markup is built from an allow-list: the rest loses its tags, scripts lose all."""
    made = await seen.page.evaluate(
        """async (html) => {
            const { richText } = await import("/page/richtext.js");
            const box = document.createElement("div");
            box.append(richText(html));
            return box.innerHTML;
        }""",
        html,
    )
    assert made == built


@in_browser
async def test_the_strictest_policy_is_kept(bot: SmallBot, browser: Browser) -> None:
    """Under a policy of own files only, a whole conversation breaks no rule."""
    await bot.act("people", first_name="Joseph", language_code="en")
    page = await browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)

    async def stricter(route: Any) -> None:
        answer = await route.fetch()
        headers = {**answer.headers, "content-security-policy": STRICT_POLICY}
        await route.fulfill(response=answer, headers=headers)

    await page.route(re.compile(r":\d+/$"), stricter)
    await page.goto(bot.base)
    phone = await started(Seen(page, complaints))
    await phone.get_by_role("button", name="Emergency").click()
    await phone.get_by_role("button", name="OK").click()
    await page.get_by_role("button", name="Add a person").click()
    await page.get_by_role("button", name="Cancel").click()
    assert complaints == []


def test_the_files_are_ours_small_and_without_inline_parts() -> None:
    """No file of the page exceeds 400 lines, names another host, or holds inline code."""
    files = sorted(file for file in PAGE_FOLDER.iterdir() if file.is_file())
    assert "index.html" in [file.name for file in files]
    long = [f.name for f in files if len(f.read_text().splitlines()) > LONGEST_FILE_LINES]
    hosts = {
        host
        for file in files
        for host in re.findall(r"https?://[^\s\"'`/]+", file.read_text())
        if host != "http://www.w3.org"  # the name of SVG, never fetched
    }
    page = (PAGE_FOLDER / "index.html").read_text()
    inline = re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)
    assert (long, hosts, inline) == ([], set(), [])
