"""Says when the topics in Telegram do not show everything: then people are answered here."""

from __future__ import annotations

from datetime import timedelta

from bot.console.talks.labels import clock
from bot.console.visit import Visit
from flows.text import Text, _
from storage.handoffs import Handoff
from storage.handoffs.view import oldest_behind

PATIENCE = timedelta(minutes=2)


async def of_house(visit: Visit) -> Text | None:
    """What is said above the list; None where the topics show everything."""
    since = await visit.room.read(oldest_behind)
    now = visit.room.now
    if since is None or now - since < PATIENCE:
        return None
    return _(
        "Since {time} the group in Telegram does not show everything. Nothing is lost: answer "
        "here.",
        time=clock(since, now, visit),
    )


def of_talk(one: Handoff, visit: Visit) -> Text | None:
    """What is said above one conversation."""
    now = visit.room.now
    if one.behind_since is None or now - one.behind_since < PATIENCE:
        return None
    return _(
        "Since {time} its topic in Telegram does not show everything. Colleagues who only look "
        "there may not know what you do here.",
        time=clock(one.behind_since, now, visit),
    )
