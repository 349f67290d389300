"""The laws of every screen of the self-check, with the real cards, in every language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.content import load_library, load_numbers
from bot.languages import Languages
from flows.report_model import Level
from flows.screen import Screen
from flows.text import _
from tests.flows.check_walks import DOOR, GROUP, ME, OTHER, a_house_with_offices, answers
from tests.flows.laws import broken, crawl
from tests.locales.factory import SOURCES, WALKED

LOCALES = Path(__file__).parents[2] / "locales"
LANGUAGES = Languages.load(LOCALES)
SHEETS = {
    Level.INFORMATION: ("nnnnnnnnnnnn", "ssssssssssss"),
    Level.IRREGULAR: ("nnnnnnynnnyn", "nsnnnnnnnyyn"),
    Level.SERIOUS: ("nynnnnynnnnn", "synnyyyyyyyy"),
    Level.DANGER: ("nnyynnnnnnnn", "nyyyyyyyyyyy"),
}


@cache
def ends() -> tuple[tuple[str, Level, Screen], ...]:
    """Every level about everybody, with much told and with much skipped, where reports are read."""
    found = []
    for whom in (ME, OTHER, GROUP):
        for level, sheets in SHEETS.items():
            for sheet in sheets:
                chat = a_house_with_offices()
                chat.world.library = load_library(LOCALES / "content")
                chat.world.numbers = load_numbers(LOCALES / "content")
                chat.walks(*whom, *answers(sheet))
                assert chat.screen is not None
                found.append((chat.conversation.stack[-1].asked, level, chat.screen))
    return tuple(found)


@cache
def pages(careful: bool) -> tuple[tuple[str, Screen], ...]:
    """Every page of a house where reports are read, on a phone that is watched and on one's own."""
    chat = a_house_with_offices(careful=careful)
    chat.world.library = load_library(LOCALES / "content")
    chat.world.numbers = load_numbers(LOCALES / "content")
    return tuple(crawl(chat.flows, chat.world))


def test_each_sheet_ends_at_its_level():
    """The screens below are those of the levels they stand for."""
    assert [asked for asked, _level, _page in ends()] == [
        f"level.{level}" for _asked, level, _page in ends()
    ]


@pytest.mark.parametrize("code", WALKED)
def test_every_end_of_the_check_keeps_the_laws(code):
    """Lengths, sentences and buttons, whatever the language makes of them."""
    say = LANGUAGES.words(code).plain
    assert [
        one
        for asked, _level, page in ends()
        for one in broken(page, asked, say, translated=code not in SOURCES)
    ] == []


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize("code", WALKED)
def test_every_page_of_a_house_with_offices_keeps_the_laws(code, careful):
    """The doors, the questions and the promise, where somebody reads reports."""
    say = LANGUAGES.words(code).plain
    assert [
        one
        for asked, page in pages(careful)
        for one in broken(page, asked, say, translated=code not in SOURCES)
    ] == []


@pytest.mark.parametrize("code", WALKED)
def test_danger_names_the_numbers_in_every_language(code):
    """112 and the lines for exploitation and violence are in the words: no button is needed."""
    say = LANGUAGES.words(code).plain
    screens = [page for _asked, level, page in ends() if level is Level.DANGER]
    told = ["".join(say(line.text) for line in page.lines) for page in screens]
    missing = [one for one in told if not all(n in one for n in ("112", "800 290 290", "1522"))]
    assert (missing, len(told)) == ([], 6)


@pytest.mark.parametrize("code", WALKED)
def test_a_watched_door_names_nothing(code):
    """On a watched phone the door shares one word with the open one: that somebody has a code."""
    say = LANGUAGES.words(code).plain
    quiet = shown(a_house_with_offices(careful=True).walks("/menu", "[💼 My work]"), say)
    loud = shown(a_house_with_offices().walks(*DOOR), say)
    assert quiet & loud == {say(_("🔑 I have a code"))}


def shown(chat, say):
    """All that somebody reads on the screen, ways out aside."""
    assert chat.screen is not None
    return {say(one.text) for one in chat.screen.lines} | {
        say(one.label) for one in chat.screen.buttons
    }
