"""Takes one report out of the console, on paper or as a file, when two people agree (T-A5)."""

from __future__ import annotations

import io
import zipfile

from aiohttp import hdrs, web

from bot.console.people import People, people
from bot.console.reports.desk import Desk
from bot.console.reports.entrance import ask, reader
from bot.console.reports.leaving import Leave
from bot.console.reports.reading import voices
from bot.console.reports.sheet import make_sheet
from bot.console.visit import Visit
from bot.evidence.serve import name_of
from storage.audit import Action
from storage.reports import Report

LONGEST_REASON = 300
A_LONG_TIME_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: when somebody wrote is nobody's business."""


class Taking:
    """One asks, another agrees, and the first takes it: once, within an hour."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def take(self, visit: Visit) -> web.StreamResponse:
        """Take one of the steps on the way out."""
        row = await self._desk.entrance.entitled(visit)
        step = visit.value("step")
        if step == "ask":
            return await self._ask(visit, row.id, row.number)
        if step in ("print", "zip"):
            return await self._go(visit, row.id, row.number, whole=step == "zip")
        asked_by = visit.number("asked_by") or 0
        if step == "agree":
            return await self._agree(visit, row.id, row.number, asked_by)
        if step == "refuse" and self._desk.leaving.refuse(row.id, asked_by):
            await visit.note(Action.EXPORT_REFUSED, row.number)
        return visit.go(f"/reports/{row.id}?done=refused#leaving")

    async def _ask(self, visit: Visit, report: str, number: str) -> web.Response:
        reason = visit.value("reason", longest=LONGEST_REASON)
        if not reason:
            return visit.go(f"/reports/{report}#leaving")
        await visit.note(Action.EXPORT_ASKED, number)
        self._desk.leaving.ask(report, visit.operator.id, reason, visit.room.now)
        return visit.go(f"/reports/{report}?done=asked#leaving")

    async def _agree(self, visit: Visit, report: str, number: str, asked_by: int) -> web.Response:
        await visit.note(Action.EXPORT_AGREED, number)
        now = visit.room.now
        if not self._desk.leaving.agree(report, asked_by, visit.operator.id, now):
            raise web.HTTPConflict
        return visit.go(f"/reports/{report}?done=agreed#leaving")

    async def _go(self, visit: Visit, report: str, number: str, *, whole: bool) -> web.Response:
        leave = self._desk.leaving.use(report, visit.operator.id, visit.room.now)
        if leave is None or leave.agreed_by is None:
            raise web.HTTPConflict
        await visit.note(Action.EXPORTED, f"{number} {leave.agreed_by}")
        found = await ask(self._desk.reports.read, reader(visit), report)
        if found is None:
            raise web.HTTPNotFound
        page = self._printed(visit, found, await people(visit), leave)
        if not whole:
            return page
        content = await self._archive(visit, found, page.body)
        headers = {hdrs.CONTENT_DISPOSITION: f'attachment; filename="{number}.zip"'}
        return web.Response(body=content, content_type="application/zip", headers=headers)

    def _printed(self, visit: Visit, report: Report, staff: People, leave: Leave) -> web.Response:
        now = visit.room.now
        sheet = make_sheet(report, staff, now.date())
        return visit.page(
            "reports/paper.html",
            report=sheet,
            week=report.waiting.week,
            now=now,
            by=visit.operator.name,
            agreed_by=staff.name(leave.agreed_by),
            reason=leave.reason,
            **voices(visit, sheet, None),
        )

    async def _archive(self, visit: Visit, report: Report, page: object) -> bytes:
        """The paper and the files of a report, in memory and under names that say nothing."""
        files: list[tuple[str, bytes]] = []
        for place, one in enumerate(report.evidence, start=1):
            found = await ask(self._desk.reports.evidence, reader(visit), report.waiting.id, one.id)
            if found is not None:
                files.append((name_of(report.waiting.number, place, found.type), found.content))
        paper = page if isinstance(page, bytes) else b""
        return await ask(pack, [("report.html", paper), *files])


def pack(files: list[tuple[str, bytes]]) -> bytes:
    """An archive without times, users or machines in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, A_LONG_TIME_AGO), content)
    return buffer.getvalue()
