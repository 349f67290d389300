"""The way back to a report: a code that is shown, kept or let go, and what it opens later."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from flows.report_model import Box, Ending, Opened, Status, Words
from storage.reports.database import ReportsDatabase
from storage.reports.exhibits import Exhibits
from storage.reports.mailboxes import Given, Mailboxes
from storage.reports.sealing import ID_BYTES, LABEL, Opening, opened_with, opening_of
from storage.reports.store import REPORT_DAYS, box_of
from storage.reports_schema import line, mailbox, report, word
from storage.vault import CodeKey, Key, PrivateKey, make_pair


class Returning(Exhibits):
    """Codes for reports that were sent. A wrong code and a right one take the same work."""

    def __init__(
        self,
        database: ReportsDatabase,
        *,
        report_days: int = REPORT_DAYS,
        at: Callable[[str], None] | None = None,
        mailboxes: Mailboxes | None = None,
    ) -> None:
        super().__init__(database, report_days=report_days, at=at)
        self.mailboxes = mailboxes or Mailboxes(self._code_salt, database.effort)
        self._given = Given()
        self._seen: set[bytes] = set()
        self._nobody = _Nobody()

    def give_code(self, box: Box, now: datetime) -> str:
        """A code for a report that was sent; nothing while none is ready, or once one is kept.

        As long as nobody has said that they have it, the same code comes again.
        """
        opening = opening_of(box)
        if opening is None:
            return ""
        with self._one:  # what is shown and what is kept are one, whoever else gives or lets go
            return self._give(opening, now)

    def _give(self, opening: Opening, now: datetime) -> str:
        self._given.fresh(now)
        shown = self._given.code(opening.id)
        if shown is not None:
            return shown
        made = self.mailboxes.take()
        if made is None:
            return ""

        def job(connection: Connection) -> bool:
            if self._own(connection, opening) is None or _is_kept(connection, opening.id):
                return False
            connection.execute(delete(mailbox).where(mailbox.c.report_id == opening.id))
            values = {"locator": made.locator, "locked": made.locked, "kept": False}
            sealed = opening.seal_for(made.public)
            connection.execute(
                insert(mailbox).values(report_id=opening.id, sealed=sealed, **values)
            )
            return True

        if not self._write(job):
            return ""
        self._given.add(opening.id, made.code, now)
        return made.code

    def keep_code(self, box: Box) -> bool:
        """The person has the code: it is good from now on. False where it was let go."""
        opening = opening_of(box)
        if opening is None:
            return False

        def job(connection: Connection) -> bool:
            row = self._own(connection, opening)
            return row is not None and _confirm(connection, row)

        kept = self._write(job)
        self._given.drop(opening.id)
        return kept

    def void_codes(self, now: datetime) -> int:
        """Let go of codes that nobody has confirmed in time; how many. Their reports stay."""
        with self._one:
            return self._void(now)

    def _void(self, now: datetime) -> int:
        fresh = self._given.fresh(now)
        open_ones = select(mailbox.c.report_id).where(mailbox.c.kept.is_(False))

        def job(connection: Connection) -> int:
            old = [
                id_ for id_ in connection.execute(open_ones).scalars() if bytes(id_) not in fresh
            ]
            for id_ in old:
                connection.execute(delete(mailbox).where(mailbox.c.report_id == id_))
                ended = (report.c.id == id_) & (report.c.ending == Ending.CODE.value)
                connection.execute(update(report).where(ended).values(ending=Ending.NOTHING.value))
            return len(old)

        with self.database.reading() as connection:
            waiting = {bytes(id_) for id_ in connection.execute(open_ones).scalars()}
        return self._write(job) if waiting - fresh else 0

    def open_by_code(self, code: str, now: datetime) -> Opened | None:
        """The report of a code, as its sender sees it; None for a wrong one, after the same work.

        Nothing is written here: that it was opened is noted later, by `settle`.
        """
        found = CodeKey.of(code, self._code_salt, self.database.effort)
        nobody = self._nobody.behind(found)
        with self.database.reading() as connection:
            query = select(mailbox).where(mailbox.c.locator == found.locator)
            there = connection.execute(query).first() or nobody
            private = found.unlock(there.locked)
            opening = (
                opened_with(bytes(there.report_id), private, there.sealed) if private else None
            )
            if opening is None:
                return None
            row = self._row(connection, opening.id)
            label = opening.open_label(LABEL, nobody.label if row is None else row.label)
            said = self._all(connection, word, opening)
            query = select(line.c.until).where(line.c.report_id == opening.id)
            until = connection.execute(query).scalar()
        if row is None:
            opening.open_words(b"word", nobody.words)
            return None
        self._seen.add(opening.id)
        return Opened(
            box=box_of(opening),
            status=Status(row.status),
            reason=label.get("reason", ""),
            words=tuple(words_of(one) for one in said),
            unread=row.answered,
            line=until is not None and until > now.date(),
        )

    def settle(self, now: datetime) -> int:
        """Note which reports were opened with their code since the last time; how many.

        Beside the opening itself it would make right codes slower than wrong ones.
        """
        seen, self._seen = self._seen, set()

        def job(connection: Connection) -> int:
            rows = [self._row(connection, id_, lock=True) for id_ in sorted(seen)]
            for row in rows:
                if row is not None:
                    self._stir(connection, row, now.date(), answered=0)
                    _confirm(connection, row)
                    self._given.drop(bytes(row.id))
            return sum(row is not None for row in rows)

        return self._write(job) if seen else 0


@dataclass(slots=True)
class _Nobody:
    """A mailbox and a report of nobody, opened where a code is wrong: the work is the same."""

    report_id: bytes = field(default_factory=lambda: os.urandom(ID_BYTES))
    private: PrivateKey = field(default_factory=make_pair)
    locked: bytes = b""
    sealed: bytes = b""
    label: bytes = b""
    words: bytes = b""

    def behind(self, found: CodeKey) -> _Nobody:
        """The one that this code opens."""
        opening = Opening(self.report_id, Key(os.urandom(32)))
        return _Nobody(
            self.report_id,
            self.private,
            found.lock(self.private),
            opening.seal_for(self.private.public),
            opening.seal_label(LABEL, {}),
            opening.seal_words(b"word", {}),
        )


def words_of(said: dict[str, Any]) -> Words:
    """Words between the person and the office, from what was sealed."""
    return Words(
        bool(said["by_office"]), said["text"], said.get("canned", ""), said.get("language", "")
    )


def _is_kept(connection: Connection, id_: bytes) -> bool:
    query = select(mailbox.c.kept).where(mailbox.c.report_id == id_)
    return bool(connection.execute(query).scalar())


def _confirm(connection: Connection, row: Any) -> bool:
    """The code of a report is kept; False where there is none."""
    mine = mailbox.c.report_id == row.id
    if connection.execute(update(mailbox).where(mine).values(kept=True)).rowcount == 0:
        return False
    if row.ending == Ending.NOTHING:
        coming = update(report).where(report.c.id == row.id).values(ending=Ending.CODE.value)
        connection.execute(coming)
    return True
