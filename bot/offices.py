"""Keeps what people are told of the offices that read reports as it is now."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.world import Furniture
from flows.report_model import Office
from storage.database import Database
from storage.offices import find_offices

OFFICES_SECONDS = 30.0


class Offices:
    """Reads the offices at once, and again now and then: a terminal may have changed them."""

    def __init__(self, database: Database, furniture: Furniture) -> None:
        self._database = database
        self._furniture = furniture
        self._tell(self._look())

    async def refresh(self) -> None:
        """Look, and tell the next turns what is different."""
        self._tell(await asyncio.to_thread(self._look))

    def _tell(self, found: tuple[Office, ...]) -> None:
        if found != self._furniture.house.offices:
            self._furniture.house = replace(self._furniture.house, offices=found)

    def _look(self) -> tuple[Office, ...]:
        with self._database.reading() as connection:
            return find_offices(connection)
