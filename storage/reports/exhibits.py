"""The evidence of a report: sealed into its box before it is sent, shown to those who may read."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from flows.effects import Json
from flows.report_model import Box, Evidence
from storage.errors import VaultError
from storage.reports.files import ORIGINAL
from storage.reports.model import Clean, Exhibit
from storage.reports.sealing import ID_BYTES, Opening, id_from, opening_of
from storage.reports.store import Store
from storage.reports_schema import evidence, monday_of
from storage.vault import FILE_SIZES, LABEL_SIZES, open_padded, seal_padded

_HEAD = LABEL_SIZES[0]
_CONTENT_SIZES = tuple(size - _HEAD for size in FILE_SIZES)
_LABEL = b"evidence"


class Exhibits(Store):
    """Files come into a waiting box, go with it into its report, and vanish with it."""

    def keep_evidence(self, box: Box, clean: Clean, now: datetime) -> Evidence:
        """Seal a file into a box; the same file again is the same evidence.

        Raises: OSError as it comes, or VaultError for what is no box: nothing is left behind.
        """
        opening = opening_of(box)
        if opening is None:
            raise VaultError("This is no box that evidence could be sealed into.")
        name = _name(opening, clean)
        # The original first: whoever sees the harmless copy can count on it.
        if clean.original is not None:
            self._seal(opening, name + ORIGINAL, clean, clean.original, now)
        try:
            self._seal(opening, name, clean, clean.content, now)
        except OSError:
            self._files.drop_waiting(name + ORIGINAL)  # there was room for it, but not for both
            raise
        size, original = len(clean.content), clean.original is not None
        return Evidence(name, clean.kind, size, original, clean.shifted)

    def drop_evidence(self, box: Box, evidence_id: str) -> bool:
        """Take a file out of a box that was not sent yet; whether it was there."""
        opening = opening_of(box)
        if opening is None or self._label(opening, evidence_id) is None:
            return False
        dropped = self._files.drop_waiting(evidence_id)
        self._files.drop_waiting(evidence_id + ORIGINAL)
        return dropped

    def _seal(
        self, opening: Opening, name: str, clean: Clean, content: bytes, now: datetime
    ) -> None:
        if self._files.waiting(name) or self._files.is_kept(name):
            return
        place = name.encode()
        head = opening.seal_label(_LABEL + place, _described(clean, monday_of(now.date())))
        self._at("K8")
        sealed = seal_padded(content, opening.key, place, _CONTENT_SIZES)
        self._files.write(name, head + sealed, now.date())

    def _label(self, opening: Opening, evidence_id: str) -> bytes | None:
        """The label of a file of this box; None where it is none of it."""
        if id_from(evidence_id) is None:
            return None
        head = self._files.head(evidence_id, _HEAD)
        if head is None:
            return None
        try:
            opening.open_label(_LABEL + evidence_id.encode(), head)
        except VaultError:
            return None
        return head

    def _bring(self, opening: Opening, names: Sequence[str]) -> dict[str, bytes]:
        """Let the files of a box also be among the kept, with the label each goes under."""
        brought: dict[str, bytes] = {}
        for name in dict.fromkeys(names):
            label = self._label(opening, name)
            if label is not None and self._files.keep(name):
                self._files.keep(name + ORIGINAL)
                brought[name] = label
        return brought

    def _settle(self, names: Sequence[str]) -> None:
        """After the commit the files wait no more, and are kept even if somebody tidied up."""
        for name in names:
            for one in (name, name + ORIGINAL):
                self._files.keep(one)
                self._files.drop_waiting(one)

    def _hang(self, connection: Connection, opening: Opening, brought: dict[str, bytes]) -> int:
        """Note the files of a report; how many were new to it."""
        query = select(evidence.c.id).where(evidence.c.report_id == opening.id)
        known = {id_.hex() for id_ in connection.execute(query).scalars()}
        rows = [
            {"id": bytes.fromhex(name), "report_id": opening.id, "label": label}
            for name, label in brought.items()
            if name not in known
        ]
        if rows:
            connection.execute(insert(evidence), rows)
        return len(rows)

    def _exhibits(self, connection: Connection, opening: Opening) -> list[Exhibit]:
        query = select(evidence).where(evidence.c.report_id == opening.id)
        found = [_exhibit(opening, row) for row in connection.execute(query)]
        return sorted(found, key=lambda one: (one.week or date.min, one.kind, one.id))

    def _content(self, opening: Opening, name: str) -> bytes | None:
        """The bytes of a file, opened; None where they are not there or were changed."""
        whole = self._files.read(name)
        if whole is None:
            return None
        try:
            return open_padded(whole[_HEAD:], opening.key, name.encode())
        except VaultError:
            return None


def _name(opening: Opening, clean: Clean) -> str:
    what = f"{clean.source}:{int(clean.original is not None)}:{int(clean.shifted)}".encode()
    return hmac.digest(opening.key.bytes, what, "sha256")[:ID_BYTES].hex()


def _described(clean: Clean, week: date) -> dict[str, Json]:
    return {
        "kind": clean.kind,
        "type": clean.type,
        "size": len(clean.content),
        "hash": clean.sha256,
        "source": clean.source,
        "shifted": clean.shifted,
        "original": clean.original_type if clean.original is not None else "",
        "week": week.isoformat(),
    }


def _exhibit(opening: Opening, row: Row[Any]) -> Exhibit:
    name = row.id.hex()
    found = opening.open_label(_LABEL + name.encode(), row.label)
    return Exhibit(
        id=name,
        kind=found["kind"],
        size_bytes=found["size"],
        hash=found["hash"],
        original=bool(found["original"]),
        shifted=found["shifted"],
        source=found["source"],
        type=found["type"],
        original_type=found["original"],
        week=date.fromisoformat(found["week"]),
        lost=row.lost,
    )
