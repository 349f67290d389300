"""Keeps what people read as it was approved last: another process may have let something out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias, TypeVar

from bot.catalogs import Catalog
from bot.content import NUMBERS_FOLDER
from bot.languages import Languages
from bot.wording.overlay import overlaid
from bot.world import Furniture
from flows.facts import Number
from flows.guides import Procedure
from flows.library import Card, Library, Status
from storage.database import Database
from storage.wording.caring import find_care
from storage.wording.finding import edition, standing
from storage.wording.model import Care

WORDINGS_SECONDS = 5.0

Found: TypeAlias = tuple[int, dict[str, Catalog], dict[str, Care]]
Checked = TypeVar("Checked", Card, Number, Procedure)


class Wordings:
    """Reads at once, and again whenever the edition that is kept is another one."""

    def __init__(self, database: Database, languages: Languages, furniture: Furniture) -> None:
        self._database = database
        self._languages = languages
        self._furniture = furniture
        self._library = furniture.library
        self._numbers = furniture.numbers
        self._known = 0
        self._take(self._look())

    async def refresh(self) -> None:
        """Look, and say it so from the next turn on."""
        found = await asyncio.to_thread(self._look)
        if found is not None:
            self._take(found)

    def _look(self) -> Found | None:
        with self._database.reading() as connection:
            now = edition(connection)
            if now == self._known:
                return None
            approved, care = standing(connection), find_care(connection)
        return now, overlaid(self._languages.shipped, approved), care

    def _take(self, found: Found | None) -> None:
        if found is None:
            return
        now, catalogs, care = found
        self._languages.take(catalogs, now)
        self._furniture.library = cared_for(self._library, care)
        self._furniture.numbers = tuple(
            _checked(one, care.get(f"{NUMBERS_FOLDER}.{one.id}")) for one in self._numbers
        )
        self._known = now


def cared_for(library: Library, care: Mapping[str, Care]) -> Library:
    """The cards and procedures with the days of their checks here, where these are later."""
    cards = {one.id: _checked(one, care.get(one.id)) for one in library.cards.values()}
    procedures = {
        one.id: _checked(one, care.get(f"procedures.{one.id}"))
        for one in library.procedures.values()
    }
    return replace(library, cards=cards, procedures=procedures)


def _checked(one: Checked, care: Care | None) -> Checked:
    if care is None or care.checked is None or care.review is None:
        return one
    if one.checked is not None and one.checked >= care.checked:
        return one
    return replace(one, checked=care.checked, review=care.review, status=Status.VERIFIED)
