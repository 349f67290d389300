"""Counts what is kept of one PUA in one period: sheets, cases, services, conversations, chats.

Definitions are those of content D7. A ratio follows a cohort: of those who came in the period, how
many got so far by its end.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select

from storage.case_schema import contact as contacts
from storage.figures import cases, talks
from storage.figures.cases import Met
from storage.figures.model import Figure, Figures, Period
from storage.figures.words import DEFINITIONS
from storage.handoff_schema import handoff
from storage.schema import desk


def territories(connection: Connection) -> list[str]:
    """Where something is counted, by name; the empty one is what has no territory."""
    found: set[str] = set()
    for column in (contacts.c.territory, handoff.c.territory, desk.c.territory):
        found.update(connection.execute(select(column).distinct()).scalars())
    return sorted(found)


def whole_period(connection: Connection, today: date) -> Period:
    """From the month in which the first sheet was opened to the present one."""
    first = connection.execute(select(func.min(contacts.c.opened))).scalar()
    return Period.of_months(first or today, today)


def has_sample(connection: Connection) -> bool:
    """Whether a made-up year is in the database."""
    query = select(contacts.c.id).where(contacts.c.sample).limit(1)
    return connection.execute(query).first() is not None


def count_figures(
    connection: Connection, territory: str, period: Period, *, real_only: bool = False
) -> Figures:
    """Count everything for one PUA and one period; what has no data yet has no count.

    A sample counts with what was tried beside it, and it is said; `real_only` leaves it out.
    """
    met = Met.found(connection, territory, period, real_only=real_only)
    counted = cases.count(met) | talks.count(connection, met, territory)
    figures = tuple(counted.get(code) or Figure(one) for code, one in DEFINITIONS.items())
    made_up = has_sample(connection) and not real_only
    return Figures(territory, period, made_up, figures)
