"""How urgent a report is: from what the check found up, by what is told, and never down.

It says how soon a person looks, never who is right. Danger is only what the person calls danger,
here or in the check.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from flows.effects import Json
from flows.report_choices import ReportKind
from flows.report_details import EVERY_DETAIL
from flows.report_model import Level

STRONG = frozenset(
    {
        ReportKind.PAPERS_KEPT,
        ReportKind.DEBT,
        ReportKind.THREATS,
        ReportKind.VIOLENCE,
        ReportKind.CONFINED,
        ReportKind.CHILD,
        ReportKind.CAPORALE,
    }
)
"""Signs that are enough by themselves for an urgent look."""

INDICES: dict[str, int] = {
    ReportKind.LOW_PAY: 1,
    ReportKind.LATE_PAY: 1,
    ReportKind.PAY_BACK: 1,
    ReportKind.LONG_HOURS: 2,
    ReportKind.NO_HOLIDAYS: 2,
    ReportKind.NO_SAFETY: 3,
    ReportKind.BAD_PLACE: 4,
}
"""The indices of art. 603-bis c.p. (pay, hours, safety, conditions): two of them are serious."""

DECEIT = frozenset({ReportKind.PAID_FOR_JOB})
"""With one index it is serious, as a lie about the job is in the check."""


def level_of(answers: Mapping[str, Json]) -> Level:
    """The level of a report; to tell more never lowers it."""
    if answers.get("danger") is True:
        return Level.DANGER
    return max(_checked(answers), _by_kinds(answers), _by_facts(answers))


def loses_bed(answers: Mapping[str, Json]) -> bool:
    """Whether job and bed can be lost on the same day."""
    bed = cast(Mapping[str, Json], answers.get("bed") or {})
    return bed.get("sleeps") == "yes" and bed.get("loses") == "yes"


def _checked(answers: Mapping[str, Json]) -> Level:
    triage = cast(Mapping[str, Json], answers.get("triage") or {})
    return Level(int(cast(int, triage.get("level") or 0)))


def _by_kinds(answers: Mapping[str, Json]) -> Level:
    kinds = {str(kind) for kind in cast(list[Json], answers.get("kinds") or [])}
    indices = {INDICES[kind] for kind in kinds if kind in INDICES}
    if kinds & STRONG or len(indices) >= 2 or (indices and kinds & DECEIT):
        return Level.SERIOUS
    return Level.IRREGULAR if kinds - {ReportKind.ELSE} else Level.INFORMATION


def _by_facts(answers: Mapping[str, Json]) -> Level:
    details = cast(Mapping[str, Json], answers.get("details") or {})
    strong = any(
        given in EVERY_DETAIL[one].strong for one, given in details.items() if one in EVERY_DETAIL
    )
    if loses_bed(answers) or answers.get("minors") == "yes" or strong:
        return Level.SERIOUS
    return Level.INFORMATION
