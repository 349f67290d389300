"""The conversations of other offices, for whoever sees to it that nobody waits in vain.

Nothing of what people told is here: only who has it, how long it waits, and where else it could go.
"""

from __future__ import annotations

from aiohttp import web

from bot.console.people import people
from bot.console.talks.desk import Talks
from bot.console.talks.inbox import row
from bot.console.visit import Visit
from flows.text import _
from storage.access import find_overseen
from storage.database import Connection
from storage.desks import Desk, all_desks
from storage.handoffs import Handoff

REFUSED = _("Nothing was changed: choose another desk and say why.")


class Overseeing:
    """The page of a coordinator."""

    def __init__(self, talks: Talks) -> None:
        self._talks = talks

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Show who waits at other offices."""
        operator = visit.operator

        def look(connection: Connection) -> tuple[list[Handoff], list[Desk]]:
            return find_overseen(connection, operator), all_desks(connection)

        found, desks = await visit.room.read(look)
        staff = await people(visit)
        by_key = {one.key: one for one in desks}
        return visit.page(
            "talks/others.html",
            rows=[(row(one, visit, self._talks, staff, by_key), one.desk) for one in found],
            desks=[one for one in desks if one.active and one.talks],
            wrong=REFUSED if visit.request.query.get("done") == "refused" else None,
        )
