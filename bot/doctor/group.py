"""Checks of what the house remembers: who is told of reports, and when those were mixed."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from bot.doctor.finding import Check, Finding, Scene, fine, warn
from bot.upkeep import MIXED
from storage.group import GROUP

TOO_LONG = timedelta(days=3)
KEYS = (GROUP, MIXED)
"""The settings these checks read."""


def group(scene: Scene) -> Finding:
    """Where nobody is told, reports wait unseen."""
    kept = scene.stored.remembered.get(GROUP)
    if not kept:
        if not scene.is_real:
            return fine("group", "The demo needs no operators' group.")
        return warn(
            "group",
            "No operators' group is connected: nobody is told that reports wait.",
            "./antenna group connect, and write the word in the group.",
        )
    if json.loads(kept)["gone"]:
        return warn(
            "group",
            "The operators' group cannot be reached: reports wait and nobody is told.",
            "./antenna group show says why; ./antenna group test tries it again.",
        )
    return fine("group", "The operators' group is told of reports.")


def reports_mixed(scene: Scene) -> Finding:
    """The order of rows tells who came when: it is mixed every night."""
    kept = scene.stored.remembered.get(MIXED)
    if kept and scene.now - datetime.fromisoformat(kept) > TOO_LONG:
        return warn(
            "reports_mixed",
            "The reports have not been mixed for more than three days.",
            "Let Antenna run at night, or look in its log for upkeep_failed.",
        )
    return fine("reports_mixed", "The order of the reports tells nothing.")


CHECKS: tuple[Check, ...] = (group, reports_mixed)
