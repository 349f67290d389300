"""The messages to many of an office: what is going out, what waits for a word, what was."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.messages.labels import KINDS, STATES, progress, title_of
from bot.console.people import people
from bot.console.visit import Visit
from flows.calendar_model import MassState
from flows.text import Text, _, ngettext
from storage.database import Connection
from storage.mass.model import Mass
from storage.mass.rights import masses_for_operator, may_agree
from storage.mass.running import UNDER_WAY, Figures, figures_of

MOST = 60
DONE = {"dropped": _("The draft is thrown away."), "gone": _("This draft is not there any more.")}
ORDER = (MassState.RUNNING, MassState.STOPPED, MassState.DRAFT, MassState.DONE)


@dataclass(frozen=True, slots=True)
class Row:
    """A message as it stands in the list."""

    mass: Mass
    title: Text
    kind: Text
    state: Text
    author: str
    office: str
    figures: Figures | None
    words: Text | None
    mine: bool  # one's word lets it go


async def show(visit: Visit) -> web.StreamResponse:
    """The list."""
    operator = visit.operator

    def look(connection: Connection) -> tuple[list[Mass], dict[int, Figures], set[int]]:
        found = masses_for_operator(connection, operator, MOST)
        figures = figures_of(connection, [one for one in found if one.state in UNDER_WAY])
        drafts = [one for one in found if one.state is MassState.DRAFT]
        mine = {one.id for one in drafts if may_agree(connection, operator, one)}
        return found, figures, mine

    found, figures, mine = await visit.room.read(look)
    staff = await people(visit)
    found.sort(key=lambda one: ORDER.index(one.state))
    rows = [
        Row(
            one,
            title_of(one),
            KINDS[one.kind],
            STATES[one.state],
            staff.name(one.created_by),
            "" if one.office == operator.office else staff.office_names([one.office]),
            figures.get(one.id),
            _words(one, figures.get(one.id)),
            one.id in mine,
        )
        for one in found
    ]
    return visit.page(
        "messages/list.html", rows=rows, done=DONE.get(visit.request.query.get("done", ""))
    )


def _words(mass: Mass, figures: Figures | None) -> Text | None:
    if figures is not None:
        return progress(figures)
    if mass.state is MassState.DRAFT:
        return None
    return ngettext("to {count} person", "to {count} people", mass.recipients)
