"""One message to many: as the phones show it, to how many it goes, who agrees, how it fares."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from aiohttp import web

from bot.console.messages.labels import ENDS, KINDS, STATES, crowd_of, progress, title_of
from bot.console.messages.preview import phones, veil
from bot.console.people import people
from bot.console.visit import Visit
from flows.calendar_model import MassKind, MassState
from flows.text import Text, _
from storage.database import Connection
from storage.instants import ROME, wall
from storage.mass.audience import Counted, count_people, name_of
from storage.mass.facts import as_it_stands
from storage.mass.model import Mass, written
from storage.mass.rights import mass_for_operator, may_agree, who_agrees
from storage.mass.running import Figures, figures_of
from storage.operators import Operator

NOTHING_TO_TELL = _("There is nothing to tell any more: its moment is over, or it was taken back.")
DONE: Mapping[str, Text] = {
    "drafted": _("Nobody has read this yet. Look at it, then send it."),
    "sent": _("It is going out now. You can stop it at any time."),
    "stopped": _("It is stopped. Who was not told yet is not told."),
    "resumed": _("It goes on. Nobody gets it twice."),
    "ended": _("It is over. Who was not told is not told any more."),
}
WRONG: Mapping[str, Text] = {
    "changed": _("It has changed since you looked: look at it again, then send it."),
    "late": _("Nothing was done: somebody was quicker, or its moment is over."),
    "refused": _("Nothing was sent: somebody else has to agree."),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it stands now, and what a page about it has to know."""

    mass: Mass
    holds: bool  # there still is something to tell
    counted: Counted
    name: str
    figures: Figures
    may_agree: bool
    agree: list[Operator]


def mark_of(mass: Mass) -> str:
    """What somebody has seen, in a few letters: they agree to that and to nothing else."""
    seen = f"{written(mass.view)}{written(mass.audience)}"
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


async def show(visit: Visit) -> web.StreamResponse:
    """The page of one message."""
    seen = await _look(visit)
    mass = seen.mass
    staff = await people(visit)
    is_draft = mass.state is MassState.DRAFT
    query = visit.request.query.get("done", "")
    wrong = WRONG.get(query)
    if is_draft and not seen.holds:
        wrong = NOTHING_TO_TELL
    return visit.page(
        "messages/one.html",
        mass=mass,
        title=title_of(mass),
        kind=KINDS[mass.kind],
        state=STATES[mass.state],
        crowd=crowd_of(mass.audience, seen.name),
        phones=phones(visit, mass.view, seen.counted),
        veil=veil(visit, seen.counted) if seen.counted.careful else None,
        counted=seen.counted,
        figures=seen.figures,
        progress=progress(seen.figures),
        ends=[(words, seen.figures.count(one)) for one, words in ENDS.items()],
        author=staff.name(mass.created_by),
        agreed=staff.name(mass.approved_by),
        may_agree=seen.may_agree and seen.holds and seen.counted.people > 0,
        agree=[one.name for one in seen.agree if one.id != visit.operator.id],
        is_draft=is_draft,
        is_own=mass.created_by == visit.operator.id,
        may_edit=is_draft and mass.kind in (MassKind.FREE, MassKind.STRIKE),
        seen=mark_of(mass),
        course=mass.course_id,
        done=DONE.get(query),
        wrong=wrong,
        until=wall(mass.until, ROME),
    )


async def _look(visit: Visit) -> Seen:
    operator, now, mass_id = visit.operator, visit.room.now, visit.id("mass")

    def look(connection: Connection) -> Seen | None:
        found = mass_for_operator(connection, operator, mass_id)
        if found is None:
            return None
        languages = Counter(dict(found.audience.languages))
        counted = Counted(languages, found.audience.careful)
        holds, agree, agrees = True, list[Operator](), False
        if found.state is MassState.DRAFT:
            facts = as_it_stands(connection, found, now)
            holds = facts is not None
            if facts is not None:
                found = replace(found, view=facts[0], audience=facts[1], until=facts[2])
            today = wall(now, ROME).date()
            counted = count_people(connection, found.audience, found.office, today)
            agrees = may_agree(connection, operator, found)
            agree = who_agrees(connection, found)
        name = name_of(connection, found.audience)
        figures = figures_of(connection, [found])[found.id]
        return Seen(found, holds, counted, name, figures, agrees, agree)

    seen = await visit.room.read(look)
    if seen is None:
        raise web.HTTPNotFound
    return seen
