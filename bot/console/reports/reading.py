"""The page of one report and the files in it; nothing is shown before the audit has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.console.drafts import Kind
from bot.console.languages import language_name, tongue
from bot.console.people import People, openings, people
from bot.console.reports.desk import Desk
from bot.console.reports.entrance import ask, reader
from bot.console.reports.labels import (
    CHOSEN_STATUSES,
    DONE,
    FATES,
    STATUSES,
    STRANGE,
    TOLD,
    UNDONE,
)
from bot.console.reports.sent import Fate
from bot.console.reports.sheet import Sheet, make_sheet
from bot.console.visit import Visit
from bot.evidence.serve import headers_for, name_of
from bot.meaning.interpreter import OURS
from bot.words import Words as Tongue
from flows.replies import REASONS, REPLIES
from flows.text import Text, _, ngettext
from storage.audit import Action
from storage.reports import Report

LONGEST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Told:
    """Something the page says at its head, once."""

    kind: str
    words: Text


@dataclass(frozen=True, slots=True)
class Typed:
    """What an operator was writing."""

    text: str = ""
    language: str = ""
    canned: str = ""


class Reading:
    """The page of one report and its files."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Show a report."""
        report = await self._desk.opened(visit)
        told = self._told(visit)
        return await self.page(visit, report, told=told)

    async def page(
        self,
        visit: Visit,
        report: Report,
        *,
        told: Sequence[Told] = (),
        draft: Typed | None = None,
        meant: Sequence[object] = (),
        status: int = 200,
    ) -> web.Response:
        """The page of a report that was opened."""
        desk, me, now = self._desk, visit.operator.id, visit.room.now
        staff = await people(visit)
        sheet = make_sheet(report, staff, now.date())
        row = report.waiting
        opened = await openings(visit, Action.REPORT_READ, row.number, row.week, staff)
        seen = desk.presence.others(sheet.id, me, now)
        desk.presence.note(sheet.id, me, now)
        kept, note = self._kept(visit, sheet.id)
        if draft is None and kept:
            draft = Typed(kept)
            told = [*told, Told("good", _("What you were writing is still here. It was not sent."))]
        return visit.page(
            "reports/report.html",
            status=status,
            report=sheet,
            me=visit.operator.name,
            news=told,
            seen=[_seen(staff.name(one.operator_id), one.minutes) for one in seen],
            note_draft=note,
            opened=opened,
            draft=draft,
            translates=desk.interpreter is not None and sheet.language != OURS,
            meant=meant,
            replies=REPLIES,
            reasons=REASONS,
            next=_next(sheet, visit.request.query.get("wanted", "")),
            asks_reason=visit.request.query.get("done") == "reason",
            readers=staff.readers(report.recipients),
            strangers=staff.strangers(report.recipients, report.excluded),
            **self.wishes(sheet.id, visit, staff),
            **voices(visit, sheet, draft),
        )

    async def evidence(self, visit: Visit) -> web.StreamResponse:
        """Give one file, from memory, to be shown in its page and kept nowhere."""
        report = await self._desk.known(visit)
        row, wanted = report.waiting, visit.request.match_info["evidence"]
        original = visit.request.query.get("original") == "1"
        places = {one.id: place for place, one in enumerate(report.evidence, start=1)}
        if wanted not in places:
            raise web.HTTPNotFound
        place = f"{places[wanted]} original" if original else f"{places[wanted]}"
        await visit.note(Action.EVIDENCE_READ, f"{row.number} {place}")
        found = await ask(
            self._desk.reports.evidence, reader(visit), row.id, wanted, original=original
        )
        if found is None:
            raise web.HTTPNotFound
        name = name_of(row.number, places[wanted], found.type)
        headers = headers_for(found.type, name, original=original)
        return web.Response(body=found.content, headers=headers)

    def wishes(self, report: str, visit: Visit, staff: People) -> dict[str, Any]:
        """Who wishes to take the report out, and whether it is oneself."""
        me = visit.operator.id
        found = [
            _Wish(
                one.asked_by,
                staff.name(one.asked_by),
                one.reason,
                one.asked_by == me,
                staff.name(one.agreed_by) if one.agreed_by else "",
            )
            for one in self._desk.leaving.of(report, visit.room.now)
        ]
        return {"wishes": found, "asking": any(one.mine for one in found)}

    def _kept(self, visit: Visit, report: str) -> tuple[str, str]:
        """What was typed and not sent, before the page was locked or left."""
        key, me, now = reader(visit).key, visit.operator.id, visit.room.now
        find = self._desk.drafts.find
        return find(me, key, report, Kind.REPLY, now), find(me, key, report, Kind.NOTE, now)

    def _told(self, visit: Visit) -> list[Told]:
        """What has just been done, from one word of the address."""
        query = visit.request.query
        fate = self._desk.sent.fate(query.get("sent", "")[:40])
        told = [_FATES[fate]] if fate is not None else []
        deed = query.get("done", "")[:20]
        if deed in DONE:
            told.append(Told("warn" if deed in UNDONE else "good", DONE[deed]))
        return told


def voices(visit: Visit, sheet: Sheet, draft: Typed | None) -> dict[str, Any]:
    """The languages of a page: of whoever reads it, and of whoever wrote the report."""

    def spoken(text: Text) -> Tongue:
        return tongue(visit, sheet.language, text)

    theirs = language_name(visit, sheet.language)
    chosen = (draft.language if draft else "") or visit.words.code
    return {
        "spoken": spoken,
        "theirs": visit.room.languages.words(sheet.language),
        "language_name": theirs,
        "written_in": _("As it was written ({language})", language=theirs),
        "strange_words": STRANGE,
        "longest": LONGEST_WORDS,
        "languages": [
            _Tongue(one.code, one.name, one.code == chosen) for one in visit.room.languages.all
        ],
    }


@dataclass(frozen=True, slots=True)
class _Tongue:
    code: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class _Wish:
    asked_by: int
    by: str
    reason: str
    mine: bool
    agreed_by: str


@dataclass(frozen=True, slots=True)
class _Next:
    value: str
    name: Text
    told: Text
    chosen: bool


_FATES = {
    fate: Told("good" if fate in (Fate.KEPT, Fate.SENT) else "bad", words)
    for fate, words in FATES.items()
}


def _next(sheet: Sheet, wanted: str) -> list[_Next]:
    """What can be set; `wanted` was chosen already, and not taken for want of a reason."""
    return [
        _Next(one.value, STATUSES[one], TOLD[one], one.value == wanted)
        for one in CHOSEN_STATUSES
        if one is not sheet.status
    ]


def _seen(name: str, minutes: int) -> Text:
    if minutes < 1:
        return _("{name} opened this just now.", name=name)
    ago = ngettext("{count} minute ago", "{count} minutes ago", minutes)
    return _("{name} opened this {ago}.", name=name, ago=ago)
