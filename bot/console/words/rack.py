"""What the pages of the words share: all messages, read once, and how they stand now."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from bot.console.languages import tongues
from bot.console.visit import Access, Visit
from bot.furniture import LOCALES
from bot.roster import Language, State
from bot.wording.book import Book, Entry, load_book
from bot.wording.states import Desk
from flows.facts import Number
from flows.library import Library
from storage.database import Connection
from storage.operators import Operator, all_operators
from storage.wording.finding import find_open, standing
from storage.wording.model import Version, Who

NOTHING = Library(())
ITALIAN = "it"
EDITED = ("it", "en")
"""The languages in which a meaning is changed: those that editors write."""


async def _nobody_listens() -> None:
    return None


@dataclass(eq=False)
class Rack:
    """There is one for a running console. `changed` is called when people read something else."""

    library: Callable[[], Library] = lambda: NOTHING
    numbers: Callable[[], tuple[Number, ...]] = tuple
    changed: Callable[[], Awaitable[None]] = _nobody_listens
    locales: Path = LOCALES
    _book: Book | None = field(default=None)

    async def book(self) -> Book:
        """Every message, read at the first look: it takes a second, and no conversation waits."""
        if self._book is None:
            self._book = await asyncio.to_thread(load_book, self.locales)
        return self._book

    async def desk(self, visit: Visit) -> Desk:
        """The words as they stand at this moment."""
        book, languages = await self.book(), visit.room.languages

        def look(connection: Connection) -> Desk:
            return Desk.laid(book, languages, standing(connection), find_open(connection))

        return await visit.room.read(look)


def language_of(desk: Desk, code: str) -> Language:
    """A language that has words.

    Raises:
        web.HTTPNotFound: there is none of this code.
    """
    for language in desk.languages.all:
        if language.code == code and language.state is not State.NONE:
            return language
    raise web.HTTPNotFound


def entry_of(desk: Desk, visit: Visit) -> Entry:
    """The message of the address.

    Raises:
        web.HTTPNotFound: there is none of this id.
    """
    found = desk.book.find(visit.request.match_info["message"])
    if found is None:
        raise web.HTTPNotFound
    return found


@dataclass(frozen=True, slots=True)
class Names:
    """Who is called how, and how languages are called; who of the operators leads."""

    operators: dict[int, str]
    languages: dict[str, str]
    leading: frozenset[int] = frozenset()

    def who(self, who: Who) -> str:
        """An operator by name; somebody from a file by theirs."""
        return who.author or self.operators.get(who.operator_id, "–")

    def language(self, code: str) -> str:
        """How a language is called."""
        return self.languages.get(code, code)

    def may_approve(self, operator: Operator, version: Version) -> bool:
        """Whether somebody else's words may be let out: two people, one of whom leads."""
        return version.who != Who(operator.id) and (
            operator.id in self.leading or version.who.operator_id in self.leading
        )

    def writer(self, version: Version) -> str:
        """Who wrote a version."""
        return self.who(version.who)


async def names_of(visit: Visit) -> Names:
    """The names for whoever reads the page."""
    people = await visit.room.read(lambda connection: all_operators(connection, removed=True))
    leading = (one.id for one in people if one.active and Access.of(one) >= Access.COORDINATOR)
    return Names({one.id: one.name for one in people}, tongues(visit).names, frozenset(leading))
