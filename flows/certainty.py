"""How sure we are of what we say: whether it was checked against a source."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How far the claims of a page were checked against a source."""

    VERIFIED = "verified"
    PARTLY = "partly"
    UNVERIFIED = "unverified"
