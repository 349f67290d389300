"""The way from a change of a course to a message for everybody whom it concerns."""

from __future__ import annotations

from bot.console.visit import Visit

PAGE = "/messages/new"


def can_tell(visit: Visit) -> bool:
    """Whether messages to many are written here at all."""
    return visit.room.ways.safe(PAGE) == PAGE
