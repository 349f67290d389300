"""Telegram's own reader of message texts, as it runs in every client: it has the last word."""

from __future__ import annotations

import json
from typing import Any

import tdjson


def _ask(**request: Any) -> dict[str, Any]:
    request["@type"] = request.pop("kind")
    answer = tdjson.td_execute(json.dumps(request).encode())
    return json.loads(answer) if answer else {}


_ask(kind="setLogVerbosityLevel", new_verbosity_level=0)


def parse_html(html: str) -> dict[str, Any]:
    """The message Telegram makes of an HTML text: its words, or the error."""
    return _ask(kind="parseTextEntities", text=html, parse_mode={"@type": "textParseModeHTML"})


def find_entities(words: str) -> list[tuple[str, str]]:
    """What Telegram makes clickable in plain words: the kind and the words of each."""
    units = words.encode("utf-16-le")
    found = []
    for entity in _ask(kind="getTextEntities", text=words)["entities"]:
        start, length = entity["offset"] * 2, entity["length"] * 2
        kind = entity["type"]["@type"].removeprefix("textEntityType")
        found.append((kind, units[start : start + length].decode("utf-16-le")))
    return found
