"""A LibreTranslate server is asked as its API wants it, and nothing it answers is believed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr

from bot.clock import Clock
from bot.meaning.libretranslate import LARGEST_BYTES, LibreTranslate
from bot.meaning.translator import FOUND, LONGEST, Meant, NotMeant, Why
from tests.bot.meaning.stand_in import StandIn, serving

WORDS = "لم يدفع لي 300 يورو"
SAID = "Non mi ha pagato 300 euro"


@asynccontextmanager
async def asking(stand_in: StandIn, **more: object) -> AsyncIterator[LibreTranslate]:
    """A translator that asks this server."""
    async with serving(stand_in):
        key = SecretStr(str(more["key"])) if "key" in more else None
        seconds = float(str(more.get("seconds", 10)))
        made = LibreTranslate(stand_in.url, key, Clock(), seconds=seconds)
        try:
            yield made
        finally:
            await made.close()


async def test_words_come_back_in_the_other_language() -> None:
    """The request is the API's, and what was translated from what is told."""
    stand_in = StandIn(words={(WORDS, "it"): SAID})
    async with asking(stand_in) as translator:
        assert await translator.translate(WORDS, "ar", "it") == Meant(SAID, "ar")
        assert translator.is_local
    [asked] = stand_in.asked
    assert asked == {"q": WORDS, "source": "ar", "target": "it", "format": "text"}


async def test_the_language_is_found_out_where_nobody_knows_it() -> None:
    """What the server takes it for is told by our name, and whether it is sure."""
    async with asking(StandIn(finds="zh-Hans", words={("你好", "it"): "Ciao"})) as translator:
        assert await translator.translate("你好", FOUND, "it") == Meant("Ciao", "zh-Hans")
    async with asking(StandIn(finds="en", confidence=12)) as translator:
        found = await translator.translate("ciao", FOUND, "it")
    assert found == Meant("it: ciao", "en", sure=False)
    async with asking(StandIn(finds="en", confidence="much")) as translator:
        found = await translator.translate("ciao", FOUND, "it")
    assert found == Meant("it: ciao", "en", sure=False)


async def test_languages_go_by_our_names() -> None:
    """Its names become ours, Portuguese is that of Brazil where there are two; asked once."""
    stand_in = StandIn()
    async with asking(stand_in) as translator:
        first = await translator.languages()
        await translator.translate("Ciao", "it", "pt")
        await translator.translate("Ciao", "it", "fil")
        await translator.translate("Ciao", "it", "zh-Hans")
    assert first == frozenset({"en", "it", "ar", "ur", "zh-Hans", "pt", "fil"})
    assert [one["target"] for one in stand_in.asked] == ["pt-BR", "tl", "zh-Hans"]
    assert stand_in.listed == 1


async def test_an_older_server_calls_chinese_otherwise() -> None:
    """`zh` is what it says and what it is asked for."""
    stand_in = StandIn(codes=("it", "zh"))
    async with asking(stand_in) as translator:
        assert await translator.languages() == frozenset({"it", "zh-Hans"})
        await translator.translate("Ciao", "it", "zh-Hans")
    assert stand_in.asked[0]["target"] == "zh"


@pytest.mark.parametrize(("source", "target"), [("pa", "it"), ("it", "pa"), (FOUND, "pa")])
async def test_nothing_is_sent_in_a_language_it_does_not_know(source: str, target: str) -> None:
    """Words that nobody there could translate do not leave."""
    stand_in = StandIn()
    async with asking(stand_in) as translator:
        assert await translator.translate("ਕ", source, target) == NotMeant(Why.LANGUAGE)
    assert stand_in.asked == []


async def test_too_much_is_not_sent() -> None:
    """A text over the limit stays here."""
    stand_in = StandIn()
    async with asking(stand_in) as translator:
        assert await translator.translate("a" * (LONGEST + 1), "en", "it") == NotMeant(Why.LONG)
        whole = await translator.translate("a" * LONGEST, "en", "it")
    assert (type(whole), len(stand_in.asked)) == (Meant, 1)


async def test_the_key_goes_with_the_words() -> None:
    """With its key a server answers; without, it refuses."""
    async with asking(StandIn(key="right"), key="right") as translator:
        assert type(await translator.translate("Ciao", "it", "ar")) is Meant
    async with asking(StandIn(key="right"), key="wrong") as translator:
        assert await translator.translate("Ciao", "it", "ar") == NotMeant(Why.REFUSED)
        assert "wrong" not in repr(vars(translator))


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (400, Why.WORDS),
        (401, Why.REFUSED),
        (403, Why.REFUSED),
        (429, Why.BUSY),
        (500, Why.BROKEN),
        (502, Why.BROKEN),
        (307, Why.BROKEN),
    ],
)
async def test_an_error_is_a_reason_and_asked_once(status: int, why: Why) -> None:
    """No words of the error come through, no redirect is followed, nothing is tried again."""
    stand_in = StandIn(fails=status)
    async with asking(stand_in) as translator:
        assert await translator.translate(WORDS, "ar", "it") == NotMeant(why)
    assert len(stand_in.asked) == 1


DEEP = b"[" * 100_000 + b"]" * 100_000


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>",
        b"\xff\xfe",
        DEEP,
        b"[]",
        b"null",
        b'{"translatedText": null}',
        b'{"translatedText": ["a"]}',
        b'{"translatedText": "  "}',
        '{"translatedText": "🙃"}'.encode(),
        json.dumps({"translatedText": "a " * 5_000}).encode(),
        json.dumps({"translatedText": "a" * LARGEST_BYTES}).encode(),
    ],
    ids=lambda raw: f"{len(raw)} bytes",
)
async def test_junk_is_no_translation(raw: bytes) -> None:
    """What is not words, or far too many of them, is not taken for a translation."""
    async with asking(StandIn(raw=raw)) as translator:
        assert await translator.translate(WORDS, "ar", "it") == NotMeant(Why.BROKEN)


@pytest.mark.parametrize(
    "answer",
    [
        '{"error": "x"}',
        "[1]",
        '[{"code": 7}]',
        '[{"code": "x"}]',
        json.dumps([{"code": "aa"}] * 501),
    ],
)
async def test_a_strange_list_of_languages_is_none(answer: str) -> None:
    """Without a list that can be read nothing is sent."""
    stand_in = StandIn()

    async with asking(stand_in) as translator:
        translator._ask = _always(json.loads(answer))  # type: ignore[method-assign]
        assert await translator.languages() == NotMeant(Why.BROKEN)
        assert await translator.translate("Ciao", "it", "ar") == NotMeant(Why.BROKEN)
    assert stand_in.asked == []


def _always(answer: object):  # type: ignore[no-untyped-def]
    async def ask(*_args: object) -> object:
        return answer

    return ask


async def test_a_slow_server_is_left_waiting() -> None:
    """After its time nobody waits any more."""
    stand_in = StandIn(waits=asyncio.Event())
    async with asking(stand_in, seconds=0.3) as translator:
        assert await translator.translate(WORDS, "ar", "it") == NotMeant(Why.SLOW)


async def test_nobody_there_is_no_error() -> None:
    """A server that is away is a reason like others."""
    stand_in = StandIn()
    async with serving(stand_in):
        url = stand_in.url
    translator = LibreTranslate(url, None, Clock())
    assert await translator.languages() == NotMeant(Why.UNREACHABLE)
    assert await translator.translate(WORDS, "ar", "it") == NotMeant(Why.UNREACHABLE)
    await translator.close()
    await translator.close()
