"""The secret of the second factor as a phone takes it: a square to scan, or letters to type."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from urllib.parse import quote

import segno
from markupsafe import Markup

from storage.vault import totp_letters

_GROUP = 4


@dataclass(frozen=True, slots=True)
class Phone:
    """What a page shows of the secret; it prints as nothing."""

    square: Markup = field(repr=False)
    groups: list[str] = field(repr=False)


def phone_for(name: str, network: str, secret: bytes) -> Phone:
    """The square and the letters of a secret."""
    letters = totp_letters(secret)
    label = quote(f"Antenna {network}:{name}", safe="")
    issuer = quote(f"Antenna {network}", safe="")
    address = f"otpauth://totp/{label}?secret={letters}&issuer={issuer}&digits=6&period=30"
    groups = [letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP)]
    return Phone(square(address), groups)


def square(words: str) -> Markup:
    """A QR code as a drawing that stands in a page: black on white also where all else is dark."""
    drawing = io.BytesIO()
    segno.make_qr(words, error="m").save(
        drawing, kind="svg", xmldecl=False, svgns=False, border=3, omitsize=True, light="#fff"
    )
    # Drawn by segno from letters we made: the only markup in the console that is not escaped.
    return Markup(drawing.getvalue().decode("utf-8"))  # noqa: S704
