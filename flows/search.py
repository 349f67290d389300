"""Finding by words: somebody types what it is about, and taps the card that answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

from flows.doors import work_label
from flows.effects import CountSearch
from flows.engine import Ended
from flows.index import Place
from flows.lookup import FOUND_NOTHING, HELLO, look_up
from flows.opening import Opening
from flows.steps import Accept, Flow, Line, Option, Style, Weight, ask_open, perform
from flows.text import Text, _

SEARCHES_IN_A_ROW = 15
LONGEST = 4096
"""As long as a message can be: of a story the beginning is looked up, and nobody is sent away."""

_AREAS = Option("areas", _("🧭 All topics"))
_TALK = Option("talk", _("🤝 Talk to someone"))
_NOT_HEARD = _("🎤 I cannot listen. A person can: tap “Talk to someone”.")


def search(opening: Opening) -> Flow[Ended]:
    """Ask for words, or begin with what was found (`at`); show it, and lead to what is tapped.

    What was typed is never kept: in its place the log holds the ids of what was found.
    """
    found = opening.at
    for _search in range(SEARCHES_IN_A_ROW):
        if found in ("", HELLO):
            chosen = yield from _ask(opening, "words", _asking(), (_AREAS, _TALK))
        else:
            places = _places(opening, found)
            yield from perform("count", CountSearch(bool(places)))
            chosen = yield from _ask(opening, *_page(opening, places))
        if isinstance(chosen, Option):
            return _onward(opening, chosen.id)
        found = chosen
    return Ended("again", then="search", at=found)


def _ask(
    opening: Opening, key: str, lines: list[Text | Line], options: Sequence[Option]
) -> Flow[str | Option]:
    given = yield from ask_open(
        key,
        lines,
        [Accept.TEXT],
        options,
        limit=LONGEST,
        elsewhere={Accept.VOICE: _NOT_HEARD},
        trims=partial(look_up, opening.index),
        sensitive=True,
    )
    return cast(str | Option, given)  # no file is taken here


def _places(opening: Opening, found: str) -> list[Place]:
    """What was found and is still there: a release may have taken a card away."""
    known = opening.index.places
    return [known[one] for one in found.split(",") if one in known]


def _asking() -> list[Text | Line]:
    return [
        Line(_("🔎 What are you looking for?"), Style.TITLE),
        _("Write a few words, in your language."),
        _("For example: payslip, permit, doctor."),
    ]


def _page(
    opening: Opening, places: list[Place]
) -> tuple[str, list[Text | Line], tuple[Option, ...]]:
    """What was found, or that nothing was; no person reads the words, and that is said."""
    if not places:
        lines: list[Text | Line] = [
            Line(_("🔎 I found nothing for this."), Style.TITLE),
            _("Write it in other words, or only one word."),
            _("No person reads what you write here."),
        ]
        return FOUND_NOTHING, lines, (_AREAS, _TALK, Option("wrong", work_label(opening)))
    lines = [
        Line(_("🔎 Is it one of these?"), Style.TITLE),
        _("If not, write it in other words."),
        _("No person reads what you write here."),
    ]
    return "found", lines, (*(_option(opening, one) for one in places), _AREAS, _TALK)


def _option(opening: Opening, place: Place) -> Option:
    label = work_label(opening) if place.then == "wrong" else place.label
    return Option(place.id, label, Weight.PRIMARY if place.card else Weight.PLAIN)


def _onward(opening: Opening, chosen: str) -> Ended:
    place = opening.index.places.get(chosen)
    if place is not None:
        return Ended("found", then=place.then, at=place.at, comes_back=True)
    return Ended(chosen, then="orientation" if chosen == _AREAS.id else chosen, comes_back=True)
