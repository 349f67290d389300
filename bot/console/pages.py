"""Turns templates into pages, with their words, in the look of the house."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from aiohttp import web
from babel.dates import format_date, format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from bot.console.sessions import IDLE
from bot.console.visit import Access, Visit
from bot.languages import ROME
from flows.text import Param, Text, _, verbatim

FOLDER = Path(__file__).parent
TEMPLATES = FOLDER / "templates"
STATIC = FOLDER / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the menu leads, for whom; `most`: those above have another way there."""

    path: str
    icon: str
    words: Text
    access: Access = Access.OPERATOR
    most: Access = Access.ADMINISTRATOR


PLACES = (
    Place("/talks", "talks", _("Conversations")),
    Place("/reports", "reports", _("Reports")),
    Place("/day", "day", _("The day")),
    Place("/cases", "cases", _("Cases")),
    Place("/courses", "courses", _("Courses")),
    Place("/cases/new", "add", _("New sheet"), Access.ANTENNA, Access.ANTENNA),
    Place("/services", "services", _("Services")),
    Place("/messages", "messages", _("Messages to many")),
    Place("/words", "words", _("Words")),
    Place("/offices", "offices", _("Offices"), Access.ADMINISTRATOR),
    Place("/desks", "desks", _("Desks"), Access.ADMINISTRATOR),
    Place("/operators", "operators", _("Operators"), Access.COORDINATOR),
    Place("/audit", "audit", _("What was done"), Access.ANTENNA),
    Place("/account", "account", _("My account"), Access.ANTENNA),
    Place("/help", "help", _("Who sees what"), Access.ANTENNA),
)
"""The menu; a place whose page does not exist is not shown."""

SORRY: dict[int, tuple[Text, Text]] = {
    400: (_("That did not work"), _("Nothing was changed. Go back and try again.")),
    403: (
        _("This is not open to you"),
        _("Nothing was changed. If you sent a form: open its page again and send it from there."),
    ),
    404: (_("There is nothing here"), _("The address may be old, or what was here is gone.")),
    410: (
        _("This link works no more"),
        _("A link works once, for a quarter of an hour. Ask whoever gave it to you for a new one."),
    ),
    413: (_("That was too much"), _("Nothing was changed. Send less at once.")),
    500: (
        _("Something went wrong here"),
        _("It is our fault, and it was noted. Go back and try again."),
    ),
    503: (
        _("Too many at once"),
        _("Nothing was changed. Wait some seconds, then try again."),
    ),
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of our own that pages use; its name changes with its content."""

    address: str
    integrity: str
    kind: str
    content: bytes


@lru_cache(maxsize=1)
def assets() -> dict[str, Asset]:
    """Every file of the folder `static`, by its plain name. They are read once and served so."""
    found = {}
    for path in sorted(STATIC.iterdir()):
        if path.suffix in KINDS:
            content = path.read_bytes()
            digest = hashlib.sha384(content).digest()
            mark = digest.hex()[:12]
            found[path.name] = Asset(
                f"/static/{path.stem}.{mark}{path.suffix}",
                f"sha384-{base64.b64encode(digest).decode()}",
                KINDS[path.suffix],
                content,
            )
    return found


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        {"_": _gettext, "ngettext": _ngettext, "pgettext": _pgettext, "asset": assets().__getitem__}
    )
    environment.filters.update(
        {
            "say": _say,
            "day": _day,
            "moment": _moment,
            "weekday": _weekday,
            "brief": _brief,
            "when": _when,
        }
    )
    return environment


def render(visit: Visit, template: str, **given: Any) -> str:
    """A page in the language of whoever reads it. What is given is escaped, all of it."""
    common = {
        "visit": visit,
        "words": visit.words,
        "operator": visit.visitor,
        "token": visit.token,
        "here": visit.room.ways.safe(visit.request.path_qs),
        "idle_seconds": int(IDLE.total_seconds()),
        "sheets": _of_kind(".css"),
        "scripts": _of_kind(".js"),
        "ways": _places(visit),
        "notices": visit.notices,
    }
    return _environment().get_template(template).render(common | given)


def sorry(visit: Visit, status: int) -> web.Response:
    """What is said when a page cannot be shown: nothing of the cause, only what to do."""
    title, about = SORRY.get(status, SORRY[400] if status < 500 else SORRY[500])
    return visit.page("error.html", status=status, title=title, about=about)


def _of_kind(ending: str) -> list[Asset]:
    """Our own first, then those of the reports' pages."""
    found = [name for name in assets() if name.endswith(ending)]
    return [
        assets()[name] for name in sorted(found, key=lambda name: (name[:8] != "console.", name))
    ]


def _places(visit: Visit) -> list[dict[str, Any]]:
    """Where the menu leads for this operator."""
    if visit.visitor is None:
        return []
    may = Access.of(visit.visitor)
    here = visit.request.path
    return [
        {
            "path": place.path,
            "icon": place.icon,
            "words": place.words,
            "here": here == place.path or here.startswith(f"{place.path}/"),
        }
        for place in PLACES
        if place.access <= may <= place.most and visit.room.ways.safe(place.path) == place.path
    ]


@pass_context
def _gettext(context: Context, source: str, /, **params: Param) -> str:
    return _plain(context, Text(source, tuple(params.items())))


@pass_context
def _ngettext(context: Context, singular: str, plural: str, count: int, /, **params: Param) -> str:
    return _plain(
        context,
        Text(singular, (("count", count), *params.items()), plural=plural, count=count),
    )


@pass_context
def _pgettext(context: Context, about: str, source: str, /, **params: Param) -> str:
    return _plain(context, Text(source, tuple(params.items()), context=about))


@pass_context
def _say(context: Context, text: Text | str) -> str:
    """Words that the code chose, in the reader's language; plain words stay as they are."""
    return _plain(context, text if isinstance(text, Text) else verbatim(text))


@pass_context
def _day(context: Context, value: date) -> str:
    return _plain(context, Text("{day}", (("day", value),), literal=True))


@pass_context
def _when(context: Context, value: datetime) -> str:
    """Day and time to come, as people say them."""
    return _plain(context, Text("{moment}", (("moment", value),), literal=True))


@pass_context
def _weekday(context: Context, value: date) -> str:
    return format_date(value, "EEE", locale=_locale(context))


@pass_context
def _brief(context: Context, value: date) -> str:
    return format_date(value, "EEE d MMM", locale=_locale(context))


def _locale(context: Context) -> str:
    return "it" if context["words"].code == "it" else "en_GB"


@pass_context
def _moment(context: Context, value: datetime) -> str:
    # With the year and without the weekday: what was done is looked up long afterwards.
    return format_datetime(value.astimezone(ROME), "d MMM y, HH:mm:ss", locale=_locale(context))


def _plain(context: Context, text: Text) -> str:
    # A plain string on purpose: the template escapes it, words and parameters alike.
    words: str = context["words"].plain(text)
    return words
