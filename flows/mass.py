"""A message to many that somebody in careful mode opens: it is shown only when she taps."""

from __future__ import annotations

from flows.calendar_effects import FindMass
from flows.engine import Ended
from flows.mass_words import mass_lines, mass_ways
from flows.opening import Opening
from flows.steps import Flow, Option, choose, perform, say
from flows.text import _


def mass(opening: Opening) -> Flow[Ended]:
    """What was written to many, and where it leads."""
    view = yield from perform("mass", FindMass(opening.at))
    if view is None:
        yield from say(_("This message is not here any more."))
        return Ended("gone")
    ways = {way.partition("/")[0]: (way, label) for way, label in mass_ways(view)}
    options = [Option(name, label) for name, (_way, label) in ways.items()]
    lines = mass_lines(view, opening.person.language or "")
    chosen = yield from choose("read", lines, [*options, Option("ok", _("👍 OK"))], sensitive=True)
    if chosen.id == "ok":
        return Ended("read")
    name, _slash, at = ways[chosen.id][0].partition("/")
    return Ended("read", then=name, at=at)
