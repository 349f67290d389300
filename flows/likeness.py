"""What an answer in words, or a place, has to be like; and what of it is kept."""

from __future__ import annotations

from typing import cast

from flows.effects import Json
from flows.text import Text, _


def unlike_words(limit: int, content: Json) -> Text | None:
    if len(str(content)) > limit:
        return _("This is too long. Please write at most {limit} letters.", limit=limit)
    return None if str(content).strip() else _("Please write a few words.")


def unlike_told(limit: int, content: Json) -> Text | None:
    return unlike_words(limit, content) if isinstance(content, str) else None


def unlike_a_place(place: Json) -> Text | None:
    good = isinstance(place, list) and len(place) == 2
    good = good and all(isinstance(part, int | float) for part in cast(list[Json], place))
    return None if good else _("I cannot find this place. Please send it once more.")


def unlike_a_spot(place: Json) -> Text | None:
    """A place, or what was made of it and kept in its stead."""
    return None if isinstance(place, dict) else unlike_a_place(place)


def roughly(place: Json) -> Json:
    """The exact place is never kept: not in what the flow returns, and not in the log."""
    return [round(float(part), 2) for part in cast(list[float], place)]
