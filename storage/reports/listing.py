"""Which reports an operator can open, without opening one: the queue, and what changes in it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, func, select

from flows.report_model import Level, Status
from storage.reports.model import Reader, Waiting
from storage.reports.sealing import LABEL, id_from, opened_with
from storage.reports.sender import Sender
from storage.reports_schema import evidence, report, sealed_key

_LISTED = [one for one in report.columns if one.name != "letter"]


class Listing(Sender):
    """What is sealed to an operator. Nothing that is not is even counted."""

    def queue(self, reader: Reader) -> list[Waiting]:
        """The reports this operator can open: the gravest first, then the oldest."""
        with self.database.reading() as connection:
            rows: Sequence[Any] = connection.execute(_listed(reader)).all()
        found = [one for row in rows if (one := _opened(row, reader)) is not None]
        return sorted(found, key=lambda one: (-one.level, one.week, one.number))

    def find(self, reader: Reader, report_id: str) -> Waiting | None:
        """One report of the queue, however long that is; None where it is not in it."""
        id_ = id_from(report_id)
        if id_ is None:
            return None
        with self.database.reading() as connection:
            row = connection.execute(_listed(reader).where(report.c.id == id_)).first()
        return None if row is None else _opened(row, reader)

    def state(self, reader: Reader) -> str:
        """A few signs that change when anything in the queue does; no key is used for them."""
        query = (
            select(report.c.id, report.c.status, report.c.unread, report.c.until, report.c.label)
            .join(sealed_key, sealed_key.c.report_id == report.c.id)
            .where(sealed_key.c.operator_id == reader.operator_id)
            .order_by(report.c.id)
        )
        seen = hashlib.sha256()
        with self.database.reading() as connection:
            for id_, status, unread, until, label in connection.execute(query):
                seen.update(bytes(id_) + f"{status} {unread} {until}".encode() + bytes(label))
        return seen.hexdigest()[:16]


def waiting_of(row: Row[Any], label: dict[str, Any], files: int) -> Waiting:
    """A report in the queue, from its row and its opened label."""
    assigned = label.get("assigned")
    return Waiting(
        id=bytes(row.id).hex(),
        number=row.number,
        level=Level(row.level),
        week=row.week,
        status=Status(row.status),
        assigned=None if assigned is None else int(assigned),
        unread=row.unread,
        goes=row.until,
        evidence=files,
        doubtful=bool(label.get("doubt")),
        sector=label["sector"],
        province=label["province"],
    )


def _listed(reader: Reader) -> Select[Any]:
    files = (
        select(evidence.c.report_id, func.count().label("files"))
        .group_by(evidence.c.report_id)
        .subquery()
    )
    return (
        select(*_LISTED, sealed_key.c.sealed, func.coalesce(files.c.files, 0).label("files"))
        .join(sealed_key, sealed_key.c.report_id == report.c.id)
        .outerjoin(files, files.c.report_id == report.c.id)
        .where(sealed_key.c.operator_id == reader.operator_id)
    )


def _opened(row: Any, reader: Reader) -> Waiting | None:
    opening = opened_with(bytes(row.id), reader.key, row.sealed)
    return (
        None
        if opening is None
        else waiting_of(row, opening.open_label(LABEL, row.label), row.files)
    )
