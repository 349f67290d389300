"""Says when the topics in Telegram do not show everything: then people are answered here."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.console.talks.labels import clock
from bot.console.visit import Visit
from bot.relay.mirror_words import TROUBLES
from flows.text import Text, _
from storage.database import Connection
from storage.group import all_groups
from storage.handoffs import Handoff
from storage.handoffs.view import oldest_behind

PATIENCE = timedelta(minutes=2)


async def of_house(visit: Visit) -> Text | None:
    """What is said above the list; None where the topics show everything, and where there is no
    group that could."""
    vault = visit.room.database.vault

    def look(connection: Connection) -> datetime | None:
        return oldest_behind(connection) if all_groups(connection, vault) else None

    since = await visit.room.read(look)
    if since is None or visit.room.now - since < PATIENCE:
        return None
    return _(
        "Since {time} the group in Telegram does not show everything. Nothing is lost: answer "
        "here.",
        time=clock(since, visit.room.now, visit),
    )


async def of_talk(one: Handoff, visit: Visit) -> Text | None:
    """What is said above one conversation."""
    vault, now = visit.room.database.vault, visit.room.now
    if one.behind_since is None or now - one.behind_since < PATIENCE:
        return None
    if not await visit.room.read(lambda connection: all_groups(connection, vault)):
        return None
    told = _(
        "Since {time} its topic in Telegram does not show everything. Colleagues who only look "
        "there may not know what you do here.",
        time=clock(one.behind_since, now, visit),
    )
    why = next((words for trouble, words in TROUBLES.items() if trouble == one.trouble), None)
    return told if why is None else _("{told} Why: {why}.", told=told, why=why)
