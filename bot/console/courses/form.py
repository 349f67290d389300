"""The form of a course: what is typed, what is kept of it, and what is wrong with which field."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.console.courses import repeating
from bot.console.courses.fields import Fields, Typed
from bot.console.courses.repeating import Preview, preview_of, read_rule
from bot.console.stepping import OWN, STEPS, USUAL
from flows.calendar_model import LEVELS, CourseKind
from flows.position import PositionError, read_position, written_position
from flows.repetition import Repetition, RepetitionError
from flows.text import Text, _, verbatim
from storage.courses.model import Course, CourseForm
from storage.instants import ROME

MOST_SEATS = 500
LABELS: dict[str, Text] = {
    "kind": _("Kind"),
    "level": _("Level of Italian"),
    "title": _("Title"),
    "about": _("About it"),
    "first": _("First day"),
    "starts": _("At what time"),
    "minutes": _("How many minutes"),
    "every": _("How often"),
    "step": _("Every how many"),
    "ends": _("Until when"),
    "until": _("Last day"),
    "times": _("How many lessons"),
    "except": _("Not on these days"),
    "also": _("Also on these days"),
    "desk": _("Desk"),
    "phone": _("Phone"),
    "place": _("Address"),
    "how": _("How to get there"),
    "position": _("The place on the map"),
    "seats": _("Seats"),
    "offer_hours": _("For how many hours a free seat is offered"),
    "cost": _("What it costs, in euros"),
    "bring": _("What to bring"),
}
"""How a field is called, where what is wrong is said above the form."""
WRITTEN = ("title", "about", "place", "how", "bring", "except", "also")
"""The fields into which somebody writes words."""
TICKS = ("waits", "women_only", "childcare")
LANGUAGE = "language."
NO_TITLE = _("A course needs a title: people read it.")
NO_PHONE = _("This is no phone number: write it like 0362 123 456.")
NO_POSITION = _("This is no place on the map: write two numbers, like 45.6189, 9.2104.")
NO_EUROS = _("Write euros like 20 or 12,50.")
_PHONE = re.compile(r"\+?[\d ()/.-]{3,}")
_STEP = re.compile(r"[1-9]\d{0,2}[dh]")
_EUROS = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?")
NEW = Typed(
    minutes="120", seats="20", offer_hours="24", waits="1", step="1", cost="0", holidays="1"
)
"""How an empty form begins."""


@dataclass(frozen=True, slots=True)
class Given:
    """A form that was sent. Without `course` something in it is not right yet; `steps` are what
    people are reminded at, None as the desk does."""

    course: CourseForm | None
    preview: Preview | None
    wrong: dict[str, Text]


def steps_of(typed: Mapping[str, str]) -> str | None:
    """The reminder steps that are ticked in a form; None where the desk's are chosen."""
    if typed.get("steps", USUAL) != OWN:
        return None
    ticked = {name.removeprefix("steps.") for name, value in typed.items() if value == "1"}
    own = sorted(one for one in ticked if one not in STEPS and _STEP.fullmatch(one))
    return ",".join([*(step for step in STEPS if step in ticked), *own])


def step_choices(course: Course | None) -> dict[str, Text]:
    """The reminder steps that can be ticked: also those that an import has brought."""
    own = () if course is None else filter(None, (course.steps or "").split(","))
    return STEPS | {step: verbatim(step) for step in own if step not in STEPS}


def typed_of(course: Course) -> Typed:
    """The fields of a course as it is kept."""
    plain = ("title", "about", "desk", "phone", "place", "how", "bring", "level")
    typed = Typed({name: str(getattr(course, name)) for name in plain})
    typed |= {
        "kind": course.kind.value,
        "first": course.first.isoformat(),
        "starts": f"{course.starts:%H:%M}",
        "minutes": str(course.minutes),
        "seats": str(course.seats),
        "offer_hours": str(course.offer_hours),
        "cost": _euros(course.cost_cents),
        "position": written_position(course.latitude, course.longitude),
        "version": str(course.version),
        "steps": USUAL if course.steps is None else OWN,
    }
    typed |= {name: "1" if getattr(course, name) else "" for name in TICKS}
    typed |= {f"{LANGUAGE}{code}": "1" for code in course.languages}
    typed |= {f"steps.{step}": "1" for step in (course.steps or "").split(",") if step}
    try:
        typed |= repeating.typed_of(course.rule, course.first)
    except RepetitionError:  # brought by an older hand: the fields say it anew
        typed["every"] = ""
    return typed


def copy_of(course: Course) -> Typed:
    """A new course like one that is there: on other days."""
    typed = typed_of(course)
    typed |= dict.fromkeys(("first", "until", "also", "version", "except"), "")
    return typed


def _euros(cents: int) -> str:
    return str(cents // 100) if cents % 100 == 0 else f"{cents // 100},{cents % 100:02}"


def read_form(
    typed: Mapping[str, str],
    *,
    desks: Collection[str],
    languages: Collection[str],
    before: Course | None = None,
) -> Given:
    """Read a whole form: everything that is wrong is said at once. What no field asks for stays as
    it is in the course that is changed."""
    fields = Fields(typed)
    title = fields.line("title", 80, needed=NO_TITLE)
    first, starts = fields.day("first"), fields.clock("starts")
    minutes = fields.number("minutes", 15, 720)
    rule = read_rule(fields, first)
    preview = _preview(fields, rule, first) if rule is not None and first is not None else None
    more = {**_place(fields, desks), **_people(fields)}
    if fields.wrong or first is None or starts is None or rule is None:
        return Given(None, preview, fields.wrong)
    course = CourseForm(
        title=title,
        about=fields.words("about", 1_000),
        bring=fields.line("bring", 200),
        first=first,
        starts=starts,
        minutes=minutes,
        rule=str(rule),
        languages=_languages(fields, languages, before),
        zone=ROME if before is None else before.zone,
        steps=steps_of(typed),
        **_kind(fields),
        **more,
    )
    return Given(None if fields.wrong else course, preview, fields.wrong)


def _languages(fields: Fields, known: Collection[str], before: Course | None) -> tuple[str, ...]:
    others = () if before is None else (one for one in before.languages if one not in known)
    return (*(code for code in known if fields.tick(f"{LANGUAGE}{code}")), *others)


def _preview(fields: Fields, rule: Repetition, first: date) -> Preview | None:
    found = preview_of(rule, first)
    if isinstance(found, Text):
        fields.refuse("every", found)
        return None
    return found


def _kind(fields: Fields) -> dict[str, Any]:
    kind = CourseKind(fields.one("kind", [one.value for one in CourseKind]) or CourseKind.OTHER)
    level = fields.one("level", LEVELS)
    return {"kind": kind, "level": level if kind is CourseKind.ITALIAN else ""}


def _place(fields: Fields, desks: Collection[str]) -> dict[str, Any]:
    phone = fields.line("phone", 40)
    if phone and not _PHONE.fullmatch(phone):
        fields.refuse("phone", NO_PHONE)
    try:
        latitude, longitude = read_position(fields.line("position", 400)) or (None, None)
    except PositionError:
        fields.refuse("position", NO_POSITION)
        latitude = longitude = None
    return {
        "desk": fields.one("desk", ["", *desks]),
        "place": fields.line("place", 200),
        "how": fields.words("how", 300),
        "phone": phone,
        "latitude": latitude,
        "longitude": longitude,
    }


def _people(fields: Fields) -> dict[str, Any]:
    euros = _EUROS.fullmatch(fields.line("cost", 10) or "0")
    if euros is None:
        fields.refuse("cost", NO_EUROS)
    cents = 0 if euros is None else int(euros[1]) * 100 + int((euros[2] or "").ljust(2, "0"))
    return {
        "seats": fields.number("seats", 1, MOST_SEATS),
        "offer_hours": fields.number("offer_hours", 1, 168),
        "cost_cents": cents,
        **{name: fields.tick(name) for name in TICKS},
    }
