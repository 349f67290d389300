"""Small makers of reports, so that a test names only what matters to it."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime
from typing import Any

from flows.report_effects import SendReport
from flows.report_model import Box, Ending, Evidence, Level
from storage.reports import Clean, Offered, Reader, Reports
from storage.vault import PrivateKey, Recipient

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
CHAT = Offered(777_000_111, "ar", careful=True)

RECOVERY = PrivateKey(bytes([7] * 32))
ANNA = Reader(11, PrivateKey(bytes([1] * 32)))
BRUNO = Reader(12, PrivateKey(bytes([2] * 32)))
CARLA = Reader(13, PrivateKey(bytes([3] * 32)))


def recipient(reader: Reader) -> Recipient:
    """An operator as a report is sealed to them."""
    return Recipient(reader.operator_id, reader.key.public)


PAPER = Recipient(0, RECOVERY.public)
EVERYBODY = (recipient(ANNA), recipient(BRUNO), PAPER)


def a_box() -> Box:
    """A new box, as the shell makes it."""
    return Box(os.urandom(16).hex(), os.urandom(32).hex())


def a_report(
    box: Box | None = None, story: str = "They keep my passport.", **more: Any
) -> SendReport:
    """A report that is ready to be sent."""
    values: dict[str, Any] = {
        "box": box or a_box(),
        "answers": json.dumps({"story": story}),
        "files": (),
        "level": Level.SERIOUS,
        "sector": "construction",
        "province": "MB",
        "ending": Ending.CODE,
        "language": "ar",
        **more,
    }
    return SendReport(**values)


def sent(reports: Reports, *, chat: Offered | None = None, **more: Any) -> SendReport:
    """A report that was sent to everybody."""
    made = a_report(**more)
    assert reports.submit(made, EVERYBODY, NOON, chat) != ""
    return made


def a_code(reports: Reports, made: SendReport) -> str:
    """A code for it, which the person says they have."""
    reports.mailboxes.prepare()
    code = reports.give_code(made.box, NOON)
    assert reports.keep_code(made.box) is True
    return code


def a_photo(content: bytes = b"a photo", original: bytes | None = None, **more: Any) -> Clean:
    """A harmless photo."""
    return Clean(
        kind=more.pop("kind", "photo"),
        type="image/jpeg",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        source=hashlib.sha256(b"as sent" + content).hexdigest(),
        original=original,
        original_type="" if original is None else "image/webp",
        **more,
    )


def kept(reports: Reports, box: Box, clean: Clean | None = None) -> Evidence:
    """A photo that waits in a box."""
    return reports.keep_evidence(box, clean or a_photo(), NOON)
