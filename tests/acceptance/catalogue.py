"""The catalogue of bad input: every row under its number, as a deed to be done to Antenna."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tests.acceptance.town import Person, Town

CARD = "📄 Work contract"
WAYS = ["⬅️ Back", "🏠 Home", "🆘 Help"]
WORDS = "I cannot read words here."
UNREAD = "I cannot read this."
TAP = "Please tap a button below."
OLD = "This button is old. Here is where we are now."

Deed = Callable[[Town, Person], Awaitable[None]]
ROWS: dict[str, Deed] = {}


def row(name: str) -> Callable[[Deed], Deed]:
    """Enter a deed: what is sent, and what is special about the answer."""

    def enter(deed: Deed) -> Deed:
        assert name not in ROWS
        ROWS[name] = deed
        return deed

    return enter


def sends(name: str, why: str, **what: Any) -> None:
    """Enter something that is sent, and the words it is refused with."""

    @row(name)
    async def deed(_town: Town, amina: Person) -> None:
        await amina.sends(**what)
        refused(amina, why)


def leads(name: str, title: str, **what: Any) -> None:
    """Enter a file that comes by itself, and the page it opens; the file leaves the chat."""

    @row(name)
    async def deed(_town: Town, amina: Person) -> None:
        before = amina.wrote
        await amina.sends(**what)
        assert (amina.screen.text.splitlines()[0], amina.wrote) == (title, before)
        await amina.taps("⬅️ Back")


def refused(amina: Person, why: str) -> None:
    """The screen says kindly what is needed, once."""
    told = [line for line in amina.screen.text.splitlines() if line in (why, TAP)]
    assert told == [why, TAP]


async def reader(town: Town) -> Person:
    """Somebody who reads a card, two answers into a flow."""
    amina = await town.resident()
    await amina.goes("🧭 I need information", "💼 My rights at work", CARD)
    return amina
