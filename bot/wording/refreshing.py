"""Keeps what people read as it was approved last: another process may have let something out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
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
from storage.wording.model import Care, Standing

WORDINGS_SECONDS = 5.0
WRITTEN = ("en", "it")
"""In which a meaning is changed."""

Found: TypeAlias = tuple[int, dict[str, Catalog], dict[str, Care], dict[str, date]]
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
        return now, overlaid(self._languages.shipped, approved), care, renewed(approved)

    def _take(self, found: Found | None) -> None:
        if found is None:
            return
        now, catalogs, care, days = found
        self._languages.take(catalogs, now)
        self._furniture.library = cared_for(self._library, care, days)
        self._furniture.numbers = tuple(
            _checked(one, care.get(f"{NUMBERS_FOLDER}.{one.id}")) for one in self._numbers
        )
        self._known = now


def renewed(standing: Standing) -> dict[str, date]:
    """The messages whose meaning was changed here, by their English, and on which day."""
    days: dict[str, date] = {}
    for version in standing.approved:
        if version.key in standing.meanings and version.language in WRITTEN:
            day = version.at.date()
            days[version.source] = max(day, days.get(version.source, day))
    return days


def cared_for(library: Library, care: Mapping[str, Care], days: Mapping[str, date]) -> Library:
    """The cards and procedures with the days of their checks here, where these are later; a card
    whose meaning was changed after its check counts as unchecked."""
    cards = {
        one.id: _as_of(_checked(one, care.get(one.id)), days) for one in library.cards.values()
    }
    procedures = {
        one.id: _checked(one, care.get(f"procedures.{one.id}"))
        for one in library.procedures.values()
    }
    return replace(library, cards=cards, procedures=procedures)


def _as_of(card: Card, days: Mapping[str, date]) -> Card:
    words = (card.title, *card.told(reports=False), *card.told(reports=True))
    changed = max((days[one] for one in words if one in days), default=None)
    if changed is None or (card.checked is not None and card.checked >= changed):
        return card
    return replace(card, checked=None, status=Status.UNVERIFIED)


def _checked(one: Checked, care: Care | None) -> Checked:
    if care is None or care.checked is None or care.review is None:
        return one
    if one.checked is not None and one.checked >= care.checked:
        return one
    return replace(one, checked=care.checked, review=care.review, status=Status.VERIFIED)
