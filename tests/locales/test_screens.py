"""The laws of every screen, with the real cards, in every language there is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.content import load_library, load_numbers
from bot.languages import Languages
from flows.model import Person, Tongue
from flows.registry import FLOWS
from flows.screen import Screen
from tests.chat import FakeWorld
from tests.factories import a_house, somebody
from tests.flows.laws import crawl, distinct
from tests.locales.judge import broken_in_any

LOCALES = Path(__file__).parents[2] / "locales"
LANGUAGES = Languages.load(LOCALES)


PEOPLE = {
    "newcomer": Person(1, desk="k7"),
    "reader": somebody(),
    "careful": somebody(careful=True),
}


@cache
def pages(who: str) -> tuple[tuple[str, Screen], ...]:
    """Every page of the house that one of the people can come to."""
    names = tuple(Tongue(one.code, one.name, one.name) for one in LANGUAGES.all)
    content = LOCALES / "content"
    world = FakeWorld(
        a_house(tongues=names),
        load_library(content),
        PEOPLE[who],
        numbers=load_numbers(content),
    )
    return distinct(crawl(FLOWS, world))


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_keeps_the_laws_in_every_language(who):
    """Size, buttons, data, sentences: no translation breaks what a phone can show."""
    assert (broken_in_any(LANGUAGES, pages(who)), len(pages(who)) > 150) == ({}, True)
