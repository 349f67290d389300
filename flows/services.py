"""Who helps near me: find a service by what is needed, by language, by how far it is."""

from __future__ import annotations

from collections.abc import Mapping

from flows.course_words import KEYCAPS, joined, row
from flows.engine import Ended
from flows.nearness import Near
from flows.opening import Opening
from flows.service_effects import FindServices
from flows.service_model import ServiceLine, ServiceSieve, Theme
from flows.service_page import name_of, service_page
from flows.service_search import ask_near, can_narrow, narrower, sieve_words
from flows.service_words import KIND_ICONS, KIND_WORDS, MENU, OPENS, THEME_ICONS, THEME_WORDS
from flows.service_words import ring_words as far
from flows.steps import Flow, Line, Option, Style, choose, perform
from flows.text import Text, _, pictured, verbatim

FEW = 3
"""So many services are shown at once."""
MOST = 6
"""So many are looked up, and one: what was found is kept, and a conversation stays small."""
_NEAR = Option("near", _("📍 Near me"))
_NARROW = Option("narrow", _("🔎 Find the right one"))
_MORE = Option("more", _("➕ More"))
_WIDER = Option("wider", _("📚 See all of them"))
_OTHERS = Option("others", _("📍 Look for something else"))
_TALK = Option("talk", _("🤝 Talk to someone"))
_NUMBERS = Option("help", _("📞 Numbers to call"))


def services(opening: Opening) -> Flow[Ended]:
    """Begin with what is needed, or where `at` says: a theme, or the id of a service."""
    if opening.at and opening.at not in list(Theme):
        return (yield from service_page(opening, opening.at))
    theme = Theme(opening.at) if opening.at else (yield from _choose_theme())
    return (yield from _search(opening, theme))


def _choose_theme() -> Flow[Theme]:
    options = [Option(one, theme_words(one)) for one in MENU]
    title = Line(_("📍 Who helps near me"), Style.TITLE)
    lines: list[Text | Line] = [title, _("What do you need?")]
    return Theme((yield from choose("theme", lines, options)).id)


def theme_words(theme: Theme) -> Text:
    """What is needed, with its pictogram."""
    return pictured(THEME_ICONS[theme], THEME_WORDS[theme])


def _search(opening: Opening, theme: Theme) -> Flow[Ended]:
    """Show who there is, closer and closer, until one is chosen."""
    sieve, near = ServiceSieve(theme), ()  # type: tuple[ServiceSieve, Near]
    while True:
        order = tuple(one for one, _ring in near)
        found = yield from perform("services", FindServices(sieve, MOST + 1, order))
        if not found:
            return (yield from _nothing(opening, sieve))
        chosen = yield from _list(opening, found, sieve, near)
        if chosen is _NEAR:
            near = yield from ask_near(sieve)
        elif chosen is _NARROW:
            sieve = yield from narrower(opening, sieve)
        elif chosen is _TALK:
            return Ended("talk", then="talk", comes_back=True)
        else:
            return (yield from service_page(opening, chosen.id))


def _list(
    opening: Opening, found: tuple[ServiceLine, ...], sieve: ServiceSieve, near: Near
) -> Flow[Option]:
    """A few services a page, each with a number that its button has too."""
    rings, first = dict(near), 0
    narrows = len(found) > 1 and can_narrow(opening, sieve)
    sensitive = opening.person.careful or sieve.theme is Theme.SAFETY
    while True:
        last = min(first + FEW, MOST, len(found))
        shown = list(zip(KEYCAPS, found[first:last], strict=False))
        goes_on = last < min(len(found), MOST)
        lines = _heading(sieve, near=bool(near))
        for cap, one in shown:
            lines += _rows(opening, cap, one, rings)
        if len(found) > MOST and narrows and not goes_on:
            lines.append(Line(_("There are more. Say what you need: 🔎"), Style.NOTE))
        options = [
            *(Option(one.id, pictured(cap, _button(one, found))) for cap, one in shown),
            *([_MORE] if goes_on else []),
            *([_NEAR] if not near else []),
            *([_NARROW] if narrows else []),
            *([_TALK] if not goes_on else []),
        ]
        chosen = yield from choose("service", lines, options, sensitive=sensitive)
        if chosen is not _MORE:
            return chosen
        first = last


def _button(line: ServiceLine, found: tuple[ServiceLine, ...]) -> Text:
    """What it is; where others elsewhere are the same, its town."""
    towns = {one.town for one in found if one.kind is line.kind}
    return verbatim(line.town) if line.town and len(towns) > 1 else KIND_WORDS[line.kind]


def _heading(sieve: ServiceSieve, *, near: bool) -> list[Text | Line]:
    """What is needed, and what was asked for."""
    words = sieve_words(sieve, near=near)
    return [
        Line(theme_words(sieve.theme), Style.TITLE),
        *([Line(words, Style.NOTE)] if words else []),
    ]


def _rows(
    opening: Opening, cap: str, line: ServiceLine, rings: Mapping[str, int | None]
) -> list[Text | Line]:
    """A service in the list: its name; under it where, how far, whether it is open."""
    name = pictured(cap, pictured(KIND_ICONS[line.kind], name_of(opening, line.line, line.name)))
    foreign = opening.person.language not in (None, "it")
    facts = [
        verbatim(line.town) if line.town else None,
        far(rings.get(line.id)),
        _opens(line),
        _("🗣️ your language") if line.speaks and foreign else None,
    ]
    told = [one for one in facts if one is not None]
    return [Line(name, Style.HEADING), *([row(joined(*told))] if told else [])]


def _opens(line: ServiceLine) -> Text | None:
    if line.until:
        return _("🟢 open until {time}", time=verbatim(line.until))
    return OPENS.get(line.opens)


def _nothing(opening: Opening, sieve: ServiceSieve) -> Flow[Ended]:
    """Nobody: said honestly, with the other doors."""
    lines = [
        *_heading(sieve, near=False),
        _("I know no place for this that somebody has checked lately."),
        _("A person can look for one with you."),
    ]
    wider = sieve != ServiceSieve(sieve.theme)
    options = [*([_WIDER] if wider else []), _TALK, _NUMBERS, _OTHERS]
    sensitive = opening.person.careful or sieve.theme is Theme.SAFETY
    chosen = yield from choose("nothing", lines, options, sensitive=sensitive)
    if chosen is _WIDER:
        return Ended("wider", then="services", at=sieve.theme)
    if chosen is _OTHERS:
        return Ended("others", then="services")
    return Ended(chosen.id, then=chosen.id, comes_back=True)
