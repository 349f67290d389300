"""What stands in the ledger for something of a report that was erased."""

from __future__ import annotations

import hmac

from storage.vault import Key

REPORT_MARK = b"report"
LINE_MARK = b"line"
ALERT_MARK = b"alert"
RECIPIENT_MARK = b"recipient"
_BYTES = 16


def mark(key: Key, what: bytes, id_: bytes) -> bytes:
    """A keyed hash: without the salt it names nothing, with it only what is known already."""
    return hmac.digest(key.bytes, what + b":" + id_, "sha256")[:_BYTES]


def number_bytes(operator_id: int) -> bytes:
    """An operator's number, as it is marked."""
    return operator_id.to_bytes(8, "big")
