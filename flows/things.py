"""What is the person's own: days, papers, reminders, the plan, and what is kept."""

from __future__ import annotations

from flows.engine import Ended
from flows.opening import Opening
from flows.steps import Flow, Line, Option, Style, Weight, choose
from flows.text import Text, _


def things(opening: Opening) -> Flow[Ended]:
    """Lead to each of them and back."""
    lines: list[Text | Line] = [
        Line(_("🗂️ My things"), Style.TITLE),
        _("Your days, your papers, your reminders."),
    ]
    options = [
        Option("my_calendar", _("🗓️ My calendar"), Weight.PRIMARY),
        Option("dates", _("🪪 Dates of my papers")),
        Option("wishes", _("🔔 How I am reminded")),
        *([Option("plan", _plan(opening))] if opening.house.helpers else []),
        Option("privacy", _("🔐 Privacy")),
    ]
    chosen = yield from choose("things", lines, options)
    return Ended(chosen.id, then=chosen.id, comes_back=True)


def _plan(opening: Opening) -> Text:
    """The door to the plan; in careful mode it says nothing that a boss should not read."""
    return _("🗂️ My page") if opening.person.careful else _("🗂️ My plan")
