"""The part of a form that says how long before people are reminded: of a desk, or of a course."""

from __future__ import annotations

from bot.console.visit import Visit
from flows.text import Text, _

USUAL = "usual"
OWN = "own"
STEPS: dict[str, Text] = {
    "14d": _("two weeks before"),
    "7d": _("a week before"),
    "3d": _("three days before"),
    "2d": _("two days before"),
    "1d": _("the day before"),
    "4h": _("four hours before"),
    "2h": _("two hours before"),
    "1h": _("an hour before"),
}
"""What can be chosen, the earliest first; `steps-fields.html` shows it."""


def read_steps(visit: Visit, name: str = "steps") -> str | None:
    """The steps that were ticked, like `7d,2h`; None where the usual ones were chosen."""
    if visit.value(name) != OWN:
        return None
    return ",".join(step for step in STEPS if visit.value(f"{name}.{step}"))
