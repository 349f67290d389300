"""What is counted from contact sheets, cases and plans: R2 to R8."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, select

from flows.case_model import ActionState, EndReason, Outcome, Purpose, Service, Stage
from storage.case_schema import case_choice, case_file, case_outcome, plan_action
from storage.case_schema import contact as contacts
from storage.figures.model import FEWEST, Breakdown, Figure, Period, Row, fold
from storage.figures.words import DEFINITIONS
from storage.schema import office

PATHS = (Service.MATCHING.value, Service.TRAINEESHIP.value)
ACTIVE = (ActionState.ACCEPTED.value, ActionState.DELIVERED.value)
REACHED = {
    EndReason.GOAL_REACHED.value: "goal reached",
    EndReason.PARTLY_REACHED.value: "partly reached",
}


@dataclass(frozen=True, slots=True)
class Met:
    """What the figures are counted from: rows of one territory, by contact."""

    period: Period
    everybody: Mapping[int, Any]
    sheets: tuple[Any, ...]
    cases: Mapping[int, Any]
    outcomes: Mapping[int, set[str]]
    actions: tuple[Any, ...]
    offices: Mapping[str, str]

    @classmethod
    def found(
        cls, connection: Connection, territory: str, period: Period, *, real_only: bool
    ) -> Met:
        """Look at everything once."""
        here = (contacts.c.territory == territory) & ~_said_no()
        if real_only:
            here &= ~contacts.c.sample
        columns = (
            contacts.c.id,
            contacts.c.person_id,
            contacts.c.opened,
            contacts.c.stage,
            contacts.c.irregular,
            contacts.c.sector,
            contacts.c.language,
            contacts.c.gender,
        )
        everybody = {row.id: row for row in connection.execute(select(*columns).where(here))}
        cases = select(
            case_file.c.contact_id, case_file.c.taken, case_file.c.concluded, case_file.c.reason
        ).join(contacts, contacts.c.id == case_file.c.contact_id)
        came = select(case_outcome.c.contact_id, case_outcome.c.code).join(
            contacts, contacts.c.id == case_outcome.c.contact_id
        )
        steps = select(
            plan_action.c.contact_id,
            plan_action.c.service,
            plan_action.c.state,
            plan_action.c.created,
            plan_action.c.done,
            plan_action.c.minutes,
            plan_action.c.language,
            plan_action.c.provider,
        ).join(contacts, contacts.c.id == plan_action.c.contact_id)
        names = select(office.c.key, office.c.name)
        outcomes: dict[int, set[str]] = defaultdict(set)
        for id_, code in connection.execute(came.where(here, case_outcome.c.day <= period.last)):
            outcomes[id_].add(code)
        return cls(
            period,
            everybody,
            tuple(
                row
                for row in everybody.values()
                if row.stage != Stage.CONTACT.value and period.holds(row.opened)
            ),
            {row.contact_id: row for row in connection.execute(cases.where(here))},
            outcomes,
            tuple(connection.execute(steps.where(here))),
            {row.key: row.name for row in connection.execute(names)},
        )

    def have(self, ids: Iterable[int], code: Outcome) -> int:
        """How many of these have an outcome by the end of the period."""
        return sum(code.value in self.outcomes.get(id_, ()) for id_ in ids)


def _said_no() -> ColumnElement[bool]:
    """Whether somebody was asked whether they are counted, and does not agree today."""
    asked = exists().where(
        case_choice.c.contact_id == contacts.c.id,
        case_choice.c.purpose == Purpose.STATISTICS.value,
    )
    return asked & ~asked.where(case_choice.c.given, case_choice.c.revoked.is_(None))


def count(met: Met) -> dict[str, Figure]:
    """R2 to R8."""
    return {
        "R2": Figure(DEFINITIONS["R2"], len(met.sheets), breakdowns=_by_kind(met.sheets)),
        "R3": _irregular(met),
        "R4": _training(met),
        "R5": _contracts(met),
        "R6": _taken(met),
        "R7": _concluded(met),
        "R8": _services(met),
    }


def _irregular(met: Met) -> Figure:
    found = tuple(row for row in met.sheets if row.irregular)
    sectors = fold("by sector", Counter(row.sector or "not said" for row in found))
    return Figure(
        DEFINITIONS["R3"], len(found), len(found), len(met.sheets), tuple(filter(None, [sectors]))
    )


def _training(met: Met) -> Figure:
    found = [row.id for row in met.sheets if row.irregular]
    part = met.have(found, Outcome.TRAINING_STARTED)
    return Figure(DEFINITIONS["R4"], part, part, len(found))


def _contracts(met: Met) -> Figure:
    paths = {
        step.contact_id
        for step in met.actions
        if step.service in PATHS and step.state in ACTIVE and met.period.holds(step.created)
    }
    part = met.have(paths, Outcome.REGULAR_CONTRACT)
    return Figure(DEFINITIONS["R5"], part, part, len(paths))


def _charged(met: Met) -> dict[int, Any]:
    """The cases taken in charge in the period; those opened by mistake are none."""
    return {
        id_: row
        for id_, row in met.cases.items()
        if met.period.holds(row.taken) and row.reason != EndReason.MISTAKE.value
    }


def _taken(met: Met) -> Figure:
    charged = _charged(met)
    part = sum(row.id in charged for row in met.sheets)
    return Figure(DEFINITIONS["R6"], len(charged), part, len(met.sheets))


def _concluded(met: Met) -> Figure:
    ended = [row for row in met.cases.values() if met.period.holds(row.concluded)]
    count = sum(row.reason in REACHED for row in ended)
    charged = _charged(met)
    part = sum(
        row.reason in REACHED and met.period.holds(row.concluded) for row in charged.values()
    )
    reached = fold(
        "by how far", Counter(REACHED[row.reason] for row in ended if row.reason in REACHED)
    )
    others = len(ended) - count
    rows = (Row("ended for another reason, not counted", others),) if others >= FEWEST else ()
    shown = (reached, Breakdown("beside these", rows))
    found = tuple(one for one in shown if one is not None and one.rows)
    return Figure(DEFINITIONS["R7"], count, part, len(charged), found)


def _services(met: Met) -> Figure:
    given = [
        one
        for one in met.actions
        if one.state == ActionState.DELIVERED.value and met.period.holds(one.done)
    ]
    if not given:
        return Figure(DEFINITIONS["R8"], 0)
    by: tuple[tuple[str, Callable[[Any], str]], ...] = (
        ("by service", lambda one: str(one.service)),
        ("by language", lambda one: str(one.language) or "not said"),
        ("by organisation", lambda one: met.offices.get(one.provider, "not said")),
    )
    minutes = sum(one.minutes or 0 for one in given)
    shown = [Breakdown("together", (Row("", len(given), minutes),))]
    shown += [one for title, name in by if (one := _sums(title, given, name)) is not None]
    return Figure(DEFINITIONS["R8"], len(given), breakdowns=tuple(shown))


def _sums(title: str, given: Iterable[Any], name: Callable[[Any], str]) -> Breakdown | None:
    counts: Counter[str] = Counter()
    minutes: Counter[str] = Counter()
    for one in given:
        counts[name(one)] += 1
        minutes[name(one)] += one.minutes or 0
    return fold(title, counts, minutes)


def _by_kind(rows: Iterable[Any]) -> tuple[Breakdown, ...]:
    found = list(rows)
    by = ("sector", "language", "gender")
    shown = [
        fold(f"by {name}", Counter(getattr(row, name) or "not said" for row in found))
        for name in by
    ]
    return tuple(one for one in shown if one is not None)
