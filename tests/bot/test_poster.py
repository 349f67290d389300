"""The poster leads to the right place, speaks only languages it has, and prints on one page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.poster import (
    INVITATION,
    SCAN,
    TERMS,
    Invitation,
    PosterError,
    deep_link,
    invitations,
    poster_page,
    qr_code,
)
from flows.text import Text

LINK = "https://t.me/antenna_bot?start=k7pq2mzt9x"


class Tongue:
    """A language that says some texts, between marks."""

    def __init__(self, code: str, says: tuple[Text, ...], direction: str = "ltr") -> None:
        self.code = code
        self.direction = direction
        self._says = says

    def plain(self, text: Text) -> str:
        return f"{self.code}<{text.source}>"

    def has(self, text: Text) -> bool:
        return text in self._says


ALL = (INVITATION, TERMS, SCAN)
NAMES = {"en": "English", "ar": "العربية", "bn": "বাংলা", "it": "Italiano"}
TONGUES = [Tongue("en", ALL), Tongue("ar", ALL, "rtl"), Tongue("bn", ALL[:2]), Tongue("it", ALL)]


def said(count: int) -> list[Invitation]:
    long = "A sentence that is about as long as these sentences are."
    return [
        Invitation(f"x{n}", f"Language {n}", "ltr", long[:38], long, long[:40])
        for n in range(count)
    ]


def page(network: str = "Antenna", count: int = 2) -> str:
    return poster_page(network=network, desk="Uno", territory="Desio", link=LINK, said=said(count))


def test_a_language_without_all_the_words_is_left_out() -> None:
    """Half a translation is no invitation: only languages that say everything themselves."""
    assert [one.code for one in invitations(TONGUES, NAMES)] == ["en", "ar", "it"]
    assert [one.code for one in invitations(TONGUES, NAMES, ["it", "ar"])] == ["it", "ar"]
    with pytest.raises(PosterError, match=r"no words yet in: bn, xx\. It has them in: en, ar, it"):
        invitations(TONGUES, NAMES, ["it", "bn", "xx"])


def test_every_language_stands_under_its_own_name_and_direction() -> None:
    """The browser is told the language and the direction of each invitation."""
    made = poster_page(
        network="A", desk="B", territory="C", link=LINK, said=invitations(TONGUES, NAMES)
    )
    assert re.findall(r'<section lang="(\w+)" dir="(\w+)">\s*<small>(.*?)</small>', made) == [
        ("en", "ltr", "English"),
        ("ar", "rtl", "العربية"),
        ("it", "ltr", "Italiano"),
    ]


def test_words_cannot_become_markup() -> None:
    """The name of a desk or of the network is text, whatever is in it."""
    made = page(network="<script>alert(1)</script>")
    assert "<script" not in made
    assert "&lt;script&gt;" in made


def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    """No script and no address but the bot's: a poster made offline prints offline."""
    made = page()
    assert re.findall(r"<script|<link|@import|url\(|\bsrc=|javascript:", made) == []
    assert set(re.findall(r"https?://[^\"' )]+", made)) <= {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize(
    ("username", "key"),
    [
        ("no name", "k"),
        ("ab", "k"),
        ("antenna_bot", ""),
        ("antenna_bot", "k&x=1"),
        ("antenna_bot", "k" * 65),
    ],
)
def test_a_link_telegram_would_not_take_is_refused(username: str, key: str) -> None:
    """A misprinted poster hangs for years: what cannot be right is not printed."""
    with pytest.raises(PosterError):
        deep_link(username, key)


def test_the_link_is_the_desks() -> None:
    """The deep link starts the bot with the desk's key."""
    assert deep_link("antenna_bot", "k7pq2mzt9x") == LINK


def test_the_code_grows_no_borders_in_the_page() -> None:
    """In the page the frame is the quiet zone; alone, the code brings its own."""
    sizes = [int(re.search(r'viewBox="0 0 (\d+)', qr_code(LINK, border=b))[1]) for b in (0, 4)]  # type: ignore[index]
    assert sizes[1] - sizes[0] == 8


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium without a window, for all the sheets."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 7, 14])
def test_the_poster_fills_one_sheet(count: int, browser: Browser, tmp_path: Path) -> None:
    """From one language to fourteen it is one A4 page, and no words are cut off."""
    file = tmp_path / "poster.html"
    file.write_text(page(count=count), encoding="utf-8")
    sheet = browser.new_page(viewport={"width": 900, "height": 1200})
    sheet.goto(file.as_uri())
    printed = sheet.pdf(prefer_css_page_size=True, print_background=True)
    cut = sheet.evaluate(
        "[...document.querySelectorAll('.said, .sheet, .steps, .code')]"
        ".filter(e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)"
        ".map(e => e.className)"
    )
    sheet.close()
    assert len(re.findall(rb"/Type /Page\b", printed)) == 1
    assert cut == []
