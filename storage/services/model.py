"""What the storage keeps of a service, as values nobody can change."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from flows.service_model import Answer, Bring, Cost, Duty, Kind, Papers, Point, Theme, Visit, Whom
from flows.service_words import KINDS_OF

LONGEST_LIFE = timedelta(days=90)
"""So long what somebody saw is shown to people; then it has to be seen again (content, F1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceForm:
    """A service as an operator typed it, or an import brings it; what nobody knows stays empty.

    `hours` and `closed` are as `flows.hours` reads them. `checked` is the day on which somebody saw
    that it is so, and after `review` people are not shown it any more.
    """

    ref: str = ""
    kind: Kind = Kind.OTHER
    themes: tuple[Theme, ...] = ()
    name: str
    organisation: str = ""
    town: str = ""
    place: str = ""
    how: str = ""
    latitude: float | None = None
    longitude: float | None = None
    step_free: Answer = Answer.UNKNOWN
    phone: str = ""
    call_free: Answer = Answer.UNKNOWN
    whatsapp: str = ""
    email: str = ""
    website: str = ""
    hours: str = ""
    closed: str = ""
    always: bool = False
    visit: Visit = Visit.UNKNOWN
    first: str = ""
    cost: Cost = Cost.UNKNOWN
    papers: Papers = Papers.UNKNOWN
    bring: tuple[Bring, ...] = ()
    bring_words: str = ""
    languages: tuple[str, ...] = ()
    mediators: str = ""
    whom: tuple[Whom, ...] = ()
    women_staff: Answer = Answer.UNKNOWN
    anonymous: Answer = Answer.UNKNOWN
    duty: Duty = Duty.UNKNOWN
    children: Answer = Answer.UNKNOWN
    line: str = ""
    source: str = ""
    checked: date | None = None
    review: date | None = None
    shown: bool = True
    notes: str = ""

    @property
    def point(self) -> Point | None:
        """Where it is on a map."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def helps_with(self) -> tuple[Theme, ...]:
        """The themes under which it is found."""
        return self.themes or tuple(one for one, kinds in KINDS_OF.items() if self.kind in kinds)

    @property
    def last_day(self) -> date | None:
        """The last day on which people are shown it; None where nobody has ever seen it."""
        if self.checked is None:
            return None
        longest = self.checked + LONGEST_LIFE
        return longest if self.review is None else min(self.review, longest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(ServiceForm):
    """A service as it is kept. `version` grows with every change of the form."""

    id: int
    checked_by: int | None
    version: int
    changed: datetime
    created_by: int
    sample: bool = False

    def is_due(self, today: date) -> bool:
        """Whether somebody has to look at it again before people see it."""
        return self.last_day is None or self.last_day < today

    def is_seen(self, today: date) -> bool:
        """Whether people see it today."""
        return self.shown and not self.is_due(today)


_LISTS: dict[str, Any] = {"themes": Theme, "bring": Bring, "whom": Whom, "languages": str}
_ENUMS: dict[str, Any] = {
    "kind": Kind,
    "visit": Visit,
    "cost": Cost,
    "papers": Papers,
    "duty": Duty,
    "step_free": Answer,
    "call_free": Answer,
    "women_staff": Answer,
    "anonymous": Answer,
    "children": Answer,
}
FIELDS = tuple(one.name for one in fields(ServiceForm))


def service_of(row: Row[Any]) -> Service:
    """A row of the table."""
    kept = dict(row._mapping)
    for name, kind in _LISTS.items():
        kept[name] = tuple(kind(one) for one in kept[name].split(",") if one)
    for name, kind in _ENUMS.items():
        kept[name] = kind(kept[name])
    for name in ("always", "shown", "sample"):
        kept[name] = bool(kept[name])
    return Service(**kept)


def values_of(form: ServiceForm) -> dict[str, Any]:
    """The columns of a form."""
    values = {name: getattr(form, name) for name in FIELDS}
    for name in _LISTS:
        values[name] = ",".join(values[name])
    for name in _ENUMS:
        values[name] = values[name].value
    return values


def form_of(service: Service) -> ServiceForm:
    """The form of a service that is kept."""
    return ServiceForm(**{name: getattr(service, name) for name in FIELDS})
