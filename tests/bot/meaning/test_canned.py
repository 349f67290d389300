"""What an operator says with one tap is read in the person's language, whatever it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.alike import has_pictogram, other_numbers
from bot.app import LOCALES
from bot.languages import Languages
from bot.relay.spoken import Voice
from flows.handoff_model import LineKind
from flows.ready import READY
from flows.replies import REASONS, REPLIES, Canned
from storage.handoffs import Content

LANGUAGES = Languages.load(LOCALES)
CANNED: tuple[Canned, ...] = (*READY, *REPLIES, *REASONS)


def test_they_exist_in_every_language() -> None:
    """Ready answers to conversations and to reports, and why one was closed: none by fallback."""
    missing = [
        (code, one.key)
        for code in LANGUAGES.codes
        for one in CANNED
        if not LANGUAGES.words(code).has(one.text)
    ]
    assert missing == []


def test_their_numbers_and_pictures_are_the_same_everywhere() -> None:
    """112 is 112, and the picture that an operator chose by is the one that is read."""
    english = LANGUAGES.words("en")
    wrong = [
        (code, one.key)
        for code in LANGUAGES.codes
        for one in CANNED
        for said, source in [(LANGUAGES.words(code).plain(one.text), english.plain(one.text))]
        if other_numbers(source, said) or not has_pictogram(source, said.lstrip("\u200f"))
    ]
    assert wrong == []


@pytest.mark.parametrize("one", READY, ids=lambda one: one.key)
def test_what_goes_out_is_in_the_persons_language(one: Canned) -> None:
    """The key is what is kept; the message is made of it in each language."""
    content = Content(LineKind.CANNED, one.key)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    for code in LANGUAGES.codes:
        words = LANGUAGES.words(code)
        told = Voice(words, 5, False, "PUA", now).said(content).params["text"]
        assert words.html(one.text) in str(told)
