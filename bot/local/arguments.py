"""Reads what a bot sends with a request, in any of the four forms the Bot API takes."""

from __future__ import annotations

import json
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.web_request import FileField

from bot.local.errors import ApiError


class Upload(NamedTuple):
    """A file that came with a request."""

    name: str
    mime_type: str
    content: bytes


class Arguments:
    """The named values of a request; forms bring words where JSON brings values."""

    __slots__ = ("files", "values")

    def __init__(self, values: dict[str, Any], files: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.files = files or {}

    def text(self, name: str) -> str:
        """A text; empty when there is none."""
        value = self.values.get(name)
        if type(value) is str:
            return value
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return json.dumps(value) if isinstance(value, dict | list) else str(value)

    def has(self, name: str) -> bool:
        """Was a value given that is not empty?"""
        return self.values.get(name) not in (None, "")

    def flag(self, name: str) -> bool:
        """A yes or no; Telegram takes true, yes and 1."""
        value = self.values.get(name)
        return value is True or (
            value is not None and str(value).strip().lower() in ("true", "yes", "1")
        )

    def integer(
        self, name: str, default: int = 0, least: int = -(1 << 62), most: int = 1 << 62
    ) -> int:
        """A whole number within its bounds; anything else is the default."""
        value = self.values.get(name)
        if type(value) is not int:
            try:
                value = int(str(value).strip())
            except ValueError:
                return default
        return min(max(value, least), most)

    def decimal(self, name: str) -> float | None:
        """A decimal number, if there is one."""
        try:
            value = float(self.values.get(name, ""))
        except (TypeError, ValueError):
            return None
        return value if value == value and abs(value) != float("inf") else None

    def json(self, name: str, error: str) -> Any:
        """An object or list; nothing when it is missing.

        Raises: ApiError with the given words when the text is no JSON.
        """
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if type(value) is not str:
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise ApiError(400, error) from None

    def message_id(self, name: str = "message_id") -> int:
        """The number of a message, 0 when there is none."""
        return self.integer(name, 0)


async def read_arguments(request: web.Request) -> Arguments:
    """Read the query and the body of a request.

    Raises: ApiError when the body is no JSON although it says so.
    """
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    if request.method != "POST" or not request.body_exists:
        return Arguments(values)
    kind = request.content_type
    if kind == "application/json":
        raw = await request.read()
        try:
            body = json.loads(raw) if raw else {}
        except (ValueError, RecursionError):
            raise ApiError(400, "Bad Request: can't parse JSON object") from None
        if not isinstance(body, dict):
            raise ApiError(400, "Bad Request: object expected as the request body")
        values.update(body)
    elif kind == "multipart/form-data":
        try:
            return await _read_multipart(request, values)
        except ValueError:
            raise ApiError(400, "Bad Request: can't parse the multipart body") from None
    elif kind == "application/x-www-form-urlencoded":
        raw = await request.read()
        values.update(parse_qsl(raw.decode(errors="replace"), keep_blank_values=True))
    return Arguments(values)


async def _read_multipart(request: web.Request, values: dict[str, Any]) -> Arguments:
    files = {}
    for name, field in (await request.post()).items():
        if isinstance(field, FileField):
            files[name] = Upload(field.filename, field.content_type, field.file.read())
            field.file.close()
        else:
            values[name] = field if isinstance(field, str) else bytes(field).decode()
    return Arguments(values, files)
