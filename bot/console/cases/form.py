"""The contact sheet as a form: what one asks first stands open, the rest is folded by parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.console.languages import Tongues
from flows.case_fields import BY_KEY, FIELDS, FIRST, GROUPS, LONGEST, Field, FieldKind
from flows.text import Text, _, verbatim
from storage.cases.model import Sheet

PREFIX = "f."
MANY = "1"
SPOKEN = "language"
"""The field that names a language: typed as people call it, kept by its code."""
WRITTEN = tuple(
    PREFIX + field.key for field in FIELDS if field.kind in (FieldKind.LINE, FieldKind.LONG)
)
"""The fields into which somebody writes words."""
EMPTY = Sheet({})


@dataclass(frozen=True, slots=True)
class Other:
    """What a colleague wrote into the same field at the same time."""

    who: str
    words: Text


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as the form shows it: `value` as it is typed, `chosen` the ids that are ticked."""

    field: Field
    name: str
    value: str
    chosen: frozenset[str]
    longest: int
    others: tuple[Other, ...] = ()

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.value or self.chosen)


@dataclass(frozen=True, slots=True)
class Part:
    """One folded part of the sheet."""

    key: str
    title: Text
    asked: tuple[Asked, ...]

    @property
    def filled(self) -> int:
        """How many of its fields say something."""
        return sum(one.is_filled for one in self.asked)

    @property
    def clashes(self) -> bool:
        """Whether two people wrote into one of its fields at the same time."""
        return any(one.others for one in self.asked)


@dataclass(frozen=True, slots=True)
class Form:
    """The whole sheet as it is typed: what is asked first, then the parts."""

    first: tuple[Asked, ...]
    parts: tuple[Part, ...]


def form_of(
    values: Mapping[str, Any],
    tongues: Tongues,
    *,
    sheet: Sheet = EMPTY,
    name: Callable[[int], str] = str,
) -> Form:
    """The form with these values in it, and beside them what of the sheet is still undecided."""

    def asked(field: Field) -> Asked:
        value = values.get(field.key)
        others = tuple(
            Other(name(one.operator_id), said(field, one.value, tongues))
            for one in sheet.clashes.get(field.key, ())
        )
        many = field.kind is FieldKind.MANY
        written = "" if many or value is None else str(value)
        return Asked(
            field,
            PREFIX + field.key,
            tongues.name(written) if field.key == SPOKEN else written,
            frozenset(value or ()) if many else frozenset(),
            LONGEST.get(field.kind, LONGEST[FieldKind.LINE]),
            others,
        )

    return Form(
        tuple(asked(BY_KEY[key]) for key in FIRST),
        tuple(
            Part(group.value, title, tuple(asked(field) for field in folded))
            for group, title in GROUPS.items()
            if (folded := [f for f in FIELDS if f.group is group and f.key not in FIRST])
        ),
    )


def read_form(form: Mapping[str, str], tongues: Tongues) -> dict[str, Any]:
    """What was typed, by the keys of the fields: those that this form shows."""
    return {field.key: _read(form, field, tongues) for field in FIELDS}


def _read(form: Mapping[str, str], field: Field, tongues: Tongues) -> Any:
    name = PREFIX + field.key
    if field.kind is FieldKind.MANY:
        return [one for one in field.choices if form.get(f"{name}.{one}") == MANY]
    written = form.get(name, "").strip()[: LONGEST.get(field.kind, LONGEST[FieldKind.LINE])]
    if field.kind is FieldKind.ONE:
        return written if written in field.choices else ""
    return tongues.code(written) if field.key == SPOKEN else written


def said(field: Field, value: Any, tongues: Tongues) -> Text:
    """What stands in a field, in words."""
    if not value:
        return _("nothing")
    if field.kind is FieldKind.MANY:
        return listed(field.choices[one] for one in value if one in field.choices)
    if field.kind is FieldKind.ONE:
        return field.choices.get(str(value), verbatim(str(value)))
    if field.kind is FieldKind.DAY:
        return on_day(str(value))
    return verbatim(tongues.name(str(value)) if field.key == SPOKEN else str(value))


def listed(words: Iterable[Text]) -> Text:
    """Several in one line."""
    found = list(words)
    if not found:
        return _("nothing")
    said = found[0]
    for one in found[1:]:
        said = Text("{before}, {one}", (("before", said), ("one", one)), literal=True)
    return said


def on_day(written: str) -> Text:
    """A day as it was typed into a sheet, in words where it is one."""
    try:
        return Text("{day}", (("day", date.fromisoformat(written)),), literal=True)
    except ValueError:
        return verbatim(written)


@dataclass(frozen=True, slots=True)
class Told:
    """A filled field of a part, to be read."""

    title: Text
    words: Text
    is_long: bool


def told(sheet: Sheet, tongues: Tongues) -> list[tuple[Text, list[Told]]]:
    """What the sheet says, part by part; parts that say nothing are left out."""
    found = []
    for group, title in GROUPS.items():
        lines = [
            Told(
                field.title,
                said(field, sheet.values[field.key], tongues),
                field.kind is FieldKind.LONG,
            )
            for field in FIELDS
            if field.group is group and field.key in sheet.values
        ]
        if lines:
            found.append((title, lines))
    return found
