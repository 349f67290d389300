"""The part of a form that says how long before people are reminded: of a desk, or of a course."""

from __future__ import annotations

from bot.console.visit import Visit
from flows.reminding import Step, StepsError, write_steps
from flows.reminding import read_steps as read
from flows.text import Text, _, ngettext, verbatim

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


def choices(given: str | None) -> dict[str, Text]:
    """What can be ticked: the usual, and whatever else was said at the terminal or by an import."""
    others = {str(step): _words(step) for step in _known(given or "") if str(step) not in STEPS}
    return STEPS | others


def read_steps(visit: Visit, name: str = "steps") -> str | None:
    """The steps that were ticked, like `7d,2h`; None where the usual ones were chosen."""
    if visit.value(name) != OWN:
        return None
    before = f"{name}."
    ticked = [one.removeprefix(before) for one in visit.form if one.startswith(before)]
    steps = {step for one in ticked for step in _known(one)}
    return write_steps(sorted(steps, key=lambda step: step.hours))


def _known(written: str) -> tuple[Step, ...]:
    try:
        return read(written)
    except StepsError:
        return ()


def _words(step: Step) -> Text:
    if step.after:
        return verbatim(str(step))
    if step.unit == "d":
        return ngettext("{count} day before", "{count} days before", step.amount)
    return ngettext("{count} hour before", "{count} hours before", step.amount)
