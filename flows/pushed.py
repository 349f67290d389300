"""The button of a message that hangs on no screen: what it opens, and about which thing."""

from __future__ import annotations

import re

from flows.directory import ONBOARDING, PUSHED, Flows
from flows.exchange import Heard, Reply, Tap
from flows.stage import Stage

_THING = re.compile(r"[A-Za-z0-9._-]{1,40}")


def pushes(flows: Flows, heard: Heard) -> bool:
    """Whether such a button was tapped, and leads where one may lead.

    What it says it is about is not believed: the flow looks up whether it is the person's.
    """
    if not isinstance(heard, Tap) or heard.session != PUSHED:
        return False
    name, slash, at = heard.option.partition("/")
    if name not in flows or not flows[name].pushed:
        return False
    return not slash or (flows[name].points and _THING.fullmatch(at) is not None)


def push(stage: Stage, heard: Tap) -> Reply:
    """Open the flow it names; before the first minute is over it opens nothing."""
    name, _slash, at = heard.option.partition("/")
    if not stage.now.stack:
        stage.go_home(by_command=True)
    if stage.top.flow != ONBOARDING:
        stage.open(name, at)
    return stage.reply(below=not heard.here)
