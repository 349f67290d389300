"""The replies that are ready: short, safe on any screen, and found by the key that is kept."""

from __future__ import annotations

import re

from flows.replies import REPLIES, find_reply
from flows.text import _

POPUP_LENGTH = 200


def test_a_reply_is_found_by_its_key() -> None:
    """Every kept key says its own words."""
    assert [find_reply(reply.key) for reply in REPLIES] == [reply.text for reply in REPLIES]
    assert len({reply.key for reply in REPLIES}) == len(REPLIES)


def test_a_key_that_is_no_more_says_nothing() -> None:
    """A reply taken out of the list later is no error."""
    assert find_reply("gone") is None


def test_a_reply_fits_anywhere() -> None:
    """Each is at most three short sentences and short enough for a pop-up, also translated."""
    long = [
        reply.key
        for reply in REPLIES
        if len(reply.text.source) > POPUP_LENGTH * 0.6
        or len(re.findall(r"[.?!](?:\s|$)", reply.text.source)) > 3
    ]
    assert long == []


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
