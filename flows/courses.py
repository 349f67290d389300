"""Courses: find one in few taps, by what it is about, when it is and how far."""

from __future__ import annotations

from flows.calendar_effects import AskForCourses, FindCourses, FindShelves
from flows.calendar_model import CourseKind, CourseLine, CourseSieve, Shelf
from flows.course_page import course_page
from flows.course_search import ask_near, can_narrow, narrower, sieve_words
from flows.course_words import CARDS, KEYCAPS, KINDS, course_rows, moment_label
from flows.engine import Ended
from flows.opening import Opening
from flows.steps import Flow, Line, Option, Style, Weight, choose, choose_many, perform, say
from flows.text import Text, _

FEW = len(KEYCAPS)
"""So many courses are shown at once; where there are more, the kind is asked first."""
MOST = 8
"""So many are looked up, and one: what was found is kept, and a conversation stays small."""
_ALL = CourseSieve()
_NEAR = Option("near", _("📍 Near me"))
_BOOK = Option("appointment", _("📅 Book an appointment"))
_MINE = Option("my_calendar", _("🗓️ My calendar"))
_TALK = Option("talk", _("🤝 Talk to someone"))
_DOORS = (_BOOK, _MINE)
_MORE = Option("more", _("➕ More"))
_NARROW = Option("narrow", _("🔎 Find the right one"))
_WIDER = Option("wider", _("📚 See all courses"))
_TELL = Option("tell", _("🔔 Tell me of new courses"))
_UNTELL = Option("tell", _("🔕 Tell me no more of new courses"))


def courses(opening: Opening) -> Flow[Ended]:
    """Begin with all courses, or where `at` says: a kind of course, or the id of one."""
    if opening.at and opening.at not in list(CourseKind):
        return (yield from course_page(opening, opening.at))
    shelves = yield from perform("shelves", FindShelves())
    if opening.at:
        return (yield from _search(opening, shelves, CourseSieve(CourseKind(opening.at))))
    if sum(shelf.courses for shelf in shelves) <= FEW:
        return (yield from _search(opening, shelves, _ALL))
    kinds = [Option(one.kind, KINDS[one.kind]) for one in shelves if one.courses]
    lines = [*_heading(_ALL), _("What do you want to learn?")]
    chosen = yield from choose("kind", lines, [*kinds, _NEAR, *_DOORS])
    if chosen in _DOORS:
        return Ended(chosen.id, then=chosen.id, comes_back=True)
    if chosen is _NEAR:
        sieve = yield from ask_near(_ALL)
    else:
        sieve = CourseSieve(CourseKind(chosen.id))
    return (yield from _search(opening, shelves, sieve))


def _search(opening: Opening, shelves: tuple[Shelf, ...], sieve: CourseSieve) -> Flow[Ended]:
    """Show what there is, closer and closer, until a course is chosen; one alone is chosen."""
    while True:
        found = yield from perform("courses", FindCourses(sieve, MOST + 1))
        if not found:
            return (yield from _nothing(opening, shelves, sieve))
        if len(found) == 1 and sieve.kind is not None:
            return (yield from course_page(opening, found[0].id))
        chosen = yield from _list(opening, found, shelves, sieve)
        if chosen in (_TELL, _UNTELL):
            return (yield from _tell(shelves, sieve.kind))
        if chosen in _DOORS:
            return Ended(chosen.id, then=chosen.id, comes_back=True)
        if chosen is not _NARROW:
            return (yield from course_page(opening, chosen.id))
        sieve = yield from narrower(opening, sieve)


def _list(
    opening: Opening,
    found: tuple[CourseLine, ...],
    shelves: tuple[Shelf, ...],
    sieve: CourseSieve,
) -> Flow[Option]:
    """A few courses a page, each with a number that its button has too."""
    page, narrows = 0, sieve != _ALL and len(found) > 1 and can_narrow(opening, sieve)
    while True:
        first = page * FEW
        shown = list(zip(KEYCAPS, found[first : min(first + FEW, MOST)], strict=False))
        goes_on = first + FEW < min(len(found), MOST)
        lines = [*_heading(sieve), *(row for cap, one in shown for row in course_rows(cap, one))]
        if len(found) > MOST and narrows and not goes_on:
            lines.append(Line(_("There are more. Say what you need: 🔎"), Style.NOTE))
        options = [
            *(Option(one.id, moment_label(cap, one.starts)) for cap, one in shown),
            *([_MORE] if goes_on else []),
            *([_NARROW] if narrows else []),
            *([] if goes_on else [_bell(shelves, sieve.kind)]),
            *(_DOORS if sieve == _ALL else []),
        ]
        chosen = yield from choose("course", lines, options)
        if chosen is not _MORE:
            return chosen
        page += 1


def _heading(sieve: CourseSieve) -> list[Text | Line]:
    """What is shown, and what was asked for."""
    words = sieve_words(sieve)
    every = _("📚 Courses and appointments") if sieve == _ALL else _("📚 Courses")
    return [
        Line(KINDS[sieve.kind] if sieve.kind else every, Style.TITLE),
        *([Line(words, Style.NOTE)] if words else []),
    ]


def _bell(shelves: tuple[Shelf, ...], kind: CourseKind | None) -> Option:
    return _UNTELL if kind in _asked(shelves) else _TELL


def _asked(shelves: tuple[Shelf, ...]) -> list[CourseKind]:
    return [shelf.kind for shelf in shelves if shelf.asked]


def _nothing(opening: Opening, shelves: tuple[Shelf, ...], sieve: CourseSieve) -> Flow[Ended]:
    """No course: be told of the next, see the others, read about it, or talk to somebody."""
    card = opening.library.find_card(CARDS.get(sieve.kind, "")) if sieve.kind else None
    bell = _bell(shelves, sieve.kind)
    next_one = (
        _("I can tell you of the next one.") if bell == _TELL else _("I tell you of the next one.")
    )
    lines = [*_heading(sieve), _("There is no such course now."), next_one]
    options = [
        bell,
        *([_WIDER] if any(shelf.courses for shelf in shelves) else []),
        *([Option("orientation", _("📖 Read about it"))] if card else []),
        _TALK,
        *(_DOORS if sieve == _ALL else []),
    ]
    chosen = yield from choose("nothing", lines, options)
    if chosen is bell:
        return (yield from _tell(shelves, sieve.kind))
    if chosen is _WIDER:
        return Ended("wider", then="courses")
    at = "" if card is None or chosen in _DOORS else card.id
    return Ended(chosen.id, then=chosen.id, at=at, comes_back=True)


def _tell(shelves: tuple[Shelf, ...], kind: CourseKind | None = None) -> Flow[Ended]:
    """Be told of new courses: of this kind at once, otherwise of those that are marked."""
    before = set(_asked(shelves))
    if kind is None:
        wanted = yield from _kinds_to_tell(before)
    else:
        wanted = before ^ {kind}
    for one in CourseKind:
        if (one in before) != (one in wanted):
            yield from perform(f"tell {one}", AskForCourses(one, one in wanted))
    tells = kind in wanted if kind else bool(wanted)
    told = _("🔔 I write to you when there is a new course.")
    silent = _("🔕 I do not write to you about new courses.")
    yield from say(Line(told if tells else silent, Style.NOTE))
    return Ended("told", then="courses", at=kind or "")


def _kinds_to_tell(before: set[CourseKind]) -> Flow[set[CourseKind]]:
    lines: list[Text | Line] = [
        Line(_("🔔 New courses"), Style.TITLE),
        _("What do you want to hear of? Tap one or more."),
    ]
    options = [Option(one, label, Weight.PLAIN) for one, label in KINDS.items()]
    marked = yield from choose_many("tell", lines, options, marked=[*before])
    return {CourseKind(one.id) for one in marked}
