"""The columns of a table of services: how they are called, and how each value is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from bot.exchange.columns import Column, day, degrees, languages, plain_name, words, yes
from bot.exchange.draft import Value
from bot.exchange.mistakes import FieldError
from flows.hours import Calendar, HoursError
from flows.service_model import Answer, Bring, Cost, Duty, Kind, Papers, Theme, Visit, Whom
from flows.text import _

_E = TypeVar("_E", bound=StrEnum)
NOTHING = "-"
"""In a cell: there is nothing, also where something was before; an empty cell leaves it."""

ITALIAN: dict[type[StrEnum], dict[StrEnum, str]] = {
    Kind: {
        Kind.PUA: "pua",
        Kind.JOB_CENTRE: "centro per l'impiego",
        Kind.SCHOOL: "scuola",
        Kind.UNION: "sindacato",
        Kind.PATRONATO: "patronato",
        Kind.CAF: "caf",
        Kind.INSPECTORATE: "ispettorato",
        Kind.TRAFFICKING: "antitratta",
        Kind.POLICE: "questura",
        Kind.TOWN_HALL: "comune",
        Kind.CHARITY: "aiuti",
        Kind.HEALTH: "salute",
        Kind.STP: "stp",
        Kind.WOMEN: "donne",
        Kind.LEGAL: "legale",
        Kind.NGO: "associazione",
        Kind.CULTURE: "cultura",
        Kind.CONSULATE: "consolato",
        Kind.INSURANCE: "inps e inail",
        Kind.HELPLINE: "numero telefonico",
        Kind.OTHER: "altro",
    },
    Theme: {
        Theme.WORK: "lavoro",
        Theme.JOB: "cercare lavoro",
        Theme.PAPERS: "documenti",
        Theme.MONEY: "soldi",
        Theme.HEALTH: "salute",
        Theme.HOUSE: "casa",
        Theme.FAMILY: "famiglia",
        Theme.ITALIAN: "italiano",
        Theme.LEGAL: "legale",
        Theme.SAFETY: "protezione",
        Theme.MEET: "incontrarsi",
    },
    Visit: {
        Visit.WALK_IN: "libero",
        Visit.NEEDED: "su appuntamento",
        Visit.PHONE: "telefonare prima",
    },
    Cost: {Cost.FREE: "gratis", Cost.PAID: "a pagamento"},
    Papers: {
        Papers.NOT_ASKED: "non chiesto",
        Papers.NOT_NEEDED: "non necessario",
        Papers.NEEDED: "necessario",
    },
    Duty: {Duty.NONE: "nessuno", Duty.PUBLIC: "pubblico", Duty.HEALTH: "sanitario"},
    Answer: {Answer.YES: "sì", Answer.NO: "no"},
    Bring: {
        Bring.PASSPORT: "passaporto",
        Bring.PERMIT: "permesso",
        Bring.RECEIPT: "ricevuta",
        Bring.TAX_CODE: "codice fiscale",
        Bring.HEALTH_CARD: "tessera sanitaria",
        Bring.CONTRACT: "contratto",
        Bring.PAYSLIPS: "buste paga",
        Bring.LETTERS: "lettere",
        Bring.ISEE: "isee",
        Bring.PHOTOS: "foto",
        Bring.DIPLOMA: "diploma",
        Bring.CV: "cv",
    },
    Whom: {
        Whom.WOMEN: "donne",
        Whom.MINORS: "minori",
        Whom.FAMILIES: "famiglie",
        Whom.WORKERS: "lavoratori",
        Whom.ASYLUM: "richiedenti asilo",
    },
}
"""How each value may be written in Italian; in English it is as it is kept."""


def _names(kind: type[_E]) -> Mapping[str, _E]:
    known = {plain_name(one.value): one for one in kind if one.value}
    for one, name in ITALIAN[kind].items():
        known[plain_name(name)] = kind(one.value)
    return known


def _named(one: StrEnum, italian: str) -> str:
    """A value in both languages; once, where it is the same word."""
    return one.value if one.value == italian else f"{one.value} ({italian})"


def one_of(kind: type[_E]) -> Callable[[str], Value]:
    """One value, in English or Italian."""
    known = _names(kind)

    def read(value: str) -> Value:
        found = known.get(plain_name(value))
        if found is None:
            every = ", ".join(_named(one, ITALIAN[kind][one]) for one in kind if one.value)
            raise FieldError(_("There is no such value. There are: {values}.", values=every))
        return found

    return read


def many_of(kind: type[_E]) -> Callable[[str], Value]:
    """Several values, with commas."""
    read_one = one_of(kind)

    def read(value: str) -> Value:
        return tuple(str(read_one(one)) for one in re.split(r"[,;]", value) if one.strip())

    return read


def hours(value: str) -> Value:
    """The hours of a week."""
    return _read_hours(value, value, "")


def closed(value: str) -> Value:
    """Days on which it is closed."""
    return _read_hours(value, "", value)


def _read_hours(value: str, week: str, away: str) -> Value:
    try:
        Calendar.read(week, away)
    except HoursError as error:
        part = value[error.where :][:20]
        raise FieldError(_("From here on it cannot be read: {part}", part=part)) from None
    return words(value)


def or_nothing(read: Callable[[str], Value], nothing: Value) -> Callable[[str], Value]:
    """The same, where a stroke says that there is nothing."""

    def read_or(value: str) -> Value:
        return nothing if value.strip() == NOTHING else read(value)

    return read_or


def _column(field: str, english: str, italian: str, read: Any = words, nothing: Any = "") -> Column:
    return Column(field, (english, italian), or_nothing(read, nothing))


COLUMNS = (
    Column("ref", ("id", "codice"), words, needed=True),
    Column("name", ("name", "nome"), words, needed=True),
    Column("kind", ("kind", "tipo"), one_of(Kind), needed=True),
    _column("themes", "themes", "temi", many_of(Theme), ()),
    _column("organisation", "organisation", "organizzazione"),
    _column("town", "town", "comune"),
    _column("place", "address", "indirizzo"),
    _column("how", "how to get there", "come arrivare"),
    _column("latitude", "latitude", "latitudine", degrees, None),
    _column("longitude", "longitude", "longitudine", degrees, None),
    _column("step_free", "step free", "senza gradini", one_of(Answer), Answer.UNKNOWN),
    _column("phone", "phone", "telefono"),
    _column("call_free", "free call", "chiamata gratuita", one_of(Answer), Answer.UNKNOWN),
    _column("whatsapp", "whatsapp", "numero whatsapp"),
    _column("email", "email", "posta elettronica"),
    _column("website", "website", "sito"),
    _column("hours", "hours", "orari", hours),
    _column("closed", "closed", "chiusure", closed),
    _column("always", "day and night", "giorno e notte", yes, False),
    _column("visit", "appointment", "appuntamento", one_of(Visit), Visit.UNKNOWN),
    _column("first", "what happens first", "cosa succede prima"),
    _column("cost", "cost", "costo", one_of(Cost), Cost.UNKNOWN),
    _column("papers", "permit", "permesso", one_of(Papers), Papers.UNKNOWN),
    _column("bring", "bring", "portare", many_of(Bring), ()),
    _column("bring_words", "bring also", "portare anche"),
    _column("languages", "languages", "lingue", languages, ()),
    _column("mediators", "mediators", "mediatori"),
    _column("whom", "for whom", "per chi", many_of(Whom), ()),
    _column("women_staff", "a woman listens", "ascolta una donna", one_of(Answer), Answer.UNKNOWN),
    _column("anonymous", "no name needed", "anonimo", one_of(Answer), Answer.UNKNOWN),
    _column("duty", "duty to tell", "obbligo di denuncia", one_of(Duty), Duty.UNKNOWN),
    _column("children", "children", "bambini", one_of(Answer), Answer.UNKNOWN),
    _column("line", "number", "numero"),
    _column("source", "source", "fonte"),
    _column("checked", "checked", "controllato", day, None),
    _column("review", "check again", "ricontrollare", day, None),
    _column("shown", "shown to people", "visibile", yes, True),
    _column("notes", "notes", "note"),
)
"""Of a column that is not there, or of an empty cell, a service stays as it is."""
