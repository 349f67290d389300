"""Seals and opens what belongs to one report, each piece for its own place in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.effects import Json
from flows.report_model import Box
from storage.errors import VaultError
from storage.vault import (
    LABEL_SIZES,
    Key,
    PrivateKey,
    PublicKey,
    open_padded,
    open_text,
    open_with,
    seal_padded,
    seal_text,
    seal_to,
)

ID_BYTES = 16
LABEL = b"label"
LETTER = b"letter"
LINE = b"line"


@dataclass(frozen=True, slots=True)
class Opening:
    """A report that is open at this moment: its id and its data key."""

    id: bytes
    key: Key = field(repr=False)

    def seal_label(self, place: bytes, value: Mapping[str, Json]) -> bytes:
        """Seal a few short values; every label has the same size."""
        return seal_padded(as_json(value), self.key, place + self.id, LABEL_SIZES)

    def open_label(self, place: bytes, sealed: bytes) -> dict[str, Any]:
        """Open a label. Raises: VaultError."""
        return from_json(open_padded(sealed, self.key, place + self.id))

    def seal_words(self, place: bytes, value: Mapping[str, Json]) -> bytes:
        """Seal words into one of the sizes for words."""
        return seal_text(as_json(value), self.key, place + self.id)

    def open_words(self, place: bytes, sealed: bytes) -> dict[str, Any]:
        """Open words. Raises: VaultError."""
        return from_json(open_text(sealed, self.key, place + self.id))

    def seal_for(self, public: PublicKey) -> bytes:
        """Seal the data key itself to somebody who may open the report."""
        return seal_to(public, self.key.bytes)

    def id_of(self, value: Mapping[str, Json], kind: bytes) -> bytes:
        """An id that the same words have in this report, and nothing has elsewhere."""
        made = hashlib.blake2b(
            kind + as_json(value), key=self.key.bytes, digest_size=ID_BYTES, person=b"antenna.entry"
        )
        return made.digest()

    def opens(self, label: bytes) -> bool:
        """Whether this key is the report's own."""
        try:
            self.open_label(LABEL, label)
        except VaultError:
            return False
        return True


def opening_of(box: Box) -> Opening | None:
    """The box of a flow, as bytes; None where it cannot be one."""
    try:
        id_, key = bytes.fromhex(box.id), Key(bytes.fromhex(box.key))
    except (ValueError, VaultError):
        return None
    return Opening(id_, key) if len(id_) == ID_BYTES else None


def opened_with(id_: bytes, private: PrivateKey, sealed: bytes) -> Opening | None:
    """The report whose data key was sealed to somebody; None where it was to somebody else."""
    try:
        return Opening(id_, Key(open_with(private, sealed)))
    except VaultError:
        return None


def id_from(written: str) -> bytes | None:
    """An id as pages and flows write it; None where it is none."""
    try:
        found = bytes.fromhex(written)
    except ValueError:
        return None
    return found if len(found) == ID_BYTES else None


def as_json(value: Mapping[str, Json]) -> bytes:
    """Values as they are sealed; a half of a surrogate pair is kept as it came."""
    words = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return words.encode("utf-8", "surrogatepass")


def from_json(opened: bytes) -> dict[str, Any]:
    """Values that were sealed."""
    found: dict[str, Any] = json.loads(opened.decode("utf-8", "surrogatepass"))
    return found
