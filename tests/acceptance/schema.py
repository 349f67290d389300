"""What the Bot API allows, taken from aiogram at test time: methods, types and documented limits.

It knows nothing of the local Telegram nor of python-telegram-bot, so it is a second opinion on both
sides of the wire. The limits stand in the docstrings that aiogram copies from Telegram's reference.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, TypeGuard

import aiogram.methods
from aiogram.methods import Response, TelegramMethod
from aiogram.types import Update
from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.locales.parser import parse_html

_LIMIT = re.compile(
    r"(?P<least>\d+)-(?P<most>\d+)\s+(?P<unit>characters|bytes|identifiers|items|hexadecimal)"
)
_AFTER_ENTITIES = re.compile(r"after entit(?:y|ies) parsing")
_BUTTONS_IN_ALL, _BUTTONS_IN_A_ROW, LABEL_CHARACTERS = 100, 8, 40

METHODS: dict[str, type[TelegramMethod[Any]]] = {
    cls.__api_method__.lower(): cls
    for cls in vars(aiogram.methods).values()
    if isinstance(cls, type) and issubclass(cls, TelegramMethod) and cls is not TelegramMethod
}


class Limit(NamedTuple):
    """How long a value may be."""

    least: int
    most: int
    unit: str
    parsed: bool  # counted after the markup was taken out

    def broken_by(self, value: object, plain: str | None) -> bool:
        """Whether a value is too short or too long; `plain` is a text without its markup."""
        if self.unit == "bytes" and isinstance(value, str):
            size = len(value.encode())
        elif isinstance(value, str):
            size = units(plain if self.parsed and plain is not None else value)
        elif isinstance(value, list):
            size = len(value)
        else:
            return False
        return not self.least <= size <= self.most


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@cache
def limits(model: type[BaseModel]) -> dict[str, Limit]:
    """The limits of a model's fields, as they stand in its docstrings."""
    found = {}
    for cls in reversed(model.__mro__):
        if not cls.__module__.startswith("aiogram.") or "[" in cls.__name__:
            continue
        body = ast.parse(inspect.getsource(cls).lstrip()).body[0]
        assert isinstance(body, ast.ClassDef)
        for field, words in zip(body.body, body.body[1:], strict=False):
            if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
                continue
            told = ast.literal_eval(words.value) if _is_told(words) else ""
            limit = _LIMIT.search(told)
            if limit is not None:
                parsed = _AFTER_ENTITIES.search(told) is not None
                found[field.target.id] = Limit(
                    int(limit["least"]), int(limit["most"]), limit["unit"], parsed
                )
    return found


def _is_told(words: ast.stmt) -> TypeGuard[ast.Expr]:
    return (
        isinstance(words, ast.Expr)
        and isinstance(words.value, ast.Constant)
        and isinstance(words.value.value, str)
    )


def unknown_fields(value: Any, path: str) -> Iterator[str]:
    """Every field, however deep, that the Bot API does not have."""
    if isinstance(value, BaseModel):
        yield from (f"{path}.{name} does not exist" for name in value.model_extra or {})
        for name, inner in vars(value).items():
            if isinstance(inner, BaseModel | list | tuple):
                yield from unknown_fields(inner, f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for item in value:
            yield from unknown_fields(item, f"{path}[]")


def broken_limits(value: Any, path: str, plain: str | None = None) -> Iterator[str]:
    """Every value, however deep, that is too short or too long for its field."""
    if isinstance(value, BaseModel):
        known = limits(type(value))
        for name, inner in vars(value).items():
            if inner is None:
                continue
            if name in known and known[name].broken_by(inner, plain):
                yield f"{path}.{name} is not within {known[name]}"
            yield from broken_limits(inner, f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for item in value:
            yield from broken_limits(item, f"{path}[]")


def faults_of_request(method: str, parameters: dict[str, Any]) -> list[str]:
    """What is wrong with a call of the bot; nothing, when all is well."""
    model = METHODS.get(method.lower())
    if model is None:
        return [f"{method} is no method of the Bot API"]
    try:
        call = model.model_validate(_decoded(model, parameters))
    except ValidationError as error:
        return [f"{method}: {one['loc']} {one['msg']}" for one in error.errors(include_input=False)]
    faults: list[str] = []
    plain: str | None = None
    mode = parameters.get("parse_mode")
    if mode not in (None, "HTML"):
        faults.append(f"{method}: parse_mode {mode!r}")
    for name in ("text", "caption"):
        if mode == "HTML" and isinstance(parameters.get(name), str):
            parsed = parse_html(parameters[name])
            if parsed.get("@type") != "formattedText":
                faults.append(f"{method}.{name}: {parsed.get('message')}")
            plain = parsed.get("text")
    faults += unknown_fields(call, method)
    faults += broken_limits(call, method, plain)
    faults += _keyboard_faults(method, parameters)
    return faults


def _decoded(model: type[BaseModel], parameters: dict[str, Any]) -> dict[str, Any]:
    """Forms and some clients bring JSON in words where a list or an object belongs."""
    decoded = dict(parameters)
    for name, value in parameters.items():
        field = model.model_fields.get(name)
        if field is None or not isinstance(value, str) or value[:1] not in ("[", "{"):
            continue
        try:
            _adapter(model, name).validate_python(value)
        except ValidationError:
            decoded[name] = json.loads(value)
    return decoded


@cache
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    return TypeAdapter(model.model_fields[name].annotation)


def _keyboard_faults(method: str, parameters: dict[str, Any]) -> list[str]:
    """What the reference says in prose only: how much of a keyboard fits."""
    markup = parameters.get("reply_markup")
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    faults = []
    if sum(map(len, rows)) > _BUTTONS_IN_ALL:
        faults.append(f"{method}: more than {_BUTTONS_IN_ALL} buttons")
    if any(len(row) > _BUTTONS_IN_A_ROW or not row for row in rows):
        faults.append(f"{method}: a row of none or more than {_BUTTONS_IN_A_ROW} buttons")
    labels = [button["text"] for row in rows for button in row]
    faults += [f"{method}: a label of {len(label)}" for label in labels if is_long(label)]
    return faults


def is_long(label: str) -> bool:
    """Whether a label does not fit on a narrow phone; pictogram and signs without width aside."""
    label = "".join(sign for sign in label if unicodedata.category(sign) != "Cf")
    sign, space, rest = label.partition(" ")
    words = rest if space and not any(map(str.isalnum, sign)) else label
    return len(words) > LABEL_CHARACTERS


@cache
def _returning(model: type[TelegramMethod[Any]]) -> TypeAdapter[Any]:
    return TypeAdapter(model.__returning__)


def faults_of_answer(method: str, result: Any) -> list[str]:
    """What is wrong with the result of a call; updates are judged one by one elsewhere."""
    model = METHODS[method.lower()]
    try:
        read = _returning(model).validate_python(result)
    except ValidationError as error:
        return [f"{method} ->: {one['loc']} {one['msg']}" for one in error.errors()]
    return list(unknown_fields(read, f"{method} ->"))


def faults_of_refusal(method: str, answer: dict[str, Any]) -> list[str]:
    """What is wrong with an answer that is no result."""
    try:
        read = Response[Any].model_validate(answer)
    except ValidationError as error:
        return [f"{method} ->: {one['loc']} {one['msg']}" for one in error.errors()]
    told = read.error_code is not None and read.description is not None
    return list(unknown_fields(read, f"{method} ->")) + ([] if told else [f"{method} -> no words"])


def faults_of_update(update: Any) -> list[str]:
    """What is wrong with an update."""
    try:
        read = Update.model_validate(update)
    except ValidationError as error:
        return [f"update: {one['loc']} {one['msg']}" for one in error.errors()]
    return list(unknown_fields(read, "update"))
