"""What the person who sends a report can do with it, as long as they have its key."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from flows.effects import Json
from flows.report_effects import SendReport
from flows.report_model import LINE_DAYS, Box, Ending, Status
from storage.offices import FEWEST_KEYS, RECOVERY_ID
from storage.reports.model import Alert, Offered
from storage.reports.returning import Returning
from storage.reports.sealing import LABEL, LETTER, LINE, Opening, as_json, opening_of
from storage.reports_schema import (
    alert,
    line,
    line_key,
    mailbox,
    monday_of,
    note,
    report,
    sealed_key,
    week_after,
    word,
)
from storage.vault import LABEL_SIZES, Key, PublicKey, Recipient, seal_padded, seal_to

# Without signs that are taken for each other when a number is read aloud.
_SIGNS = "23456789ABCDEFGHJKMNPQRTUVWXYZ"
_NUMBER_SIGNS = 4


class Sender(Returning):
    """The person's side. Whoever calls has the box's key, or a code; nobody has a name."""

    def submit(
        self,
        sent: SendReport,
        recipients: Sequence[Recipient],
        now: datetime,
        chat: Offered | None = None,
    ) -> str:
        """Keep a report, sealed to its recipients; the number it is called by.

        Nothing where fewer than two keys could open it or no operator could; nothing is kept
        then. The same box again is the same report. `chat` is where its sender may be written to.
        """
        opening, keys = opening_of(sent.box), {one.id: one.key for one in recipients}
        if opening is None or len(keys) < FEWEST_KEYS or set(keys) <= {RECOVERY_ID}:
            return ""
        brought = self._bring(opening, sent.files)
        today = now.date()

        def job(connection: Connection) -> str:
            known = self._row(connection, opening.id)
            if known is not None:
                return str(known.number) if opening.opens(known.label) else ""
            number = _new_number(connection)
            missing = len(set(sent.files)) - len(brought)
            values = self._letter(opening, sent, number, today, missing)
            connection.execute(insert(report).values(values))
            _give_keys(connection, opening, keys)
            self._hang(connection, opening, brought)
            if chat is not None and sent.ending is Ending.LINE:
                _open_line(connection, opening.id, chat, keys, today)
            self._tell(connection, opening, _alert_of(sent, number))
            self._count(connection, today, sent.level, "sent")
            return number

        number = self._write(job)
        if number:
            self._settle(list(brought))
        return number

    def add(self, box: Box, text: str, files: Sequence[str], now: datetime) -> bool:
        """Add words or files to a report; the same again are not added. False where it is gone."""
        opening = opening_of(box)
        if opening is None:
            return False
        brought = self._bring(opening, files)
        week = monday_of(now.date()).isoformat()

        def job(connection: Connection) -> bool:
            row = self._own(connection, opening)
            if row is None:
                return False
            new = self._hang(connection, opening, brought)
            if text:
                said: dict[str, Json] = {"by_office": False, "text": text, "week": week}
                new += self._add(connection, word, opening, said, once=True)
            if new:
                again = row.status == Status.CLOSED.value
                what = "reopened" if again else "added"
                self._add(connection, note, opening, {"what": what, "week": week})
                more = _reopened(opening, row) if again else {}
                self._stir(connection, row, now.date(), unread=row.unread + 1, **more)
            return True

        kept = self._write(job)
        if kept:
            self._settle(list(brought))
        return kept

    def withdraw(self, box: Box, now: datetime) -> bool:
        """Delete a report for good; only counters stay. True also where it was gone already."""
        opening = opening_of(box)
        if opening is None:
            return False

        def job(connection: Connection) -> list[str] | None:
            row = self._row(connection, opening.id, lock=True)
            if row is None:
                return []
            if not opening.opens(row.label):
                return None
            return self._remove(connection, row, now.date(), "withdrawn")

        names = self._write(job, erases=True)
        if names is None:
            return False
        self._given.drop(opening.id)
        self._seen.discard(opening.id)
        self._files.delete(names)
        return True

    def cut_line(self, box: Box, now: datetime) -> bool:
        """Forget how to write to this person; whether that was known."""
        opening = opening_of(box)
        if opening is None:
            return False

        def job(connection: Connection) -> bool:
            row = self._own(connection, opening)
            return row is not None and self._cut_off(connection, row.id, now.date())

        return self._write(job, erases=True)

    def _cut_off(self, connection: Connection, id_: bytes, today: date) -> bool:
        if not self._cut(connection, id_, today):
            return False
        query = select(mailbox.c.kept).where(mailbox.c.report_id == id_)
        ending = Ending.CODE if connection.execute(query).scalar() else Ending.NOTHING
        connection.execute(update(report).where(report.c.id == id_).values(ending=ending.value))
        return True

    def _letter(
        self, opening: Opening, sent: SendReport, number: str, today: date, missing: int
    ) -> dict[str, object]:
        label: dict[str, Json] = {
            "sector": sent.sector,
            "province": sent.province,
            "language": sent.language,
            "missing": missing,
        }
        letter: dict[str, Json] = {"answers": sent.answers, "excluded": list(sent.excluded)}
        return {
            "id": opening.id,
            "number": number,
            "level": int(sent.level),
            "status": Status.RECEIVED.value,
            "ending": sent.ending.value,
            "week": monday_of(today),
            "until": week_after(today, self._days),
            "warned": False,
            "unread": 1,
            "answered": 0,
            "label": opening.seal_label(LABEL, label),
            "letter": opening.seal_words(LETTER, letter),
        }

    def _tell(self, connection: Connection, opening: Opening, told: Alert) -> None:
        id_ = self._alert_id(opening.id)
        sealed = seal_padded(as_json(asdict(told)), self._alert_key, b"alert" + id_, LABEL_SIZES)
        connection.execute(insert(alert).values(id=id_, sealed=sealed, aged=False))


def _alert_of(sent: SendReport, number: str) -> Alert:
    """What everybody in the operators' group is told; also those whose office was left out, and
    who must not know of it."""
    if sent.excluded:
        return Alert(number, sent.level, "", "")
    return Alert(number, sent.level, sent.sector, sent.province)


def _give_keys(connection: Connection, opening: Opening, keys: Mapping[int, PublicKey]) -> None:
    rows = [
        {"report_id": opening.id, "operator_id": id_, "sealed": opening.seal_for(key)}
        for id_, key in keys.items()
    ]
    connection.execute(insert(sealed_key), rows)


def _open_line(
    connection: Connection, id_: bytes, chat: Offered, keys: Mapping[int, PublicKey], today: date
) -> None:
    """Seal a chat under a key of its own, and that key to the operators, not to the recovery."""
    key = Key(os.urandom(32))
    handle = seal_padded(as_json(asdict(chat)), key, LINE + id_, LABEL_SIZES)
    until = week_after(today, LINE_DAYS)
    connection.execute(insert(line).values(report_id=id_, until=until, handle=handle))
    rows = [
        {"report_id": id_, "operator_id": operator, "sealed": seal_to(public, key.bytes)}
        for operator, public in keys.items()
        if operator != RECOVERY_ID
    ]
    connection.execute(insert(line_key), rows)


def _reopened(opening: Opening, row: Any) -> dict[str, Any]:
    """A closed report to which something is added waits to be read again, without its reason."""
    label = opening.open_label(LABEL, row.label) | {"reason": ""}
    return {"status": Status.RECEIVED.value, "label": opening.seal_label(LABEL, label)}


def _new_number(connection: Connection) -> str:
    while True:
        number = "".join(secrets.choice(_SIGNS) for _ in range(_NUMBER_SIGNS))
        if connection.execute(select(report.c.id).where(report.c.number == number)).first() is None:
            return number
