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
from tests.flows.laws import crawl, distinct
from tests.locales.factory import CODES
from tests.locales.judge import broken_in_any

LOCALES = Path(__file__).parents[2] / "locales"
LANGUAGES = Languages.load(LOCALES)
NUMBERS = ("112", "800 290 290", "1522")
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
    return distinct(crawl(chat.flows, chat.world))


def test_each_sheet_ends_at_its_level():
    """The screens below are those of the levels they stand for."""
    assert [asked for asked, _level, _page in ends()] == [
        f"level.{level}" for _asked, level, _page in ends()
    ]


def test_every_end_of_the_check_keeps_the_laws():
    """Lengths, sentences and buttons, whatever the language makes of them."""
    assert broken_in_any(LANGUAGES, [(asked, page) for asked, _level, page in ends()]) == {}


@pytest.mark.parametrize("careful", [False, True])
def test_every_page_of_a_house_with_offices_keeps_the_laws(careful):
    """The doors, the questions and the promise, where somebody reads reports."""
    assert broken_in_any(LANGUAGES, pages(careful)) == {}


def test_danger_names_the_numbers_in_every_language():
    """112 and the lines for exploitation and violence are in the words: no button is needed."""
    screens = [page for _asked, level, page in ends() if level is Level.DANGER]
    for code in CODES:
        say = LANGUAGES.words(code).plain
        told = ["".join(say(line.text) for line in page.lines) for page in screens]
        missing = [one for one in told if not all(n in one for n in NUMBERS)]
        assert (code, missing, len(told)) == (code, [], 6)


def test_a_watched_door_names_nothing():
    """On a watched phone the door shares one word with the open one: that somebody has a code."""
    watched = a_house_with_offices(careful=True).walks("/menu", "[💼 My work]")
    open_door = a_house_with_offices().walks(*DOOR)
    for code in CODES:
        say = LANGUAGES.words(code).plain
        quiet, loud = shown(watched, say), shown(open_door, say)
        assert (code, quiet & loud) == (code, {say(_("🔑 I have a code"))})


def shown(chat, say):
    """All that somebody reads on the screen, ways out aside."""
    assert chat.screen is not None
    return {say(one.text) for one in chat.screen.lines} | {
        say(one.label) for one in chat.screen.buttons
    }
