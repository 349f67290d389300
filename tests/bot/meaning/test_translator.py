"""A translator says whether words leave the house, and where they go."""

from __future__ import annotations

import pytest

from bot.meaning.translator import NONE, NotMeant, Why, is_here, sent_to
from bot.settings import Settings, TranslatorKind


def settings(url: str, kind: TranslatorKind = TranslatorKind.LIBRETRANSLATE) -> Settings:
    """A deployment with a translator."""
    return Settings(translator=kind, translator_url=url)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("", True),
        ("localhost", False),
        ("10.0.0.7", False),
        ("0.0.0.0", False),
        ("::ffff:8.8.8.8", False),
        ("mt.example", False),
        ("127.0.0.1.example", False),
    ],
)
def test_only_an_address_of_this_machine_is_here(host: str, here: bool) -> None:
    """A name may lead anywhere, also one that looks like an address."""
    assert is_here(host) is here


def test_people_are_told_of_a_place_elsewhere_alone() -> None:
    """The house names the host that words go to; none where they stay, or nobody translates."""
    elsewhere, here = "https://mt.example:5000/x", "http://127.0.0.1:5000"
    assert sent_to(settings(elsewhere)) == "mt.example"
    assert sent_to(settings(here)) == ""
    assert sent_to(settings(elsewhere, TranslatorKind.NONE)) == ""
    assert sent_to(Settings()) == ""


async def test_nobody_translates_unless_somebody_says_so() -> None:
    """The default knows no language and gives back no words."""
    assert await NONE.languages() == NotMeant(Why.OFF)
    assert await NONE.translate("Ciao", "it", "ar") == NotMeant(Why.OFF)
