"""Reports in memory, with the manners of the real ones: nothing for whoever is not entitled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.console.reports.sent import Fate
from flows.report_model import Ending, Level, Status, Words
from storage.reports import Exhibit, Happened, Note, Push, Reader, Report, Shown, Waiting
from storage.vault import Recipient

WEEK = date(2026, 11, 9)
STORY = "صاحب العمل يحتفظ بجواز سفري.\nأنام في مخزن المطعم.\u200b"
CHAT_ID = 777000111

ANSWERS: dict[str, Any] = {
    "v": 1,
    "language": "ar",
    "channel": "telegram",
    "triage": {"level": 2, "numbers": [2, 7]},
    "role": "worker",
    "sector": "restaurant",
    "kinds": ["K09", "K03", "K12"],
    "bed": {"sleeps": "yes", "loses": "yes", "rent": "unknown"},
    "details": {"days": "7", "paid": "both"},
    "province": "MB",
    "town": "Carate <b>Brianza</b>",
    "when": "now",
    "people": "4-9",
    "minors": "yes",
    "proof": ["messages", "photos"],
    "story": STORY,
    "wants": ["answer", "inspectorate"],
    "excluded": [],
    "faces": "yes",
    "ending": "line",
}


class Shelf:
    """The operators' side of the reports, and a list of what was asked of it, in order."""

    def __init__(self, asked: list[str] | None = None) -> None:
        self.asked = [] if asked is None else asked
        self.reports: dict[str, Report] = {}
        self.files: dict[tuple[str, str], Shown] = {}
        self.replied: list[Words] = []
        self.pushed: list[Push] = []
        self.fate = Fate.SENT
        self.fails = False

    def add(
        self,
        id_: str,
        number: str,
        readers: Iterable[int],
        *,
        level: Level = Level.SERIOUS,
        week: date = WEEK,
        status: Status = Status.RECEIVED,
        ending: Ending = Ending.LINE,
        answers: dict[str, Any] | None = None,
        **given: Any,
    ) -> Report:
        """Put a report on the shelf."""
        row = Waiting(
            id=id_,
            number=number,
            level=level,
            week=week,
            status=status,
            assigned=given.pop("assigned", None),
            unread=given.pop("unread", 0),
            goes=given.pop("goes", week + timedelta(weeks=12)),
            evidence=len(given.get("evidence", ())),
            doubtful=bool(given.get("doubt")),
        )
        made = Report(
            row,
            ANSWERS if answers is None else answers,
            language=given.pop("language", "ar"),
            ending=ending,
            line=ending is Ending.LINE,
            recipients=(0, *readers),
            history=given.pop("history", (Happened("received", None, week),)),
            **given,
        )
        self.reports[id_] = made
        return made

    def add_file(self, report: str, id_: str, kind: str, type_: str, content: bytes) -> None:
        """Put a file into a report."""
        found = self.reports[report]
        exhibit = Exhibit(id_, kind, len(content), "ab" * 32, type=type_, week=WEEK)
        row = replace(found.waiting, evidence=len(found.evidence) + 1)
        self.reports[report] = replace(found, evidence=(*found.evidence, exhibit), waiting=row)
        self.files[report, id_] = Shown(kind, type_, content)

    # -- what the pages ask for

    def queue(self, reader: Reader) -> list[Waiting]:
        self.asked.append("queue")
        mine = (one for one in self.reports.values() if reader.operator_id in one.recipients)
        return [one.waiting for one in mine]

    def find(self, reader: Reader, report: str) -> Waiting | None:
        self.asked.append("find")
        found = self._for(reader, report)
        return None if found is None else found.waiting

    def state(self, reader: Reader) -> str:
        mine = [one for one in self.reports.values() if reader.operator_id in one.recipients]
        return hashlib.sha256(repr([one.waiting for one in mine]).encode()).hexdigest()[:16]

    def read(self, reader: Reader, report: str, *, shown: bool = True) -> Report | None:
        self.asked.append("read" if shown else "look")
        return self._for(reader, report)

    def evidence(
        self, reader: Reader, report: str, evidence: str, *, original: bool = False
    ) -> Shown | None:
        self.asked.append("evidence")
        name = f"{evidence} original" if original else evidence
        return None if self._for(reader, report) is None else self.files.get((report, name))

    def reply(self, reader: Reader, report: str, words: Words, now: datetime) -> Push | None:
        self.asked.append("reply")
        found = self._for(reader, report)
        if self.fails or found is None:
            raise OSError("the disk is full")
        self.replied.append(words)
        self._change(reader, report, words=(*found.words, words))
        return Push(CHAT_ID, found.language) if found.line else None

    def note(self, reader: Reader, report: str, text: str, now: datetime) -> bool:
        self.asked.append("note")
        found = self._for(reader, report)
        if self.fails:
            raise OSError("the disk is full")
        return found is not None and self._change(
            reader, report, notes=(*found.notes, Note(reader.operator_id, text, WEEK))
        )

    def set_status(
        self, reader: Reader, report: str, status: Status, reason: str, now: datetime
    ) -> bool:
        self.asked.append(f"status {status.value} {reason}".strip())
        return self._change(reader, report, {"status": status}, reason=reason)

    def assign(self, reader: Reader, report: str, to: int | None, now: datetime) -> bool:
        self.asked.append("assign")
        return self._change(reader, report, {"assigned": to})

    def hand_on(self, reader: Reader, report: str, to: Recipient, now: datetime) -> bool:
        self.asked.append("hand_on")
        found = self._for(reader, report)
        return found is not None and self._change(
            reader, report, recipients=(*found.recipients, to.id)
        )

    def doubt(self, reader: Reader, report: str, reason: str, now: datetime) -> bool:
        self.asked.append("doubt")
        return self._change(reader, report, {"doubtful": bool(reason)}, doubt=reason)

    def close_line(self, reader: Reader, report: str, now: datetime) -> bool:
        self.asked.append("close_line")
        return self._change(reader, report, line=False)

    async def send(self, push: Push) -> Fate:
        """What the bot would do with a push."""
        self.asked.append("send")
        self.pushed.append(push)
        return self.fate

    def _for(self, reader: Reader, report: str) -> Report | None:
        found = self.reports.get(report)
        return found if found is not None and reader.operator_id in found.recipients else None

    def _change(
        self, reader: Reader, report: str, row: dict[str, Any] | None = None, **changed: Any
    ) -> bool:
        found = self._for(reader, report)
        if found is None:
            return False
        waiting = replace(found.waiting, **(row or {}))
        self.reports[report] = replace(found, waiting=waiting, **changed)
        return True
