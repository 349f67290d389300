"""My calendar: the lessons and appointments to come, and what to do when one is near."""

from __future__ import annotations

from flows.calendar_effects import FindMyCalendar
from flows.calendar_model import CalendarItem, Reply, Subject
from flows.course_words import KEYCAPS, joined, moment_label, row
from flows.engine import Ended
from flows.opening import Opening
from flows.steps import Flow, Line, Option, Style, Weight, choose, perform
from flows.talk_words import NEEDS
from flows.text import Text, _, pictured, verbatim

FEW = len(KEYCAPS)
MOST = 2 * FEW
_MORE = Option("more", _("➕ More"))


def my_calendar(opening: Opening) -> Flow[Ended]:
    """Show what is to come; each is a button that leads to it."""
    mine = yield from perform("calendar", FindMyCalendar(MOST))
    if not mine:
        return (yield from _nothing(opening))
    chosen = yield from _list(opening, mine)
    item = next(one for one in mine if one.id == chosen)
    return Ended(item.subject, then="attending", at=f"{item.subject}.{item.id}", comes_back=True)


def _nothing(opening: Opening) -> Flow[Ended]:
    lines: list[Text | Line] = [
        Line(_("🗓️ My calendar"), Style.TITLE),
        _("You have nothing to come yet."),
    ]
    options = [
        Option("courses", _("🎓 Find a course"), Weight.PRIMARY),
        Option("appointment", _("📅 Book an appointment")),
    ]
    chosen = yield from choose("empty", lines, options, sensitive=opening.person.careful)
    return Ended(chosen.id, then=chosen.id, comes_back=True)


def _list(opening: Opening, mine: tuple[CalendarItem, ...]) -> Flow[str]:
    """A few a page, each with a number that its button has too; the id of the one chosen."""
    page = 0
    while True:
        first = page * FEW
        shown = list(zip(KEYCAPS, mine[first : first + FEW], strict=False))
        lines: list[Text | Line] = [
            Line(_("🗓️ My calendar"), Style.TITLE),
            *(line for cap, one in shown for line in _rows(cap, one)),
        ]
        options = [
            *(Option(one.id, moment_label(cap, one.starts)) for cap, one in shown),
            *([_MORE] if first + FEW < len(mine) else []),
        ]
        sensitive = opening.person.careful
        chosen = yield from choose("calendar", lines, options, sensitive=sensitive)
        if chosen is not _MORE:
            return chosen.id
        page += 1


def _rows(icon: str, item: CalendarItem) -> list[Line]:
    """What it is; under it whether it moved, where, and what was said."""
    sign = {Reply.COMES: "👍", Reply.CANNOT: "✖️"}.get(item.reply)
    place = verbatim(item.place) if item.place else None
    facts = [one for one in (_("❗ new day") if item.moved else None, place, sign) if one]
    name = Line(pictured(icon, _title(item)), Style.HEADING)
    return [name, *([row(joined(*facts))] if facts else [])]


def _title(item: CalendarItem) -> Text:
    if item.need is not None and not item.title:
        return NEEDS[item.need]
    return pictured("🎓" if item.subject is Subject.LESSON else "📅", verbatim(item.title))
