"""The report as a test plays it: what its effects give, and a chat that stands at its beginning."""

from __future__ import annotations

from typing import Any

from flows.effects import Effect, Json
from flows.report_effects import (
    GiveCode,
    OpenBox,
    OpenByCode,
    SendReport,
    TakeEvidence,
)
from flows.report_model import Office

BOX: Json = {"id": "b" * 32, "key": "5" * 64}
NUMBER = "7F3K"
CODE = "1234567890123456"
DESIO = Office("desio", "PUA Desio", duty=True, province="MB", hours="Mon-Fri 9-17")
UNION = Office("union", "Union", duty=False, province="MB")


def reported(effect: Effect[object], place: int) -> Json:
    """What the reports' own storage gives: everything works, and no code opens anything."""
    match effect:
        case OpenBox():
            return BOX
        case TakeEvidence():
            return {
                "id": f"e{place}",
                "kind": effect.kind,
                "size_bytes": effect.size_bytes,
                "original": effect.original,
                "shifted": effect.shifted,
            }
        case SendReport():
            return NUMBER
        case GiveCode():
            return CODE
        case OpenByCode():
            return "unknown"
    return True


def opened(**changes: Any) -> Json:
    """A report as its code opens it; what matters to the test is given by name."""
    given: dict[str, Any] = {
        "box": BOX,
        "status": "read",
        "reason": "",
        "words": [],
        "unread": 0,
        "line": False,
    }
    return {**given, **changes}


def words(text: str = "", *, canned: str = "", by_office: bool = True, language: str = "") -> Json:
    """Something said between the person and the office."""
    return {"by_office": by_office, "text": text, "canned": canned, "language": language}
