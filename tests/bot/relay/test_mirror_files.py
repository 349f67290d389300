"""Files stand in a topic as what they are, by their ids, and say whose they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.relay.cargo import AS
from bot.relay.mirror_calls import CHUNK_UNITS, chunks
from bot.telegram.render import units
from flows.handoff_model import LineKind
from storage.handoffs import Content, Handoff
from tests.bot.relay.mirrored import Mirrored, mirrored

pytestmark = pytest.mark.usefixtures("in_english")


async def file_id(here: Mirrored, kind: str) -> str:
    """The id of a file that somebody sent to the bot."""
    sent = await here.anna.send(**{kind: {}})
    body = here.telegram.state.chats[here.anna.chat_id].messages[sent["message_id"]].body
    found: Any = body[kind][-1] if kind == "photo" else body[kind]
    return str(found["file_id"])


async def a_talk(here: Mirrored) -> Handoff:
    """A conversation that is shown."""
    await here.binds()
    talk = await here.asks()
    await here.shown()
    return talk


@pytest.mark.parametrize("kind", ["photo", "voice", "document", "video", "audio", "animation"])
async def test_a_file_is_shown_as_what_it_is(tmp_path: Path, kind: str) -> None:
    """Its words and whose it is stand under it."""
    kinds = {"audio": LineKind.VOICE, "animation": LineKind.VIDEO}
    async with mirrored(tmp_path) as here:
        talk = await a_talk(here)
        extra = {AS: kind} if kind in kinds else {}
        line_kind = kinds.get(kind) or LineKind(kind)
        content = Content(line_kind, "My payslip", await file_id(here, kind), extra)
        await here.hears(talk, content)
        await here.shown()
        assert (await here.topic(talk))[-1] == f"[{kind}] 👤 {talk.designation}\nMy payslip"


async def test_a_round_video_takes_no_words(tmp_path: Path) -> None:
    """Whose it is stands right after it."""
    async with mirrored(tmp_path) as here:
        talk = await a_talk(here)
        content = Content(LineKind.VIDEO, "", await file_id(here, "video_note"), {AS: "video_note"})
        await here.hears(talk, content)
        await here.shown()
        assert (await here.topic(talk))[-2:] == ["[video_note]", f"👤 {talk.designation}"]


async def test_a_place_says_whose_it_is(tmp_path: Path) -> None:
    """A place is shown with a title, for a mere position has none."""
    async with mirrored(tmp_path) as here:
        talk = await a_talk(here)
        where = {"latitude": 45.6, "longitude": 9.2}
        await here.hears(talk, Content(LineKind.PLACE, extra=where))
        await here.shown()
        assert (await here.topic(talk))[-1] == f"[venue] 👤 {talk.designation} 12:00"


async def test_an_album_stays_together(tmp_path: Path) -> None:
    """Its parts are one album once no more of them come; each stands in a message of its own."""
    async with mirrored(tmp_path) as here:
        talk = await a_talk(here)
        ids = [await file_id(here, "photo") for _ in range(3)]
        for number, one in enumerate(ids):
            words = "Look" if number == 0 else ""
            await here.hears(talk, Content(LineKind.PHOTO, words, one), album="a")
        assert len(await here.topic(talk)) == 0
        here.clock.passes(2.1)
        here.news.tell(talk.id)
        await here.shown()
        head = f"[photo] 👤 {talk.designation}\nLook"
        assert await here.topic(talk) == [head, "[photo]", "[photo]"]
        assert here.methods().count("sendMediaGroup") == 1
        assert len({line.posted for line in await here.lines(talk)}) == 3


async def test_what_makes_no_album_is_shown_one_by_one(tmp_path: Path) -> None:
    """Telegram mixes no documents with photos: all of it is shown nevertheless."""
    async with mirrored(tmp_path) as here:
        talk = await a_talk(here)
        photo, paper = await file_id(here, "photo"), await file_id(here, "document")
        contents = Content(LineKind.PHOTO, "", photo), Content(LineKind.DOCUMENT, "", paper)
        await here.hears(talk, *contents, album="a")
        here.clock.passes(2.1)
        here.news.tell(talk.id)
        await here.shown()
        assert await here.topic(talk) == [
            f"[photo] 👤 {talk.designation}",
            f"[document] 👤 {talk.designation}",
        ]


async def test_a_file_that_telegram_does_not_take_holds_up_nothing(tmp_path: Path) -> None:
    """The topic says that the console has it, and what comes after it is shown."""
    async with mirrored(tmp_path) as here:
        talk = await a_talk(here)
        await here.hears(talk, Content(LineKind.PHOTO, "", "no-such-file"), "And then this")
        await here.shown()
        assert await here.topic(talk) == [
            f"👤 {talk.designation}\n⚠️ This cannot be shown here. Read it in the console.",
            f"👤 {talk.designation}\nAnd then this",
        ]
        assert "mirror_unshowable" in here.ears.events


async def test_words_under_a_file_that_are_too_long_follow_it(tmp_path: Path) -> None:
    """Nothing is cut off: what does not fit under a file stands in a message after it."""
    async with mirrored(tmp_path) as here:
        talk = await a_talk(here)
        photo = await file_id(here, "photo")
        await here.hears(talk, Content(LineKind.PHOTO, "word " * 300, photo))
        await here.shown()
        topic = await here.topic(talk)
        assert topic[0] == f"[photo] 👤 {talk.designation}"
        assert topic[1].split() == ["word"] * 300


@pytest.mark.parametrize("sign", ["x", "& ", "😀", "ب"])
async def test_the_longest_message_is_shown_whole(tmp_path: Path, sign: str) -> None:
    """As much as a person can write in one message, whatever its signs, stands in the topic."""
    said = (sign * 4096)[: 4096 // units(sign) * len(sign)]
    async with mirrored(tmp_path) as here:
        talk = await a_talk(here)
        await here.hears(talk, said)
        await here.shown()
        topic = "".join(await here.topic(talk)).removeprefix(f"👤 {talk.designation}")
        assert topic.replace("\n", "").replace(" ", "") == said.replace(" ", "")


@pytest.mark.parametrize("text", ["", "a", "😀" * 9000, "ab " * 3000, "x\n" * 4000, "z" * 12_000])
def test_pieces_are_all_of_it_and_each_fits(text: str) -> None:
    """Cut up and put together again a text is what it was."""
    pieces = chunks(text)
    assert "".join(pieces) == text
    assert max(units(one) for one in pieces) <= CHUNK_UNITS
