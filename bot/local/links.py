"""Decides what Telegram takes for a link, and finds links, commands and mentions in plain text."""

from __future__ import annotations

import re
from typing import Any

_WIDE = re.compile("[\U00010000-\U0010ffff]")
_USER = re.compile(r"tg:(?://)?user/?\?(?:.*&)?id=([1-9][0-9]{0,12})(?:[&#].*)?", re.IGNORECASE)
_OWN = re.compile(r"(tg|ton):(?://)?([^\s/?#]+)([/?#]\S*)?", re.IGNORECASE)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*)://")
_HOST = re.compile(r"(?:[^\s/?#@]*@)?([^\s/?#@:]+|\[[0-9a-fA-F:]+\])(?::([0-9]{1,5}))?(?=[/?#]|$)")
_TOP = "it|com|org|net|eu|info|io|me|gov|edu|int|co|uk|de|fr|es|pt|ro|al|ua|ru|cn|in|pk|bd|sn|ma"
_TAIL = r"[^\s<>\"]*[^\s<>\".,;:!?)\]}']"
# (kind, what a text must hold for a look to be worth while, the pattern); earlier ones win
_FOUND = (
    ("email", "@", r"(?<![\w.])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}"),
    ("url", "://", rf"https?://{_TAIL}"),
    ("url", ".", rf"(?<![\w.@/-])(?:[\w-]+\.)+(?:{_TOP})(?![\w.@-])(?:/{_TAIL})?"),
    (
        "bot_command",
        "/",
        r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])",
    ),
    ("mention", "@", r"(?<![\w@])@[a-zA-Z][a-zA-Z0-9_]{2,31}(?!\w)"),
    ("hashtag", "#", r"(?<![\w#])#\w*[^\W\d]\w*"),
    ("phone_number", "+", r"(?<![\w+])\+[0-9](?:[ ()-]?[0-9]){6,14}(?!\w)"),
)
_FINDERS = [(kind, mark, re.compile(pattern)) for kind, mark, pattern in _FOUND]
_DOTTED = re.compile(r"\w\.[a-zA-Z]{2}")
LARGEST_USER = 1 << 40


def utf16_length(text: str) -> int:
    """Count as Telegram does: in UTF-16 units."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def has_wide_letters(text: str) -> bool:
    """Are there letters of two UTF-16 units?"""
    return not text.isascii() and _WIDE.search(text) is not None


def mentioned_user(address: str) -> int | None:
    """Give the person a `tg://user?id=` link points to."""
    if address[:3].lower() != "tg:":
        return None
    found = _USER.fullmatch(address)
    return int(found[1]) if found and int(found[1]) < LARGEST_USER else None


def checked_link(address: str) -> str | None:
    """Give the address as Telegram keeps it, or nothing where it would drop the link."""
    own = _OWN.fullmatch(address)
    if own is not None:
        return f"{own[1].lower()}://{own[2]}{own[3] or '/'}"
    scheme = _SCHEME.match(address)
    kind = scheme[1].lower() if scheme else "http"
    if kind not in ("http", "https", "tonsite"):
        return None
    rest = (address[scheme.end() :] if scheme else address).rstrip(" \t\r\n")
    host = _HOST.match(rest)
    if host is None or int(host[2] or "80") not in range(1, 65536):
        return None
    if "." not in host[1].strip(".") and not host[1].startswith("["):
        return None
    place = rest[: host.end()]
    if "@" not in place:
        place = place.lower()
    tail = re.sub(r"[\x00-\x20]", lambda blank: f"%{ord(blank[0]):02X}", rest[host.end() :])
    if not tail.startswith("/"):
        tail = "/" + tail
    return f"{kind}://{place}{tail}"


def find_entities(text: str) -> list[dict[str, Any]]:
    """Find what Telegram makes tappable by itself in a text without markup."""
    spans: list[tuple[int, int, str]] = []
    for kind, mark, pattern in _FINDERS:
        if mark not in text or (mark == "." and not _DOTTED.search(text)):
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(start < other and first < end for first, other, _ in spans):
                spans.append((start, end, kind))
    if not spans:
        return []
    spans.sort()
    return [
        {
            "type": kind,
            "offset": utf16_length(text[:start]),
            "length": utf16_length(text[start:end]),
        }
        for start, end, kind in spans
    ]
