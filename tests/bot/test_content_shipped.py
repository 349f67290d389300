"""The cards and numbers that people read: all there, each as certain as its source made it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.content import load_library, load_numbers
from flows.facts import Number
from flows.handoff_model import Need
from flows.library import Library, Offer, Status
from flows.talk_words import NEED_OF_CARD, need_of

SHIPPED = Path(__file__).parents[2] / "locales" / "content"

AREAS = {
    "work": "contract payslip pay hours holidays dismissal tfr domestic",
    "exploit": "signs nero caporale passport housing permit call safe",
    "docs": "kinds renew receipt cf residence change asylum ukraine",
    "jobs": "cpi did patto cv interview agency scams leaving",
    "skills": "review titles italian safety forklift driving training",
    "business": "false coop idea permit costs money",
    "home": "rent host bank budget isee naspi child unpaid",
    "health": "ssn doctor stp er sick accident safety mind",
    "family": "maternity clinic childcare school violence 18bis desk",
    "area": "pua unions comune help digital legal move",
}
ALIASES = {
    "work": "home.unpaid health.sick health.accident health.safety family.maternity "
    "business.false exploit.nero exploit.caporale",
    "exploit": "business.coop home.unpaid family.violence jobs.scams",
    "docs": "area.digital home.host exploit.permit family.18bis",
    "jobs": "skills.review skills.training",
    "business": "jobs.scams",
    "home": "area.help",
    "health": "family.clinic",
    "family": "home.child exploit.permit",
}
# What a boss, a landlord or a husband should not find on the phone.
SENSITIVE = (
    "exploit.signs exploit.nero exploit.caporale exploit.passport exploit.housing exploit.permit "
    "exploit.call exploit.safe health.stp family.violence family.18bis family.desk home.unpaid "
    "family.clinic jobs.leaving"
)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(SHIPPED)


@pytest.fixture(scope="module")
def numbers() -> tuple[Number, ...]:
    return load_numbers(SHIPPED)


def test_the_areas_and_cards_are_those_agreed(library: Library) -> None:
    """Ten areas and seventy-five cards, in the order of the menu."""
    expected = {key: tuple(f"{key}.{c}" for c in cards.split()) for key, cards in AREAS.items()}
    assert {area.key: area.cards for area in library.areas} == expected
    assert tuple(area.key for area in library.areas) == tuple(AREAS)
    assert tuple(library.cards) == tuple(one for cards in expected.values() for one in cards)
    assert (len(library.areas), len(library.cards)) == (10, 75)


def test_cards_are_also_found_where_people_look_for_them(library: Library) -> None:
    """The cards shown from a second area are exactly those agreed."""
    expected = {key: tuple(ALIASES.get(key, "").split()) for key in AREAS}
    assert {area.key: area.aliases for area in library.areas} == expected


def test_how_far_the_cards_were_checked(library: Library) -> None:
    """Nothing became more certain than its source made it."""
    found = [card.status for card in library.cards.values()]
    assert {one: found.count(one) for one in Status} == {
        Status.VERIFIED: 32,
        Status.PARTLY: 14,
        Status.UNVERIFIED: 29,
    }


def test_dangerous_cards_are_sensitive(library: Library) -> None:
    """What must not be found on a watched phone is marked so."""
    assert [one for one in SENSITIVE.split() if not library.cards[one].sensitive] == []


def test_every_card_has_a_picture_of_its_own(library: Library) -> None:
    """Somebody who reads little tells two cards of a shelf apart by their pictures."""
    twins = [
        area.key
        for area in library.areas
        if len({card.icon for card in library.shelf(area)}) < len(library.shelf(area))
    ]
    assert twins == []


def test_an_emergency_card_offers_no_detour(library: Library) -> None:
    """The card for danger to life leads to numbers only; every other one leads to a person."""
    silent = [card.id for card in library.cards.values() if Offer.TALK not in card.offers]
    assert silent == ["health.er"]


def test_cards_that_say_what_a_talk_is_about_are_there(library: Library) -> None:
    """Who comes from the card about the bed talks about a house; no card is named that is none."""
    assert [card for card in NEED_OF_CARD if library.find_card(card) is None] == []
    assert need_of("exploit.housing") is Need.HOUSE


def test_danger_is_the_first_number(numbers: tuple[Number, ...]) -> None:
    """The lines are those agreed, 112 first and alone marked for danger."""
    assert [one.phone for one in numbers] == [
        *("112", "800 290 290", "800 939 000", "1522", "114", "19696", "116117", "803 164"),
        "02 02 02",
    ]
    assert [one.phone for one in numbers if one.danger] == ["112"]
    assert [one.second_phone for one in numbers if one.second_phone] == [
        "+39 350 909 2008",
        "06 164 164",
    ]


def test_the_procedures_are_those_agreed(library: Library) -> None:
    """Permit renewal first; each is opened from the cards it is about."""
    assert {one.id: one.cards[0] for one in library.procedures.values()} == {
        "renew": "docs.renew",
        "health": "health.ssn",
        "residence": "docs.residence",
        "did": "jobs.did",
        "naspi": "home.naspi",
        "identity": "area.digital",
        "stp": "health.stp",
        "accident": "health.accident",
    }
    assert {one.id: len(one.spots) for one in library.papers.values()} == {
        "payslip": 10,
        "contract": 8,
        "receipt": 6,
    }


def test_a_procedure_is_no_surer_than_its_card(library: Library) -> None:
    """Cutting words into steps does not make them truer."""
    sure = list(Status)
    bolder = [
        guide.id
        for guide in (*library.procedures.values(), *library.papers.values())
        if sure.index(guide.status) < sure.index(library.cards[guide.cards[0]].status)
    ]
    assert bolder == []


def test_a_procedure_about_something_private_is_private(library: Library) -> None:
    """What a boss should not find as a card he does not find as steps."""
    open_ones = [
        one.id
        for one in library.procedures.values()
        if library.cards[one.cards[0]].sensitive and not one.sensitive
    ]
    assert open_ones == []


def test_what_a_procedure_costs_is_what_its_sources_say(library: Library) -> None:
    """Every number in a step stands on one of the cards it comes from, or in its notes."""
    known = {
        number
        for card in library.cards.values()
        for sentence in (*card.sentences, card.action)
        for number in re.findall(r"\d+(?:\.\d+)?", sentence)
    }
    said = {
        number
        for one in library.procedures.values()
        for step in one.steps
        for words in (*step.sentences, step.cost, step.wait, step.action)
        for number in re.findall(r"\d+(?:\.\d+)?", words)
    }
    assert sorted(said - known) == []
