"""A paper as people get it, explained: a picture with numbers, and what stands at each of them."""

from __future__ import annotations

from flows.engine import Ended
from flows.guides import Paper, Spot
from flows.library import Library
from flows.opening import Opening
from flows.procedure import KEYCAPS
from flows.sourced import ITALIAN, SHOW_IN_ITALIAN, provenance, show_in_italian
from flows.steps import Flow, Line, Option, Style, Weight, ask_pad, choose, keep
from flows.text import Text, _, pictured, titled, verbatim

PAGES_IN_A_ROW = 30
QUIET = "quiet"
"""After the id of a paper: its picture is in the chat already."""

NEXT, NUMBERS, CHECKS, AGAIN, TALK, CARD = "next", "numbers", "checks", "again", "talk", "card"
COLUMNS = {8: 4, 10: 5}
"""Buttons in a row, for so many numbers; otherwise three."""

_NEXT = Option(NEXT, _("▶️ Next number"), Weight.PRIMARY)
_NUMBERS = Option(NUMBERS, _("🔢 All numbers"))
_TALK = Option(TALK, _("🤝 Talk to someone"))


def papers(opening: Opening) -> Flow[Ended]:
    """Send the picture, then explain its numbers; `at` is a paper or a card that leads to one."""
    library = opening.library
    at, _colon, quiet = opening.at.partition(":")
    paper = library.papers.get(at) or library.paper_of(at)
    if paper is None:
        paper = yield from _choose_paper(library)
    if not quiet:
        yield from _send(paper)
    return (yield from _explain(opening, paper))


def _send(paper: Paper) -> Flow[None]:
    words = _("📄 An example. The names and the firm do not exist.")
    yield from keep(words, picture=paper.id)


def _choose_paper(library: Library) -> Flow[Paper]:
    lines: list[Text | Line] = [
        Line(_("🔍 Papers, explained"), Style.TITLE),
        _("Which paper do you want to understand?"),
    ]
    known = list(library.papers.values())
    options = [Option(one.id, titled(one.icon, one.title)) for one in known]
    return library.papers[(yield from choose("paper", lines, options)).id]


def _explain(opening: Opening, paper: Paper) -> Flow[Ended]:
    """Let the person look at one number after the other, in any order."""
    shown = ""
    for _page in range(PAGES_IN_A_ROW):
        if not shown:
            shown = yield from _ask_number(paper)
        if shown == AGAIN:
            yield from _send(paper)
            shown = ""
        elif shown == CHECKS:
            shown = yield from _show_checks(paper)
        else:
            number = int(shown)
            shown = yield from _read(opening, paper, number)
            if shown == ITALIAN:
                spot = paper.spots[number - 1]
                words = (spot.title, *spot.sentences, spot.check)
                key = f"{paper.id}.{number}"
                return (yield from show_in_italian(key, words, sensitive=False))
            if shown == CARD:
                return Ended(
                    CARD, then="orientation", at=paper.spots[number - 1].card, comes_back=True
                )
            if shown == TALK:
                return Ended(TALK, then="talk", at=paper.cards[0], comes_back=True)
            shown = str(number % len(paper.spots) + 1) if shown == NEXT else ""
    return Ended("again", then="papers", at=f"{paper.id}:{QUIET}")


def _ask_number(paper: Paper) -> Flow[str]:
    lines: list[Text | Line] = [
        Line(titled(paper.icon, paper.title), Style.TITLE),
        *(_(sentence) for sentence in paper.about),
        *(Line(titled(keycap, spot.title), Style.ROW) for keycap, spot in _numbered(paper)),
        Line(_("👇 Tap a number of the picture."), Style.ACTION),
    ]
    count = len(paper.spots)
    options = [
        *(Option(str(number), verbatim(str(number))) for number in range(1, count + 1)),
        Option(CHECKS, _("✅ Check")),
        Option(AGAIN, _("🖼️ Picture")),
    ]
    return (yield from ask_pad(f"{paper.id}.0", lines, options, COLUMNS.get(count, 3)))


def _numbered(paper: Paper) -> list[tuple[str, Spot]]:
    return list(zip(KEYCAPS, paper.spots, strict=False))


def _show_checks(paper: Paper) -> Flow[str]:
    """Everything to look at on one page, in the order of the numbers."""
    lines: list[Text | Line] = [
        Line(_("✅ What to check"), Style.TITLE),
        *(Line(titled(keycap, spot.check), Style.ROW) for keycap, spot in _numbered(paper)),
        provenance(paper.source, paper.status, paper.checked),
    ]
    yield from choose(f"{paper.id}.checks", lines, [_NUMBERS])
    return ""


def _read(opening: Opening, paper: Paper, number: int) -> Flow[str]:
    """One number: what stands there, and what to check."""
    spot = paper.spots[number - 1]
    card = opening.library.find_card(spot.card)
    lines: list[Text | Line] = [
        Line(titled(paper.icon, paper.title), Style.NOTE),
        Line(titled(KEYCAPS[number - 1], spot.title), Style.TITLE),
        Line(pictured("🇮🇹", verbatim(spot.italian)), Style.NOTE),
        *(_(sentence) for sentence in spot.sentences),
        Line(_("👉 {action}", action=_(spot.check)), Style.ACTION),
        provenance(paper.source, paper.status, paper.checked),
    ]
    options = [
        _NEXT,
        _NUMBERS,
        *([SHOW_IN_ITALIAN] if opening.person.language != ITALIAN else []),
        *([Option(CARD, titled(card.icon, card.title))] if card else []),
        _TALK,
    ]
    # Somebody may change to Italian on the Italian page: the way that led there stays good.
    hidden = [SHOW_IN_ITALIAN]
    return (yield from choose(f"{paper.id}.{number}", lines, options, hidden=hidden)).id
