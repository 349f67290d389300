"""The doctor says whether a translator works, which languages it lacks, and where words go."""

from __future__ import annotations

import asyncio

import pytest

from bot.clock import Clock
from bot.doctor.finding import Level, Scene, Translated
from bot.doctor.translator import _ask, ask_translator, translator, translator_place
from bot.furniture import LOCALES
from bot.roster import read_roster
from bot.settings import Settings, TranslatorKind
from tests.bot.meaning.stand_in import StandIn, serving
from tests.bot.relay.mirrored import NOON, SetClock

HERE = "http://127.0.0.1:5000"


def scene(
    url: str | None = HERE,
    found: Translated | None = None,
    kind: TranslatorKind = TranslatorKind.LIBRETRANSLATE,
) -> Scene:
    """A deployment, and what its translator said."""
    settings = Settings(translator=kind, translator_url=url)
    return Scene(settings, SetClock(NOON).now(), translated=found)


ALL = frozenset(one.code for one in read_roster(LOCALES))


@pytest.mark.parametrize(
    ("found", "level", "words"),
    [
        (scene(None, kind=TranslatorKind.NONE), Level.OK, "No machine translates"),
        (scene(HERE, kind=TranslatorKind.NONE), Level.WARN, "nothing translates"),
        (scene(None), Level.WARN, "without an address"),
        (scene(), Level.OK, "was not asked"),
        (scene(HERE, Translated("it is away")), Level.WARN, "it is away"),
        (scene(HERE, Translated("", ALL)), Level.OK, "knows all languages"),
        (scene(HERE, Translated("", ALL - {"pa"})), Level.OK, "does not know: pa."),
    ],
)
def test_it_says_whether_anything_is_translated(found: Scene, level: Level, words: str) -> None:
    """A setting that leads nowhere is named, with what to do."""
    finding = translator(found)
    assert (finding.level, words in finding.what) == (level, True)
    assert bool(finding.fix) == (level is Level.WARN)


@pytest.mark.parametrize(
    ("url", "level", "words"),
    [
        (None, Level.OK, "no translator"),
        (HERE, Level.OK, "stay on this machine"),
        ("http://mt.example", Level.WARN, "mt.example in the open"),
        ("https://mt.example", Level.WARN, "mt.example; people are told"),
    ],
)
def test_it_says_where_words_go(url: str | None, level: Level, words: str) -> None:
    """On this machine, elsewhere, or elsewhere for everybody on the way to read."""
    finding = translator_place(scene(url))
    assert (finding.level, words in finding.what) == (level, True)


def test_nobody_is_asked_where_nobody_translates() -> None:
    """Without a translator there is nothing to ask."""
    assert ask_translator(Settings(), Clock()) is None


async def test_it_is_asked_for_a_word_of_ours() -> None:
    """The translator that works names its languages; nothing of anybody is sent to find out."""
    stand_in = StandIn()
    async with serving(stand_in):
        settings = scene(stand_in.url).settings
        found = await _ask(settings, Clock())
    assert (found.why, "ar" in found.languages) == ("", True)
    assert [one["q"] for one in stand_in.asked] == ["Buongiorno."]


@pytest.mark.parametrize(
    ("stand_in", "why"),
    [
        (StandIn(key="right"), "it refuses: its key is missing or wrong"),
        (StandIn(fails=400), "it does not take words: perhaps it wants a key"),
        (StandIn(fails=500), "it answers like no LibreTranslate server"),
        (StandIn(codes=("it", "ar")), "it does not translate between Italian and English"),
    ],
)
async def test_what_is_wrong_is_told(stand_in: StandIn, why: str) -> None:
    """A key, a server that is none, languages that are missing: each by its name."""
    async with serving(stand_in):
        found = await _ask(scene(stand_in.url).settings, Clock())
    assert found.why == why


def test_one_that_is_away_is_told() -> None:
    """From the terminal, where nothing else runs."""

    async def gone() -> str:
        async with serving(StandIn()) as stand_in:
            return stand_in.url

    found = ask_translator(scene(asyncio.run(gone())).settings, Clock())
    assert found == Translated("it cannot be reached")
