"""Rows 52 and 59 to 62: odd accounts, codes, languages, and very many at once."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.acceptance.catalogue import looked_up, row
from tests.acceptance.search import places_of
from tests.acceptance.town import Person, Town
from tests.acceptance.updates import hand_in, message_of, user

ACCOUNTS = {
    "admin": {"first_name": "admin", "username": "admin"},
    "markup": {"first_name": "<b>Rosa</b>", "last_name": "*_`[x](tg://user?id=1)"},
    "64 emoji": {"first_name": "🦩" * 64},
    "override": {"first_name": "\u202eanimA", "last_name": "\u2067\u202eyawed"},
    "template": {"first_name": "{network}", "last_name": "%(token)s"},
}


def account(name: str, wish: dict[str, str]) -> None:
    """A row that is an account: its names are nowhere kept and never said."""

    @row(name)
    async def deed(town: Town, _amina: Person) -> None:
        odd = await town.resident(
            wish["first_name"], **{k: v for k, v in wish.items() if k != "first_name"}
        )
        assert len(odd.screens) == 1
        if name != "row-52 admin":
            assert places_of(town, [*wish.values()]) == {}


for _name, _wish in ACCOUNTS.items():
    account(f"row-52 {_name}", _wish)


@row("row-52 no name at all")
async def _nameless(town: Town, amina: Person) -> None:
    await hand_in(town, message_of(amina, text="x", **{"from": {"id": amina.chat_id}}))
    await looked_up(amina)


# -- codes, languages, floods

CODES = (
    "1234567890123456",
    "4821 7730 1192 0045",
    "4821-7730-1192-0046",
    "code 4821.7730.1192.0047!",
)


@row("row-59 sixteen digits")
async def _code(town: Town, amina: Person) -> None:
    for code in CODES:
        await amina.sends(code)
        assert code not in amina.wrote
    await looked_up(amina)
    digits = ["".join(filter(str.isdigit, code)) for code in CODES]
    assert places_of(town, [*CODES, *digits]) == {}


def speaks(name: str, code: str, first: str) -> None:
    """A row that is the language a client says it speaks."""

    @row(name)
    async def deed(town: Town, _amina: Person) -> None:
        odd = await town.newcomer("Odd", language=code)
        await odd.sends("/start")
        assert odd.screen.labels[0] == first
        await odd.taps("Italiano")
        await hand_in(town, message_of(odd, text="x", **{"from": user(odd, language_code="en")}))
        assert odd.screen.labels[0] == "➡️ Avanti"


for _code, _first in (
    ("tlh", "English"),
    ("it-CH", "Italiano"),
    ("en_US; --", "English"),
    ("", "English"),
):
    speaks(f"row-60 language {_code or 'none'}", _code, _first)


@row("row-61 1,000 messages in 10 seconds")
async def _flood(town: Town, amina: Person) -> None:
    bea = await town.newcomer("Bea")
    before = len(town.judge.of("sendMessage"))
    for number in range(1000):
        town.telegram.state.updates.add("message", _text(amina, number), amina.chat_id)
        if number == 500:
            flood = asyncio.create_task(town.settles())
            await bea.phone.send("/start")
            await town.until(lambda: bea.messages != [] and bea.screens != [])
    await flood
    await town.settles()
    to_amina = [
        c for c in town.judge.of("sendMessage")[before:] if c.params["chat_id"] == amina.chat_id
    ]
    assert len(to_amina) <= 40  # the limit is 30 in 10 seconds, and one word about it
    assert "⏳ One moment, please. That is a lot at once." in amina.said
    await looked_up(amina)  # the second of two that were answered,
    await looked_up(amina)  # and the first


def _text(amina: Person, number: int) -> dict[str, Any]:
    return dict(message_of(amina, text=f"m{number}", message_id=1000 + number)["message"])


NEW_CHATS = 200


@row("row-62 many new chats at once")
async def _newcomers(town: Town, amina: Person) -> None:
    """5,000 in the catalogue; 200 here, in one moment, and then somebody who is known taps."""
    state = town.telegram.state
    began = len(town.judge.calls)
    for number in range(NEW_CHATS):
        guest = state.add_person({"first_name": f"Guest {number}"})
        chat = state.private_chat(guest)
        body = {"message_id": chat.next_id(), "date": state.date(), "chat": chat.as_chat()}
        state.updates.add("message", {**body, "from": guest.as_user(), "text": "/start"}, chat.id)
    await amina.phone.tap("🇮🇹 Show in Italian")
    await town.settles()
    shown = [
        call.params["chat_id"] for call in town.judge.calls[began:] if "chat_id" in call.params
    ]
    assert shown.index(amina.chat_id) < NEW_CHATS / 3
    assert len(set(shown)) == NEW_CHATS + 1
    assert town.query("SELECT count(*) FROM person") == [(NEW_CHATS + 1,)]
    await amina.taps("↩️ My language")
