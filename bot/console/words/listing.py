"""Every card and every part of Antenna, with how its words stand in each language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aiohttp import web

from bot.console.visit import Visit
from bot.console.words import labels
from bot.console.words.rack import ITALIAN, Rack, names_of
from bot.roster import SOURCE, Language
from bot.wording.book import CONTENT, Entry
from bot.wording.states import STATES, Desk, Look, Share
from flows.text import Text

PAGE_ROWS = 40
SHOWN = ("all", "waiting", *Look)
PARTS = ("cards", "screens")


@dataclass(frozen=True, slots=True)
class Row:
    """One card, number or part: how its words stand in each language, the worst of them."""

    subject: str
    title: str
    looks: tuple[tuple[str, Look, bool], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked for."""

    language: str
    show: str
    part: str

    @classmethod
    def of(cls, visit: Visit) -> Asked:
        """As the address says it; whatever was written, something that is."""
        query = visit.request.query
        show, part = query.get("show", ""), query.get("part", "")
        return cls(
            query.get("language", "")[:12],
            show if show in SHOWN else "all",
            part if part in PARTS else "",
        )

    @property
    def address(self) -> str:
        """The list as it is asked for, without its page."""
        return f"/words?language={self.language}&show={self.show}&part={self.part}"


def title_of(desk: Desk, subject: str, code: str) -> str:
    """How a card is called for whoever reads the console; a part of the code by its file."""
    entries = desk.book.of(subject)
    if not entries or entries[0].domain != CONTENT:
        return subject
    first = desk.forms(entries[0], code) or desk.current(entries[0])
    return first[0]


def shares(desk: Desk) -> list[Share]:
    """How far every language is."""
    return [desk.share(language) for language in desk.spoken()]


def rows(desk: Desk, asked: Asked, code: str) -> Iterator[Row]:
    """The rows that are asked for."""
    spoken = [one for one in desk.spoken() if asked.language in ("", one.code)]
    for subject, entries in desk.book.subjects.items():
        is_card = entries[0].domain == CONTENT
        if asked.part and is_card is not (asked.part == "cards"):
            continue
        looks = tuple(_look(desk, entries, language) for language in spoken)
        if _is_asked(asked, looks):
            yield Row(subject, title_of(desk, subject, code), looks)


def _look(desk: Desk, entries: list[Entry], language: Language) -> tuple[str, Look, bool]:
    """The worst of a subject's words in a language, and whether something waits."""
    order = list(Look)
    worst = min((desk.look(one, language) for one in entries), key=order.index)
    waits = any(desk.waiting(one, language.code) is not None for one in entries)
    return language.code, worst, waits


def _is_asked(asked: Asked, looks: tuple[tuple[str, Look, bool], ...]) -> bool:
    if asked.show == "all":
        return True
    if asked.show == "waiting":
        return any(waits for _code, _worst, waits in looks)
    return any(worst == asked.show for _code, worst, _waits in looks)


async def show(rack: Rack, visit: Visit) -> web.StreamResponse:
    """The list, with how far every language is above it."""
    desk, asked, names = await rack.desk(visit), Asked.of(visit), await names_of(visit)
    code = ITALIAN if visit.words.code == ITALIAN else SOURCE
    found = list(rows(desk, asked, code))
    pages = max(1, -(-len(found) // PAGE_ROWS))
    number = visit.page_number(pages)
    return visit.page(
        "words/list.html",
        asked=asked,
        names=names,
        shares=shares(desk),
        states=STATES,
        looks=list(Look),
        labels=labels.SHORT,
        chips=labels.CHIPS,
        rows=found[(number - 1) * PAGE_ROWS : number * PAGE_ROWS],
        many=len(found),
        number=number,
        pages=pages,
        waiting=len(desk.open),
        done=_done(visit),
    )


def _done(visit: Visit) -> Text | None:
    return labels.DONE.get(visit.request.query.get("done", ""))
