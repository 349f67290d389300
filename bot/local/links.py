"""Decides what Telegram takes for a link, and finds links, commands and mentions in plain text."""

from __future__ import annotations

import re
from typing import Any

_USER = re.compile(r"tg:(?://)?user\?(?:.*&)?id=([0-9]{1,18})(?:[&#].*)?", re.IGNORECASE)
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
    return int(found[1]) if found and int(found[1]) else None


def checked_link(address: str) -> str | None:
    """Give the address as Telegram keeps it, or nothing where it would drop the link."""
    address = address.strip(" \t\r\n\0\v")
    if address[:5].lower() == "tg://" or address[:6].lower() == "ton://":
        return address if len(address) > 5 else None
    scheme = _SCHEME.match(address)
    kind = scheme[1].lower() if scheme else "http"
    if kind not in ("http", "https", "tonsite"):
        return None
    rest = address[scheme.end() :] if scheme else address
    host = _HOST.match(rest)
    if host is None or any(letter.isspace() for letter in rest):
        return None
    name = host[1]
    if "." not in name.strip(".") or int(host[2] or "80") not in range(1, 65536):
        return None
    place = rest[: host.end()].lower() if "@" not in rest[: host.end()] else rest[: host.end()]
    tail = rest[host.end() :]
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
