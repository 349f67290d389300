"""The colleagues a page names: who reads something, who could be given it, how they are called."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.console.visit import Visit
from bot.languages import ROME
from flows.text import Text, ngettext
from storage.audit import Action, find_doers
from storage.offices import all_offices
from storage.operators import Operator, Role, all_operators

UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Colleague:
    """An operator as a page names them."""

    id: int
    name: str
    office: str
    me: bool


@dataclass(frozen=True, slots=True)
class People:
    """Every operator, those who left too, and every office by its key."""

    operators: dict[int, Operator]
    offices: dict[str, str]
    me: int

    def name(self, operator_id: int | None) -> str:
        """How somebody is called."""
        found = self.operators.get(operator_id or 0)
        return UNKNOWN if found is None else found.name

    def readers(self, entitled: Collection[int]) -> list[Colleague]:
        """Those a report is sealed to and who are here."""
        return [self._colleague(one) for one in self._here() if one.id in entitled]

    def strangers(self, entitled: Collection[int], excluded: Collection[str]) -> list[Colleague]:
        """Those it could be sealed to: never of an office that the person left out."""
        return [
            self._colleague(one)
            for one in self._here()
            if one.id not in entitled and one.office not in excluded
        ]

    def of_office(self, office: str) -> list[Operator]:
        """Those of an office who are here and may carry its work."""
        return [
            one
            for one in self.operators.values()
            if one.active and one.office == office and one.role is not Role.ANTENNA
        ]

    def office_names(self, keys: Collection[str]) -> str:
        """Offices in words."""
        return ", ".join(sorted(self.offices.get(key, key) for key in keys))

    def _here(self) -> list[Operator]:
        return [one for one in self.operators.values() if one.active and one.ready]

    def _colleague(self, one: Operator) -> Colleague:
        return Colleague(one.id, one.name, self.offices.get(one.office, ""), one.id == self.me)


async def people(visit: Visit) -> People:
    """Look the colleagues up."""
    operators = await visit.room.read(lambda c: all_operators(c, removed=True))
    offices = await visit.room.read(all_offices)
    return People(
        {one.id: one for one in operators},
        {one.office.key: one.office.name for one in offices},
        visit.operator.id,
    )


@dataclass(frozen=True, slots=True)
class Opening:
    """That somebody opened something: how often, and when last."""

    words: Text
    at: datetime


async def openings(
    visit: Visit, action: Action, number: str, since: date, staff: People
) -> list[Opening]:
    """Who opened a report or a case since it came, as the audit has it."""
    began = datetime.combine(since, time(), ROME)
    found = await visit.room.read(lambda c: find_doers(c, action, number, began))
    return [
        Opening(
            ngettext(
                "{name}, {count} time, last",
                "{name}, {count} times, last",
                times,
                name=staff.name(who),
            ),
            at,
        )
        for who, times, at in found
    ]
