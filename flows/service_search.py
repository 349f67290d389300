"""What somebody looks for in a service, asked one thing at a time: where, and what matters."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import cast

from flows.course_words import joined
from flows.effects import Json
from flows.nearness import Near, kept_near, near_town, read_near
from flows.opening import Opening
from flows.service_effects import FindSurroundings
from flows.service_model import ServiceSieve
from flows.steps import Flow, Line, Option, Style, ask_nearby, choose, perform
from flows.text import Text, _, pictured, verbatim

ITALIAN = "it"
MOST_SAID = 2
"""So many things are asked beside the place: what was found is kept each time."""
_LANGUAGE = Option("language", _("🗣️ In my language"))
_OPEN = Option("open", _("🟢 Open now"))
_WOMEN = Option("women", _("👩 A woman who listens"))


def can_narrow(opening: Opening, sieve: ServiceSieve) -> bool:
    """Whether there is anything left to ask."""
    said = (sieve.language, sieve.open_now, sieve.women)
    return sum(map(bool, said)) < MOST_SAID and bool(_open_questions(opening, sieve))


def narrower(opening: Opening, sieve: ServiceSieve) -> Flow[ServiceSieve]:
    """Ask what matters most; the sieve with it."""
    lines: list[Text | Line] = [
        Line(_("🔎 Find the right one"), Style.TITLE),
        _("What is important for you?"),
    ]
    chosen = yield from choose("narrow", lines, _open_questions(opening, sieve))
    if chosen is _LANGUAGE:
        return replace(sieve, language=opening.person.language or "")
    if chosen is _OPEN:
        return replace(sieve, open_now=True)
    return replace(sieve, women=True)


def _open_questions(opening: Opening, sieve: ServiceSieve) -> list[Option]:
    """What was not said yet; Italian is spoken everywhere."""
    foreign = opening.person.language not in (None, ITALIAN)
    return [
        *([_LANGUAGE] if foreign and not sieve.language else []),
        *([_OPEN] if not sieve.open_now else []),
        *([_WOMEN] if not sieve.women else []),
    ]


def sieve_words(sieve: ServiceSieve, *, near: bool) -> Text | None:
    """What was asked for, in the words of the buttons; None where nothing was."""
    said = [
        _("📍 The nearest first") if near else None,
        _LANGUAGE.label if sieve.language else None,
        _OPEN.label if sieve.open_now else None,
        _WOMEN.label if sieve.women else None,
    ]
    there = [one for one in said if one is not None]
    return joined(*there) if there else None


def ask_near(sieve: ServiceSieve) -> Flow[Near]:
    """Ask where somebody is: a town with one tap, or the place itself, which is not kept."""
    around = yield from perform("around", FindSurroundings(sieve))
    options = [
        Option(f"t{number}", pictured("📍", verbatim(name)))
        for number, (name, _point) in enumerate(around.towns)
    ]
    tap = _("Tap a town, or send your place: 📎, then “Location”.")
    lines: list[Text | Line] = [
        Line(_("📍 Where are you?"), Style.TITLE),
        tap if options else _("Send your place: 📎, then “Location”."),
        _("I use your place only now. I do not keep it."),
    ]
    answer = yield from ask_nearby("near", lines, options, partial(kept_near, around.places))
    given = cast(dict[str, Json], answer)
    if "place" in given:
        return read_near(given["place"])
    return near_town(around, int(str(given["option"])[1:]))
