"""A day, then a time of that day, out of the free ones."""

from __future__ import annotations

from collections.abc import Sequence

from flows.calendar_model import Slot
from flows.steps import Flow, Line, Option, Style, ask_date, choose
from flows.text import Text, _, verbatim

TAKEN = _("⏳ Somebody took this time a moment ago. These are the others.")


def choose_slot(title: Text, slots: Sequence[Slot]) -> Flow[Slot]:
    """Ask for a day that has free times, then for one of its times."""
    days = list(dict.fromkeys(slot.starts.date() for slot in slots))
    lines: list[Text | Line] = [Line(title, Style.TITLE), _("On which day can you come?")]
    day = yield from ask_date("day", lines, days, sensitive=True)
    # Two openings may have the same time free: for her that is one button.
    there = {f"{slot.starts:%H%M}": slot for slot in reversed(slots) if slot.starts.date() == day}
    options = [Option(key, _clock(key), shares=True) for key in sorted(there)]
    lines = [Line(_("📅 {day}", day=day), Style.TITLE), _("At what time?")]
    return there[(yield from choose("time", lines, options, sensitive=True)).id]


def _clock(key: str) -> Text:
    return verbatim(f"🕒 {key[:2]}:{key[2:]}")
