"""How the console calls where a case stands, what is due, and what was just done."""

from __future__ import annotations

from dataclasses import dataclass

from flows.case_model import Lane, Service, Stage
from flows.text import Text, _
from storage.cases.deleting import Reason

MILESTONES: tuple[tuple[Text, tuple[Stage, ...]], ...] = (
    (_("sheet"), (Stage.CONTACT, Stage.SHEET_OPEN)),
    (
        _("identified"),
        (
            Stage.IDENTIFIED_YES,
            Stage.IDENTIFIED_NO,
            Stage.IDENTIFIED_POTENTIAL,
            Stage.REFERRED_FORMAL,
        ),
    ),
    (_("taken in charge"), (Stage.TAKEN_IN_CHARGE,)),
    (_("project"), (Stage.PROJECT_ACTIVE, Stage.SUSPENDED)),
    (_("concluded"), (Stage.CONCLUDED,)),
)
"""The way of a case as it is drawn: the stages of one milestone stand side by side."""

DONE: dict[str, Text] = {
    "opened": _("The sheet is open."),
    "known": _("This person has a sheet already: here it is."),
    "sheet": _("The sheet is kept."),
    "clash": _(
        "Kept. A colleague changed the same fields at the same time: look at both versions below."
    ),
    "moved": _("It is written down where the case stands now."),
    "taken": _("The person is taken in charge."),
    "agreed": _("What was agreed is kept."),
    "concluded": _("The case is concluded. Steps that were open are dropped."),
    "step": _("The step is in the plan."),
    "changed": _("The step is changed."),
    "outcome": _("What came of it is kept."),
    "flag": _("The flag stands."),
    "flagend": _("The flag is ended."),
    "task": _("It is on the list."),
    "taskdone": _("Done."),
    "choice": _("The choice is recorded."),
    "revoked": _("The choice holds no more."),
    "bed": _("It is recorded."),
    "given": _("It is given."),
    "deleted": _("The sheet is deleted, with everything that hung on it."),
    "joined": _("The code was good: here is the story, you need not ask for it again."),
}

DELETE_REASONS: dict[Reason, Text] = {
    Reason.ASKED: _("the person asked for it"),
    Reason.MISTAKE: _("it was opened by mistake"),
    Reason.TWICE: _("the same person has another sheet"),
    Reason.OVER: _("it is no longer needed"),
}


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of the way: `past`, `here` or `ahead`."""

    words: Text
    state: str


def track(stage: Stage, name: Text) -> list[Milestone]:
    """The way of a case, and where on it the case stands, by the name of its very stage."""
    here = next(n for n, (_words, stages) in enumerate(MILESTONES) if stage in stages)
    return [
        Milestone(
            name if number == here else words,
            "past" if number < here else "here" if number == here else "ahead",
        )
        for number, (words, _stages) in enumerate(MILESTONES)
    ]


LANE_FIRST: dict[Lane, tuple[Service, ...]] = {
    Lane.WORK: (
        Service.JOB_SERVICES,
        Service.SKILLS,
        Service.JOB_SEARCH,
        Service.TRAINING,
        Service.MATCHING,
        Service.TRAINEESHIP,
        Service.UNIONS,
        Service.COMPANIES,
    ),
    Lane.SOCIAL: (
        Service.HOUSING,
        Service.SHELTER,
        Service.SOCIAL,
        Service.DOCUMENTS,
        Service.LEGAL,
        Service.MONEY,
        Service.ANTI_TRAFFICKING,
        Service.ACCOMPANIED,
    ),
    Lane.PERSONAL: (
        Service.ITALIAN,
        Service.MEDIATION,
        Service.COUNSELLING,
        Service.HEALTH,
        Service.CHILDCARE,
        Service.SCHOOL,
        Service.WORKSHOP,
    ),
}
"""What each lane offers first; all other services come after."""
