"""Checks of what the house remembers: who is told of reports, and when those were mixed."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.doctor.finding import Check, Finding, Scene, fine, warn
from bot.upkeep import MIXED

TOO_LONG = timedelta(days=3)
KEYS = (MIXED,)
"""The settings these checks read."""


def group(scene: Scene) -> Finding:
    """Where nobody is told, reports wait unseen."""
    groups = scene.stored.groups
    told = [one for one in groups if one.shared] or (groups if len(groups) == 1 else ())
    if not told:
        if not scene.is_real:
            return fine("group", "The demo needs no operators' group.")
        words = "No operators' group is connected: nobody is told that reports wait."
        if groups:
            words = "Every operators' group is an office's: nobody is told that reports wait."
        return warn("group", words, "./antenna group connect, and write the word in the group.")
    if all(one.lost for one in told):
        return warn(
            "group",
            "The operators' group cannot be reached: reports wait and nobody is told.",
            "./antenna group list says why; ./antenna group test tries it again.",
        )
    return fine("group", "The operators' group is told of reports.")


def topics(scene: Scene) -> Finding:
    """Where people may ask for an operator, a group shows what they write, or the console alone."""
    groups = scene.stored.groups
    if not scene.stored.talking or not groups:
        return fine("topics", "No group has conversations to show.")
    if any(one.lost or not one.shows for one in groups):
        return warn(
            "topics",
            "A group cannot show conversations: they are in the console only.",
            "./antenna group list says what is missing there.",
        )
    return fine("topics", "Every group can show conversations.")


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


CHECKS: tuple[Check, ...] = (group, topics, reports_mixed)
