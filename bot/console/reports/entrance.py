"""The one way to a report: whoever is not entitled is told what whoever mistypes is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

from aiohttp import web

from bot.console.visit import Visit
from storage.reports import Reader, Waiting

R = TypeVar("R")
P = ParamSpec("P")


class Listing(Protocol):
    """What knows which reports are sealed to whom."""

    def queue(self, reader: Reader) -> list[Waiting]:
        """Every report that is sealed to the reader, without its content."""

    def find(self, reader: Reader, report_id: str) -> Waiting | None:
        """One of them."""

    def state(self, reader: Reader) -> str:
        """A few signs that change when anything among them does."""


class Entrance:
    """Finds the report of an address for whoever asks; every page and every deed begins here."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing

    async def queue(self, visit: Visit) -> list[Waiting]:
        """Every report that is sealed to whoever asks, without what is in it."""
        return await ask(self._listing.queue, reader(visit))

    async def entitled(self, visit: Visit) -> Waiting:
        """The report of the address, unopened.

        Raises:
            web.HTTPNotFound: there is none, or it is not sealed to whoever asks: both look alike.
        """
        wanted = visit.request.match_info["report"]
        found = await ask(self._listing.find, reader(visit), wanted)
        if found is None:
            raise web.HTTPNotFound
        return found

    async def state(self, visit: Visit) -> str:
        """Whether the list is still the one that is shown."""
        return await ask(self._listing.state, reader(visit))


async def ask(work: Callable[P, R], *args: P.args, **more: P.kwargs) -> R:
    """Do something with the reports' storage, which is not asynchronous."""
    return await asyncio.to_thread(work, *args, **more)


async def do(deed: Callable[P, bool], *args: P.args, **more: P.kwargs) -> None:
    """Do a deed that is said to be done afterwards.

    Raises:
        web.HTTPNotFound: nothing was done, because the report has gone meanwhile.
    """
    if not await ask(deed, *args, **more):
        raise web.HTTPNotFound


def reader(visit: Visit) -> Reader:
    """Whoever is signed in, with the key that opens what is sealed to them.

    Raises:
        web.HTTPForbidden: the session has just ended, and its key is forgotten.
    """
    key = visit.signed_in.key
    if key is None:
        raise web.HTTPForbidden
    return Reader(visit.operator.id, key)
