"""The second factor: six digits that an operator's phone and the house find in the same half
minute (RFC 6238)."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime

STEP_SECONDS = 30
SECRET_BYTES = 20
_DIGITS = 6


def new_totp_secret() -> bytes:
    """A secret for one operator's phone."""
    return secrets.token_bytes(SECRET_BYTES)


def totp_letters(secret: bytes) -> str:
    """The secret as an authenticator takes it."""
    return base64.b32encode(secret).decode().rstrip("=")


def totp_code(secret: bytes, step: int) -> str:
    """The six digits of one half minute."""
    # SHA-1 is what every authenticator can do, and nothing here depends on collisions.
    mac = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    at = mac[-1] & 15
    number = int.from_bytes(mac[at : at + 4], "big") & 0x7FFFFFFF
    return str(number % 10**_DIGITS).zfill(_DIGITS)


def totp_step(at: datetime) -> int:
    """The half minute a moment lies in."""
    return int(at.timestamp()) // STEP_SECONDS


def totp_matches(secret: bytes, code: str, at: datetime, used: int = 0) -> int | None:
    """The half minute a code belongs to, to be kept as used; None where it is not good.

    The phone's clock may be one step off, and no step at or before `used` counts again.
    """
    now = totp_step(at)
    given = code.strip().encode("utf-8", "replace")
    found = None
    for step in (now - 1, now, now + 1):
        same = hmac.compare_digest(totp_code(secret, step).encode(), given)
        if same and step > used:
            found = step
    return found
