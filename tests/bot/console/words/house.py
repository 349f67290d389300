"""A console in which words are worked on, and what a test needs to know of them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from bot.console.app import PAGES
from bot.console.words.rack import Rack
from bot.console.words.ways import word_pages
from bot.languages import Languages
from bot.wording.book import Entry, load_book
from bot.wording.refreshing import Wordings
from bot.world import Furniture
from flows.library import Area, Card, Library, Status
from flows.model import House
from flows.text import Text
from storage.operators import Role
from tests.bot.console.house import Browser, Console, Reader
from tests.bot.wording.rooms import PAY, a_folder, entry

CARD = Card(
    "docs.fee",
    "docs",
    "💶",
    "The fee",
    "Contributo",
    (PAY[1],),
    "Ask.",
    "DM 5/5/2017",
    Status.UNVERIFIED,
    None,
    date(2026, 1, 31),
    (),
)
NEW_PRICE = "You pay 20 euro at the post office (Poste)."
NUMBERED = re.compile(r'name="version" value="(\d+)"')
MEANT = re.compile(r'name="meant" value="(\w+)"')
SEEN = re.compile(r'name="seen" value="(\w+)"')


class Words:
    """The console, three people in it, and the words as somebody would read them now."""

    def __init__(self, folder: Path) -> None:
        locales = a_folder(folder / "locales")
        self.languages = Languages.load(locales)
        library = Library((Area("docs", "📄", "Papers", "Carte", (CARD.id,)),), {CARD.id: CARD})
        self.furniture = Furniture(House("Antenna", 365, 5, 40, 90), library, ())
        self.refreshed = 0
        self.readers: dict[str, Reader] = {}
        self.rack = Rack(lambda: self.furniture.library, lambda: (), self._changed, locales)
        self.console = Console(folder, pages=(*PAGES, *word_pages(self.rack)))
        self.console.room.languages = self.languages
        self.wordings = Wordings(self.console.database, self.languages, self.furniture)
        self.book = load_book(locales)

    async def _changed(self) -> None:
        self.refreshed += 1
        await self.wordings.refresh()

    async def open(self) -> None:
        """Everybody signs in."""
        office = self.console.office()
        found = {}
        for name, role in (
            ("Anna", Role.OPERATOR),
            ("Bruno", Role.COORDINATOR),
            ("Carla", Role.OPERATOR),
        ):
            self.readers[name] = self.console.reader(name, role, office)
            found[name] = await self.console.signed_in(self.readers[name])
            await found[name].get("/account")
        self.anna, self.bruno, self.carla = found["Anna"], found["Bruno"], found["Carla"]

    def entry(self, key: tuple[str | None, str] = PAY) -> Entry:
        """A message."""
        return entry(self.book, key)

    def way(self, language: str, key: tuple[str | None, str] = PAY) -> str:
        """The address of a message in a language."""
        return f"/words/{self.entry(key).id}?language={language}"

    async def propose(
        self,
        browser: Browser,
        language: str,
        *forms: str,
        key: tuple[str | None, str] = PAY,
        **more: str,
    ) -> str:
        """Write words; where that leads, or nothing where they were not taken."""
        await browser.get(self.way(language, key))
        given = {f"form-{at}": form for at, form in enumerate(forms)}
        meant = MEANT.search(browser.text)
        given |= {"why": "the price went up", "do": "propose", "meant": meant[1] if meant else ""}
        given |= more
        answer = await browser.post(self.way(language, key), **given)
        return answer.headers.get("Location", "")

    async def decide(
        self, browser: Browser, state: str, why: str = "", version: str = "", **more: str
    ) -> str:
        """Decide about the only thing that waits; what the page said afterwards."""
        await browser.get("/words/waiting")
        found = NUMBERED.search(browser.text)
        number = version or (found[1] if found else "0")
        answer = await browser.post("/words/decide", version=number, state=state, why=why, **more)
        return answer.headers.get("Location", str(answer.status)).rpartition("&")[2]

    def said(self, language: str, key: tuple[str | None, str] = PAY) -> str:
        """What people read."""
        words = self.languages.words(language).plain(Text(key[1], context=key[0]))
        return "".join(sign for sign in words if sign.isprintable())
