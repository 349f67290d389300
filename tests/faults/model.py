"""What a conversation must be, reckoned from what its person did and from nothing the bot says.

It knows the library and the rules of reading in it: areas, shelves, cards, votes, Back. A tap that
is lost, counted twice or overtaken by the next one leaves the bot at another turn, another card or
another count than this.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace

from flows.course_words import CARDS
from flows.date_words import OF_CARD
from flows.library import Card, Library
from flows.screen import BACK
from flows.service_words import OF_CARD as WHERE_TO_GO
from flows.steps import MAX_BUTTONS, MORE

LANGUAGES = ("it", "en")
USEFUL = ("useful", "useless")
RELATED = 3
MOST_CARDS = 13  # the flow begins anew after two more, with another session


@dataclass(frozen=True, slots=True)
class Page:
    """Where somebody is in the library: all the areas, a shelf, or a card."""

    area: str = ""
    card: str = ""
    page: int = 0
    voted: bool = False


def _page_of(options: list[str], page: int) -> list[str]:
    """The options of a page; all but the last page have a way on."""
    if len(options) <= MAX_BUTTONS:
        return options
    size = MAX_BUTTONS - 1
    more = [MORE] if (page + 1) * size < len(options) else []
    return [*options[page * size : (page + 1) * size], *more]


def _ways(library: Library, card: str) -> int:
    """How many ways out of the library a card shows in the place of cards related to it."""
    guides = (library.procedure_of(card), library.paper_of(card))
    doors = (card in CARDS.values(), card in OF_CARD, card in WHERE_TO_GO)
    return min(RELATED, sum(one is not None for one in guides) + sum(doors))


def _doors(area: str) -> list[str]:
    """The ways out of the library that stand above the cards of an area."""
    return {"area": ["services"], "docs": ["counter", "procedure"]}.get(area, [])


@dataclass
class Reading:
    """One session in the library, from the list of areas on.

    `trail` is what was tapped and not taken back, each with the page it was tapped on.
    """

    library: Library
    turn: int = 0
    at: Page = Page()
    trail: list[tuple[str, Page]] = field(default_factory=list)
    voted: set[str] = field(default_factory=set)

    @property
    def answers(self) -> list[str]:
        """What the log of the conversation must hold."""
        return [option for option, _page in self.trail]

    @property
    def card(self) -> Card | None:
        """The card that is shown."""
        return self.library.cards[self.at.card] if self.at.card else None

    def options(self) -> list[str]:
        """What may be tapped here, as far as this model goes."""
        at, library = self.at, self.library
        if at.card:
            related = library.cards[at.card].related[: RELATED - _ways(library, at.card)]
            return [*related, *([] if at.voted else USEFUL)]
        if at.area:
            area = library.find_area(at.area)
            assert area is not None
            cards = [card.id for card in library.shelf(area)]
            shown = _page_of([*_doors(area.key), *cards], at.page)
            return [option for option in shown if option not in _doors(area.key)]
        areas = _page_of(["search", *(area.key for area in library.areas)], at.page)
        return [option for option in areas if option != "search"]

    def ways(self) -> list[str]:
        """What is tapped here: after many cards only what leads to no further one."""
        cards = sum(option in self.library.cards for option in self.answers)
        options = self.options()
        if cards >= MOST_CARDS:
            options = [option for option in options if option in USEFUL]
        return [*options, BACK] if self._back() is not None else options

    def _back(self) -> int | None:
        """How much of the trail stays after Back, which passes over votes: they stay counted."""
        for index in range(len(self.trail) - 1, -1, -1):
            if self.trail[index][0] not in USEFUL:
                return index
        return None

    def tap(self, option: str) -> bool:
        """What a tap on one of the ways leads to; whether it is an opinion that counts."""
        self.turn += 1
        at = self.at
        if option == BACK:
            index = self._back()
            assert index is not None
            self.at = self.trail[index][1]
            del self.trail[index:]
            return False
        self.trail.append((option, at))
        if option in USEFUL:
            self.at = replace(at, voted=True)
            counts = at.card not in self.voted
            self.voted.add(at.card)
            return counts
        if option == MORE:
            self.at = replace(at, page=at.page + 1)
        else:
            self.at = Page(card=option) if at.area or at.card else Page(area=option)
        return False

    def choose(self, dice: random.Random) -> str:
        """One of the ways: often an opinion, seldom Back."""
        ways = self.ways()
        votes = [option for option in ways if option in USEFUL]
        if votes and dice.random() < 0.5:
            return dice.choice(votes)
        if BACK in ways and (len(ways) == 1 or dice.random() < 0.15):
            return BACK
        return dice.choice([option for option in ways if option != BACK])


@dataclass
class Votes:
    """What everybody together must have counted."""

    counts: Counter[tuple[str, str, bool]] = field(default_factory=Counter)

    def add(self, card: str, language: str, option: str) -> None:
        """Somebody gave an opinion."""
        self.counts[card, language, option == "useful"] += 1
