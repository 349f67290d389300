"""Who answers and by when, said honestly: hours, a place in the queue, numbers that answer now."""

from __future__ import annotations

from flows.calling import named, numbers_of
from flows.handoff_model import Helper, Queue
from flows.hours import Calendar, HoursError
from flows.opening import Opening
from flows.steps import Line, Style
from flows.text import Text, _, ngettext, pictured, verbatim

NUMBERS = 3


def find_helper(opening: Opening, key: str) -> Helper | None:
    """The desk of that key, if its operators talk with people today."""
    return next((one for one in opening.house.helpers if one.key == key), None)


def whereabouts(helper: Helper | None) -> list[Text | Line]:
    """Where a desk is and when it is open, as far as it was said."""
    if helper is None:
        return []
    try:
        hours = Calendar.read(helper.hours, helper.closed).words()
    except HoursError:  # written by an older release, or by hand
        hours = ()
    told = [
        *([pictured("📍", verbatim(helper.place))] if helper.place else []),
        *(pictured("🕗", line) for line in hours),
    ]
    return [Line(line, Style.ROW if place else Style.PART) for place, line in enumerate(told)]


def waiting(opening: Opening, queue: Queue) -> list[Text | Line]:
    """When somebody answers, and whom to call until then where nobody is there."""
    ahead = Line(_ahead(queue.ahead), Style.ROW)
    if queue.is_open:
        return [Line(_("🟢 Somebody is at the desk now."), Style.PART), ahead]
    awake = [number for number in numbers_of(opening) if number.always]
    opens = (
        _("🕒 Nobody is at the desk now. People read it from {moment}.", moment=queue.opens)
        if queue.opens
        else _("🕒 People read it when the desk is open. I do not know when that is.")
    )
    return [
        Line(opens, Style.PART),
        ahead,
        Line(_("📞 You can call now"), Style.HEADING),
        *(Line(named(number), Style.ROW) for number in awake[:NUMBERS]),
    ]


def _ahead(count: int) -> Text:
    if not count:
        return _("👥 Nobody waits before you.")
    return ngettext(
        "👥 {count} person waits before you.", "👥 {count} people wait before you.", count
    )
