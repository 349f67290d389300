"""What a message is of its card stands on the pages in words that can be translated."""

from __future__ import annotations

from bot.console.words.labels import part_words
from tests.chat import english


def test_every_part_of_a_card_has_words_of_its_own() -> None:
    """Title, sentences, steps and papers are named; what is of no card has no name."""
    parts = [
        "title",
        "sentence 12",
        "in place of the one above, where somebody reads reports",
        "a step or a number, 36 characters at most",
        "Go to the post: sentence 2",
        "above the steps: what to do now",
        "something new",
    ]
    named = [part_words(one) for one in parts]
    assert [english(one) for one in named if one is not None] == [
        "Title",
        "Sentence 12",
        "In its place, where somebody reads reports",
        "Name of a step or a number",
        "Go to the post · Sentence 2",
        "Above the steps · What to do now",
        "something new",
    ]
    assert part_words("") is None
