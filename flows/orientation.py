"""Finding an answer: an area, a card, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from flows.counter import SHOW
from flows.course_words import CARDS
from flows.date_words import OF_CARD
from flows.doors import work_label
from flows.effects import CountUseful
from flows.engine import Ended
from flows.library import Area, Card, Library, Offer
from flows.opening import Opening
from flows.service_words import OF_CARD as WHERE_TO_GO
from flows.sourced import ITALIAN, SHOW_IN_ITALIAN, provenance, show_in_italian
from flows.steps import Flow, Line, Option, Style, Weight, choose, perform
from flows.text import Text, _, titled

CARDS_IN_A_ROW = 15
RELATED = 3
PAPERS_AREA = "docs"
NEIGHBOURHOOD = "area"


def orientation(opening: Opening) -> Flow[Ended]:
    """Lead to a card and on from it; begins at an area or a card when `at` names one.

    After CARDS_IN_A_ROW cards the flow begins anew at the card on the screen, so that its memory
    stays small however long somebody reads.
    """
    library = opening.library
    card = library.find_card(opening.at)
    if card is None:
        area = library.find_area(opening.at) or (yield from _choose_area(library))
        if area is None:
            return Ended("search", then="search", comes_back=True)
        chosen = yield from _choose_card(library, area)
        card = library.find_card(chosen)
        if card is None:
            return Ended(chosen, then=chosen, comes_back=True)
    for _seen in range(CARDS_IN_A_ROW):
        onward = yield from _read(opening, card)
        if onward in _DOORS:
            return Ended(onward, then=onward, at=_DOORS[onward](card), comes_back=True)
        card = library.cards[onward]
    return Ended("again", then="orientation", at=card.id)


def _kind_of(card: Card) -> str:
    """The kind of courses that a card tells about, or nothing."""
    return next((kind.value for kind, its_card in CARDS.items() if its_card == card.id), "")


_DOORS: dict[str, Callable[[Card], str]] = {
    "talk": lambda card: card.id,
    "wrong": lambda _card: "",
    "courses": _kind_of,
    "dates": lambda card: OF_CARD[card.id].value,
    "procedure": lambda card: card.id,
    "papers": lambda card: card.id,
    "services": lambda card: WHERE_TO_GO[card.id].value,
}
"""What a card leads to, and what is said there of where somebody comes from."""


def _choose_area(library: Library) -> Flow[Area | None]:
    """One of the areas; None for somebody who would rather write what they are looking for."""
    areas = [Option(area.key, titled(area.icon, area.title)) for area in library.areas]
    chosen = yield from choose(
        "area", Line(_("🧭 What do you want to know about?"), Style.TITLE), [_SEARCH, *areas]
    )
    return library.find_area(chosen.id)


def _choose_card(library: Library, area: Area) -> Flow[str]:
    """A card of the area, or one of the doors that stand above its cards."""
    lines: list[Text | Line] = [
        Line(titled(area.icon, area.title), Style.TITLE),
        _("Choose a question."),
    ]
    leaves = [_leaf(card) for card in library.shelf(area)]
    return (yield from choose("card", lines, [*_doors_of(library, area), *leaves])).id


def _doors_of(library: Library, area: Area) -> list[Option]:
    """What an area leads to beside its cards."""
    if area.key == NEIGHBOURHOOD:
        return [_NEAR_ME]
    if area.key == PAPERS_AREA:
        return [SHOW, *([_PROCEDURES] if library.procedures else [])]
    return []


def _way(door: str, icon: str, title: str) -> Option:
    """The way to a procedure or a paper, which is more than another card."""
    return Option(door, titled(icon, title), Weight.PRIMARY)


def _leaf(card: Card) -> Option:
    return Option(card.id, titled(card.icon, card.title))


def _read(opening: Opening, card: Card) -> Flow[str]:
    """Show a card until the person goes on; returns where to: a card's id, or a door."""
    vote = ""
    while True:
        lines = [*_card_lines(opening, card), *_THANKS.get(vote, ())]
        options = _card_options(opening, card, vote)
        # Somebody may change to Italian on the Italian page: the way that led there stays good.
        chosen = yield from choose(
            card.id, lines, options, hidden=[SHOW_IN_ITALIAN], sensitive=card.sensitive
        )
        if chosen.id in ("useful", "useless"):
            vote = chosen.id
            yield from perform(f"vote {card.id}", CountUseful(card.id, vote == "useful"))
        elif chosen.id == ITALIAN:
            words = [card.title, *card.told(reports=bool(opening.house.offices))]
            return (yield from show_in_italian(card.id, words, sensitive=card.sensitive))
        else:
            return chosen.id


_SEARCH = Option("search", _("🔎 Search"))
_COURSES = Option("courses", _("🎓 See the courses"), Weight.PRIMARY)
_SERVICES = Option("services", _("📍 Where to go"), Weight.PRIMARY)
_NEAR_ME = Option("services", _("📍 Who helps near me"), Weight.PRIMARY)
_DATES = Option("dates", _("🔔 Remind me in time"), Weight.PRIMARY)
_PROCEDURES = Option("procedure", _("👣 Step by step"))
_SORRY = _("🙏 Thank you. A person can explain it better: tap “Talk to someone”.")
_THANKS = {
    "useful": [Line(_("🙏 Thank you."), Style.NOTE)],
    "useless": [Line(_SORRY, Style.NOTE)],
}


def _card_lines(opening: Opening, card: Card) -> list[Text | Line]:
    *sentences, action = card.told(reports=bool(opening.house.offices))
    return [
        Line(titled(card.icon, card.title), Style.TITLE),
        *(_(sentence) for sentence in sentences),
        Line(_("👉 {action}", action=_(action)), Style.ACTION),
        provenance(card.source, card.status, card.checked),
    ]


def _card_options(opening: Opening, card: Card, vote: str) -> list[Option]:
    """What can be done with a card; who did not find it useful is led to people in any case."""
    library = opening.library
    steps, paper = library.procedure_of(card.id), library.paper_of(card.id)
    ways = [
        *([_way("procedure", "👣", steps.title)] if steps else []),
        *([_way("papers", "🔍", paper.title)] if paper else []),
        *([_COURSES] if _kind_of(card) else []),
        *([_DATES] if card.id in OF_CARD else []),
        *([_SERVICES] if card.id in WHERE_TO_GO else []),
    ][:RELATED]
    related = [library.cards[one] for one in card.related[: RELATED - len(ways)]]
    talks = Offer.TALK in card.offers or vote == "useless"
    votes = [
        Option("useful", _("👍 Useful"), shares=True),
        Option("useless", _("👎 Not useful"), shares=True),
    ]
    return [
        *([SHOW_IN_ITALIAN] if opening.person.language != ITALIAN else []),
        *ways,
        *map(_leaf, related),
        *([Option("talk", _("🤝 Talk to someone"))] if talks else []),
        *([Option("wrong", work_label(opening))] if Offer.REPORT in card.offers else []),
        *([] if vote else votes),
    ]
