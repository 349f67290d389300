"""What happens to a report: its status, with whom it is, who else may read it, its reply line."""

from __future__ import annotations

from aiohttp import web

from bot.console.people import people
from bot.console.reports.desk import Desk
from bot.console.reports.entrance import ask, do, reader
from bot.console.reports.labels import CHOSEN_STATUSES
from bot.console.visit import Visit
from flows.replies import find_reason
from flows.report_model import Status
from storage.audit import Action
from storage.operators import find_credentials
from storage.vault import PublicKey, Recipient

WITH_REASON = frozenset({Status.PASSED, Status.CLOSED})
LONGEST_REASON = 300


class Handling:
    """The forms beside a report. Each changes one thing, and is written down before it does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def set_status(self, visit: Visit) -> web.StreamResponse:
        """Say where a report stands; the person reads a reason when it is closed or passed on."""
        row = await self._desk.entrance.entitled(visit)
        if row.status is Status.WITHDRAWN:  # a page from before still shows the form
            raise web.HTTPConflict
        wanted = visit.value("status")
        status = next((one for one in CHOSEN_STATUSES if one.value == wanted), None)
        reason = visit.value("reason") if find_reason(visit.value("reason")) else ""
        if status is None or (status in WITH_REASON and not reason):
            chosen = f"&wanted={status.value}" if status else ""
            return visit.go(f"/reports/{row.id}?done=reason{chosen}#handling")
        action = Action.CLOSED if status is Status.CLOSED else Action.STATUS_SET
        await visit.note(action, row.number)
        await do(
            self._desk.reports.set_status, reader(visit), row.id, status, reason, visit.room.now
        )
        return visit.go(f"/reports/{row.id}?done=status#handling")

    async def assign(self, visit: Visit) -> web.StreamResponse:
        """Give a report to one of those who can read it, or to nobody."""
        report = await self._desk.known(visit)
        row = report.waiting
        written = visit.value("operator")
        staff = await people(visit)
        able = {str(one.id): one.id for one in staff.readers(report.recipients)}
        if written and written not in able:
            raise web.HTTPNotFound
        await visit.note(Action.ASSIGNED, row.number)
        await do(
            self._desk.reports.assign, reader(visit), row.id, able.get(written), visit.room.now
        )
        return visit.go(f"/reports/{row.id}?done=assigned#handling")

    async def hand_on(self, visit: Visit) -> web.StreamResponse:
        """Seal a report to one more operator, never to one of an office the person left out."""
        report = await self._desk.known(visit)
        row = report.waiting
        staff = await people(visit)
        wanted = visit.value("operator")
        able = {str(one.id): one.id for one in staff.strangers(report.recipients, report.excluded)}
        if wanted not in able or visit.value("sure") != "1":
            raise web.HTTPNotFound
        to = await self._recipient(visit, able[wanted])
        await visit.note(Action.HANDED_ON, f"{row.number} {to.id}")
        await do(self._desk.reports.hand_on, reader(visit), row.id, to, visit.room.now)
        return visit.go(f"/reports/{row.id}?done=handed#handling")

    async def doubt(self, visit: Visit) -> web.StreamResponse:
        """Say that a report looks false, or that it does not: it moves in the list, and stays."""
        row = await self._desk.entrance.entitled(visit)
        is_doubt = visit.value("doubt") == "1"
        reason = visit.value("reason", longest=LONGEST_REASON)
        if is_doubt and not reason:
            return visit.go(f"/reports/{row.id}?done=why#handling")
        await visit.note(Action.DOUBTED if is_doubt else Action.TRUSTED, row.number)
        await do(
            self._desk.reports.doubt,
            reader(visit),
            row.id,
            reason if is_doubt else "",
            visit.room.now,
        )
        done = "doubted" if is_doubt else "trusted"
        return visit.go(f"/reports/{row.id}?done={done}#handling")

    async def cut_line(self, visit: Visit) -> web.StreamResponse:
        """Forget how to write to the person."""
        row = await self._desk.entrance.entitled(visit)
        if visit.value("sure") != "1":
            return visit.go(f"/reports/{row.id}#handling")
        await visit.note(Action.LINE_CUT, row.number)
        await ask(self._desk.reports.close_line, reader(visit), row.id, visit.room.now)
        return visit.go(f"/reports/{row.id}?done=line#handling")

    @staticmethod
    async def _recipient(visit: Visit, operator_id: int) -> Recipient:
        found = await visit.room.read(lambda c: find_credentials(c, operator_id))
        if found is None:
            raise web.HTTPNotFound
        return Recipient(operator_id, PublicKey(found.public_key))
