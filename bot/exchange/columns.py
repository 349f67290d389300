"""The columns of a table of courses: how they are called, and how each value is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from bot.exchange.draft import Value
from bot.exchange.mistakes import FieldError
from flows.calendar_model import LEVELS, CourseKind
from flows.text import _

MOST_LETTERS = 2000

_KINDS = {
    "italiano": CourseKind.ITALIAN,
    "sicurezza": CourseKind.SAFETY,
    "muletto": CourseKind.FORKLIFT,
    "formazione": CourseKind.TRAINING,
    "laboratorio": CourseKind.WORKSHOP,
    "giornata lavoro": CourseKind.JOB_DAY,
    "altro": CourseKind.OTHER,
    **{kind.value.replace("_", " "): kind for kind in CourseKind},
}
_YES, _NO = {"yes", "sì", "si", "x", "1", "true", "vero"}, {"", "no", "0", "false", "falso"}
_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})")
_COST = re.compile(r"(\d{1,6})(?:[.,](\d{1,2}))?\s*(?:€|euro)?")
_FREE = {"", "free", "gratis", "gratuito", "0"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it fills, its names in a header, and how it is read."""

    field: str
    names: tuple[str, ...]
    read: Callable[[str], Value]
    needed: bool = False

    @property
    def name(self) -> str:
        """How it is called in the tables we write."""
        return self.names[0]


def plain_name(name: str) -> str:
    """A name of a column without case, accents and signs between words."""
    flat = unicodedata.normalize("NFKD", name.strip().casefold())
    letters = "".join(sign for sign in flat if not unicodedata.combining(sign))
    return re.sub(r"[\s_\-'’]+", " ", letters).strip()


def words(value: str) -> str:
    """Words as they are, without signs that steer a terminal."""
    if len(value) > MOST_LETTERS:
        raise FieldError(_("This is longer than {count} letters.", count=MOST_LETTERS))
    return "".join(sign for sign in value if sign in "\n\t" or sign.isprintable()).strip()


def find_kind(value: str) -> CourseKind | None:
    """The kind of a name in English or Italian; None where there is none."""
    return _KINDS.get(plain_name(value))


def kind(value: str) -> CourseKind:
    """One of the kinds, in English or Italian."""
    found = find_kind(value)
    if found is None:
        every = ", ".join(sorted(one for one in _KINDS if _KINDS[one].value != one))
        raise FieldError(_("There is no such kind. There are: {kinds}.", kinds=every))
    return found


def level(value: str) -> str:
    """A level of Italian, or nothing."""
    found = value.strip().upper()
    if found not in LEVELS:
        every = ", ".join(one for one in LEVELS if one)
        raise FieldError(_("There is no such level. There are: {levels}.", levels=every))
    return found


def day(value: str) -> date:
    """A day as 2026-12-01 or 1/12/2026."""
    written = value.strip()
    found = _DAY.fullmatch(written)
    try:
        if found is not None:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(written)
    except ValueError:
        raise FieldError(_("This is no day. A day looks like 2026-12-01 or 1/12/2026.")) from None


def clock(value: str) -> time:
    """A time of day."""
    found = _TIME.fullmatch(value.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise FieldError(_("This is no time. A time looks like 18:30."))
    return time(int(found[1]), int(found[2]))


def minutes(value: str) -> int:
    """How long, in minutes or as hours and minutes."""
    found = _TIME.fullmatch(value.strip())
    return int(found[1]) * 60 + int(found[2]) if found else number(value)


def number(value: str) -> int:
    """A whole number."""
    written = value.strip()
    if not (written.isascii() and written.isdecimal() and len(written) < 6):
        raise FieldError(_("This is no whole number."))
    return int(written)


def cost(value: str) -> int:
    """What it costs, in cents; nothing is free."""
    written = value.strip().casefold()
    if written in _FREE:
        return 0
    found = _COST.fullmatch(written)
    if found is None:
        raise FieldError(_("This is no price. A price looks like 12,50; free is 0."))
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def yes(value: str) -> bool:
    """Yes or no."""
    written = value.strip().casefold()
    if written in _YES or written in _NO:
        return written in _YES
    raise FieldError(_("This is neither yes nor no."))


def degrees(value: str) -> float | None:
    """A latitude or a longitude; whether it lies on the Earth is asked of both together."""
    written = value.strip().replace(",", ".")
    if not written:
        return None
    try:
        found = float(written)
    except ValueError:
        found = 999.0
    if not abs(found) <= 180:
        raise FieldError(_("This is no place on the Earth. It looks like 45.6187."))
    return found


def languages(value: str) -> tuple[str, ...]:
    """Codes of languages, with commas."""
    found = [one for one in re.split(r"[,;\s]+", value.strip()) if one]
    if any(not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{4})?", one) for one in found):
        raise FieldError(_("These are no codes of languages. They look like: it, en, ar."))
    return tuple(found)


def steps(value: str) -> str | None:
    """When people are reminded; nothing is as the desk does it."""
    return value.replace(" ", "") or None


COLUMNS = (
    Column("ref", ("id", "codice"), words, needed=True),
    Column("title", ("title", "titolo"), words, needed=True),
    Column("kind", ("kind", "tipo"), kind, needed=True),
    Column("level", ("level", "livello"), level),
    Column("desk", ("desk", "sportello"), words),
    Column("first", ("first day", "prima data", "data"), day, needed=True),
    Column("starts", ("time", "ora"), clock, needed=True),
    Column("minutes", ("minutes", "durata"), minutes, needed=True),
    Column("rule", ("repeat", "ripetizione"), words),
    Column("seats", ("seats", "posti"), number, needed=True),
    Column("waits", ("waiting list", "lista d attesa"), yes),
    Column("offer_hours", ("offer hours", "ore per rispondere"), number),
    Column("women_only", ("women only", "solo donne"), yes),
    Column("childcare", ("childcare", "custodia bambini"), yes),
    Column("cost_cents", ("cost", "costo"), cost),
    Column("place", ("place", "luogo"), words),
    Column("how", ("how to get there", "come arrivare"), words),
    Column("latitude", ("latitude", "latitudine"), degrees),
    Column("longitude", ("longitude", "longitudine"), degrees),
    Column("phone", ("phone", "telefono"), words),
    Column("languages", ("languages", "lingue"), languages),
    Column("bring", ("what to bring", "cosa portare"), words),
    Column("steps", ("reminders", "promemoria"), steps),
    Column("about", ("about", "descrizione"), words),
)
"""Of a column that is not there, or of a cell with nothing in it, the course has the default."""
