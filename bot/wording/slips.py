"""Says what is wrong with words that somebody wants said, and at which sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.alike import has_pictogram, lost_names, numbers
from bot.catalogs import BUTTON_LENGTH, PLACEHOLDER, Kind, PluralRule, placeholders, style
from bot.hygiene import is_clean
from bot.wording.book import Entry
from flows.text import Text, _

LONGEST = 1_000
_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing to mend: in which form, at which sign (from 1; 0 where it is nowhere), and why."""

    form: int
    at: int
    why: Text


def find_slips(
    entry: Entry,
    forms: Sequence[str],
    rule: PluralRule,
    *,
    against: Sequence[str],
    italian: str = "",
    free: bool = False,
) -> list[Slip]:
    """Everything wrong with the words of one language.

    `against` is what the message says in the source now; `italian` what the Italian says, whose
    names in brackets stay. `free`: the words change the meaning, so their numbers may be others.
    """
    wanted = rule.forms if entry.is_plural else 1
    if len(forms) != wanted:
        return [Slip(0, 0, _("This needs {count} forms.", count=wanted))]
    found: list[Slip] = []
    for number, form in enumerate(forms):
        slips = list(_of_form(entry, form, _optional(entry, rule, number)))
        if not slips and not entry.is_plural and not free:
            slips = list(_beside(against[0], italian, form))
        found += [Slip(number, at, why) for at, why in slips]
    return found


def _optional(entry: Entry, rule: PluralRule, number: int) -> frozenset[str]:
    """A form that only ever means one number may say that number in words ("two days")."""
    one = entry.is_plural and len(rule.numbers(number)) == 1
    return frozenset({"count"} if one else ())


def _of_form(entry: Entry, form: str, optional: frozenset[str]) -> Iterator[tuple[int, Text]]:
    """What is wrong with one form by itself."""
    if not form.strip():
        yield 0, _("Something has to stand here.")
        return
    if len(form) > LONGEST:
        yield LONGEST, _("This is longer than {count} signs.", count=LONGEST)
        return
    yield from _placeholders(entry, form, optional)
    if not is_clean(form):
        yield _first_unclean(form), _("There is an invisible sign here: write it anew.")
    for kind, _words in style(form, entry.is_button, entry.sources[-1]):
        if kind is Kind.DIGITS:
            yield 0, _("Write numbers with the digits 0 to 9.")
        elif kind is Kind.LENGTH:
            yield BUTTON_LENGTH, _("This stands on a button, which holds 40 signs.")
        elif kind is Kind.MARKUP and not _BRACE.search(PLACEHOLDER.sub("", form)):
            yield 0, _("Signs of markup are shown as they are: leave them out.")
    if not has_pictogram(entry.sources[-1], form):
        yield 1, _("It begins with another picture than the original.")


def _placeholders(entry: Entry, form: str, optional: frozenset[str]) -> Iterator[tuple[int, Text]]:
    wanted, found = set(entry.placeholders), placeholders(form)
    for name in sorted(wanted - found - optional):
        yield 0, _("{name} is missing: it is filled in when somebody reads.", name=f"{{{name}}}")
    for match in PLACEHOLDER.finditer(form):
        if match[1] not in wanted:
            known = ", ".join(f"{{{name}}}" for name in sorted(wanted))
            yield match.start() + 1, _unknown(match[0], known)
    rest = PLACEHOLDER.sub(lambda match: " " * len(match[0]), form)
    for match in _BRACE.finditer(rest):
        yield match.start() + 1, _("A brace stands alone here.")


def _unknown(name: str, known: str) -> Text:
    if known:
        return _("{name} means nothing here; there is {known}.", name=name, known=known)
    return _("{name} means nothing here: nothing is filled in.", name=name)


def _beside(source: str, italian: str, form: str) -> Iterator[tuple[int, Text]]:
    """What is not as the source has it: a number, an Italian name."""
    wanted, found = numbers(source), numbers(form)
    for number in sorted(wanted - found):
        yield 0, _("The number {number} is missing.", number=number)
    for number in sorted(found - wanted):
        at = form.find(number)
        yield at + 1, _("The original has no number {number}.", number=number)
    for name in lost_names(source, italian, form):
        yield 0, _("“{name}” has to stay, in Italian: people read it on paper.", name=name)


def _first_unclean(form: str) -> int:
    return next((at for at, sign in enumerate(form, 1) if not is_clean(sign)), 0)
