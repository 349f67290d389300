"""The words of the directory of services, as small things that never change.

Every value is kept in the database for months: none is ever used for another meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

Point = tuple[float, float]


class Kind(StrEnum):
    """What a service is (content, F2)."""

    PUA = "pua"
    JOB_CENTRE = "job_centre"
    SCHOOL = "school"
    UNION = "union"
    PATRONATO = "patronato"
    CAF = "caf"
    INSPECTORATE = "inspectorate"
    TRAFFICKING = "trafficking"
    POLICE = "police"
    TOWN_HALL = "town_hall"
    CHARITY = "charity"
    HEALTH = "health"
    STP = "stp"
    WOMEN = "women"
    LEGAL = "legal"
    NGO = "ngo"
    CULTURE = "culture"
    CONSULATE = "consulate"
    INSURANCE = "insurance"  # INPS, INAIL
    HELPLINE = "helpline"
    OTHER = "other"


class Theme(StrEnum):
    """What somebody needs, in the order in which it is offered; the last ones by cards only."""

    WORK = "work"
    JOB = "job"
    PAPERS = "papers"
    MONEY = "money"
    HEALTH = "health"
    HOUSE = "house"
    FAMILY = "family"
    ITALIAN = "italian"
    LEGAL = "legal"
    SAFETY = "safety"
    MEET = "meet"  # the network itself, and places to meet people


class Visit(StrEnum):
    """How one comes to be seen."""

    UNKNOWN = ""
    WALK_IN = "walk_in"
    NEEDED = "needed"  # an appointment
    PHONE = "phone"  # call first


class Cost(StrEnum):
    """Whether it costs anything."""

    UNKNOWN = ""
    FREE = "free"
    PAID = "paid"


class Papers(StrEnum):
    """Whether somebody asks for a residence permit."""

    UNKNOWN = ""
    NOT_ASKED = "not_asked"
    NOT_NEEDED = "not_needed"  # somebody may ask who you are
    NEEDED = "needed"


class Duty(StrEnum):
    """Whether who works there may have to tell a judge of some crimes."""

    UNKNOWN = ""
    NONE = "none"
    PUBLIC = "public"  # public officers, or of a public service
    HEALTH = "health"  # doctors do not tell of who has no permit


class Answer(StrEnum):
    """Yes, no, or nobody knows."""

    UNKNOWN = ""
    YES = "yes"
    NO = "no"


class Bring(StrEnum):
    """Papers that somebody may have to bring."""

    PASSPORT = "passport"
    PERMIT = "permit"
    RECEIPT = "receipt"
    TAX_CODE = "tax_code"
    HEALTH_CARD = "health_card"
    CONTRACT = "contract"
    PAYSLIPS = "payslips"
    LETTERS = "letters"
    ISEE = "isee"
    PHOTOS = "photos"
    DIPLOMA = "diploma"
    CV = "cv"


class Whom(StrEnum):
    """For whom a service is; nothing said is for all."""

    WOMEN = "women"
    MINORS = "minors"
    FAMILIES = "families"
    WORKERS = "workers"
    ASYLUM = "asylum"


class Open(StrEnum):
    """Whether somebody is there at a moment."""

    UNKNOWN = ""
    OPEN = "open"
    CLOSED = "closed"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class ServiceSieve:
    """What somebody looks for; `language` is a code."""

    theme: Theme
    language: str = ""
    women: bool = False
    open_now: bool = False


ServicePlace = tuple[str, int, Point | None]
"""An id, the number of its town (or `NO_TOWN`), and where it is, where a map knows it."""

ServiceTown = tuple[str, Point | None]
"""A town in which somebody can be met, and where it lies, where a map knows it."""

NO_TOWN = -1


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where services are, and the towns with services or desks; small, because it is kept."""

    towns: tuple[ServiceTown, ...]
    places: tuple[ServicePlace, ...]


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service in a list. `until` is when it closes today; `line` the number it is known by."""

    id: str
    kind: Kind
    name: str
    town: str
    opens: Open
    until: str
    speaks: bool
    line: str


@dataclass(frozen=True, slots=True)
class ServiceView:
    """All that somebody is told of a service; `local` is when it was looked up, on the wall."""

    id: str
    kind: Kind
    name: str
    organisation: str
    town: str
    place: str
    how: str
    point: Point | None
    step_free: Answer
    phone: str
    call_free: Answer
    whatsapp: str
    email: str
    website: str
    hours: str
    closed: str
    always: bool
    visit: Visit
    first: str
    cost: Cost
    papers: Papers
    bring: tuple[Bring, ...]
    bring_words: str
    languages: tuple[str, ...]
    mediators: str
    whom: tuple[Whom, ...]
    women_staff: Answer
    anonymous: Answer
    duty: Duty
    children: Answer
    line: str
    source: str
    checked: date | None
    local: datetime
