"""I want to talk to someone: what an operator has to know first, in few taps."""

from __future__ import annotations

from flows import doors
from flows.engine import Ended
from flows.handoff_effects import AskForHuman, FindTalk
from flows.handoff_model import Asked, Need, State
from flows.opening import Opening
from flows.steps import Flow, Line, Style, confirm, perform, say
from flows.text import Text, _, verbatim


def talk(opening: Opening) -> Flow[Ended]:
    """Ask for a person who answers; where nobody talks, say so honestly."""
    if not opening.house.helpers:
        return (yield from doors.nobody(opening))
    now = yield from perform("talk", FindTalk())
    if now is not None and now.state is not State.CLOSED:
        return Ended("open", then="talk_room")
    helper = opening.house.helpers[0]
    lines: list[Text | Line] = [
        Line(_("🤝 Talk to someone"), Style.TITLE),
        verbatim(helper.name),
    ]
    if not (yield from confirm("summary", lines, sensitive=True)):
        return Ended("declined")
    if (yield from perform("ask", AskForHuman(Asked(Need.OTHER, helper.key)))) is None:
        yield from say(_("Today no person answers in this chat."))
        return Ended("nobody")
    return Ended("asked", then="talk_room")
