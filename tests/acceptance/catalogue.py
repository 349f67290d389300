"""The catalogue of bad input: every row under its number, as a deed to be done to Antenna."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tests.acceptance.town import Person, Town

CARD = "📄 Work contract"
WAYS = ["⬅️ Back", "🏠 Home", "🆘 Help"]
LOOKED_UP = ("🔎 Is it one of these?", "🔎 I found nothing for this.")
UNREAD = "I cannot read this."
TAP = "Please tap a button below."
UNREADABLE = ("I cannot read words here.", TAP)
HELLO = "👋 Hello! Tap a button, or write what you are looking for."
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


async def looked_up(amina: Person) -> None:
    """What no question asked for is looked up; one tap leads back to where they were.

    A greeting is greeted, and what has no letter in it cannot be read: the page stays.
    """
    first, *rest = amina.screen.text.splitlines()
    if first == CARD:
        assert [line for line in rest if line in (*UNREADABLE, HELLO)] in ([*UNREADABLE], [HELLO])
        return
    assert first in LOOKED_UP
    await amina.taps("⬅️ Back")


def words(name: str, text: str) -> None:
    """Enter words that are looked up."""

    @row(name)
    async def deed(_town: Town, amina: Person) -> None:
        await amina.sends(text)
        await looked_up(amina)


async def reader(town: Town) -> Person:
    """Somebody who reads a card, two answers into a flow."""
    amina = await town.resident()
    await amina.goes("🧭 I need information", "💼 My rights at work", CARD)
    return amina
