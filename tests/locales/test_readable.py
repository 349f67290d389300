"""How easy the cards are to read, in the language that most of their readers share."""

from __future__ import annotations

from bot.content import load_library
from bot.languages import Languages
from bot.readability import score
from flows.text import _
from tests.locales.factory import LOCALES

EASY = 60


def test_every_italian_card_is_easy() -> None:
    """Gulpease of 60 and more: whoever finished the third year of middle school reads it alone."""
    library = load_library(LOCALES / "content")
    italian = Languages.load(LOCALES, drafts=True).words("it")
    scores = {
        card.id: score("it", [italian.plain(_(one)) for one in card.told(reports=reports)])
        for card in library.cards.values()
        for reports in (False, True)
    }
    hard = {key: found for key, found in scores.items() if found is None or found.value < EASY}
    assert (hard, len(scores)) == ({}, len(library.cards))


def test_words_that_are_not_easy_are_found() -> None:
    """The score of a sentence from an office is below the mark, that of a plain one above it."""
    office = "Relativamente all'espletamento dell'istruttoria amministrativa provvederà l'ufficio."
    found = [score("it", [words]) for words in (office, "Vai all'ufficio con i documenti.")]
    assert [one is not None and one.value >= EASY for one in found] == [False, True]
