"""Keeps what an operator is typing for as long as a lock lasts, so that it is not typed twice.

A draft is sealed to the operator's own public key the moment it comes in, and is in memory only:
between two sign-ins nobody can open it, here or anywhere else. A restart loses it, and the page
says so beforehand.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.errors import StorageError
from storage.vault import PrivateKey, open_with, seal_to

KEPT_FOR = timedelta(hours=12)
MOST = 500
LONGEST = 3_000
LONGEST_SHEET = 60_000


class Kind(StrEnum):
    """What is being typed; a note is never taken for a reply."""

    REPLY = "reply"
    NOTE = "note"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class _Draft:
    sealed: bytes
    until: datetime


class Drafts:
    """What was typed and not sent, by whom, for which report or sheet."""

    def __init__(self) -> None:
        self._drafts: OrderedDict[tuple[int, str, Kind], _Draft] = OrderedDict()

    def keep(
        self, operator_id: int, key: PrivateKey, report: str, kind: Kind, text: str, now: datetime
    ) -> None:
        """Keep what is typed now, in the place of what was typed before."""
        place = operator_id, report, kind
        self._drafts.pop(place, None)
        if text.strip():
            longest = LONGEST_SHEET if kind is Kind.SHEET else LONGEST
            sealed = seal_to(key.public, text[:longest].encode("utf-8", "replace"))
            self._drafts[place] = _Draft(sealed, now + KEPT_FOR)
        while len(self._drafts) > MOST:
            self._drafts.popitem(last=False)

    def find(
        self, operator_id: int, key: PrivateKey, report: str, kind: Kind, now: datetime
    ) -> str:
        """What was typed and not sent; empty where there is nothing, or another key was made."""
        draft = self._drafts.get((operator_id, report, kind))
        if draft is None or now >= draft.until:
            return ""
        try:
            return open_with(key, draft.sealed).decode("utf-8", "replace")
        except StorageError:
            return ""

    def drop(self, operator_id: int, report: str, kind: Kind) -> None:
        """It was sent, or given up."""
        self._drafts.pop((operator_id, report, kind), None)

    def drop_all(self, report: str) -> None:
        """It is there no more, for nobody."""
        for place in [place for place in self._drafts if place[1] == report]:
            del self._drafts[place]

    def sweep(self, now: datetime) -> None:
        """Let go of what is too old."""
        for place in [place for place, draft in self._drafts.items() if now >= draft.until]:
            del self._drafts[place]
