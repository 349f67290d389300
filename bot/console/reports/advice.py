"""What an operator should think of before doing anything, said from what the report tells."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from flows.effects import Json
from flows.report_choices import ReportKind, Want
from flows.report_model import Level
from flows.text import Text, _


class Flag(StrEnum):
    """Something in a report that changes what may be done."""

    DANGER = "danger"
    BED = "bed"
    MINORS = "minors"
    DOCUMENTS = "documents"
    INSPECTION = "inspection"


@dataclass(frozen=True, slots=True)
class Advice:
    """A flag in words: what it is, and what to do and not to do."""

    flag: Flag
    title: Text
    lines: tuple[Text, ...]


ADVICE = (
    Advice(
        Flag.DANGER,
        _("Danger now"),
        (
            _("Read everything before you do anything. Do not go to the place alone."),
            _("Danger to life: call {number}. Say what you know, not who told you.", number="112"),
        ),
    ),
    Advice(
        Flag.BED,
        _("The bed is tied to the job"),
        (
            _("Do not contact the employer before another bed is found."),
            _("An inspection can cost the person the bed on the same day. Plan it with them."),
        ),
    ),
    Advice(
        Flag.MINORS,
        _("A minor may be working there"),
        (
            _(
                "Speak today with the colleague who follows minors. Children's line: {number}.",
                number="114",
            ),
            _("Do not ask the child anything yourself."),
        ),
    ),
    Advice(
        Flag.DOCUMENTS,
        _("Somebody keeps the documents"),
        (_("Do not advise to take them back alone. A lawyer or the union can ask for them."),),
    ),
    Advice(
        Flag.INSPECTION,
        _("The person asks for an inspection"),
        (
            _("Inspectors need a real name on the form, and the employer may guess who spoke."),
            _("Say both to the person and wait for a yes."),
        ),
    ),
)


def find_flags(answers: Mapping[str, Json], level: Level) -> frozenset[Flag]:
    """What in the answers changes what may be done; what was not said counts as no."""
    kinds = {str(kind) for kind in cast(list[Json], answers.get("kinds") or [])}
    wants = {str(want) for want in cast(list[Json], answers.get("wants") or [])}
    bed = cast(Mapping[str, Json], answers.get("bed") or {})
    found = {
        Flag.DANGER: level is Level.DANGER,
        Flag.BED: "yes" in bed.values() or ReportKind.TIED_BED in kinds,
        Flag.MINORS: answers.get("minors") == "yes" or ReportKind.CHILD in kinds,
        Flag.DOCUMENTS: ReportKind.PAPERS_KEPT in kinds,
        Flag.INSPECTION: Want.INSPECTORATE in wants,
    }
    return frozenset(flag for flag, is_there in found.items() if is_there)


def advise(flags: Collection[Flag]) -> tuple[Advice, ...]:
    """The advice for a report, the most urgent first."""
    return tuple(one for one in ADVICE if one.flag in flags)
