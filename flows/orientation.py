"""Finding an answer: an area, a card, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from flows.course_words import CARDS
from flows.date_words import OF_CARD
from flows.doors import work_label
from flows.effects import CountUseful
from flows.engine import Ended
from flows.library import Area, Card, Library, Offer, Status
from flows.opening import Opening
from flows.steps import Flow, Line, Option, Style, Weight, choose, perform, show
from flows.text import Text, _, in_language, titled

CARDS_IN_A_ROW = 15
RELATED = 3
ITALIAN = "it"


def orientation(opening: Opening) -> Flow[Ended]:
    """Lead to a card and on from it; begins at an area or a card when `at` names one.

    After CARDS_IN_A_ROW cards the flow begins anew at the card on the screen, so that its memory
    stays small however long somebody reads.
    """
    library = opening.library
    card = library.find_card(opening.at)
    if card is None:
        area = library.find_area(opening.at) or (yield from _choose_area(library))
        card = yield from _choose_card(library, area)
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
}
"""What a card leads to, and what is said there of where somebody comes from."""


def _choose_area(library: Library) -> Flow[Area]:
    options = [Option(area.key, titled(area.icon, area.title)) for area in library.areas]
    chosen = yield from choose(
        "area", Line(_("🧭 What do you want to know about?"), Style.TITLE), options
    )
    return library.areas[options.index(chosen)]


def _choose_card(library: Library, area: Area) -> Flow[Card]:
    lines: list[Text | Line] = [
        Line(titled(area.icon, area.title), Style.TITLE),
        _("Choose a question."),
    ]
    chosen = yield from choose("card", lines, [_leaf(card) for card in library.shelf(area)])
    return library.cards[chosen.id]


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
            card.id, lines, options, hidden=[_ITALIAN], sensitive=card.sensitive
        )
        if chosen.id in ("useful", "useless"):
            vote = chosen.id
            yield from perform(f"vote {card.id}", CountUseful(card.id, vote == "useful"))
        elif chosen.id == ITALIAN:
            return (yield from _show_in_italian(opening, card))
        else:
            return chosen.id


_ITALIAN = Option(ITALIAN, _("🇮🇹 Show in Italian"), Weight.PRIMARY)
_COURSES = Option("courses", _("🎓 See the courses"), Weight.PRIMARY)
_DATES = Option("dates", _("🔔 Remind me in time"), Weight.PRIMARY)
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
        Line(_provenance(card), Style.QUOTE),
    ]


def _provenance(card: Card) -> Text:
    """Where the card comes from, and how sure we are of it; a day is never only digits."""
    day = card.checked
    if card.status is Status.VERIFIED and day is not None:
        return _("📖 {source} · checked {day}", source=card.source, day=day)
    if card.status is Status.PARTLY and day is not None:
        return _("📖 {source} · checked in part {day}", source=card.source, day=day)
    return _("📖 {source} · ⚠️ not checked yet: ask before you decide", source=card.source)


def _card_options(opening: Opening, card: Card, vote: str) -> list[Option]:
    """What can be done with a card; who did not find it useful is led to people in any case."""
    ways = [*([_COURSES] if _kind_of(card) else []), *([_DATES] if card.id in OF_CARD else [])]
    related = [opening.library.cards[one] for one in card.related[: RELATED - len(ways)]]
    talks = Offer.TALK in card.offers or vote == "useless"
    votes = [
        Option("useful", _("👍 Useful"), shares=True),
        Option("useless", _("👎 Not useful"), shares=True),
    ]
    return [
        *([_ITALIAN] if opening.person.language != ITALIAN else []),
        *ways,
        *map(_leaf, related),
        *([Option("talk", _("🤝 Talk to someone"))] if talks else []),
        *([Option("wrong", work_label(opening))] if Offer.REPORT in card.offers else []),
        *([] if vote else votes),
    ]


def _show_in_italian(opening: Opening, card: Card) -> Flow[str]:
    """The same card for the clerk at the counter: only Italian, large and plain."""
    words = [card.title, *card.told(reports=bool(opening.house.offices))]
    lines = [Line(in_language(ITALIAN, _(one)), Style.BIG) for one in words]
    return (
        yield from show(
            f"italian {card.id}", lines, way_back=_("↩️ My language"), sensitive=card.sensitive
        )
    )
