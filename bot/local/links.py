"""Decides what Telegram takes for a link, and finds links, commands and mentions in plain text."""

from __future__ import annotations

import re
from typing import Any

_USER = re.compile(r"tg:(?://)?user/?\?(?:.*&)?id=([1-9][0-9]{0,12})(?:[&#].*)?", re.IGNORECASE)
_OWN = re.compile(r"(tg|ton):(?://)?([^\s/?#]+)([/?#]\S*)?", re.IGNORECASE)
LARGEST_USER = 1 << 40
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*)://")
_HOST = re.compile(r"(?:[^\s/?#@]*@)?([^\s/?#@:]+|\[[0-9a-fA-F:]+\])(?::([0-9]{1,5}))?(?=[/?#]|$)")
_TOP = "it|com|org|net|eu|info|io|me|gov|edu|int|co|uk|de|fr|es|pt|ro|al|ua|ru|cn|in|pk|bd|sn|ma"
_TOKENS = re.compile(
    r"(?P<bot_command>(?<![\w/])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<email>(?<![\w.])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,})"
    rf"|(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}}']"
    rf"|(?<![\w.@])(?:[\w-]+\.)+(?:{_TOP})(?![\w.@-])(?:/[^\s<>\"]*[^\s<>\".,;:!?)\]}}'])?)"
    r"|(?P<mention>(?<![\w@])@[a-zA-Z][a-zA-Z0-9_]{2,31}(?!\w))"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
    r"|(?P<phone_number>(?<![\w+])\+[0-9](?:[ ()-]?[0-9]){6,14}(?!\w))"
)
_WORTH_A_LOOK = re.compile(r"[/@#.+:]")


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
    if not _WORTH_A_LOOK.search(text):
        return []
    found = []
    simple = text.isascii()
    for match in _TOKENS.finditer(text):
        start, end = match.span()
        if not simple:
            before = text[:start]
            start = len(before) + sum(letter > "\uffff" for letter in before)
            end = start + len(match[0]) + sum(letter > "\uffff" for letter in match[0])
        found.append({"type": match.lastgroup, "offset": start, "length": end - start})
    return found
