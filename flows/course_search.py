"""What somebody looks for in a course, asked one thing at a time."""

from __future__ import annotations

from dataclasses import replace

from flows.calendar_effects import FindTowns
from flows.calendar_model import CourseKind, CourseSieve, Part
from flows.course_words import LEVEL_WORDS, PARTS, joined
from flows.opening import Opening
from flows.steps import Flow, Line, Option, Style, ask_place, choose, perform
from flows.text import Text, _, pictured, verbatim

_LEVEL = Option("level", _("🎚️ How much Italian I speak"))
_PART = Option("part", _("🕗 When I have time"))
_NEAR = Option("near", _("📍 Near me"))
_WOMEN = Option("women", _("👩 Only for women"))
_CHILDCARE = Option("childcare", _("🧒 Somebody looks after my child"))
_LANGUAGE = Option("language", _("🗣️ In my language"))


MOST_SAID = 3
"""So many things are asked: what was found is kept each time, and a conversation stays small."""


def can_narrow(opening: Opening, sieve: CourseSieve) -> bool:
    """Whether there is anything left to ask."""
    return len(_said(sieve)) < MOST_SAID and bool(_open_questions(opening, sieve))


def narrower(opening: Opening, sieve: CourseSieve) -> Flow[CourseSieve]:
    """Ask what matters most, and about that; the sieve with it."""
    lines: list[Text | Line] = [
        Line(_("🔎 Find the right one"), Style.TITLE),
        _("What is important for you?"),
    ]
    chosen = yield from choose("narrow", lines, _open_questions(opening, sieve))
    if chosen is _LEVEL:
        return replace(sieve, level=(yield from _ask_level()))
    if chosen is _PART:
        return replace(sieve, part=(yield from _ask_part()))
    if chosen is _NEAR:
        return (yield from ask_near(sieve))
    if chosen is _WOMEN:
        return replace(sieve, women=True)
    if chosen is _CHILDCARE:
        return replace(sieve, childcare=True)
    return replace(sieve, language=opening.person.language or "")


def _open_questions(opening: Opening, sieve: CourseSieve) -> list[Option]:
    """What was not said yet. Levels are of Italian; a course in Italian is in everybody's list."""
    is_italian = sieve.kind in (None, CourseKind.ITALIAN)
    foreign = opening.person.language not in (None, "it")
    return [
        *([_LEVEL] if is_italian and not sieve.level else []),
        *([_PART] if sieve.part is None else []),
        *([_NEAR] if sieve.near is None else []),
        *([_WOMEN] if not sieve.women else []),
        *([_CHILDCARE] if not sieve.childcare else []),
        *([_LANGUAGE] if foreign and not sieve.language else []),
    ]


def _ask_level() -> Flow[str]:
    options = [Option(level, label) for level, label in LEVEL_WORDS.items()]
    return (yield from choose("level", _("🎚️ How much Italian do you speak?"), options)).id


def _ask_part() -> Flow[Part]:
    options = [Option(part, label) for part, label in PARTS.items()]
    return Part((yield from choose("part", _("🕗 When do you have time?"), options)).id)


def ask_near(sieve: CourseSieve) -> Flow[CourseSieve]:
    """Ask where somebody is: a town with one tap, or the place itself, which is kept roughly."""
    towns = yield from perform("towns", FindTowns())
    places = [(pictured("📍", verbatim(town.name)), town.point) for town in towns]
    tap = _("Tap a town, or send your place: 📎, then “Location”.")
    lines: list[Text | Line] = [
        Line(_("📍 Where are you?"), Style.TITLE),
        tap if places else _("Send your place: 📎, then “Location”."),
        _("I use it only for this search."),
    ]
    return replace(sieve, near=(yield from ask_place("near", lines, places)))


def sieve_words(sieve: CourseSieve) -> Text | None:
    """What was asked for, in the words of the buttons; None where nothing was."""
    said = _said(sieve)
    return joined(*said) if said else None


def _said(sieve: CourseSieve) -> list[Text]:
    parts = [
        LEVEL_WORDS.get(sieve.level),
        PARTS[sieve.part] if sieve.part else None,
        _NEAR.label if sieve.near else None,
        _WOMEN.label if sieve.women else None,
        _CHILDCARE.label if sieve.childcare else None,
        _LANGUAGE.label if sieve.language else None,
    ]
    return [one for one in parts if one is not None]
