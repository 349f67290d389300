"""Rows 1 to 16, 57 and 60: what is sent where a button is asked for."""

from __future__ import annotations

import json

from tests.acceptance.catalogue import UNREAD, leads, looked_up, refused, row, sends, words
from tests.acceptance.town import Person, Town
from tests.acceptance.updates import hand_in_raw, message_of

sends("row-01 sticker", UNREAD, sticker={"emoji": "😀"})
sends("row-01 gif", UNREAD, animation={"name": "a.gif"})
sends("row-01 dice", UNREAD, dice={"emoji": "🎰", "value": 64})
sends("row-01 game", UNREAD, fields={"game": {"title": "G", "description": "d", "photo": []}})
leads("row-02 voice", "📎 You sent a voice message", voice={"duration": 3})
sends("row-02 video note", UNREAD, video_note={"duration": 3, "length": 240})
leads("row-03 photo", "📎 You sent a photo", photo={})
leads("row-08 caption of 1,024", "📎 You sent a photo", photo={}, caption="c" * 1024)
leads("row-08 caption of 4,096", "📎 You sent a photo", photo={}, caption="é" * 4096)


@row("row-01 sticker, careful")
async def _careful_sticker(_town: Town, amina: Person) -> None:
    await amina.sends("/privacy")
    await amina.goes("👀 Careful mode on", "👍 OK", "⬅️ Back")
    await amina.sends(sticker={})
    assert "(sticker)" not in amina.wrote
    refused(amina, UNREAD)


@row("row-04 edited after it was taken")
async def _edited(_town: Town, amina: Person) -> None:
    sent = await amina.sends("my salary is 5 euros")
    await amina.phone.edit(sent["message_id"], "my salary is 6 euros")
    await amina.town.settles()
    assert len(amina.screens) == 1
    await amina.taps("⬅️ Back")


@row("row-05 edited into commands")
async def _edited_command(town: Town, amina: Person) -> None:
    sent = await amina.sends("hello")
    for command in ("/forget", "/clean", "/start", "/stop"):
        await amina.phone.edit(sent["message_id"], command)
        await town.settles()
    assert amina.wrote[-1] == "/stop"
    assert town.query("SELECT count(*) FROM person") == [(1,)]


@row("row-06 a paste of 10,000 characters")
async def _paste(town: Town, amina: Person) -> None:
    before = len(town.judge.of("sendMessage"))
    await amina.sends("w" * 10_000)
    await looked_up(amina)
    assert len(town.judge.of("sendMessage")) - before == 1  # three parts, one answer


# -- words, and what looks like words

TEXTS = {
    "row-06 4,096 characters": "a" * 4096,
    "row-06 4,096 units of emoji": "😀" * 2048,
    "row-07 4,096 ampersands": "&" * 4096,
    "row-07 4,096 brackets": "<" * 4096,
    "row-09 right-to-left override": "abc\u202edef\u202c",
    "row-09 isolates left open": "\u2066\u2067\u2068 boss \u2068",
    "row-10 zero width": "he\u200bl\u200cl\u200do\ufeff",
    "row-10 soft hyphens": "sa\u00adla\u00adry",
    "row-10 tag characters": "hi\U000e0001\U000e0068\U000e0069\U000e007f",
    "row-10 nothing to see": "\u200b\u2060\u00ad",
    "row-11 homoglyph": "/ѕtart",
    "row-11 zero width in a command": "/st\u200bart",
    "row-11 full width": "／start",
    "row-12 zalgo": "H" + "\u0336\u0315\u0321" * 600 + "elp",
    "row-13 families, flags, skins": "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿👍🏿🇮🇹" * 40,
    "row-15 html": "<b>x</i> <a href='tg://user?id=1'>you</a> </b><script>",
    "row-15 markdown": "*_`[x](tg://user?id=777000)~||",
    "row-15 entities": "&lt;&#x41;&nbsp;&unknown;&",
    "row-16 mention": "@antenna_local_bot #strike https://example.org/?a=1 $EUR +390000000000",
    "row-57 sql": "'; DROP TABLE person; --",
    "row-57 templates": "{{7*7}} ${jndi:ldap://x} %s%n %(token)s {network} {0.__class__}",
    "row-57 csv": "=cmd|' /C calc'!A0",
    "row-60 mixed languages": "ciao مرحبا 你好 नमस्ते שלום",
}
for _name, _text in TEXTS.items():
    words(_name, _text)

RAW = {
    "row-13 lone surrogates": r"\ud83d and \udc00\ud800",
    "row-14 NUL": r"a\u0000b\u0000",
    "row-14 control characters": r"\u0001\u0007\u001b[31m\u007f\u0085",
}


def raw(name: str, escaped: str) -> None:
    """A row that is a message only JSON written by hand can hold."""

    @row(name)
    async def deed(town: Town, amina: Person) -> None:
        wrapped = json.dumps(message_of(amina, text="TEXT")["message"]).replace("TEXT", escaped)
        await hand_in_raw(town, f'{{"update_id": {{update_id}}, "message": {wrapped}}}')
        await looked_up(amina)


for _name, _text in RAW.items():
    raw(_name, _text)
