"""A report while it is being told: what was answered so far, and what is in its box."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from flows.effects import Json
from flows.opening import Opening
from flows.report_choices import Role
from flows.report_model import Box, Evidence
from flows.report_words import VERSION

PRACTICE = "practice"
MAX_FILES = 10


@dataclass(slots=True)
class Draft:
    """What the flow knows; run again from its log it comes out the same.

    Without a `box` nothing is kept: in practice, and before the person's age is known.
    """

    opening: Opening
    practice: bool
    answers: dict[str, Json]
    box: Box | None = None
    files: list[Evidence] = field(default_factory=list)
    tries: int = 0

    def tells_of_self(self) -> bool:
        """Whether the person tells of their own work."""
        return self.answers.get("role") in (None, Role.WORKER, Role.EX_WORKER)

    def chosen(self, key: str) -> list[str]:
        """The ids that were marked."""
        return [str(one) for one in cast(list[Json], self.answers.get(key) or [])]


def new_draft(opening: Opening) -> Draft:
    """An empty report; the check's level and numbers come with it when the person agreed."""
    answers: dict[str, Json] = {
        "v": VERSION,
        "language": opening.person.language or "",
        "channel": "telegram",
    }
    triage = read_triage(opening.at)
    if triage is not None:
        answers["triage"] = triage
    return Draft(opening, opening.at == PRACTICE, answers)


def read_triage(at: str) -> dict[str, Json] | None:
    """What the check found, from `l2:2,7`: the level, and the questions that had a yes."""
    level, _colon, numbers = at.removeprefix("l").partition(":")
    if not at.startswith("l") or level not in ("0", "1", "2", "3"):
        return None
    found: list[Json] = [int(one) for one in numbers.split(",") if one.isdecimal()]
    return {"level": int(level), "numbers": found}
