"""What operators do with the reports that are sealed to them, each with their own opened key."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from flows.effects import Json
from flows.report_model import Ending, Status, Words
from storage.errors import VaultError
from storage.offices import RECOVERY_ID
from storage.reports.files import ORIGINAL
from storage.reports.listing import Listing, waiting_of
from storage.reports.model import (
    Happened,
    Note,
    Push,
    Reader,
    Report,
    Shown,
)
from storage.reports.returning import words_of
from storage.reports.sealing import LABEL, LETTER, LINE, Opening, from_json, id_from, opened_with
from storage.reports_schema import (
    line,
    line_key,
    mailbox,
    monday_of,
    note,
    report,
    sealed_key,
    word,
)
from storage.vault import Key, PrivateKey, Recipient, open_padded, open_with, seal_to

MOST_REASON, MOST_REASON_BYTES = 100, 150  # two of them fit into a label


class Office(Listing):
    """The operators' side. Whoever is not among a report's recipients finds nothing."""

    def read(self, reader: Reader, report_id: str, *, shown: bool = True) -> Report | None:
        """A whole report; None where it is gone or this operator cannot open it.

        Where it is not `shown` to anybody, what is new in it stays new.
        """

        def job(connection: Connection, row: Row[Any], opening: Opening) -> bool:
            seen = update(report).where(report.c.id == row.id).values(unread=0)
            connection.execute(seen)
            return True

        with self.database.reading() as connection:
            found = self._opened(connection, reader, report_id, lock=False)
            whole = None if found is None else self._whole(connection, reader, *found)
        if whole is not None and whole.waiting.unread and shown:
            self._on(reader, report_id, job)
        return whole

    def evidence(
        self, reader: Reader, report_id: str, evidence_id: str, *, original: bool = False
    ) -> Shown | None:
        """A file of a report, opened; None where there is none, or it is damaged."""
        with self.database.reading() as connection:
            found = self._opened(connection, reader, report_id, lock=False)
            if found is None:
                return None
            exhibits = {one.id: one for one in self._exhibits(connection, found[1])}
        one = exhibits.get(evidence_id)
        if one is None or (original and not one.original):
            return None
        content = self._content(found[1], one.id + (ORIGINAL if original else ""))
        kind = one.original_type if original else one.type
        return None if content is None else Shown(one.kind, kind, content)

    def reply(self, reader: Reader, report_id: str, said: Words, now: datetime) -> Push | None:
        """Say something to the sender; where they may be written to now, the way to them.

        Raises: LookupError where this operator cannot open the report.
        """

        def job(connection: Connection) -> Push | None:
            found = self._opened(connection, reader, report_id)
            if found is None:
                raise LookupError(report_id)
            row, opening = found
            value: dict[str, Json] = {
                "by_office": True,
                "text": said.text,
                "canned": said.canned,
                "language": said.language,
                "by": reader.operator_id,
                "week": monday_of(now.date()).isoformat(),
            }
            self._add(connection, word, opening, value)
            self._did(connection, opening, "replied", reader.operator_id, now.date())
            self._stir(connection, row, now.date(), answered=row.answered + 1)
            return self._push(connection, reader, opening.id, now.date())

        return self._write(job)

    def note(self, reader: Reader, report_id: str, text: str, now: datetime) -> bool:
        """Write something for the other operators of a report."""

        def job(connection: Connection, row: Row[Any], opening: Opening) -> bool:
            self._did(connection, opening, "note", reader.operator_id, now.date(), text=text)
            self._stir(connection, row, now.date())
            return True

        return self._on(reader, report_id, job)

    def set_status(
        self, reader: Reader, report_id: str, status: Status, reason: str, now: datetime
    ) -> bool:
        """Say where a report stands; its sender is told, with the reason."""

        def job(connection: Connection, row: Row[Any], opening: Opening) -> bool:
            label = self._relabelled(opening, row, reason=_short(reason))
            self._stir(connection, row, now.date(), status=status.value, label=label)
            more: dict[str, Json] = {"status": status.value, "reason": reason}
            self._did(connection, opening, "status", reader.operator_id, now.date(), **more)
            return True

        return self._on(reader, report_id, job)

    def assign(self, reader: Reader, report_id: str, to: int | None, now: datetime) -> bool:
        """Say who looks after a report; only somebody who can open it."""

        def job(connection: Connection, row: Row[Any], opening: Opening) -> bool:
            if to is not None and to not in _recipients(connection, opening.id):
                return False
            label = self._relabelled(opening, row, assigned=None if to is None else str(to))
            self._stir(connection, row, now.date(), label=label)
            self._did(connection, opening, "assigned", reader.operator_id, now.date())
            return True

        return self._on(reader, report_id, job)

    def hand_on(self, reader: Reader, report_id: str, to: Recipient, now: datetime) -> bool:
        """Let another operator open a report too, and write to its sender where that is allowed."""

        def job(connection: Connection, row: Row[Any], opening: Opening) -> bool:
            self._let_in(connection, reader, opening, to)
            self._stir(connection, row, now.date())
            self._did(connection, opening, "handed_on", reader.operator_id, now.date())
            return True

        return to.id != RECOVERY_ID and self._on(reader, report_id, job)

    def doubt(self, reader: Reader, report_id: str, reason: str, now: datetime) -> bool:
        """Mark a report as perhaps not true, with a reason; without one, take the mark away."""

        def job(connection: Connection, row: Row[Any], opening: Opening) -> bool:
            label = self._relabelled(opening, row, doubt=_short(reason))
            self._stir(connection, row, now.date(), label=label)
            what = "doubted" if reason else "trusted"
            self._did(connection, opening, what, reader.operator_id, now.date(), reason=reason)
            return True

        return self._on(reader, report_id, job)

    def close_line(self, reader: Reader, report_id: str, now: datetime) -> bool:
        """Give up the way to write to a sender; whether there was one."""

        def job(connection: Connection, row: Row[Any], opening: Opening) -> bool:
            if not self._cut_off(connection, opening.id, now.date()):
                return False
            self._did(connection, opening, "line_cut", reader.operator_id, now.date())
            return True

        return self._on(reader, report_id, job)

    def share(self, reader: Reader, to: Recipient, office: str) -> int:
        """Let another operator open every report that this one can; how many were new to them.

        Never one whose sender left their `office` out.
        """
        return self._reseal(reader.operator_id, reader.key, to, reader, office)

    def reseal(self, recovery: PrivateKey, to: Recipient, office: str) -> int:
        """Let an operator open every report again, by the key on the recovery sheet; how many.

        Never one whose sender left their `office` out. Reply lines are not sealed to that key:
        they stay closed.
        """
        return self._reseal(RECOVERY_ID, recovery, to, None, office)

    def _reseal(
        self, by: int, key: PrivateKey, to: Recipient, reader: Reader | None, office: str
    ) -> int:
        query = select(sealed_key.c.report_id, sealed_key.c.sealed, report.c.letter)
        query = query.join(report).where(sealed_key.c.operator_id == by)

        def job(connection: Connection) -> int:
            count = 0
            for id_, sealed, letter in connection.execute(query).all():
                opening = opened_with(bytes(id_), key, sealed)
                if opening is not None and office not in _excluded(opening, letter):
                    self._let_in(connection, reader, opening, to)
                    count += 1
            return count

        return self._write(job)

    # -- one report

    def _on(
        self,
        reader: Reader,
        report_id: str,
        job: Callable[[Connection, Row[Any], Opening], bool],
    ) -> bool:
        """Do something to a report that this operator can open; False where they cannot."""

        def whole(connection: Connection) -> bool:
            found = self._opened(connection, reader, report_id)
            return found is not None and job(connection, *found)

        return self._write(whole)

    def _opened(
        self, connection: Connection, reader: Reader, report_id: str, *, lock: bool = True
    ) -> tuple[Row[Any], Opening] | None:
        id_ = id_from(report_id)
        row = None if id_ is None else self._row(connection, id_, lock=lock)
        if row is None:
            return None
        query = select(sealed_key.c.sealed).where(
            sealed_key.c.report_id == row.id, sealed_key.c.operator_id == reader.operator_id
        )
        sealed = connection.execute(query).scalar()
        opening = None if sealed is None else opened_with(bytes(row.id), reader.key, sealed)
        return None if opening is None else (row, opening)

    def _whole(
        self, connection: Connection, reader: Reader, row: Row[Any], opening: Opening
    ) -> Report:
        label = opening.open_label(LABEL, row.label)
        letter = opening.open_words(LETTER, row.letter)
        notes = self._all(connection, note, opening)
        exhibits = self._exhibits(connection, opening)
        mine = mailbox.c.report_id == opening.id
        return Report(
            waiting=waiting_of(row, label, len(exhibits)),
            answers=_parsed(letter["answers"]),
            language=label["language"],
            ending=Ending(row.ending),
            line=self._push(connection, reader, opening.id, None) is not None,
            code=bool(connection.execute(select(mailbox.c.kept).where(mine)).scalar()),
            reason=label.get("reason", ""),
            words=tuple(words_of(one) for one in self._all(connection, word, opening)),
            notes=tuple(_note(one) for one in notes if one["what"] == "note"),
            history=tuple(_happened(one) for one in notes if one["what"] != "note"),
            evidence=tuple(exhibits),
            recipients=tuple(sorted(_recipients(connection, opening.id))),
            excluded=tuple(letter["excluded"]),
            doubt=label.get("doubt", ""),
            missing=label.get("missing", 0),
        )

    def _relabelled(self, opening: Opening, row: Row[Any], **changed: Json) -> bytes:
        return opening.seal_label(LABEL, opening.open_label(LABEL, row.label) | changed)

    def _did(
        self,
        connection: Connection,
        opening: Opening,
        what: str,
        by: int,
        today: date,
        **more: Json,
    ) -> None:
        value: dict[str, Json] = {"what": what, "by": by, "week": monday_of(today).isoformat()}
        self._add(connection, note, opening, value | more)

    def _let_in(
        self, connection: Connection, reader: Reader | None, opening: Opening, to: Recipient
    ) -> None:
        """Seal a report to one more operator, or again to one who has a new key."""
        mine = (sealed_key.c.report_id == opening.id) & (sealed_key.c.operator_id == to.id)
        connection.execute(delete(sealed_key).where(mine))
        values = {"report_id": opening.id, "operator_id": to.id}
        connection.execute(insert(sealed_key).values(sealed=opening.seal_for(to.key), **values))
        key = None if reader is None else self._line_key(connection, reader, opening.id)
        if key is not None:
            his = (line_key.c.report_id == opening.id) & (line_key.c.operator_id == to.id)
            connection.execute(delete(line_key).where(his))
            connection.execute(insert(line_key).values(sealed=seal_to(to.key, key.bytes), **values))

    def _line_key(self, connection: Connection, reader: Reader, id_: bytes) -> Key | None:
        query = select(line_key.c.sealed).where(
            line_key.c.report_id == id_, line_key.c.operator_id == reader.operator_id
        )
        sealed = connection.execute(query).scalar()
        try:
            return None if sealed is None else Key(open_with(reader.key, sealed))
        except VaultError:
            return None

    def _push(
        self, connection: Connection, reader: Reader, id_: bytes, today: date | None
    ) -> Push | None:
        """Where the sender may be written to, opened for one message."""
        row = connection.execute(select(line).where(line.c.report_id == id_)).first()
        key = None if row is None else self._line_key(connection, reader, id_)
        if row is None or key is None or (today is not None and row.until <= today):
            return None
        return Push(**from_json(open_padded(row.handle, key, LINE + id_)))


def _recipients(connection: Connection, id_: bytes) -> set[int]:
    query = select(sealed_key.c.operator_id).where(sealed_key.c.report_id == id_)
    return {one for one in connection.execute(query).scalars() if one != RECOVERY_ID}


def _excluded(opening: Opening, letter: bytes) -> list[str]:
    """The offices that the sender of a report left out."""
    found: list[str] = opening.open_words(LETTER, letter)["excluded"]
    return found


def _short(reason: str) -> str:
    """A reason as a label has room for it; the history has all of it."""
    return (
        reason[:MOST_REASON].encode("utf-8", "replace")[:MOST_REASON_BYTES].decode(errors="ignore")
    )


def _parsed(answers: str) -> Json:
    try:
        found: Json = json.loads(answers)
    except ValueError:
        return answers
    return found


def _note(said: dict[str, Any]) -> Note:
    return Note(said["by"], said["text"], date.fromisoformat(said["week"]))


def _happened(said: dict[str, Any]) -> Happened:
    status = said.get("status")
    return Happened(
        said["what"],
        said.get("by"),
        date.fromisoformat(said["week"]),
        None if status is None else Status(status),
        said.get("reason", ""),
    )
