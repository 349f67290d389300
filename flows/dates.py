"""Dates of the person's own: a permit, a card, a contract, a lost job; and a weekly look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from flows.calendar_effects import DropDate, FindMyDates, KeepDate
from flows.calendar_model import DateKind, OwnDate
from flows.date_words import ASKED, CARDS, KINDS, SAYS, STATE_PAGE
from flows.engine import Ended
from flows.hours import NAMES
from flows.opening import Opening
from flows.own_day import ask_day
from flows.steps import Flow, Line, Option, Style, Weight, choose, confirm, perform, say
from flows.text import Text, _, pictured, titled, verbatim

CARD, CHANGE, DROP = "card", "change", "drop"
AHEAD = timedelta(days=366 * 11)
"""The longest permits and cards."""

ALREADY = timedelta(days=366)
LOST_SINCE = timedelta(days=120)
"""So long ago it may have been: after that the money cannot be asked for any more."""


def dates(opening: Opening) -> Flow[Ended]:
    """Show what is kept and let one be added, changed or deleted. `at` names one kind."""
    kept = {one.kind: one for one in (yield from perform("dates", FindMyDates()))}
    if opening.at in tuple(DateKind):
        kind = DateKind(opening.at)
    else:
        kind = yield from _choose_kind(kept)
    found = kept.get(kind)
    if found is None:
        return (yield from _add(opening, kind))
    return (yield from _keep_on(opening, found))


def _choose_kind(kept: Mapping[DateKind, OwnDate]) -> Flow[DateKind]:
    lines: list[Text | Line] = [
        Line(_("🪪 Dates of my papers"), Style.TITLE),
        _("I remind you in time. Only you see these days: no desk, no operator."),
    ]
    options = [Option(kind.value, _labelled(kind, kept.get(kind))) for kind in KINDS]
    return DateKind((yield from choose("kind", lines, options, sensitive=True)).id)


def _labelled(kind: DateKind, found: OwnDate | None) -> Text:
    """The kind, and a tick where a day is kept: the day itself stands on its own page."""
    return KINDS[kind] if found is None else _("✅ {choice}", choice=KINDS[kind])


def _add(opening: Opening, kind: DateKind) -> Flow[Ended]:
    """Ask for the day, say what comes of it, and keep it after a yes."""
    if kind is DateKind.PERMIT_STATE:
        day = yield from _ask_weekday(opening)
        told = _("Every week: {day}", day=NAMES[day.weekday()])
    else:
        day = yield from _ask_day(opening, kind)
        told = _("📅 {day}", day=day)
    lines: list[Text | Line] = [Line(KINDS[kind], Style.TITLE), Line(told, Style.ACTION)]
    if day < opening.today and kind is not DateKind.JOB_LOST:
        return (yield from _too_late(lines, kind))
    yes, no = _("✅ Yes, remind me"), _("✖️ No")
    agreed = yield from confirm("right", [*lines, SAYS[kind]], yes=yes, no=no, sensitive=True)
    if not agreed:
        return Ended("declined", then="dates")
    yield from perform("keep", KeepDate(kind, day))
    yield from say(Line(_("✅ I keep this day, locked, and remind you."), Style.NOTE))
    return Ended("kept", then="dates", at=kind.value)


def _too_late(lines: list[Text | Line], kind: DateKind) -> Flow[Ended]:
    """A day that is over is no matter for a reminder: a person should look at it."""
    options = [
        Option("talk", _("🤝 Talk to someone"), Weight.PRIMARY),
        Option(CHANGE, _("✏️ Change the day")),
    ]
    told = _("⚠️ This day is over. Please talk to a person soon.")
    chosen = yield from choose("late", [*lines, told], options, sensitive=True)
    if chosen.id == CHANGE:
        return Ended("again", then="dates", at=kind.value)
    return Ended("talk", then="talk", at=CARDS[kind], comes_back=True)


def _ask_weekday(opening: Opening) -> Flow[date]:
    lines: list[Text | Line] = [
        Line(KINDS[DateKind.PERMIT_STATE], Style.TITLE),
        SAYS[DateKind.PERMIT_STATE],
        _("On which day of the week?"),
    ]
    options = [Option(f"w{number}", name) for number, name in enumerate(NAMES)]
    weekday = int((yield from choose("weekday", lines, options, sensitive=True)).id[1:])
    return opening.today + timedelta(days=(weekday - opening.today.weekday() - 1) % 7 + 1)


def _ask_day(opening: Opening, kind: DateKind) -> Flow[date]:
    lines: list[Text | Line] = [Line(KINDS[kind], Style.TITLE), ASKED[kind]]
    today = opening.today
    if kind is DateKind.JOB_LOST:
        years, first = range(today.year - 1, today.year + 2), today - LOST_SINCE
        return (yield from ask_day(lines, years, first, today + ALREADY))
    years = range(today.year, today.year + 6)
    return (yield from ask_day(lines, years, today - ALREADY, today + AHEAD))


def _keep_on(opening: Opening, found: OwnDate) -> Flow[Ended]:
    """One day that is kept: when the next reminder comes, what to do, change, delete."""
    kind = found.kind
    card = opening.library.find_card(CARDS[kind])
    weekly = kind is DateKind.PERMIT_STATE
    when = _("Every week: {day}", day=NAMES[found.day.weekday()])
    lines: list[Text | Line] = [
        Line(KINDS[kind], Style.TITLE),
        Line(when if weekly else _("📅 {day}", day=found.day), Style.ACTION),
        *([pictured("🔗", verbatim(STATE_PAGE))] if weekly else []),
        _("🔔 I remind you on {day}.", day=found.reminded)
        if found.reminded
        else _("🔕 No reminder is to come."),
    ]
    options = [
        *([Option(CARD, titled(card.icon, card.title), Weight.PRIMARY)] if card else []),
        Option("talk", _("🤝 Talk to someone")),
        Option(CHANGE, _("✏️ Change the day")),
        Option(DROP, _("🗑️ Delete it")),
    ]
    chosen = yield from choose("kept", lines, options, sensitive=True)
    if chosen.id == CHANGE:
        return (yield from _add(opening, kind))
    if chosen.id == DROP:
        yield from perform("drop", DropDate(found.id))
        yield from say(Line(_("✅ Deleted, with its reminders."), Style.NOTE))
        return Ended("dropped", then="dates")
    if chosen.id == CARD:
        return Ended("card", then="orientation", at=CARDS[kind], comes_back=True)
    return Ended("talk", then="talk", at=CARDS[kind], comes_back=True)
