"""Tells the operators' groups once a month what has to be done about the words."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.furniture import LOCALES
from bot.group.door import said
from bot.languages import ROME
from bot.means import Means
from bot.wording.book import Book, load_book
from bot.wording.digest import Digest, lines, make_digest
from bot.wording.states import Desk
from bot.world import Furniture
from storage.group import Group, all_groups
from storage.outbox import Lane, Outgoing
from storage.unit import Unit
from storage.wording.caring import find_care
from storage.wording.finding import find_open, standing

MONTHLY_SECONDS = 600.0
TOLD = "words digest"
FROM, UNTIL, LAST_WEEKDAY = 9, 17, 4


class Monthly:
    """Looks now and then whether this month's digest was told; on a working day, by day."""

    def __init__(self, means: Means, furniture: Furniture) -> None:
        self._means = means
        self._furniture = furniture
        self._book: Book | None = None

    async def tick(self) -> None:
        """Tell it, where the month is new and somebody is at work."""
        now = self._means.clock.now()
        local = now.astimezone(ROME)
        if not FROM <= local.hour < UNTIL or local.weekday() > LAST_WEEKDAY:
            return
        month = f"{local:%Y-%m}"
        if await self._means.done(lambda unit: unit.setting(TOLD)) == month:
            return
        if self._book is None:
            self._book = await asyncio.to_thread(load_book, LOCALES)
        book = self._book
        await self._means.done(lambda unit: self._tell(unit, book, month, now))

    def _tell(self, unit: Unit, book: Book, month: str, now: datetime) -> None:
        unit.set_setting(TOLD, month)
        digest = self._digest(unit, book, now)
        if digest.quiet:
            return
        told = lines(digest, self._means.settings.console_url or "")
        for group in _told(all_groups(unit.reading(), self._means.vault)):
            params = said(self._means.languages, group.chat, told)
            unit.send(Outgoing("sendMessage", params, Lane.NOTICE))

    def _digest(self, unit: Unit, book: Book, now: datetime) -> Digest:
        connection = unit.reading()
        languages = self._means.languages
        desk = Desk.laid(book, languages, standing(connection), find_open(connection))
        library, numbers = self._furniture.library, self._furniture.numbers
        return make_digest(desk, library, numbers, find_care(connection), now.date())


def _told(groups: list[Group]) -> list[Group]:
    """The group of everybody, where there is one; else those of the territories, else all."""
    there = [one for one in groups if one.gone is None]
    everybody = [one for one in there if one.is_everybodys]
    return everybody or [one for one in there if one.territory] or there
