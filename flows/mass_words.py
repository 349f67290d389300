"""The words of messages to many: sentences of the catalogs with facts, or an operator's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flows.calendar_model import MassKind
from flows.mass_model import MassView, Strike
from flows.question import Line, Style
from flows.text import Text, _, in_language, verbatim

ITALIAN = "it"
IN_ITALIAN = _("This is in Italian. You can ask us what it says.")


def mass_lines(view: MassView, language: str) -> tuple[Line, ...]:
    """What somebody who reads a language is told, and by whom."""
    return (*_TOLD[view.kind](view, language), _from(view))


def mass_ways(view: MassView) -> tuple[tuple[str, Text], ...]:
    """Where the message leads: what opens, and the words on the button."""
    if view.kind is MassKind.NEW_COURSE:
        return ((f"courses/{view.course}", _("🎓 See the course")),)
    if view.kind is MassKind.FREE or (view.kind is MassKind.CANCELLED and view.starts is None):
        return ()
    return (("my_calendar", _("🗓️ My calendar")),)


def _from(view: MassView) -> Line:
    return Line(_("From: {office}", office=verbatim(view.office)), Style.NOTE)


def _titled(view: MassView) -> Line:
    return Line(verbatim(view.title), Style.BIG)


def _where(view: MassView) -> tuple[Line, ...]:
    if not view.place:
        return ()
    return (Line(_("📍 Where: {place}.", place=verbatim(view.place)), Style.ROW),)


def _moved(view: MassView, _language: str) -> tuple[Line, ...]:
    was = [] if view.was is None else [Line(_("❌ Not {moment}.", moment=view.was), Style.ROW)]
    new = (
        [] if view.starts is None else [Line(_("✅ New: {moment}.", moment=view.starts), Style.ROW)]
    )
    moved = view.was is not None or view.place
    title = _("🔁 Your lesson has moved") if moved else _("✅ Your lesson takes place")
    return (Line(title, Style.TITLE), _titled(view), *was, *new, *_where(view))


def _cancelled(view: MassView, _language: str) -> tuple[Line, ...]:
    if view.starts is None:
        over = Line(_("❌ The course does not take place"), Style.TITLE)
        return (over, _titled(view), Line(_("You do not have to come any more.")))
    return (
        Line(_("❌ There is no lesson"), Style.TITLE),
        _titled(view),
        Line(_("❌ Not {moment}.", moment=view.starts), Style.ROW),
        Line(_("The other lessons stay as they are.")),
    )


def _strike(view: MassView, _language: str) -> tuple[Line, ...]:
    day = verbatim("") if view.day is None else view.day
    if view.strike is Strike.CLOSED:
        return (
            Line(_("🚪 We are closed: {day}", day=day), Style.TITLE),
            Line(
                _("There is a strike. Your lesson or appointment of that day does not take place.")
            ),
            Line(_("We write to you again.")),
        )
    return (
        Line(_("🚌 Strike of buses and trains: {day}", day=day), Style.TITLE),
        Line(_("That day you have a lesson or an appointment. It takes place.")),
        Line(_("Look how you get there, and leave early.")),
    )


def _new_course(view: MassView, _language: str) -> tuple[Line, ...]:
    starts = view.starts
    first = [] if starts is None else [Line(_("🗓️ First: {moment}.", moment=starts), Style.ROW)]
    title = Line(_("🎓 There is a new course"), Style.TITLE)
    return (title, _titled(view), *first, *_where(view))


def _free(view: MassView, language: str) -> tuple[Line, ...]:
    """Their own words; who has none in her language reads the Italian, and is told so."""
    own = view.own(language)
    if own:
        return (Line(verbatim(own)),)
    note = Line(IN_ITALIAN, Style.NOTE)
    return (note, Line(in_language(ITALIAN, verbatim(view.own(ITALIAN)))))


_TOLD: Mapping[MassKind, Callable[[MassView, str], tuple[Line, ...]]] = {
    MassKind.MOVED: _moved,
    MassKind.CANCELLED: _cancelled,
    MassKind.STRIKE: _strike,
    MassKind.NEW_COURSE: _new_course,
    MassKind.FREE: _free,
}
