"""Rows 38 to 40: commands in the middle of a flow, and what comes with a deep link."""

from __future__ import annotations

from tests.acceptance.catalogue import CARD, row
from tests.acceptance.search import places_of
from tests.acceptance.town import Person, Town


@row("row-38 start, help, and on again")
async def _commands(_town: Town, amina: Person) -> None:
    await amina.sends("/start")
    assert "▶️ Go on where you were" in amina.screen.labels
    await amina.sends("/help")
    assert "112" in amina.screen.text
    await amina.taps("⬅️ Back")
    await amina.taps("▶️ Go on where you were")


@row("row-38 stop leaves no trace")
async def _stop(_town: Town, amina: Person) -> None:
    before = {one.id for one in amina.messages}
    await amina.sends("/stop")
    assert [one.id for one in amina.messages if one.id in before] == []
    assert (amina.wrote, amina.screen.text.splitlines()[0]) == ([], "🏠 How can I help you?")
    await amina.goes("🧭 I need information", "💼 My rights at work", CARD)


@row("row-38 commands nobody knows")
async def _unknown_commands(_town: Town, amina: Person) -> None:
    for command in (
        "/",
        "//",
        "/report",
        "/start_",
        "/report@other_bot",
        "/" + "x" * 64,
        "/a b\nc",
    ):
        await amina.sends(command)
        assert amina.screen.text.splitlines()[0] == CARD


PAYLOADS = {
    "64 characters": "A" * 64,
    "128 characters": "A" * 128,
    "another alphabet": "приглашение",
    "a path": "../../etc/passwd",
    "base64 of sql": "JzsgRFJPUCBUQUJMRSBwZXJzb247IC0t",
    "a report": "open-report",
    "somebody else's invite": "k7Qx2mPz'",
    "wildcards": "%25_%",
    "an old campaign": "closed-desk",
    "spaces and lines": " \n\t k7 \u202e",
}


def payload(name: str, words: str) -> None:
    """A row that is a deep link: nothing but a plain start comes of it."""

    @row(name)
    async def deed(town: Town, amina: Person) -> None:
        town.add_desk("closed-desk", "Closed")
        town.query("UPDATE desk SET active = 0")
        await amina.sends(f"/start {words}")
        assert amina.screen.text.splitlines()[0] == "🏠 How can I help you?"
        assert town.query("SELECT desk FROM person") == [(None,)]
        if words != "closed-desk":
            assert places_of(town, [words.strip()]) == {}
        await amina.taps("▶️ Go on where you were")


for _name, _text in PAYLOADS.items():
    payload(f"row-39 {_name}", _text)


@row("row-40 Clean in the middle, however it is written")
async def _panic(town: Town, amina: Person) -> None:
    for command in ("/clean", "/CLEAN", "/clean now please", "/clean@antenna_local_bot", "/stop"):
        await amina.goes("🆘 Help", "⬅️ Back")
        await amina.sends(command)
        assert (amina.wrote, len(amina.messages)) == ([], 1)
    assert town.query("SELECT count(*) FROM chat_message") == [(1,)]
    await amina.goes("🧭 I need information", "💼 My rights at work", CARD)
