"""What may follow what in a case: stages, steps of the plan, and a bed before the boss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.case_model import ActionState, Bed, EndReason, Service, Stage
from flows.text import Text, _

IDENTIFIED = (Stage.IDENTIFIED_YES, Stage.IDENTIFIED_NO, Stage.IDENTIFIED_POTENTIAL)
IN_CHARGE = (Stage.TAKEN_IN_CHARGE, Stage.PROJECT_ACTIVE, Stage.SUSPENDED)
"""The stages of a case that somebody follows."""

_FORMAL = Stage.REFERRED_FORMAL
NEXT: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.CONTACT: (Stage.SHEET_OPEN,),
    Stage.SHEET_OPEN: IDENTIFIED,
    Stage.IDENTIFIED_YES: (Stage.IDENTIFIED_POTENTIAL, Stage.IDENTIFIED_NO, _FORMAL, IN_CHARGE[0]),
    Stage.IDENTIFIED_POTENTIAL: (Stage.IDENTIFIED_YES, Stage.IDENTIFIED_NO, _FORMAL, IN_CHARGE[0]),
    Stage.IDENTIFIED_NO: (Stage.IDENTIFIED_YES, Stage.IDENTIFIED_POTENTIAL, IN_CHARGE[0]),
    Stage.REFERRED_FORMAL: (*IDENTIFIED, Stage.TAKEN_IN_CHARGE),
    Stage.TAKEN_IN_CHARGE: (Stage.PROJECT_ACTIVE, Stage.SUSPENDED, Stage.CONCLUDED),
    Stage.PROJECT_ACTIVE: (Stage.SUSPENDED, Stage.CONCLUDED),
    Stage.SUSPENDED: (Stage.PROJECT_ACTIVE, Stage.TAKEN_IN_CHARGE, Stage.CONCLUDED),
    Stage.CONCLUDED: (Stage.TAKEN_IN_CHARGE,),
}
"""Which stages may follow which. Help is not tied to an identification: who was identified as no
victim is taken in charge as well; and what was concluded is opened again by taking it in charge."""

NEEDS_OUTCOME = (EndReason.GOAL_REACHED, EndReason.PARTLY_REACHED)
"""Who says that a goal was reached says what came of it: it is counted."""

TO_EMPLOYER = (Service.COMPANIES,)
"""Services that always go to the employer; of the others the operator says so."""

FORWARD = (
    ActionState.PLANNED,
    ActionState.OFFERED,
    ActionState.ACCEPTED,
    ActionState.DELIVERED,
)
"""States that bring a step further; the others end it, which is always possible."""

OPEN = (ActionState.PLANNED, ActionState.OFFERED, ActionState.ACCEPTED)
"""States of a step to which the person can still say something."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at.

    `kept`: the person agreed that a file is kept. `shared`: they agreed that an organisation sees
    it. `planned`: the plan has a step. `outcome`: what came of it is recorded.
    """

    kept: bool = False
    shared: bool = False
    planned: bool = False
    outcome: bool = False
    reason: EndReason | None = None
    housing_tied: bool = False
    bed: Bed = Bed.NONE
    employer_agreed: bool = False


def may_move(stage: Stage, to: Stage, facts: Facts) -> Text | None:
    """Why a case may not go from one stage to another; None where it may."""
    if to not in NEXT[stage]:
        return _("This step does not follow from where the case stands.")
    if to is Stage.REFERRED_FORMAL and not facts.shared:
        return _("First record that the person agrees, and to which organisation.")
    if to is Stage.TAKEN_IN_CHARGE and not facts.kept:
        return _("First record that the person agrees that a file is kept.")
    if to is Stage.PROJECT_ACTIVE and not facts.planned:
        return _("First put a step into the plan.")
    if to is Stage.CONCLUDED:
        return _may_conclude(facts)
    return None


def _may_conclude(facts: Facts) -> Text | None:
    if facts.reason is None:
        return _("Say why the case ends.")
    if facts.reason in NEEDS_OUTCOME and not facts.outcome:
        return _("First record what came of it: an outcome.")
    return None


def reaches_employer(service: Service, to_employer: bool) -> bool:
    """Whether a step goes toward the present employer."""
    return to_employer or service in TO_EMPLOYER


def may_step(service: Service, to_employer: bool, state: ActionState, facts: Facts) -> Text | None:
    """Why a step of the plan may not be put into a state; None where it may.

    A bed before the boss: as long as the person sleeps where the employer decides, nothing goes
    toward the employer until another bed is found or the person wants it all the same.
    """
    if state not in FORWARD or not reaches_employer(service, to_employer):
        return None
    if facts.housing_tied and facts.bed is Bed.NONE:
        return _(
            "🛏️ The bed depends on this job. First find another bed, or record that the person "
            "wants to go on all the same."
        )
    if not facts.employer_agreed:
        return _("First record that the person agrees that somebody speaks with the employer.")
    return None
