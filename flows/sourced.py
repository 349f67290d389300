"""What stands under every page that was checked: where it comes from, and the page in Italian."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NoReturn

from flows.certainty import Status
from flows.steps import Flow, Line, Option, Style, Weight, show
from flows.text import Text, _, in_language

ITALIAN = "it"
SHOW_IN_ITALIAN = Option(ITALIAN, _("🇮🇹 Show in Italian"), Weight.PRIMARY)


def provenance(source: str, status: Status, checked: date | None) -> Line:
    """Where a page comes from, and how sure we are of it; a day is never only digits."""
    if status is Status.VERIFIED and checked is not None:
        words = _("📖 {source} · checked {day}", source=source, day=checked)
    elif status is Status.PARTLY and checked is not None:
        words = _("📖 {source} · checked in part {day}", source=source, day=checked)
    else:
        words = _("📖 {source} · ⚠️ not checked yet: ask before you decide", source=source)
    return Line(words, Style.QUOTE)


def show_in_italian(key: str, words: Iterable[str], *, sensitive: bool) -> Flow[NoReturn]:
    """The same page for the clerk at the counter: only Italian, large and plain."""
    lines = [Line(in_language(ITALIAN, _(one)), Style.BIG) for one in words]
    way_back = _("↩️ My language")
    return show(f"italian {key}", lines, way_back=way_back, sensitive=sensitive)


def italian(words: Text) -> Text:
    """The words in Italian, whatever language is spoken."""
    return in_language(ITALIAN, words)
