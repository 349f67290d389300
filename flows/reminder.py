"""The buttons of a reminder: yes, no, later, where; each leads to the page of what it is about."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flows.attending import CANNOT, COMES, WHERE
from flows.calendar_effects import FindNotice, Snooze
from flows.calendar_model import NoticeView, Subject
from flows.engine import Ended
from flows.opening import Opening
from flows.steps import Flow, Line, Option, Style, choose, perform, say
from flows.text import Text, _

LATER, OPEN = "later", "open"
ACTS = {"yes": COMES, "no": CANNOT, "where": WHERE}

HOUR = timedelta(hours=1)
EVENING, MORNING = time(19), time(9)

_GONE = _("⏳ This reminder is not here any more.")
_OVER = _("⏳ This is over, or it was cancelled.")


def reminder(opening: Opening) -> Flow[Ended]:
    """Do what the button said. `at` is `<notice>.<verb>`; the message itself stays in the chat."""
    notice_id, _dot, verb = opening.at.partition(".")
    notice = yield from perform("notice", FindNotice(notice_id))
    if notice is None:
        yield from say(Line(_GONE, Style.NOTE))
        return Ended("gone")
    if notice.subject is Subject.MASS:
        return Ended("mass", then="mass", at=notice_id)
    if verb != LATER:
        return _leads_to(notice, verb)  # whose page says whether it is over
    if notice.is_over:
        yield from say(Line(_OVER, Style.NOTE))
        return Ended("over")
    return (yield from _later(notice))


def _leads_to(notice: NoticeView, verb: str) -> Ended:
    """The page of what it is about, and what to do there."""
    if notice.subject is Subject.DATE:
        return Ended("date", then="dates", at="" if notice.kind is None else notice.kind.value)
    if notice.subject is Subject.OFFER:
        return Ended("offer", then="offer", at=notice.course)
    act = f".{ACTS[verb]}" if verb in ACTS else ""
    return Ended("meeting", then="attending", at=f"{notice.subject}.{notice.subject_id}{act}")


def _later(notice: NoticeView) -> Flow[Ended]:
    """Once more in an hour, this evening, tomorrow: as far as that is before the event."""
    now = notice.now
    laters = [] if now is None else _moments(now, notice.event)
    if now is None or not laters:
        yield from say(Line(_("⏰ It begins soon: I cannot remind you later."), Style.NOTE))
        return _leads_to(notice, OPEN)
    options = [
        Option(key, _("{name}: {time}", name=name, time=at.time())) for key, name, at in laters
    ]
    chosen = yield from choose(
        "later", Line(_("⏰ When shall I remind you again?"), Style.TITLE), options, sensitive=True
    )
    at = next(at for key, _name, at in laters if key == chosen.id)
    still = yield from perform("still", FindNotice(notice.id))  # the page may have stood for hours
    clock = now if still is None or still.now is None else still.now
    minutes = max((at - clock) // timedelta(minutes=1), 1)
    again = yield from perform("snooze", Snooze(notice.id, minutes))
    told = (
        _("⏰ It begins soon: I cannot remind you later.")
        if again is None
        else _("✅ I remind you again: {moment}.", moment=again)
    )
    yield from say(Line(told, Style.NOTE))
    return Ended("later")


def _moments(now: datetime, event: datetime | None) -> list[tuple[str, Text, datetime]]:
    """What can be offered at that moment of the clocks on the wall."""
    evening = datetime.combine(now.date(), EVENING)
    tomorrow = datetime.combine(now.date() + timedelta(days=1), MORNING)
    offered = (
        ("hour", _("In an hour"), now + HOUR),
        ("evening", _("This evening"), evening),
        ("tomorrow", _("Tomorrow"), tomorrow),
    )
    return [one for one in offered if one[2] >= now + HOUR and (event is None or one[2] < event)]
