"""Where is my file? The person's own case and plan, as pictograms in her language."""

from __future__ import annotations

from flows.engine import Ended
from flows.handoff_effects import FindMyPlan
from flows.opening import Opening
from flows.steps import Flow, Line, Style, perform, show
from flows.text import _, verbatim


def plan(_opening: Opening) -> Flow[Ended]:
    """Show where the case is and what is planned."""
    mine = yield from perform("plan", FindMyPlan())
    lines = [Line(_("🗂️ My plan"), Style.TITLE)]
    lines += [Line(_("You have no plan yet."))] if mine is None else [Line(verbatim(mine.office))]
    return (yield from show("plan", lines, sensitive=True))
