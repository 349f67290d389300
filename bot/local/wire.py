"""Writes JSON as it goes over the wire."""

from __future__ import annotations

import json
from typing import Any

_PLAIN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_ESCAPED = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def to_json(value: Any) -> bytes:
    """Encode a value; half a surrogate pair, which UTF-8 cannot hold, stays an escape."""
    try:
        return _PLAIN(value).encode()
    except UnicodeEncodeError:
        return _ESCAPED(value).encode()
