"""All words that wait for a second person, next to what people read now."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.visit import Visit
from bot.console.words import labels
from bot.console.words.listing import title_of
from bot.console.words.message import refused_of
from bot.console.words.rack import ITALIAN, Names, Rack, names_of
from bot.roster import SOURCE
from bot.wording.book import Entry
from bot.wording.states import Desk
from storage.wording.model import Version, Who

PAGE_ROWS = 25


@dataclass(frozen=True, slots=True)
class Row:
    """One version that waits: of which message, what is said now, who wrote it."""

    version: Version
    entry: Entry | None
    titles: tuple[str, ...]
    before: str
    source: str
    writer: str
    is_mine: bool
    may_approve: bool


async def show(rack: Rack, visit: Visit) -> web.StreamResponse:
    """The list, the oldest first; of one language where the address names it."""
    desk, names = await rack.desk(visit), await names_of(visit)
    asked = visit.request.query.get("language", "")
    found = [one for one in desk.open.values() if asked in ("", one.language)]
    found.sort(key=lambda one: one.id)
    pages = max(1, -(-len(found) // PAGE_ROWS))
    number = visit.page_number(pages)
    shown = found[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    return visit.page(
        "words/waiting.html",
        rows=[_row(visit, desk, names, one) for one in shown],
        many=len(found),
        number=number,
        pages=pages,
        asked=asked,
        names=names,
        languages=sorted({one.language for one in desk.open.values()}),
        states=labels.STATES,
        done=labels.DONE.get(visit.request.query.get("done", "")),
        refused=refused_of(visit),
    )


def _row(visit: Visit, desk: Desk, names: Names, version: Version) -> Row:
    entry = desk.book.find(f"m{version.key}")
    before = "" if entry is None else "\n".join(desk.forms(entry, version.language))
    source = "" if entry is None else "\n".join(desk.current(entry))
    code = ITALIAN if visit.words.code == ITALIAN else SOURCE
    subjects = () if entry is None else entry.subjects
    return Row(
        version,
        entry,
        tuple(title_of(desk, one, code) for one in subjects),
        before,
        source,
        names.writer(version),
        version.who == Who(visit.operator.id),
        names.may_approve(visit.operator, version),
    )
