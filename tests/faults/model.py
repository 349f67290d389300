"""What a conversation must be, reckoned from what its person did and from nothing the bot says.

It knows the library and the rules of reading in it: areas, shelves, cards, votes, Back. A tap that
is lost, counted twice or overtaken by the next one leaves the bot at another turn, another card or
another count than this.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from flows.library import Card, Library
from flows.screen import BACK
from flows.steps import MORE, PAGE_OPTIONS

LANGUAGES = ("it", "en")
USEFUL = ("useful", "useless")


@dataclass(frozen=True, slots=True)
class Page:
    """Where somebody is in the library: all the areas, a shelf, or a card."""

    area: str = ""
    card: str = ""
    page: int = 0
    voted: bool = False


def _page_of(options: list[str], page: int) -> tuple[list[str], int]:
    """The options of a page, and which page comes after it."""
    if len(options) <= PAGE_OPTIONS + 1:
        return options, page
    pages = -(-len(options) // PAGE_OPTIONS)
    shown = options[page * PAGE_OPTIONS : (page + 1) * PAGE_OPTIONS]
    return [*shown, MORE], (page + 1) % pages


@dataclass
class Reading:
    """One session in the library, from the list of areas on."""

    library: Library
    turn: int = 0
    at: Page = Page()
    answers: list[str] = field(default_factory=list)
    before: list[Page] = field(default_factory=list)  # where Back leads, up to the last vote

    def options(self) -> list[str]:
        """What may be tapped here, as far as this model goes."""
        at, library = self.at, self.library
        if at.card:
            card = library.cards[at.card]
            return [*card.related[:3], *([] if at.voted else USEFUL)]
        if at.area:
            area = library.find_area(at.area)
            assert area is not None
            return _page_of([card.id for card in library.shelf(area)], at.page)[0]
        return _page_of([area.key for area in library.areas], at.page)[0]

    def tap(self, option: str) -> None:
        """What a tap on one of the options leads to."""
        self.turn += 1
        if option == BACK:
            self.at = self.before.pop()
            self.answers.pop()
            return
        self.answers.append(option)
        at = self.at
        self.before.append(at)
        if option in USEFUL:
            self.before.clear()
            self.at = Page(card=at.card, voted=True)
        elif option == MORE:
            self.at = Page(at.area, page=self._next_page())
        elif at.area or at.card:
            self.at = Page(card=option)
        else:
            self.at = Page(area=option)

    def _next_page(self) -> int:
        area = self.library.find_area(self.at.area) if self.at.area else None
        options = (
            [card.id for card in self.library.shelf(area)]
            if area
            else [one.key for one in self.library.areas]
        )
        return _page_of(options, self.at.page)[1]

    def walk(self, dice: random.Random, taps: int) -> list[str]:
        """Tap at random; give what is tapped, in order."""
        tapped = []
        for _tap in range(taps):
            options = self.options()
            votes = [option for option in options if option in USEFUL]
            if votes and dice.random() < 0.5:
                options = votes
            elif self.before and dice.random() < 0.15:
                options = [BACK]
            tapped.append(dice.choice(options))
            self.tap(tapped[-1])
        return tapped

    @property
    def card(self) -> Card | None:
        """The card that is shown."""
        return self.library.cards[self.at.card] if self.at.card else None


@dataclass
class Votes:
    """What everybody together must have counted."""

    counts: Counter[tuple[str, str, bool]] = field(default_factory=Counter)

    def add(self, card: str, language: str, option: str) -> None:
        """Somebody gave an opinion."""
        self.counts[card, language, option == "useful"] += 1
