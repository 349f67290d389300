"""The page of one service: what happens there, what to bring, when it is open, how to get there."""

from __future__ import annotations

from datetime import datetime

from flows.counter import SHOW
from flows.course_words import named, row
from flows.engine import Ended
from flows.facts import Number
from flows.finding import Spot, dialled, show_way
from flows.hours import Calendar
from flows.opening import Opening
from flows.service_effects import FindService
from flows.service_model import Answer, Kind, ServiceView
from flows.service_words import (
    ALSO,
    BRINGS,
    COSTS,
    COUNTER,
    DUTIES,
    KIND_ICONS,
    KIND_WORDS,
    PAPERS,
    VISITS,
    WHOMS,
    YES,
    is_yes,
)
from flows.steps import Flow, Line, Option, Style, Weight, choose, perform, show
from flows.text import Text, _, listed, pictured, verbatim

_SENSITIVE = (Kind.TRAFFICKING, Kind.WOMEN, Kind.STP)
_WHERE = Option("where", _("🧭 Where it is"), Weight.PRIMARY)
_HOURS = Option("hours", _("🕒 All the hours"))
_TALK = Option("talk", _("🤝 Talk to someone"))
_OTHERS = Option("others", _("📍 Look for something else"))


def service_page(opening: Opening, service_id: str) -> Flow[Ended]:
    """Show a service and do with it what the person says."""
    service = yield from perform("service", FindService(service_id))
    if service is None:
        gone = _("🙏 Sorry, this place is not in my list any more.")
        yield from choose("gone", gone, [_OTHERS])
        return Ended("gone", then="services")
    sensitive = opening.person.careful or service.kind in _SENSITIVE
    lines = service_lines(opening, service)
    chosen = yield from choose("page", lines, _options(service), sensitive=sensitive)
    if chosen is _WHERE:
        return (yield from _way(service, sensitive=sensitive))
    if chosen is _HOURS:
        return (yield from show("hours", _hours(opening, service), sensitive=sensitive))
    if chosen is SHOW:
        return Ended(SHOW.id, then=SHOW.id, at=COUNTER.get(service.kind, ""), comes_back=True)
    return Ended("talk", then="talk", comes_back=True)


def name_of(opening: Opening, line: str, name: str) -> Text:
    """What a service is called: in her language where the house knows its number."""
    number = _number(opening, line)
    return verbatim(name) if number is None else _(number.name)


def _number(opening: Opening, line: str) -> Number | None:
    return next((one for one in opening.numbers if line and one.id == line), None)


def service_lines(opening: Opening, service: ServiceView) -> list[Text | Line]:
    """All there is to know, the most important first, a fact a row; what nobody knows is not
    said."""
    number = _number(opening, service.line)
    name = name_of(opening, service.line, service.name)
    return [
        Line(pictured(KIND_ICONS[service.kind], name), Style.TITLE),
        *([_(number.purpose)] if number else [Line(KIND_WORDS[service.kind], Style.NOTE)]),
        *_coming(service),
        *([row(COSTS[service.cost])] if service.cost in COSTS else []),
        *([row(PAPERS[service.papers])] if service.papers in PAPERS else []),
        *_bring(service),
        *_people(opening, service),
        *_reach(service),
        Line(_seen(service), Style.QUOTE),
    ]


def _coming(service: ServiceView) -> list[Text | Line]:
    """Whether somebody is there now, and what happens first."""
    now = Line(_now(service), Style.ACTION)
    visit = [row(VISITS[service.visit])] if service.visit in VISITS else []
    return [now, *visit, *named("👣", service.first)]


def _now(service: ServiceView) -> Text:
    if service.always:
        return _("🟢 Open day and night.")
    calendar = Calendar.read(service.hours, service.closed)
    local = service.local
    if calendar.is_open(local):
        minute = local.hour * 60 + local.minute
        closes = next(
            span for span in calendar.spans(local.date()) if span.opens <= minute < span.closes
        )
        return _("🟢 Open now, until {time}.", time=verbatim(str(closes).partition("–")[2]))
    opens = calendar.next_open(local)
    if opens is None:
        return _("🕒 I do not know the hours. Call before you go.")
    return _("🔴 Closed now. It opens: {moment}.", moment=opens)


def _bring(service: ServiceView) -> list[Text | Line]:
    things = [BRINGS[one] for one in service.bring]
    known = [row(_("🎒 Bring: {things}", things=listed(things)))] if things else []
    return [*known, *named("🎒", service.bring_words)]


def _people(opening: Opening, service: ServiceView) -> list[Text | Line]:
    """Who works there, and for whom."""
    yes = [row(words) for name, words in YES.items() if is_yes(getattr(service, name))]
    return [
        *([row(pictured("🗣️", _tongues(opening, service.languages)))] if service.languages else []),
        *named("💬", service.mediators),
        *(
            [row(pictured("👥", listed(WHOMS[one] for one in service.whom)))]
            if service.whom
            else []
        ),
        *yes,
        *([row(DUTIES[service.duty])] if service.duty in DUTIES else []),
    ]


def _tongues(opening: Opening, codes: tuple[str, ...]) -> Text:
    """Each language as it calls itself."""
    names = ALSO | {one.code: one.name for one in opening.house.tongues}
    return listed(verbatim(names.get(code, names.get(f"{code}-Hans", code))) for code in codes)


def _reach(service: ServiceView) -> list[Text | Line]:
    """How to reach them from far away; the way there has a page of its own."""
    free = service.call_free is Answer.YES
    phone = verbatim(dialled(service.phone))
    call = _("📞 Free call: {phone}", phone=phone) if free else _("📞 Call: {phone}", phone=phone)
    chat = _("💬 WhatsApp: {phone}", phone=verbatim(service.whatsapp))
    return [
        *named("📍", service.place),
        *([row(call)] if service.phone else []),
        *([row(chat)] if service.whatsapp else []),
        *named("✉️", service.email),
        *named("🌐", service.website),
        *named("🏢", service.organisation),
    ]


def _seen(service: ServiceView) -> Text:
    """Where this is from, and when somebody last saw that it is so."""
    day = service.checked or service.local.date()
    if not service.source:
        return _("📖 Checked: {day}", day=day)
    return _("📖 {source} · checked {day}", source=verbatim(service.source), day=day)


def _options(service: ServiceView) -> list[Option]:
    is_place = bool(service.place or service.point)
    return [
        *([_WHERE] if is_place else []),
        *([_HOURS] if service.hours and not service.always else []),
        *([SHOW] if is_place else []),
        _TALK,
    ]


def _way(service: ServiceView, *, sensitive: bool) -> Flow[Ended]:
    """The way there; whoever does not find it can talk to somebody."""
    spot = Spot(service.id, service.name, service.place, service.how, service.point, service.phone)
    yield from show_way(spot, _("🧭 Where it is"), [_TALK], sensitive=sensitive)
    return Ended("talk", then="talk", comes_back=True)


def _hours(opening: Opening, service: ServiceView) -> list[Text | Line]:
    """The week, and the holidays that are not in it."""
    calendar = Calendar.read(service.hours, service.closed)
    return [
        Line(name_of(opening, service.line, service.name), Style.TITLE),
        *(row(line) for line in calendar.words()),
        Line(_("On Italian holidays it is closed."), Style.NOTE),
        *_away(calendar, service.local),
    ]


def _away(calendar: Calendar, local: datetime) -> list[Text | Line]:
    """Closings that are not over."""
    today = local.date()
    return [
        row(_("🔴 Closed from {first} to {last}.", first=first, last=last))
        for first, last in calendar.away
        if last >= today
    ]
