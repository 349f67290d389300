"""The replies that are ready: short, safe on any screen, and found by the key that is kept."""

from __future__ import annotations

import pytest

from bot.languages import Languages
from flows.replies import REPLIES, find_reply
from flows.report_reading import split
from flows.text import _
from tests.locales.factory import CODES, LOCALES

LANGUAGES = Languages.load(LOCALES)


def test_a_reply_is_found_by_its_key() -> None:
    """Every kept key says its own words."""
    assert [find_reply(reply.key) for reply in REPLIES] == [reply.text for reply in REPLIES]
    assert len({reply.key for reply in REPLIES}) == len(REPLIES)


def test_a_key_that_is_no_more_says_nothing() -> None:
    """A reply taken out of the list later is no error."""
    assert find_reply("gone") is None


@pytest.mark.parametrize("code", CODES)
def test_a_reply_fits_on_a_page(code: str) -> None:
    """It is shown whole: as free words it would be one page too, in every language."""
    say = LANGUAGES.words(code).plain
    assert [reply.key for reply in REPLIES if len(split(say(reply.text))) != 1] == []


def test_a_reply_begins_with_a_pictogram() -> None:
    """Who reads little knows by the first sign what it is about."""
    assert [reply.key for reply in REPLIES if reply.text.source[0].isascii()] == []


def test_a_reply_names_nothing_of_a_report() -> None:
    """Only telephone numbers fill a reply: no number of a report, no place, no name."""
    filled = {value for reply in REPLIES for _name, value in reply.text.params}
    assert filled == {"112", "800 290 290"}


def test_the_words_are_marked() -> None:
    """A reply is a text to be translated, not words in one language."""
    assert REPLIES[0].text == _("✅ We have read your report. Thank you.")
    assert [reply.key for reply in REPLIES if reply.text.literal] == []
