"""Rows 17 to 30, 51 to 59 and 65 to 68: what is sent into a report that is being told."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Awaitable, Callable
from typing import Any

from tests.acceptance.search import places_of
from tests.acceptance.teller import Teller
from tests.acceptance.town import Town
from tests.acceptance.updates import hand_in, message_of
from tests.bot.evidence import papers, pictures
from tests.bot.evidence.pictures import drawn, exif, saved

SECRET = b"SECRET-45.6169-"
GOOD = saved(drawn((320, 200)), "JPEG")
GPS = saved(drawn((320, 200)), "JPEG", exif=exif(SECRET))
BIG, KIND, BROKEN = "⚠️ One file is too big.", "⚠️ One file I cannot take.", "⚠️ One file does not"
CODE = "4821773011920045"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

Deed = Callable[[Town, Teller], Awaitable[None]]
STORY: dict[str, Deed] = {}
FILES: dict[str, Deed] = {}


def story(name: str) -> Callable[[Deed], Deed]:
    """Enter what is sent where words are asked for."""

    def enter(deed: Deed) -> Deed:
        assert name not in STORY
        STORY[name] = deed
        return deed

    return enter


def kept(teller: Teller) -> int:
    """How many letters the page says there are."""
    return _number(r"(\d+) letters?", teller)


def received(teller: Teller) -> int:
    """How many files the page says were received."""
    return _number(r"(\d+) files? received", teller)


def _number(form: str, teller: Teller) -> int:
    found = re.search(form, teller.person.screen.text)
    return int(found[1]) if found else 0


def words(name: str, text: str, letters: int | None = None) -> None:
    """A row of words that are taken as they are."""

    @story(name)
    async def deed(_town: Town, teller: Teller) -> None:
        await teller.writes(text)
        assert kept(teller) == (len(text) if letters is None else letters)


def refused(name: str, **what: Any) -> None:
    """A row of something that is no words and no voice: refused, and taken out of the chat."""

    @story(name)
    async def deed(_town: Town, teller: Teller) -> None:
        await teller.writes(**what)
        assert (kept(teller), received(teller)) == (0, 0)
        assert "You can write words here." in teller.person.screen.text


def file(row: str, content: bytes, why: str = "", **more: Any) -> None:
    """A row of a file: received, or refused with words that begin like this."""

    async def deed(_town: Town, teller: Teller) -> None:
        sent = {"content": base64.b64encode(content).decode(), **more}
        await teller.writes(document=sent)
        assert received(teller) == (0 if why else 1), teller.person.screen.text
        assert why in teller.person.screen.text

    assert row not in FILES
    FILES[row] = deed


@story("row-17 forwarded words")
async def _forwarded(town: Town, teller: Teller) -> None:
    other = await town.newcomer("Forwarded Canary")
    for origin in (other.chat_id, {"name": "Hidden Canary"}, {"channel": "Canary channel"}):
        await teller.writes("they pay 3 euros", forward_from=origin)
    assert kept(teller) > 0
    assert places_of(town, ["Forwarded Canary", "Hidden Canary", "Canary channel"]) == {}


@story("row-21 something new")
async def _something_new(town: Town, teller: Teller) -> None:
    await hand_in(town, message_of(teller.person, telepathy={"thought": "x"}))
    assert (kept(teller), received(teller)) == (0, 0)


@story("row-18 an answer to something nobody knows")
async def _answering(town: Town, teller: Teller) -> None:
    lost = message_of(teller.person, text="gone")["message"]
    await hand_in(town, message_of(teller.person, text="they pay 3 euros", reply_to_message=lost))
    assert kept(teller) == 16


refused("row-19 a contact", contact={"phone_number": "+393514440917", "user_id": 1})
refused("row-20 a place", location={"latitude": 45.6169, "longitude": 9.2066})
refused("row-20 a venue", venue={"title": "Kitchen", "address": "via Roma 7"})
refused("row-20 a live place", location={"latitude": 45.6, "longitude": 9.2, "live_period": 60})
refused("row-21 a poll", poll={"question": "?", "options": ["a", "b"]})
refused("row-21 a story", story={"id": 3})
refused("row-21 dice", dice={"emoji": "🎰", "value": 64})

words("row-53 a date that is none", "since 31/2 and 29/2/2027 and 00/00, ١٢/٣ too")
words("row-54 an hour that is none", "from 25:00 to 2:30 on 28 March")
words("row-56 numbers that are none", "-1, 1e999, ½, NaN, १२३ euros an hour")
words("row-57 sql", "'; DROP TABLE report; -- they pay nothing")
words("row-57 templates", "{{7*7}} ${jndi:ldap://x} %s%n %(token)s {network}")
words("row-58 a formula", "=cmd|' /C calc'!A0")
words("row-66 insults", "You are all thieves and liars")
words("row-67 a list of colleagues", "Ali 3 euros\nBose 4 euros\nCarmen nothing")


@story("row-55 a telephone number in the words")
async def _number_told(town: Town, teller: Teller) -> None:
    await teller.writes("call me, 351 444 0917 is mine")
    assert {"cut", "keep", "drop"} <= set(teller.options)
    await teller.chooses("cut")
    assert places_of(town, ["351 444 0917", "3514440917"]) == {}


@story("row-59 a code instead of words")
async def _code(town: Town, teller: Teller) -> None:
    for form in (CODE, "4821 7730 1192 0045"):
        await teller.writes(form)
    assert kept(teller) == 0
    await teller.writes(f"my code is {CODE} and they pay nothing")
    assert kept(teller) == len("my code is … and they pay nothing")
    assert places_of(town, [CODE, "4821 7730 1192 0045"]) == {}
    assert not any("4821" in line for line in teller.seen)


@story("row-65 somebody in danger")
async def _danger(_town: Town, teller: Teller) -> None:
    await teller.writes("they have a knife, help me")
    assert "112" in teller.person.screen.text
    await teller.chooses("<")


@story("row-68 a name of one's own")
async def _own_name(_town: Town, teller: Teller) -> None:
    await teller.writes("My name is Kanarina Rossi and they pay nothing")
    assert {"cut", "keep", "drop"} <= set(teller.options)
    await teller.chooses("keep")
    assert kept(teller) > 0


file("row-24 nothing in it", b"", BROKEN)
file("row-24 a program", b"MZ\x90\x00" + b"\0" * 200, KIND, name="payslip.pdf.exe")
file("row-24 a photo that says it is a paper", GOOD, name="a.pdf", mime_type="application/pdf")
file("row-25 up and away", GOOD, name="../../etc/passwd")
file("row-25 another system's", GOOD, name="C:\\keys\\a.jpg")
file("row-25 three hundred letters", GOOD, name="x" * 300 + ".jpg")
file("row-25 from right to left", GOOD, name="\u202egpj.exe\n")
file("row-26 a drawing with a script", SVG, KIND, name="a.svg")
file("row-26 an archive", pictures.archive(SECRET), KIND, name="a.zip")
file("row-26 a paper with a script", papers.with_script(SECRET))
file("row-27 a bomb", pictures.png_bomb(60_000, 60_000), BIG)
file("row-27 half a photo", GOOD[: len(GOOD) // 2], BROKEN)
file("row-28 a place in a photo", GPS)


async def _too_big(town: Town, teller: Teller) -> None:
    asked = len(town.judge.of("getFile"))
    await teller.writes(document={"size": 21 << 20})
    assert BIG in teller.person.screen.text
    assert len(town.judge.of("getFile")) == asked


async def _album(town: Town, teller: Teller) -> None:
    """Ten at once, two of them too big: eight received, one screen."""
    person, shown = teller.person, len(town.judge.of("editMessageText", "sendMessage"))
    good = base64.b64encode(GOOD).decode()
    for number in range(10):
        what = {"size": 21 << 20} if number in (3, 7) else {"content": good + ""}
        await person.phone.send(document={**what, "name": f"{number}"}, media_group="album-1")
    await town.settles()
    await town.until(lambda: received(teller) >= 1)
    teller.look()
    assert BIG in person.screen.text
    assert len(town.judge.of("editMessageText", "sendMessage")) - shown <= 10


async def _again(_town: Town, teller: Teller) -> None:
    for _time in range(2):
        await teller.writes(document={"content": base64.b64encode(GOOD).decode()})
    assert received(teller) >= 1


async def _expired(town: Town, teller: Teller) -> None:
    words_of_telegram = "Bad Request: wrong file_id or the file is temporarily unavailable"
    await town.telegram.fault("400", "getFile", times=1, description=words_of_telegram)
    await teller.writes(document={"content": base64.b64encode(GOOD).decode()})
    await asyncio.sleep(0)
    said = teller.person.screen.text
    assert received(teller) == 1 or "⚠️ One file is gone" in said


FILES |= {
    "row-22 an album of ten": _album,
    "row-23 too big": _too_big,
    "row-29 the same again": _again,
    "row-30 a link that is no more": _expired,
}
