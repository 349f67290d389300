"""What is counted from chats and conversations, and of the network: R1, R9, R12, R13, R15."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from storage.figures.cases import Met
from storage.figures.model import FEWEST, Breakdown, Figure, Period, Row, fold
from storage.figures.words import DEFINITIONS
from storage.handoff_schema import handoff
from storage.schema import desk, office, operator, person


def count(connection: Connection, met: Met, territory: str) -> dict[str, Figure]:
    """R1, R9, R12, R13 and R15."""
    period = met.period
    return {
        "R1": _contacts(connection, met, territory),
        "R12": _languages(connection, met, territory),
        "R9": _waits(connection, territory, period),
        "R13": _serious(connection, territory, period),
        "R15": _network(connection),
    }


def _contacts(connection: Connection, met: Met, territory: str) -> Figure:
    """R1: chats that began, and people met at the desk."""
    query = select(func.count()).select_from(_people()).where(_began(territory, met.period))
    chats = connection.execute(query).scalar_one()
    at_desk = sum(
        row.person_id is None and met.period.holds(row.opened) for row in met.everybody.values()
    )
    where = {"in the chat": chats, "at the desk, without a chat": at_desk}
    shown = fold("where", {name: count for name, count in where.items() if count})
    found = () if shown is None else (shown,)
    return Figure(DEFINITIONS["R1"], chats + at_desk, breakdowns=found)


def _languages(connection: Connection, met: Met, territory: str) -> Figure:
    """R12: in which languages people wrote, and sheets were opened."""
    query = select(person.c.language, func.count()).select_from(_people())
    query = query.where(_began(territory, met.period)).group_by(person.c.language)
    chats = Counter({code or "not said": count for code, count in connection.execute(query)})
    sheets = Counter(row.language or "not said" for row in met.sheets)
    shown = (fold("chats by language", chats), fold("sheets by language", sheets))
    spoken = {one for one in (*chats, *sheets) if one != "not said"}
    found = tuple(one for one in shown if one is not None)
    return Figure(DEFINITIONS["R12"], len(spoken), breakdowns=found)


def _people() -> Any:
    return person.outerjoin(desk, desk.c.key == person.c.desk)


def _began(territory: str, period: Period) -> ColumnElement[bool]:
    here = func.coalesce(desk.c.territory, "") == territory
    return here & person.c.since.between(period.first, period.last)


def _asked(territory: str, period: Period) -> ColumnElement[bool]:
    since, until = period.moments
    mine: ColumnElement[bool] = handoff.c.territory == territory
    return mine & (handoff.c.asked >= since) & (handoff.c.asked < until)


def _serious(connection: Connection, territory: str, period: Period) -> Figure:
    query = select(func.count(), func.count(handoff.c.answered)).where(
        _asked(territory, period), handoff.c.level >= 2
    )
    asked, answered = connection.execute(query).one()
    return Figure(DEFINITIONS["R13"], asked, answered, asked)


def _network(connection: Connection) -> Figure:
    query = select(operator.c.office, func.count()).where(operator.c.active)
    staff = connection.execute(query.group_by(operator.c.office)).all()
    names = select(office.c.key).where(office.c.active)
    known = set(connection.execute(names).scalars())
    active = [count for key, count in staff if key in known]
    rows = (Row("organisations", len(active)), Row("operators", sum(active)))
    return Figure(DEFINITIONS["R15"], len(active), breakdowns=(Breakdown("today", rows),))


def _waits(connection: Connection, territory: str, period: Period) -> Figure:
    query = select(handoff.c.asked, handoff.c.answered, handoff.c.level).where(
        _asked(territory, period), handoff.c.answered.is_not(None)
    )
    minutes: dict[str, list[float]] = defaultdict(list)
    for asked, answered, level in connection.execute(query):
        name = "level not said" if level is None else f"level {level}"
        minutes[name].append((answered - asked).total_seconds() / 60)
    if not minutes:
        return Figure(DEFINITIONS["R9"])
    every = [one for some in minutes.values() for one in some]
    rows = [Row("all levels", len(every), round(median(every)))]
    if all(len(some) >= FEWEST for some in minutes.values()):
        # One level that is left out could be found from the whole and the others.
        rows += [
            Row(name, len(minutes[name]), round(median(minutes[name]))) for name in sorted(minutes)
        ]
    shown = Breakdown("median until the first answer", tuple(rows))
    return Figure(DEFINITIONS["R9"], len(every), breakdowns=(shown,))
