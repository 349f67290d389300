"""What people really type finds the card that answers, in every language that has questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.content import load_library
from bot.guide_things import guides_of
from bot.indexes import Indexes, load_indexes
from bot.languages import Languages
from tests.locales.factory import LOCALES

QUESTIONS = Path(__file__).parent / "questions"
LEAST_QUESTIONS = 20
LEAST_RIGHT = 0.85
OFF_TOPIC = (
    *("pizza margherita", "juventus milan", "asdfgh", "qwerty uiop", "oroscopo", "bitcoin price"),
    *("best pizza recipe", "xxxxx", "zzzz qqqq", "cat videos", "joke"),
)


@pytest.fixture(scope="module")
def indexes() -> Indexes:
    """The indexes of everything that ships."""
    languages = Languages.load(LOCALES, drafts=True)
    library = load_library(LOCALES / "content")
    return load_indexes(languages, library, LOCALES / "search", [*guides_of(library)])


def asked(path: Path) -> list[tuple[str, set[str]]]:
    """The questions of a language, each with the cards that answer it."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [(row["q"], set(row["card"])) for row in rows]


@pytest.mark.parametrize("path", sorted(QUESTIONS.glob("*.json")), ids=lambda path: path.stem)
def test_the_right_card_is_among_the_first_three(path: Path, indexes: Indexes) -> None:
    """For at least 85 of 100 questions; there are twenty or more of them."""
    questions = asked(path)
    index = indexes.of(path.stem)
    missed = [
        question
        for question, right in questions
        if not right & {hit.id for hit in index.find(question)}
    ]
    assert len(questions) >= LEAST_QUESTIONS
    assert len(missed) <= (1 - LEAST_RIGHT) * len(questions), missed


@pytest.mark.parametrize("path", sorted(QUESTIONS.glob("*.json")), ids=lambda path: path.stem)
def test_every_question_names_cards_that_there_are(path: Path, indexes: Indexes) -> None:
    """A card that was taken away is asked for no more."""
    places = indexes.of(path.stem).places
    named = {id_ for _, right in asked(path) for id_ in right}
    assert sorted(id_ for id_ in named if id_ not in places) == []


@pytest.mark.parametrize("code", ["it", "en"])
def test_what_has_nothing_to_do_with_it_finds_nothing(code: str, indexes: Indexes) -> None:
    """Honest: no card is offered for a football club, a recipe or a cat on the keyboard."""
    index = indexes.of(code)
    assert [words for words in OFF_TOPIC if index.find(words)] == []
