"""How the console calls what a message to many is, to whom it goes, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping

from flows.calendar_model import MassKind, MassState, NoticeState
from flows.mass_model import Strike
from flows.text import Text, _, ngettext, verbatim
from storage.mass.model import Audience, Crowd, Mass
from storage.mass.running import Figures

KINDS: Mapping[MassKind, Text] = {
    MassKind.MOVED: _("A lesson has moved"),
    MassKind.CANCELLED: _("A lesson or a course does not take place"),
    MassKind.STRIKE: _("A strike"),
    MassKind.NEW_COURSE: _("A new course"),
    MassKind.FREE: _("Words of our own"),
}
STATES: Mapping[MassState, Text] = {
    MassState.DRAFT: _("waits for somebody to agree"),
    MassState.RUNNING: _("is going out"),
    MassState.STOPPED: _("stopped"),
    MassState.DONE: _("done"),
}
STRIKES: Mapping[Strike, Text] = {
    Strike.TRANSPORT: _("Buses and trains: our lessons and appointments take place"),
    Strike.CLOSED: _("We are closed: nothing takes place that day"),
}
ENDS: Mapping[NoticeState, Text] = {
    NoticeState.SENT: _("Arrived"),
    NoticeState.BLOCKED: _("Cannot be reached: the bot is blocked"),
    NoticeState.MISSED: _("Not told: there was no good hour in time"),
    NoticeState.UNKNOWN: _("Nobody knows whether it arrived: it is not sent twice"),
    NoticeState.STOPPED: _("Not told: it was stopped"),
}
"""In this order, as the figures show them."""


def title_of(mass: Mass) -> Text:
    """A message in one line."""
    view = mass.view
    if view.kind is MassKind.STRIKE and view.day is not None:
        return _("Strike, {day}", day=view.day)
    if view.title and view.starts is not None:
        return _("{title}: {moment}", title=verbatim(view.title), moment=view.starts)
    if view.title:
        return verbatim(view.title)
    words = " ".join((view.own("it") or "…").split())
    return verbatim(words if len(words) <= 60 else f"{words[:59]}…")


def crowd_of(audience: Audience, called: str) -> Text:
    """Who is written to; `called` is what the course or the desk is."""
    name = verbatim(called)
    match audience.crowd:
        case Crowd.COURSE if audience.waiting:
            return _("Who is in the course or waits for it: {course}", course=name)
        case Crowd.COURSE:
            return _("Who is in the course: {course}", course=name)
        case Crowd.ASKED:
            return _("Who asked to be told of such courses")
        case Crowd.DAY:
            day = verbatim("–") if audience.day is None else audience.day
            return _("Who has a lesson or an appointment with us on {day}", day=day)
        case Crowd.DESK:
            return _("Who came to us by the poster of {desk}", desk=name)
        case Crowd.EVERYBODY:
            return _("Everybody who uses Antenna")


def progress(figures: Figures) -> Text:
    """How far it has come, in one line."""
    return _(
        "{over} of {all}",
        over=figures.over,
        all=ngettext("{count} person", "{count} people", figures.recipients),
    )
