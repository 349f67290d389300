"""An answer to the person: chosen or written, looked at once more, kept, and only then told.

What leads from here to a person is the reports' `reply` and the sending of one neutral line; the
notes among colleagues are elsewhere, and nothing here knows of them.
"""

from __future__ import annotations

from aiohttp import web

from bot.console.caution import find_cautions
from bot.console.drafts import Kind
from bot.console.foreign import show_foreign
from bot.console.languages import language_name
from bot.console.people import people
from bot.console.reports.desk import Desk
from bot.console.reports.entrance import ask, reader
from bot.console.reports.labels import CAUTIONS
from bot.console.reports.reading import LONGEST_WORDS, Reading, Typed, voices
from bot.console.reports.sent import Fate
from bot.console.reports.sheet import make_sheet
from bot.console.visit import Visit
from flows.replies import find_reply
from flows.report_model import Ending, Status, Words
from flows.text import Text, _
from storage.audit import Action
from storage.errors import CommitUnknownError, StorageError
from storage.reports import Report

LINE = _("It is kept under the code, and the person's chat is told once that there is an answer.")
CODE = _("It is kept under the code. The person reads it when they come back.")
UNCHECKED = _("Nothing was sent. Tick the line above first, or correct the words.")
MEANWHILE = _("Nothing was sent: meanwhile something else was said. Read it, then send this again.")
NOT_KEPT = _("Nothing was sent and nothing was kept: the disk or the database is busy. Try again.")


class Replying:
    """The form of a reply, its preview, and its sending."""

    def __init__(self, desk: Desk, reading: Reading) -> None:
        self._desk = desk
        self._reading = reading

    async def take(self, visit: Visit) -> web.StreamResponse:
        """Take one of the three steps: look at it, correct it, send it."""
        step, typed = visit.value("step"), typed_in(visit)
        if step == "edit":
            report = await self._desk.opened(visit)
            return await self._reading.page(visit, report, draft=typed if typed.text else None)
        report = await self._desk.known(visit)
        if not may_answer(report) or not (typed.text or typed.canned):
            return visit.go(f"/reports/{report.waiting.id}#talk")
        if step == "send":
            return await self._send(visit, report, typed)
        return await self._preview(visit, report, typed)

    async def _preview(
        self, visit: Visit, report: Report, typed: Typed, wrong: Text | None = None
    ) -> web.Response:
        sheet = make_sheet(report, await people(visit), visit.room.now.date())
        canned = find_reply(typed.canned)
        cautions = () if canned else find_cautions(typed.text)
        return visit.page(
            "reports/preview.html",
            status=409 if wrong else 200,
            report=sheet,
            typed=typed,
            canned=canned,
            shown=show_foreign(typed.text, typed.language),
            written=language_name(visit, typed.language),
            same=typed.language == report.language,
            way=LINE if report.line else CODE,
            cautions=[CAUTIONS[one] for one in cautions],
            wrong=wrong,
            word=self._desk.sent.new_word(),
            said=len(report.words),
            **voices(visit, sheet, None),
        )

    async def _send(self, visit: Visit, report: Report, typed: Typed) -> web.Response:
        desk, row = self._desk, report.waiting
        if not typed.canned and find_cautions(typed.text) and visit.value("checked") != "1":
            return await self._preview(visit, report, typed, UNCHECKED)
        word = visit.value("word", longest=40)
        is_first = not desk.sent.knows(word)
        if not word or (is_first and visit.value("said") != str(len(report.words))):
            return await self._preview(visit, report, typed, MEANWHILE)
        if desk.sent.begin(word):
            await visit.note(Action.REPLIED, row.number)
            try:
                fate = await self._keep_and_tell(visit, report, typed)
            except CommitUnknownError:
                desk.sent.end(word, Fate.DOUBTFUL)
                return visit.go(f"/reports/{row.id}?sent={word}#talk")
            except (StorageError, LookupError, OSError):
                desk.sent.forget(word)
                return await self._preview(visit, report, typed, NOT_KEPT)
            desk.sent.end(word, fate)
            desk.drafts.drop(visit.operator.id, row.id, Kind.REPLY)
        return visit.go(f"/reports/{row.id}?sent={word}#talk")

    async def _keep_and_tell(self, visit: Visit, report: Report, typed: Typed) -> Fate:
        """Keep the reply on the disk; where the person may be written to, tell the chat once."""
        words = Words(True, typed.text, typed.canned, typed.language)
        push = await ask(
            self._desk.reports.reply, reader(visit), report.waiting.id, words, visit.room.now
        )
        if push is None:
            return Fate.KEPT
        try:
            return Fate(await self._desk.send(push))
        except Exception:  # it is kept; whether it was told is what nobody knows
            return Fate.UNKNOWN


def typed_in(visit: Visit) -> Typed:
    """The reply a form carries: one that is ready, or words and their language."""
    canned = visit.value("canned", longest=40)
    if find_reply(canned) is not None:
        return Typed(canned=canned)
    known = {one.code for one in visit.room.languages.all}
    language = visit.value("language", longest=12)
    return Typed(
        visit.value("text", longest=LONGEST_WORDS),
        language if language in known else visit.words.code,
    )


def may_answer(report: Report) -> bool:
    """Whether there is anybody who could read an answer."""
    is_over = report.waiting.status is Status.WITHDRAWN
    return report.ending is not Ending.NOTHING and not is_over
