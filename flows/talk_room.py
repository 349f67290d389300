"""The page of a conversation with an operator while it runs, and what was thought of it."""

from __future__ import annotations

from flows.engine import Ended
from flows.handoff_effects import EndTalk, FindTalk, RateTalk
from flows.opening import Opening
from flows.steps import Flow, Line, Option, Style, choose, perform
from flows.text import _


def talk_room(_opening: Opening) -> Flow[Ended]:
    """Say that what is written here goes to a person, and let the conversation be ended."""
    if (yield from perform("talk", FindTalk())) is None:
        return Ended("none", then="home")
    lines = [Line(_("💬 Talk to someone"), Style.TITLE)]
    yield from choose("room", lines, [Option("end", _("✅ It is finished"))], sensitive=True)
    yield from perform("end", EndTalk())
    return Ended("ended", then="rate")


def rate(_opening: Opening) -> Flow[Ended]:
    """How was it? Two taps after the end, and never twice."""
    options = [
        Option("3", _("😀 Good")),
        Option("2", _("😐 So-so")),
        Option("1", _("🙁 Not good")),
    ]
    chosen = yield from choose("rating", [Line(_("🙏 How was it?"), Style.TITLE)], options)
    yield from perform("rate", RateTalk(int(chosen.id)))
    return Ended("rated")
