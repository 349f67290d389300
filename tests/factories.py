"""Small worlds to converse in: a house, a few cards, a few numbers, and somebody who writes."""

from __future__ import annotations

from datetime import date
from typing import Any

from flows.conversation import Conversation
from flows.directory import Flows
from flows.facts import Number
from flows.guides import Paper, Procedure, Spot, Step
from flows.library import Area, Card, Library, Offer, Status
from flows.model import House, Person, Tongue
from flows.registry import FLOWS
from tests.chat import Chat, FakeWorld

CHECKED = date(2026, 11, 1)
REVIEW = date(2027, 5, 1)
TONGUES = ("en", "it", "uk", "ar", "bn", "ur", "pa", "fr", "es", "ro", "sq", "si", "zh", "hi")


def a_card(card_id: str, title: str, **changes: Any) -> Card:
    """A card with two sentences; what matters to the test is given by name."""
    given: dict[str, Any] = {
        "id": card_id,
        "area": card_id.split(".")[0],
        "icon": "📄",
        "title": title,
        "italian": f"{title} (it)",
        "sentences": (f"{title} is your right.", "Keep a photo of the paper."),
        "action": "Ask for a copy.",
        "source": "L. 1/2000",
        "status": Status.VERIFIED,
        "checked": CHECKED,
        "review": REVIEW,
        "offers": (),
    }
    return Card(**{**given, **changes})


def a_library() -> Library:
    """Three areas: one of three cards, one of ten (two pages), one behind the doors."""
    both = (Offer.TALK, Offer.REPORT)
    rights = [
        a_card("work.pay", "Pay", offers=both, related=("work.hours", "docs.1"), sensitive=True),
        a_card("work.hours", "Hours", status=Status.PARTLY, related=("work.pay",)),
        a_card("work.rest", "Rest", status=Status.UNVERIFIED, checked=None),
    ]
    papers = [a_card(f"docs.{number}", f"Paper {number}") for number in range(1, 10)]
    doors = [
        a_card("area.pua", "The office", offers=(Offer.TALK,)),
        a_card("exploit.signs", "Signs", offers=both, related=("area.pua",), sensitive=True),
    ]
    areas = (
        _area("work", "💼", "My rights", rights),
        _area("docs", "🪪", "My documents", papers, "work.pay"),
        _area("area", "📍", "My neighbourhood", doors),
    )
    cards = {card.id: card for card in (*rights, *papers, *doors)}
    return Library(areas, cards, {"ask": a_procedure()}, {"sheet": a_paper()})


def a_procedure(**changes: Any) -> Procedure:
    """Three steps to get a paper, opened from one card; of the second nothing is known."""
    given: dict[str, Any] = {
        "id": "ask",
        "icon": "📮",
        "title": "Ask for a paper",
        "italian": "Chiedere una carta",
        "about": ("It is easy.",),
        "steps": (
            Step("Ask", ("Go and ask.",), "Town hall", "Free", "10 days", ("Passport",)),
            Step("Wait", ("Wait at home.",)),
            Step("Take it", ("Go again.",), bring=("Passport", "Photo"), action="Keep it."),
        ),
        "source": "L. 2/2000",
        "status": Status.VERIFIED,
        "checked": CHECKED,
        "review": REVIEW,
        "cards": ("docs.8",),
        "date": "permit",
        "counter": "renew",
    }
    return Procedure(**{**given, **changes})


def a_paper(**changes: Any) -> Paper:
    """A paper with three numbers, opened from one card; a card says more of the first."""
    given: dict[str, Any] = {
        "id": "sheet",
        "icon": "🧾",
        "title": "A sheet",
        "italian": "Foglio",
        "about": ("Every month you get it.",),
        "spots": (
            Spot("Your name", "Nome", ("It must be you.",), "Is it right?", "work.pay"),
            Spot("The day", "Data", ("It is a day.",), "Is it today?"),
            Spot("The money", "Netto", ("It is yours.",), "Did you get it?"),
        ),
        "source": "L. 3/2000",
        "status": Status.PARTLY,
        "checked": CHECKED,
        "review": REVIEW,
        "cards": ("docs.9",),
    }
    return Paper(**{**given, **changes})


def _area(key: str, icon: str, title: str, cards: list[Card], *aliases: str) -> Area:
    return Area(key, icon, title, f"{title} (it)", tuple(card.id for card in cards), aliases)


def a_number(number_id: str, phone: str, purpose: str, order: int, **changes: Any) -> Number:
    """A number to call that costs nothing; what matters to the test is given by name."""
    given: dict[str, Any] = {
        "id": number_id,
        "order": order,
        "icon": "📞",
        "name": f"{purpose} line",
        "italian": f"{purpose} (it)",
        "phone": phone,
        "purpose": f"For {purpose.lower()}.",
        "free": True,
        "hours": "",
        "languages": (),
        "source": "Leaflet",
        "status": Status.VERIFIED,
        "checked": CHECKED,
        "review": REVIEW,
    }
    return Number(**{**given, **changes})


def some_numbers() -> tuple[Number, ...]:
    """The emergency number, and five that help; one of them also by WhatsApp."""
    whatsapp = {"hours": "Every day", "second_phone": "+39 333", "second_way": "WhatsApp"}
    return (
        a_number("112", "112", "Danger", 1, danger=True),
        a_number("1522", "1522", "Violence", 2),
        a_number("800290290", "800 290 290", "Exploitation", 3, **whatsapp),
        a_number("union", "039 1", "Union", 4),
        a_number("help", "039 2", "Help", 5),
        a_number("office", "039 3", "Office", 6),
    )


def a_house(**changes: Any) -> House:
    """A house with two languages and one desk."""
    given: dict[str, Any] = {
        "network": "Rete Brianza",
        "storage_days_idle": 90,
        "wash_minutes": 10,
        "wash_hours": 40,
        "mark_days": 90,
        "tongues": tongues("en", "it"),
        "desks": (("k7", "Desio market"),),
    }
    return House(**{**given, **changes})


def tongues(*codes: str) -> tuple[Tongue, ...]:
    """Languages whose name and greeting show their code."""
    return tuple(Tongue(code, code.upper(), f"Choose {code.upper()}") for code in codes)


def somebody(**changes: Any) -> Person:
    """Somebody who has been welcomed and reads English."""
    return Person(**{"id": 1, "language": "en", "welcomed": True, **changes})


def a_world(person: Person | None = None, **house: Any) -> FakeWorld:
    """A world with the sample house, cards and numbers."""
    return FakeWorld(a_house(**house), a_library(), person or somebody(), numbers=some_numbers())


def a_chat(
    person: Person | None = None, *, flows: Flows = FLOWS, world: FakeWorld | None = None
) -> Chat:
    """The chat of somebody who was welcomed, before its first word."""
    return Chat(flows, world or a_world(person), Conversation())
