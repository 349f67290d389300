"""Procedures and papers are found by typing what they are about."""

from __future__ import annotations

import pytest

from bot.app import LOCALES, furnish
from bot.languages import Languages
from bot.settings import Settings
from flows.index import Place

LANGUAGES = Languages.load(LOCALES)
FURNITURE = furnish(Settings(_env_file=None), LANGUAGES)  # type: ignore[call-arg]


def places() -> dict[str, Place]:
    """Everything that can be found by somebody who reads English."""
    return dict(FURNITURE.indexes.of("en").places)


@pytest.mark.parametrize("kind", ["procedure", "papers"])
def test_every_guide_can_be_found(kind: str) -> None:
    """Each is a place of its own that opens the flow at it."""
    library = FURNITURE.library
    guides = {"procedure": library.procedures, "papers": library.papers}[kind]
    found = {one.id: (one.then, one.at, one.card) for one in places().values()}
    assert {one: found.get(f"{kind}.{one}") for one in guides} == {
        one: (kind, one, False) for one in guides
    }


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("renew the residence permit", "procedure.renew"),
        ("enrol in the health service", "procedure.health"),
        ("a work contract explained", "papers.contract"),
        ("show at the counter", "door.counter"),
    ],
)
def test_what_a_guide_is_called_leads_to_it(typed: str, wanted: str) -> None:
    """It stands beside the cards that answer, and takes the place of none."""
    found = [hit.id for hit in FURNITURE.indexes.of("en").find(typed)]
    assert wanted in found
    assert len([one for one in found if places()[one].card]) <= 3
