"""How a sealed file is handed to an operator's browser: as a thing to look at, never to run.

    body, headers = content, headers_for(type, name_of("7F3K", 2, type))

The type is one of a short list whatever was sealed, the browser may not guess another, and what is
not a picture or a sound leaves the page as a download. Nothing of it stays in the browser's cache.
"""

from __future__ import annotations

_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "application/pdf": "pdf",
}
_SHOWN = frozenset({"image/jpeg", "image/png", "audio/ogg"})
_UNKNOWN = "application/octet-stream"


def safe_type(sealed: str) -> str:
    """The type that is told to a browser: one of ours, or none that means anything."""
    return sealed if sealed in _ENDINGS else _UNKNOWN


def is_shown(sealed: str, *, original: bool = False) -> bool:
    """May it stand in the page? Only the copies that we made ourselves may."""
    return sealed in _SHOWN and not original


def name_of(number: str, place: int, sealed: str) -> str:
    """What a download is called: the report's number and its place in it; never a person's word."""
    plain = "".join(sign for sign in number if sign.isascii() and sign.isalnum()) or "file"
    return f"{plain}-{place}.{_ENDINGS.get(sealed, 'bin')}"


def headers_for(sealed: str, name: str, *, original: bool = False) -> dict[str, str]:
    """The headers of an answer that carries a sealed file; `original`: as it came, so not shown."""
    way = "inline" if is_shown(sealed, original=original) else "attachment"
    return {
        "Content-Type": safe_type(sealed),
        "Content-Disposition": f'{way}; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
