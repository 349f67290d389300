"""Keeps what people are told of who reads reports, and of who answers them, as it is now."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TypeAlias

from bot.world import Furniture
from flows.handoff_model import Helper
from flows.report_model import Office
from storage.database import Database
from storage.desks import find_helpers
from storage.offices import find_offices

OFFICES_SECONDS = 30.0

Found: TypeAlias = tuple[tuple[Office, ...], tuple[Helper, ...]]


class Offices:
    """Reads them at once, and again now and then: a terminal may have changed them."""

    def __init__(self, database: Database, furniture: Furniture) -> None:
        self._database = database
        self._furniture = furniture
        self._tell(self._look())

    async def refresh(self) -> None:
        """Look, and tell the next turns what is different."""
        self._tell(await asyncio.to_thread(self._look))

    def _tell(self, found: Found) -> None:
        house = self._furniture.house
        if found != (house.offices, house.helpers):
            offices, helpers = found
            self._furniture.house = replace(house, offices=offices, helpers=helpers)

    def _look(self) -> Found:
        with self._database.reading() as connection:
            return find_offices(connection), find_helpers(connection)
