"""The orientation cards as data: areas, cards and how they hang together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from flows.certainty import Status as Status
from flows.guides import Paper, Procedure


class Offer(StrEnum):
    """What a card offers next, beside related cards."""

    TALK = "talk"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Card:
    """One answer: title, sentences, the one thing to do now, where it comes from.

    `title`, `sentences` and `action` are in the source language of the catalogs.
    `italian` is the official Italian term, the same in every language. `instead` are words that
    take the place of others where somebody reads reports.
    """

    id: str
    area: str
    icon: str
    title: str
    italian: str
    sentences: tuple[str, ...]
    action: str
    source: str
    status: Status
    checked: date | None
    review: date
    offers: tuple[Offer, ...]
    related: tuple[str, ...] = ()
    sensitive: bool = False
    instead: tuple[tuple[str, str], ...] = ()

    def told(self, *, reports: bool) -> tuple[str, ...]:
        """The sentences and, last, the thing to do now, as they are true here."""
        words = (*self.sentences, self.action)
        here = dict(self.instead) if reports else {}
        return tuple(here.get(one, one) for one in words)


@dataclass(frozen=True, slots=True)
class Area:
    """A shelf of the library: its own cards, and those of other shelves looked for here."""

    key: str
    icon: str
    title: str
    italian: str
    cards: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """Every area and card, in the order of the menu; procedures and papers by their ids."""

    areas: tuple[Area, ...]
    cards: dict[str, Card] = field(default_factory=dict)
    procedures: dict[str, Procedure] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)

    def find_card(self, card_id: str) -> Card | None:
        """The card of that id, if there is one."""
        return self.cards.get(card_id)

    def find_area(self, key: str) -> Area | None:
        """The area of that key, if there is one."""
        return next((area for area in self.areas if area.key == key), None)

    def shelf(self, area: Area) -> tuple[Card, ...]:
        """The cards shown in an area: its own first, then those of other areas."""
        return tuple(self.cards[card_id] for card_id in area.cards + area.aliases)

    def is_guide(self, asked: str) -> bool:
        """Whether the key of a question is that of a page of a procedure or a paper."""
        name, dot, page = asked.partition(".")
        told = page.isdecimal() and int(page) > 0
        return bool(dot) and told and (name in self.procedures or name in self.papers)

    def procedure_of(self, card_id: str) -> Procedure | None:
        """The procedure that is opened from a card, if there is one."""
        return next((one for one in self.procedures.values() if card_id in one.cards), None)

    def paper_of(self, card_id: str) -> Paper | None:
        """The sample of a paper that is opened from a card, if there is one."""
        return next((one for one in self.papers.values() if card_id in one.cards), None)
