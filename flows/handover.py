"""From the desk to the chat: a code that the desk gave joins this chat to what was told there."""

from __future__ import annotations

from flows.engine import Ended
from flows.handoff_effects import TakeHandover
from flows.opening import Opening
from flows.steps import Flow, Line, Style, confirm, perform
from flows.text import _


def handover(opening: Opening) -> Flow[Ended]:
    """Take the code of a desk, after a yes."""
    lines = [Line(_("🔗 Join this chat to the desk?"), Style.TITLE)]
    if not (yield from confirm("join", lines, sensitive=True)):
        return Ended("declined")
    joined = yield from perform("take", TakeHandover(opening.at))
    return Ended("joined", then="plan") if joined else Ended("unknown", then="home")
