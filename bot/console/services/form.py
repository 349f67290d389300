"""The form of a service: what is typed, and what is kept of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.console.courses.fields import Fields, Typed
from bot.console.services.labels import CHOICES, TICKS
from flows.position import PositionError, read_position, written_position
from flows.service_model import Answer, Bring, Cost, Duty, Kind, Papers, Theme, Visit, Whom
from flows.text import Text, _
from storage.services.editing import LONGEST
from storage.services.model import Service, ServiceForm

LINES = (
    *("name", "organisation", "town", "place", "phone", "whatsapp", "email", "website"),
    *("hours", "closed", "first", "bring_words", "mediators", "source"),
)
LONG = ("how", "notes")
WRITTEN = (*LINES, *LONG, "position")
"""The fields into which somebody writes words."""
LANGUAGE = "languages."
NO_NAME = _("A service needs a name: people read it.")
NO_POSITION = _("This is no place on the map: write two numbers, like 45.6189, 9.2104.")
FIELD_OF = {"latitude": "position", "longitude": "position", "checked": "review"}
"""The fields of the form that the storage calls otherwise."""
_KINDS: dict[str, Any] = {
    "visit": Visit,
    "cost": Cost,
    "papers": Papers,
    "duty": Duty,
    **dict.fromkeys(("step_free", "call_free", "women_staff", "anonymous", "children"), Answer),
}
_MANY: dict[str, Any] = {"themes": Theme, "bring": Bring, "whom": Whom}
NEW = Typed(kind=Kind.OTHER.value, shown="1", seen="1")
"""How an empty form begins."""


def typed_of(service: Service) -> Typed:
    """The fields of a service as it is kept."""
    typed = Typed({name: getattr(service, name) for name in (*LINES, *LONG)})
    typed |= {name: getattr(service, name).value for name in CHOICES}
    for name in TICKS:
        typed |= {f"{name}.{one}": "1" for one in getattr(service, name)}
    typed |= {f"{LANGUAGE}{code}": "1" for code in service.languages}
    typed |= {
        "position": written_position(service.latitude, service.longitude),
        "always": "1" if service.always else "",
        "shown": "1" if service.shown else "",
        "review": "" if service.last_day is None else service.last_day.isoformat(),
        "version": str(service.version),
    }
    return typed


def read_form(
    typed: Mapping[str, str],
    *,
    languages: Collection[str],
    today: date,
    before: Service | None = None,
) -> tuple[ServiceForm, dict[str, Text]]:
    """Read a whole form, and what is wrong in it; the rest of what is wrong the storage says.

    What no field asks for stays as it is in the service that is changed. Without a day until which
    it is good, what is ticked as seen today is good for as long as it may be.
    """
    fields = Fields(typed)
    values: dict[str, Any] = {name: fields.line(name, LONGEST[name]) for name in LINES}
    values |= {name: fields.words(name, LONGEST[name]) for name in LONG}
    values |= {name: _one(fields, name) for name in CHOICES}
    for name, known in TICKS.items():
        ticked = (one for one in known if fields.tick(f"{name}.{one}"))
        values[name] = tuple(_MANY[name](one) for one in ticked)
    if not values["name"]:
        fields.refuse("name", NO_NAME)
    values |= {
        "languages": _languages(fields, languages, before),
        "always": fields.tick("always"),
        "shown": fields.tick("shown"),
        **_position(fields),
    }
    form = ServiceForm(**values)
    if before is not None:
        form = replace(form, ref=before.ref, line=before.line, checked=before.checked)
    review = fields.day("review") if typed.get("review", "").strip() else None
    if fields.tick("seen"):
        is_new = before is None or review != before.last_day
        return replace(form, checked=today, review=review if is_new else None), fields.wrong
    return replace(form, review=review), fields.wrong


def _one(fields: Fields, name: str) -> Any:
    """One value; where another was sent, which is said, the last of the kinds stands for it."""
    chosen = fields.one(name, CHOICES[name])
    return Kind(chosen or Kind.OTHER) if name == "kind" else _KINDS[name](chosen)


def _languages(fields: Fields, known: Collection[str], before: Service | None) -> tuple[str, ...]:
    others = () if before is None else (one for one in before.languages if one not in known)
    return (*(code for code in known if fields.tick(f"{LANGUAGE}{code}")), *others)


def _position(fields: Fields) -> dict[str, float | None]:
    try:
        latitude, longitude = read_position(fields.line("position", 400)) or (None, None)
    except PositionError:
        fields.refuse("position", NO_POSITION)
        latitude = longitude = None
    return {"latitude": latitude, "longitude": longitude}
